"""A clerk's workbook: within the own commune, and a proposal of its changes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from cadres.actions import change_cadre, save_record
from cadres.models import Cadre, Change, Holding
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_post,
)
from intake.batches import keep_file, preview_import
from intake.models import ImportBatch, Proposal
from intake.tests.books import write
from intake.tests.clients import signed_in
from intake.tests.conftest import BASIS
from intake.tests.test_proposals import approve_all, send

pytestmark = pytest.mark.django_db

TODAY = date(2023, 6, 8)
NUMBER = "001085000001"
PEOPLE_HEAD = ["Số hiệu", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Nơi ở hiện nay"]
HOLDINGS_HEAD = ["Số hiệu", "Mã chức danh", "Mã đơn vị", "Từ ngày"]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def unit():
    return make_commune("Xã Nhà")


@pytest.fixture
def clerk(unit):
    return signed_in(Role.COMMUNE_CLERK, unit)


@pytest.fixture
def hr():
    return signed_in(Role.DISTRICT_HR)


def person(code="", name="Trần Thị Mới", number="", **more):
    told = {"Số hiệu": code, "Họ và tên": name, "Giới tính": "Nữ", "Ngày sinh": "05/1985",
            "Số CCCD": number, **more}  # fmt: skip
    return [told.get(head, "") for head in PEOPLE_HEAD]


def post(code, post, unit, since="01/06/2023"):
    told = {"Số hiệu": code, "Mã chức danh": post.code, "Mã đơn vị": unit.code, "Từ ngày": since}
    return [told.get(head, "") for head in HOLDINGS_HEAD]


def uploaded(client, tmp_path, sheets):
    path = write(tmp_path / "danh sách.xlsx", sheets)
    batch = keep_file([path.read_bytes()], name="danh sách.xlsx", by=client.user)
    preview_import(batch, today=TODAY)
    return batch


def test_a_clerks_file_becomes_a_draft_and_writes_nothing(clerk, unit, tmp_path):
    known = make_holding(make_cadre("Nguyễn Văn Cũ", residence="Xóm Cũ"), commune=unit).cadre
    batch = uploaded(clerk, tmp_path, {
        "Hồ sơ": [PEOPLE_HEAD,
                  person(known.code, known.full_name, **{"Nơi ở hiện nay": "Xóm Mới"}),
                  person("DT000900")],
        "Giữ chức vụ": [HOLDINGS_HEAD, post("DT000900", make_post(), unit)],
    })  # fmt: skip
    assert batch.state == "preview", batch.problems

    answer = clerk.post(f"/nhap-lieu/{batch.pk}/ghi/")

    proposal = Proposal.objects.get()
    assert answer["Location"] == f"/duyet/{proposal.pk}/"
    assert (proposal.state, proposal.batch) == ("draft", batch)
    assert {item.table for item in proposal.items.all()} == {"cadres.cadre", "cadres.holding"}
    assert proposal.items.get(table="cadres.holding").new_person.action == "add"
    assert not Change.objects.exists()
    batch.refresh_from_db()
    assert batch.state == "proposed"


def test_an_approved_file_is_in_the_records_with_its_basis(clerk, hr, unit, tmp_path):
    batch = uploaded(clerk, tmp_path, {
        "Hồ sơ": [PEOPLE_HEAD, person("DT000900")],
        "Giữ chức vụ": [HOLDINGS_HEAD, post("DT000900", make_post(), unit)],
    })  # fmt: skip
    clerk.post(f"/nhap-lieu/{batch.pk}/ghi/")
    proposal = Proposal.objects.get()
    send(clerk, proposal)

    approve_all(hr, proposal)

    assert proposal.state == "approved"
    assert Holding.objects.get().cadre.full_name == "Trần Thị Mới"
    assert {change.basis for change in Change.objects.all()} == {proposal.basis}


def test_a_file_is_not_proposed_twice(clerk, unit, tmp_path):
    batch = uploaded(clerk, tmp_path, {"Hồ sơ": [PEOPLE_HEAD, person("DT000900")]})

    clerk.post(f"/nhap-lieu/{batch.pk}/ghi/")
    clerk.post(f"/nhap-lieu/{batch.pk}/ghi/")

    assert Proposal.objects.count() == 1


def test_people_of_another_commune_are_nobody_to_a_clerks_file(clerk, tmp_path):
    other = make_holding(make_cadre("Lê Văn Kín", national_id=NUMBER)).cadre

    by_number = uploaded(clerk, tmp_path, {"Hồ sơ": [PEOPLE_HEAD, person(number=NUMBER)]})
    by_code = uploaded(clerk, tmp_path, {"Hồ sơ": [PEOPLE_HEAD, person(other.code)]})

    for batch in (by_number, by_code):
        assert batch.state == "refused"
        assert "Lê Văn Kín" not in str(batch.problems)
        assert str(other.born_on) not in str(batch.problems)


def test_someone_of_the_same_name_elsewhere_is_not_told_to_a_clerk(clerk, tmp_path):
    make_holding(make_cadre("Trần Thị Mới", born_on="1985-05"))

    batch = uploaded(clerk, tmp_path, {"Hồ sơ": [PEOPLE_HEAD, person()]})

    assert (batch.state, batch.problems) == ("preview", [])


def test_a_post_in_another_commune_is_refused(clerk, unit, tmp_path):
    known = make_holding(make_cadre("Nguyễn Văn Cũ"), commune=unit).cadre
    elsewhere = make_commune("Xã Bạn")

    batch = uploaded(clerk, tmp_path, {
        "Giữ chức vụ": [HOLDINGS_HEAD, post(known.code, make_post(), elsewhere)]
    })  # fmt: skip

    assert "ngoài phạm vi" in str(batch.problems)


def test_the_district_writes_its_files_at_once(hr, unit, tmp_path):
    batch = uploaded(hr, tmp_path, {"Hồ sơ": [PEOPLE_HEAD, person("DT000900")]})

    bare = hr.post(f"/nhap-lieu/{batch.pk}/ghi/")
    assert bare.status_code == 400
    assert "Chọn loại căn cứ" in bare.content.decode()
    assert not Cadre.objects.exists()
    hr.post(f"/nhap-lieu/{batch.pk}/ghi/", {**BASIS, "basis-reason": "Rà soát"})

    assert Cadre.objects.get().full_name == "Trần Thị Mới"
    change = Change.objects.get()
    assert (change.source, change.kind) == ("imported", "import")
    assert (change.basis.number, change.reason) == ("01/TK", "Rà soát")
    assert "danh sách.xlsx" in change.basis.about
    assert change.edits.get().after["code"] == "DT000900"


def test_a_clerk_sees_the_files_of_the_own_commune_alone(clerk, tmp_path):
    other = signed_in(Role.COMMUNE_CLERK, make_commune("Xã Bạn"))
    batch = uploaded(other, tmp_path, {"Hồ sơ": [PEOPLE_HEAD, person("DT000900")]})

    assert clerk.get(f"/nhap-lieu/{batch.pk}/").status_code == 404
    assert clerk.post(f"/nhap-lieu/{batch.pk}/ghi/").status_code == 404
    assert not ImportBatch.objects.visible_to(clerk.user).exists()


@pytest.mark.slow
def test_a_file_of_five_hundred_people_is_sent_and_approved(clerk, hr, unit, tmp_path):
    office = make_post(per_commune=None)
    codes = [f"DT{900 + number:06d}" for number in range(250)]
    batch = uploaded(clerk, tmp_path, {
        "Hồ sơ": [PEOPLE_HEAD, *(person(code, f"Trần Thị {code[-3:]}".replace("0", "")
                                        .translate(str.maketrans("123456789", "abcdeghik")))
                                 for code in codes)],
        "Giữ chức vụ": [HOLDINGS_HEAD, *(post(code, office, unit) for code in codes)],
    })  # fmt: skip
    assert batch.state == "preview", batch.problems[:3]
    clerk.post(f"/nhap-lieu/{batch.pk}/ghi/")
    proposal = Proposal.objects.get()
    assert proposal.items.count() == 500

    send(clerk, proposal)
    with CaptureQueriesContext(connection) as queries:
        approve_all(hr, proposal)

    assert proposal.state == "approved"
    assert Holding.objects.count() == 250
    assert len(queries) <= 80  # set-based: nothing for each of the items


def drafted_file(clerk, tmp_path, people, posts=()):
    """The proposal of a clerk's file, sent."""
    sheets = {"Hồ sơ": [PEOPLE_HEAD, *people]}
    if posts:
        sheets["Giữ chức vụ"] = [HOLDINGS_HEAD, *posts]
    batch = uploaded(clerk, tmp_path, sheets)
    assert batch.state == "preview", batch.problems[:3]
    clerk.post(f"/nhap-lieu/{batch.pk}/ghi/")
    proposal = Proposal.objects.get()
    send(clerk, proposal)
    return proposal


