"""What a commune entered stays the commune's: an account that moves takes nothing along."""

from datetime import date
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client, RequestFactory

from accounts.models import Role, User
from accounts.tests.factories import make_user
from cadres.actions import create_cadre
from cadres.attachments import store
from cadres.changes import Ground
from cadres.models import Attachment, Basis, Cadre, CommuneSuccession
from cadres.tests.factories import make_basis, make_cadre, make_commune, make_holding
from daitu_portal.file_content import checked
from daitu_portal.tests.scans import pdf
from intake.batches import check_again, keep_file, preview_import
from intake.forms.basis import BasisForm
from intake.models import ImportBatch, Proposal
from intake.proposals import Draft, put
from intake.tests.books import PEOPLE_HEAD, write

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 8)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def old():
    return make_commune("Xã Cũ")


@pytest.fixture
def new():
    return make_commune("Xã Mới")


@pytest.fixture
def mover(old):
    return make_user(Role.COMMUNE_CLERK, commune=old)


def moved(user, commune, **fields):
    """The account as it is loaded after the administrator gave it another unit."""
    User.objects.filter(pk=user.pk).update(commune=commune, **fields)
    return User.objects.get(pk=user.pk)


def sent(user, *rows):
    book = write(settings.MEDIA_ROOT / "x.xlsx", {"Hồ sơ": [PEOPLE_HEAD, *rows]})
    batch = keep_file([book.read_bytes()], name="danh sách.xlsx", by=user)
    preview_import(batch, today=TODAY)
    return batch


def scan_of(basis, by):
    return store(checked(BytesIO(pdf()), "giấy.pdf"), kind="declaration", by=by, basis=basis)


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def entered_by(user):
    form = BasisForm({"basis-kind": "declaration", "basis-number": "01/TK", "basis-reason": "Thử"},
                     request=asked_by(user))  # fmt: skip
    assert form.is_valid()
    return form.basis()


def test_the_files_of_a_commune_stay_with_it_when_their_sender_moves(mover, old, new):
    batch = sent(mover)
    stays = make_user(Role.COMMUNE_CLERK, commune=old)
    receives = make_user(Role.COMMUNE_CLERK, commune=new)

    mover = moved(mover, new)

    seen = [ImportBatch.objects.visible_to(user).filter(pk=batch.pk).exists()
            for user in (stays, mover, receives, make_user())]  # fmt: skip
    assert seen == [True, False, False, True]


def test_a_file_is_read_within_the_commune_that_sent_it(mover, old, new):
    """Moved or promoted, its sender lends it no other eyes: what is theirs is only taken."""
    make_holding(make_cadre("Lê Thị Lạ", national_id="019180000777"), commune=new)
    batch = sent(mover, [None, "Lê Thị Lạ", "Nữ", "12/05/1980", "019180000777"])
    before = [problem["message"] for problem in batch.problems]

    for fields in ({"commune": new}, {"commune": None, "role": Role.DISTRICT_HR}):
        user = moved(mover, **fields)
        found = ImportBatch.objects.get(pk=batch.pk)
        check_again(found, by=user, today=TODAY)
        assert [problem["message"] for problem in found.problems] == before

    assert any("ngoài đơn vị của bạn" in message for message in before)


def test_a_basis_and_its_scan_stay_with_the_commune(mover, old, new):
    basis = entered_by(mover)
    scan = scan_of(basis, mover)
    stays = make_user(Role.COMMUNE_HEAD, commune=old)

    mover = moved(mover, new)

    assert basis in Basis.objects.visible_to(stays)
    assert scan in Attachment.objects.visible_to(stays)
    assert not Basis.objects.visible_to(mover).exists()
    assert not Attachment.objects.visible_to(mover).exists()


def test_a_basis_of_the_old_commune_is_not_offered_for_what_is_written_in_the_new(mover, new):
    basis = entered_by(mover)
    data = {"basis-recent": basis.pk, "basis-reason": "Thử"}
    assert BasisForm(data, request=asked_by(mover)).is_valid()

    assert not BasisForm(data, request=asked_by(moved(mover, new))).is_valid()


def test_someone_without_a_post_stays_with_the_commune_that_entered_them(mover, new):
    person = Cadre(full_name="Trần Văn Mới", sex="M")
    create_cadre(person, ground=Ground(by=mover, basis=entered_by(mover)))
    assert person in Cadre.objects.visible_to(mover)

    assert person not in Cadre.objects.visible_to(moved(mover, new))


def test_what_went_into_another_unit_reads_on_in_it(mover, old, new):
    CommuneSuccession.objects.create(
        old=old, new=new, effective_on="2025-01-01", share="whole", document="Nghị quyết"
    )
    of_new = make_user(Role.COMMUNE_CLERK, commune=new)
    basis, batch = entered_by(of_new), sent(of_new)
    of_old = moved(mover, old)

    assert basis in Basis.objects.visible_to(of_old)
    assert batch in ImportBatch.objects.visible_to(of_old)


def test_a_persons_file_is_taken_out_by_the_commune_that_put_it_up(mover, old, new):
    person = make_cadre()
    for unit in (old, new):
        make_holding(person, commune=unit)
    file = store(checked(BytesIO(pdf()), "bằng.pdf"), kind="diploma", by=mover, cadre=person)
    mover = moved(mover, new)

    def answer(user):
        client = Client()
        client.force_login(user, "accounts.backends.WithCommune")
        page = client.get(f"/can-bo/{person.pk}/tai-lieu/").content.decode()
        told = "Bỏ khỏi hồ sơ" in page
        return told, client.post(f"/can-bo/tep/{file.key}/bo/").status_code

    assert answer(mover) == (False, 404)
    assert answer(make_user(Role.COMMUNE_CLERK, commune=old)) == (True, 302)


def test_no_form_goes_on_with_a_draft_of_the_old_commune(mover, old, new):
    person = make_cadre()
    for unit in (old, new):
        make_holding(person, commune=unit)
    item = put(
        Draft(person, table="cadres.award", action="add", typed={"year": ["2022"]}), by=mover
    )
    mover = moved(mover, new)
    client = Client()
    client.force_login(mover, "accounts.backends.WithCommune")

    assert client.get(f"/can-bo/{person.pk}/khen-thuong/them/?muc={item.pk}").status_code == 404


def test_what_stood_before_is_of_the_unit_of_its_account(mover, old, new):
    """The migrations' own steps, on what they are meant for."""
    basis, scan = make_basis(created_by=mover), scan_of(make_basis(), mover)
    Attachment.objects.update(commune=None)
    of_district = make_basis(created_by=make_user())
    file, became = (
        ImportBatch.objects.create(uploaded_by=mover, file_name="a", file_size=1, sha256="0" * 64)
        for _ in range(2)
    )
    Proposal.objects.create(author=mover, commune=new, batch=became)

    import_module("cadres.migrations.0011_whose_it_is").tell_whose(apps, None)
    import_module("intake.migrations.0006_whose_file_it_is").tell_whose(apps, None)

    for each in (basis, scan, of_district, file, became):
        each.refresh_from_db()
    units = [each.commune for each in (basis, scan, of_district, file, became)]
    assert units == [old, old, None, old, new]
