"""Putting files up beside a record and noting what the paper file holds."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEvent, Role
from cadres.models import Attachment, PaperItem
from cadres.tests.factories import make_holding
from cadres.tests.pages import signed_in, words_of
from daitu_portal.tests.scans import image, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def person():
    return make_holding().cadre


@pytest.fixture
def clerk(client, person):
    return signed_in(client, Role.COMMUNE_CLERK, commune=person.holdings.get().commune)


def send(client, person, *files, kind="diploma"):
    uploads = [SimpleUploadedFile(name, data, "text/html") for name, data in files]
    address = f"/can-bo/{person.pk}/tai-lieu/them/"
    return client.post(address, {"kind": kind, "scans": uploads}, follow=True)


def test_a_clerk_puts_several_files_up_at_once(client, person, clerk):
    response = send(client, person, ("bằng.pdf", pdf()), ("trang 2.jpg", image()))

    assert "Đã lưu 2 tệp" in words_of(response)
    stored = Attachment.objects.order_by("pk")
    assert [(each.name, each.content_type, each.uploaded_by, each.cadre) for each in stored] == [
        ("bằng.pdf", "application/pdf", clerk, person),
        ("trang 2.jpg", "image/jpeg", clerk, person),
    ]
    event = AuditEvent.objects.get(action="create")
    assert (event.subject_type, event.subject_ids) == ("cadre", [person.pk])
    assert event.detail == {"attachments": [each.pk for each in stored]}


def test_one_bad_file_keeps_all_of_them_out_and_each_is_told(client, person, clerk, folder):
    response = send(client, person, ("a.pdf", pdf()), ("b.pdf", b"<html>"), ("c.png", b""))

    words = words_of(response)
    assert "“b.pdf”: Nội dung là trang web" in words
    assert "“c.png”: Tệp rỗng" in words
    assert "Chưa lưu tệp nào" in words
    assert not Attachment.objects.exists()
    assert not folder.exists()


def test_a_photo_is_drawn_anew_and_may_not_be_a_pdf(client, person, clerk):
    assert "Ảnh 4×6 phải là JPEG" in words_of(send(client, person, ("a.pdf", pdf()), kind="photo"))

    send(client, person, ("a.png", image("PNG", (1890, 2834))), kind="photo")

    kept = Attachment.objects.get()
    assert (kept.name, kept.content_type, kept.kind) == ("a.jpg", "image/jpeg", "photo")


def test_the_same_file_sent_again_is_told_and_not_kept_twice(client, person, clerk):
    send(client, person, ("a.pdf", pdf()))

    words = words_of(send(client, person, ("b.pdf", pdf())))

    assert "“b.pdf” đã có trong hồ sơ" in words
    assert Attachment.objects.count() == 1


def test_room_that_is_used_up_is_told_at_the_field(client, person, clerk, settings):
    settings.SCANS_OF_PERSON_BYTES = 10

    assert "Hồ sơ này đã giữ gần 0 MB" in words_of(send(client, person, ("a.pdf", pdf())))
    assert not Attachment.objects.exists()


def test_a_kind_must_be_chosen_and_no_other_be_made_up(client, person, clerk):
    for kind in ("", "secret"):
        send(client, person, ("a.pdf", pdf()), kind=kind)

    assert not Attachment.objects.exists()


def test_nobody_puts_a_file_up_for_another_commune(client, person, clerk):
    other = make_holding().cadre

    assert send(client, other, ("a.pdf", pdf())).status_code == 404
    assert not Attachment.objects.exists()


def test_a_clerk_takes_out_what_the_commune_put_up_and_nothing_else(client, person, clerk):
    send(client, person, ("a.pdf", pdf()))
    own = Attachment.objects.get()
    Attachment.objects.filter(pk=own.pk).update(commune=None)
    assert client.post(f"/can-bo/tep/{own.key}/bo/").status_code == 404
    Attachment.objects.filter(pk=own.pk).update(commune=clerk.commune)

    response = client.post(f"/can-bo/tep/{own.key}/bo/", follow=True)

    assert "Đã bỏ “a.pdf” khỏi hồ sơ" in words_of(response)
    assert not Attachment.objects.kept().exists()
    assert own.path.exists()
    event = AuditEvent.objects.get(action="change")
    assert event.detail == {"attachments": [own.pk], "set_aside": True}


def test_the_district_takes_a_file_back(client, person, clerk):
    send(client, person, ("a.pdf", pdf()))
    kept = Attachment.objects.get()
    client.post(f"/can-bo/tep/{kept.key}/bo/")
    signed_in(client)

    response = client.post(f"/can-bo/tep/{kept.key}/lay-lai/", follow=True)

    assert "Đã lấy lại “a.pdf”" in words_of(response)
    assert Attachment.objects.kept().exists()
    client.post(f"/can-bo/tep/{kept.key}/lay-lai/")
    assert AuditEvent.objects.filter(detail__set_aside=False).count() == 1


def papers_of(client, person, **changed):
    """What a browser sends: every field as it was shown, but for what was changed."""
    address = f"/can-bo/{person.pk}/thanh-phan/"
    form = client.get(address).context["form"]
    sent = {}
    for bound in form:
        sent[bound.html_name] = sent[bound.html_initial_name] = bound.initial
    return client.post(address, {**sent, **changed}, follow=True)


def test_a_clerk_notes_the_paper_file_in_one_go(client, person, clerk):
    response = papers_of(
        client, person, state_health="missing", state_diplomas="copy", note_diplomas="  2   bản "
    )

    assert "Đã ghi 2 thành phần hồ sơ" in words_of(response)
    noted = {
        each.component: (each.state, each.note, each.checked_by)
        for each in person.paper_items.all()
    }
    assert noted == {"health": ("missing", "", clerk), "diplomas": ("copy", "2 bản", clerk)}
    assert AuditEvent.objects.get(action="change").detail == {"papers": ["health", "diplomas"]}


def test_what_another_noted_meanwhile_is_not_overwritten_by_a_form_that_showed_less(
    client, person, clerk
):
    address = f"/can-bo/{person.pk}/thanh-phan/"
    shown = client.get(address).context["form"]
    sent = {
        name: bound.initial
        for bound in shown
        for name in (bound.html_name, bound.html_initial_name)
    }
    PaperItem.objects.create(
        cadre=person, component="health", state="there", checked_on="2023-06-08"
    )

    client.post(address, {**sent, "state_assets": "there"})

    states = dict(person.paper_items.values_list("component", "state"))
    assert states == {"health": "there", "assets": "there"}


def test_a_note_without_a_state_is_told_at_its_line(client, person, clerk):
    response = papers_of(client, person, note_health="ở tủ 3", state_assets="gone")

    words = words_of(response)
    assert "Đã ghi chú thì chọn có, bản sao hoặc thiếu." in words
    assert "Chưa ghi." in words
    assert not PaperItem.objects.exists()
