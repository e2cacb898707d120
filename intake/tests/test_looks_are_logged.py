"""Whoever is told of people leaves a line of whom: a file's preview, a search, a list's ticks."""

import pytest
from django.test import Client

from accounts.models import AuditEvent
from accounts.tests.factories import make_user
from cadres.tests.factories import make_cadre, make_holding
from intake.models import ImportBatch
from intake.tests.books import PEOPLE_HEAD, write
from intake.tests.test_review_actions import Office

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user, "accounts.backends.WithCommune")
    return client


def sent(client, folder, *rows):
    book = write(folder / "x.xlsx", {"Hồ sơ": [PEOPLE_HEAD, *rows]})
    with book.open("rb") as file:
        client.post("/nhap-lieu/", {"tep": file})
    return ImportBatch.objects.latest("pk")


def last(**about):
    return AuditEvent.objects.filter(**about).latest("pk")


def test_who_opens_a_file_is_logged_with_those_of_whom_it_tells(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    holder = make_cadre("Nguyễn Văn Bình", national_id="019080000111")
    known, unchanged = make_cadre("Lê Thị Cũ"), make_cadre("Lê Thị Nguyên", sex="M")
    hr = signed_in(make_user())
    clash = sent(hr, tmp_path, [None, "Người Khác", "Nam", "1980", "019080000111"])
    moves = sent(
        hr, tmp_path,
        [known.code, "Lê Thị Mới", None, None, None], [unchanged.code, "Lê Thị Nguyên"],
        [None, "Hoàng Văn Mới", "Nam", "1990", None],
    )  # fmt: skip
    assert (clash.state, moves.state) == ("refused", "preview"), (clash.problems, moves.problems)

    pages = [hr.get(batch.get_absolute_url()).content.decode() for batch in (clash, moves)]

    assert "Nguyễn Văn Bình" in pages[0]
    assert "Lê Thị Mới" in pages[1]
    for batch, person in ((clash, holder), (moves, known)):
        event = last(action="view", subject_type="import_batch", subject_key=batch.pk)
        assert list(event.subjects.values_list("cadre_key", flat=True)) == [person.pk]
        assert event in AuditEvent.objects.about_person(person.pk)


def test_a_search_on_the_page_of_decisions_is_logged_with_whom_it_found():
    person = make_holding(make_cadre("Ngô Văn Tìm")).cadre
    make_holding(make_cadre("Trần Thị Khác"))
    hr = signed_in(make_user())

    page = hr.post("/nhap-lieu/quyet-dinh/them/", {"viec": "tim", "q": "Ngô"}).content.decode()

    assert "Ngô Văn Tìm" in page
    event = last(action="list", subject_type="cadre")
    assert (event.subject_ids, event.subject_count) == ([person.pk], 1)


def test_ticks_and_notes_of_a_list_are_logged_with_whose_they_are():
    office = Office()
    unit = office.unit()
    lines = list(unit.lines.order_by("pk"))
    clerk = signed_in(office.clerk)
    path = f"{unit.get_absolute_url()}danh-dau/"

    clerk.post(path, {"dong": [lines[0].pk], "da_xem": [lines[0].pk]})

    event = last(action="change", subject_type="review")
    assert event.detail == {"unit": unit.pk, "step": "check", "all": False, "lines": 1}
    assert list(event.subjects.values_list("cadre_key", flat=True)) == [lines[0].cadre_id]

    clerk.post(path, {"dong": [lines[0].pk], "viec": "tat-ca"})

    event = last(action="change", subject_type="review")
    assert event.detail["lines"] == len(lines)
    assert set(event.subjects.values_list("cadre_key", flat=True)) == {
        line.cadre_id for line in lines
    }


def test_ticks_that_come_too_late_are_no_event():
    office = Office()
    unit = office.unit()
    unit.state = "confirmed"
    unit.save()

    signed_in(office.clerk).post(f"{unit.get_absolute_url()}danh-dau/", {"viec": "tat-ca"})

    assert not AuditEvent.objects.filter(action="change", subject_type="review").exists()