def test_a_row_that_changed_since_refuses_the_whole_file_with_its_versions(
    clerk, hr, unit, tmp_path
):
    cadre = make_cadre("Trần Thị Cũ", sex="F", born_on="1985-05", residence="Xóm Một")
    make_holding(cadre, commune=unit)
    told = person(cadre.code, "Trần Thị Cũ")
    told[PEOPLE_HEAD.index("Nơi ở hiện nay")] = "Xóm Hai"
    proposal = drafted_file(clerk, tmp_path, [told, person("DT000901")])
    change_cadre(cadre.pk, {"residence": "Xóm Ba"}, ground=make_ground(hr.user), version=1)

    page = approve_all(hr, proposal).content.decode()

    assert "Hồ sơ đã đổi sau khi đề nghị được lập" in page
    assert "Xóm Ba" in page
    assert Cadre.objects.count() == 1
    assert proposal.state == "pending"


def test_a_post_that_clashes_by_now_is_named_with_its_field(clerk, hr, unit, tmp_path):
    office = make_post(per_commune=None)
    cadre = make_cadre("Trần Thị Cũ", sex="F", born_on="1985-05")
    make_holding(cadre, commune=unit, valid_from=date(2020, 1, 1), is_main=False)
    proposal = drafted_file(
        clerk, tmp_path, [person(cadre.code, "Trần Thị Cũ")], [post(cadre.code, office, unit)]
    )
    save_record(
        Holding(cadre=cadre, post=office, commune=unit, valid_from=date(2023, 5, 1)),
        ground=make_ground(hr.user),
    )

    page = approve_all(hr, proposal)

    assert page.status_code == 409
    assert Holding.objects.count() == 2


def test_a_number_that_someone_else_has_by_now_refuses_the_file(clerk, hr, unit, tmp_path):
    proposal = drafted_file(clerk, tmp_path, [person("DT000901", number=NUMBER)])
    make_cadre(national_id=NUMBER)

    page = approve_all(hr, proposal).content.decode()

    assert "Số CCCD này đã có trong một hồ sơ khác" in page
    assert Cadre.objects.count() == 1


def test_who_sent_the_file_entered_its_people_and_a_decision_is_named_by_its_rows(
    clerk, hr, unit, tmp_path
):
    office = make_post(per_commune=None)
    batch = uploaded(clerk, tmp_path, {
        "Hồ sơ": [PEOPLE_HEAD, person("DT000901")],
        "Giữ chức vụ": [HOLDINGS_HEAD, post("DT000901", office, unit)],
    })  # fmt: skip
    clerk.post(f"/nhap-lieu/{batch.pk}/ghi/")
    proposal = Proposal.objects.get()
    send(clerk, proposal, **{"basis-kind": "decision", "basis-number": "7/QĐ-UBND",
                             "basis-issuer": "UBND huyện"})  # fmt: skip

    approve_all(hr, proposal)

    assert Cadre.objects.get().entered_by == clerk.user
    change = Change.objects.get()
    assert (change.source, change.proposed_by) == ("approved", clerk.user)
    assert {item.change for item in proposal.items.all()} == {change}
    assert {edit.table for edit in change.edits.all()} == {"cadres.cadre", "cadres.holding"}
