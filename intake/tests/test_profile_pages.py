"""Forms of the profile and of the rows beside the posts: saved, refused, closed, taken out."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.models import (
    Affiliation,
    Allowance,
    Award,
    Basis,
    Cadre,
    Change,
    Discipline,
    Edit,
    FamilyMember,
    Holding,
    Profile,
    SalaryStep,
    Status,
    Term,
    WorkPeriod,
)
from cadres.tests.factories import (
    make_allowance,
    make_cadre,
    make_commune,
    make_family_member,
    make_holding,
    make_post,
    make_profile,
    make_rating,
    make_salary_step,
    make_status,
)
from daitu_portal.dates import PartialDate
from intake.models import ProposalItem

pytestmark = pytest.mark.django_db
BASIS = {
    "basis-kind": "decision", "basis-number": "12/QĐ-UBND", "basis-signed_on": "05/01/2023",
    "basis-issuer": "UBND huyện", "basis-reason": "Theo hồ sơ",
}  # fmt: skip


def sent(client, url, **fields):
    return client.post(url, {**BASIS, **fields})


def words(response):
    return response.content.decode()


GOOD = [
    ("gia-dinh", FamilyMember,
     {"side": "own", "relation": "Bố", "full_name": "Lý Văn Cha", "born_on": "1950"},
     {"born_on": PartialDate("1950"), "relation": "Bố"}, ""),
    ("qua-trinh", WorkPeriod, {"from_on": "9/2003", "until_on": "2005", "what": "Bộ đội"},
     {"from_on": PartialDate("2003-09"), "until_on": PartialDate("2005")}, "cong-tac/"),
    ("doan-the", Affiliation, {"body": "council_commune", "joined_on": "23/05/2021"},
     {"body": "council_commune", "joined_on": PartialDate("2021-05-23")}, "cong-tac/"),
    ("tinh-trang", Status,
     {"kind": "rotated", "valid_from": "01/02/2022", "last_on": "31/07/2022",
      "from_district": "on"},
     {"valid_to": date(2022, 8, 1), "from_district": True}, "cong-tac/"),
    ("luong", SalaryStep,
     {"valid_from": "01/03/2022", "grade_code": "01.003", "step": "2", "coefficient": "2,67",
      "percent": "", "reason": "regular"},
     {"coefficient": Decimal("2.67"), "percent": 100, "grade_name": "Chuyên viên",
      "decision_number": "12/QĐ-UBND"}, "luong-nghi-huu/"),
    ("phu-cap", Allowance, {"kind": "position", "valid_from": "01/03/2022", "coefficient": "0.25"},
     {"coefficient": Decimal("0.25"), "percent": None}, "luong-nghi-huu/"),
    ("khen-thuong", Award, {"kind": "certificate", "system": "state", "year": "2021"},
     {"year": 2021, "decision_number": "12/QĐ-UBND"}, "khen-thuong-ky-luat/"),
    ("ky-luat", Discipline,
     {"system": "party", "form": "warning", "reason": "ethics", "decided_on": "01/02/2022",
      "effective_on": "01/02/2022", "last_on": "31/01/2023"},
     {"ends_on": date(2023, 2, 1), "reason": "ethics"}, "khen-thuong-ky-luat/"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "model", "fields", "values", "tab"), GOOD)
def test_a_row_is_saved_with_its_basis_and_shown_on_its_tab(hr, part, model, fields, values, tab):
    cadre = make_cadre()

    response = sent(hr, f"/can-bo/{cadre.pk}/{part}/them/", **fields)

    assert response["Location"] == f"/can-bo/{cadre.pk}/{tab}", words(response)
    row = model.objects.get(cadre=cadre)
    assert {name: getattr(row, name) for name in values} == values
    change = Change.objects.get(cadre=cadre)
    assert (change.basis.number, change.reason) == ("12/QĐ-UBND", "Theo hồ sơ")
    shown = words(hr.get(f"/can-bo/{cadre.pk}/{tab}?ngay=2023-06-08"))
    assert f"/can-bo/{cadre.pk}/{part}/{row.pk}/" in shown


@pytest.mark.parametrize(("part", "model", "fields", "values", "tab"), GOOD)
def test_a_form_that_is_sent_twice_makes_one_row(hr, part, model, fields, values, tab):
    cadre = make_cadre()
    for _ in range(2):
        response = sent(hr, f"/can-bo/{cadre.pk}/{part}/them/", **fields)

    assert response.status_code == 200
    assert model.objects.filter(cadre=cadre).count() == 1


@pytest.mark.parametrize(
    "other",
    [{"body": "council_district"}, {"role": "Phó Bí thư"}, {"joined_on": "2016"}, {"term": True}],
)
def test_an_affiliation_of_another_body_role_day_or_term_is_another(hr, other):
    cadre, address = make_cadre(), "/can-bo/{}/doan-the/them/"
    if "term" in other:
        term = Term.objects.create(
            name="2021–2026", organisation="hdnd", valid_from=date(2021, 5, 23)
        )
        other = {"term": term.pk}
    first = {"body": "council_commune", "role": "Ủy viên", "joined_on": "2021"}

    sent(hr, address.format(cadre.pk), **first)
    sent(hr, address.format(cadre.pk), **{**first, **other})

    assert cadre.affiliations.count() == 2


BAD = [
    ("gia-dinh", {"relation": "Bố"}, "Họ và tên người thân"),
    ("gia-dinh", {"relation": "Bố", "full_name": "A B", "born_on": "31/02/1950"},
     "không phải ngày"),
    ("qua-trinh", {"from_on": "2005", "until_on": "2003", "what": "Bộ đội"}, "không trước"),
    ("qua-trinh", {"from_on": "2090", "what": "Bộ đội"}, "chưa tới"),
    ("qua-trinh", {"from_on": "1960", "what": "Bộ đội"}, "trước khi sinh"),
    ("tinh-trang", {"kind": "study", "valid_from": "01/01/2022", "scheme": "age"}, "khi nghỉ hưu"),
    ("tinh-trang", {"kind": "study", "valid_from": "05/01/2022", "last_on": "04/01/2022"},
     "Ngày kết thúc phải không trước"),
    ("luong", {"valid_from": "01/01/2022", "coefficient": "1.800"}, "phần nghìn hay phần"),
    ("luong", {"valid_from": "01/01/2022", "coefficient": "26,7"}, "không quá 10"),
    ("luong", {"valid_from": "01/01/2022", "coefficient": "2,67", "grade_code": "1.003"},
     "ghi 01.003"),
    ("phu-cap", {"kind": "area", "valid_from": "01/01/2022"}, "hệ số hoặc phần trăm"),
    ("phu-cap", {"kind": "area", "valid_from": "01/01/2022", "coefficient": "0,2", "percent": "5"},
     "hệ số hoặc phần trăm"),
    ("khen-thuong", {"kind": "certificate", "system": "state", "year": "1900"}, "1945"),
    ("ky-luat", {"system": "state", "form": "warning", "reason": "work",
                 "decided_on": "01/01/2090", "effective_on": "01/01/2090"}, "chưa tới"),
    ("ky-luat", {"system": "state", "form": "warning", "reason": "work",
                 "decided_on": "01/01/2022", "effective_on": "01/01/2022",
                 "last_on": "31/12/2021"}, "sau ngày có hiệu lực"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "fields", "message"), BAD)
def test_what_is_wrong_is_said_and_nothing_is_written(hr, part, fields, message):
    cadre = make_cadre(born_on="1980")

    page = words(sent(hr, f"/can-bo/{cadre.pk}/{part}/them/", **fields))

    assert message in page
    assert not Change.objects.exists()
    assert not Basis.objects.exists()


def test_a_new_step_of_pay_ends_the_one_before_and_says_so(hr):
    cadre = make_cadre()
    old = make_salary_step(cadre, "2.34", valid_from=date(2019, 3, 1))

    fields = {"valid_from": "01/03/2022", "coefficient": "2,67", "reason": "regular"}
    page = words(hr.post(f"/can-bo/{cadre.pk}/luong/them/", {**BASIS, **fields}, follow=True))

    old.refresh_from_db()
    assert old.valid_to == date(2022, 3, 1)
    assert "tự kết thúc trước ngày 01/03/2022" in page
    edits = Edit.objects.filter(table="cadres.salarystep").order_by("pk")
    assert [edit.action for edit in edits] == ["change", "add"]


def test_a_step_before_a_later_one_lasts_until_that(hr):
    cadre = make_cadre()
    make_salary_step(cadre, "2.67", valid_from=date(2022, 3, 1))

    sent(hr, f"/can-bo/{cadre.pk}/luong/them/", valid_from="01/03/2019", coefficient="2,34")

    assert cadre.salary_steps.get(coefficient="2.34").valid_to == date(2022, 3, 1)


def test_allowances_of_other_kinds_go_on(hr):
    cadre = make_cadre()
    area = make_allowance(cadre, "area", coefficient=Decimal("0.2"))
    position = make_allowance(cadre, "position")

    sent(hr, f"/can-bo/{cadre.pk}/phu-cap/them/", kind="position", valid_from="01/03/2022",
         coefficient="0,3")  # fmt: skip

    area.refresh_from_db()
    position.refresh_from_db()
    assert (area.valid_to, position.valid_to) == (None, date(2022, 3, 1))


def test_a_clerks_step_of_pay_is_a_draft_of_both_edits(client):
    unit = make_commune()
    cadre = make_cadre()
    make_holding(cadre, commune=unit)
    old = make_salary_step(cadre, "2.34", valid_from=date(2019, 3, 1))
    clerk = make_user(Role.COMMUNE_CLERK, commune=unit)
    client.force_login(clerk, "accounts.backends.WithCommune")

    form = {"valid_from": "01/03/2022", "coefficient": "2,67", "reason": "regular"}
    client.post(f"/can-bo/{cadre.pk}/luong/them/", form)

    old.refresh_from_db()
    assert old.valid_to is None
    assert SalaryStep.objects.count() == 1
    item = ProposalItem.objects.get()
    assert [edit["action"] for edit in item.edits] == ["change", "add"]


def test_the_profile_is_one_form_for_the_first_time_and_after(hr):
    cadre = make_cadre()
    url = f"/can-bo/{cadre.pk}/ly-lich/"

    sent(hr, url, version=1, insurance_number="0190 800 001", insured_from="09/2005",
         blood_type="AB-", personal_history="Dòng một\nDòng hai")  # fmt: skip
    sent(hr, url, version=2, insurance_number="0190800001", health="Tốt")

    profile = Profile.objects.get(cadre=cadre)
    assert (profile.insurance_number, profile.health) == ("0190800001", "Tốt")
    assert (profile.blood_type, profile.insured_from) == ("", None)
    assert Change.objects.count() == 2


@pytest.mark.parametrize("has_profile", [True, False])
def test_a_profile_form_opened_before_another_change_is_refused(hr, has_profile):
    cadre = make_cadre()
    if has_profile:
        make_profile(cadre, health="Khá")
    Cadre.objects.filter(pk=cadre.pk).update(version=2)

    page = words(sent(hr, f"/can-bo/{cadre.pk}/ly-lich/", version=1, health="Tốt"))

    assert "vừa được người khác sửa" in page
    assert not Profile.objects.filter(health="Tốt").exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"insurance_number": "123"}, "10 chữ số"),
        ({"height_cm": "20"}, "từ 80 đến 250"),
        ({"enlisted_on": "2001", "discharged_on": "2000"}, "không trước ngày nhập ngũ"),
        ({"honour_year": "2090"}, "Năm phải từ 1945"),
        ({"email": "không phải"}, "email"),
        ({"insured_from": "2090"}, "chưa tới"),
    ],
)
def test_what_is_wrong_in_a_profile_is_said(hr, fields, message):
    cadre = make_cadre()

    page = words(sent(hr, f"/can-bo/{cadre.pk}/ly-lich/", version=1, **fields))

    assert message in page
    assert not Profile.objects.exists()


def test_a_row_taken_out_is_shown_first_and_stays_in_the_history(hr):
    cadre = make_cadre()
    row = make_family_member(cadre, "Vợ", "Lý Thị Thân", born_on=PartialDate("1982"))
    url = f"/can-bo/{cadre.pk}/gia-dinh/{row.pk}/go/"

    page = words(hr.get(url))
    response = sent(hr, url, version=1)

    assert "Lý Thị Thân" in page
    assert "1982" in page
    assert response["Location"] == f"/can-bo/{cadre.pk}/"
    assert not FamilyMember.objects.exists()
    edit = Edit.objects.get()
    assert (edit.action, edit.before["full_name"], edit.row_id) == ("remove", "Lý Thị Thân", row.pk)


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"basis-reason": ""}, "Ghi lý do của thay đổi"), ({"basis-kind": ""}, "Chọn loại căn cứ"),
     ({"version": "7"}, "vừa được người khác sửa")],
)  # fmt: skip
def test_nothing_is_taken_out_without_basis_reason_and_the_version_of_now(hr, fields, message):
    cadre = make_cadre()
    row = make_rating(cadre)

    page = words(sent(hr, f"/can-bo/{cadre.pk}/xep-loai/{row.pk}/go/", **{"version": 1, **fields}))

    assert message in page
    assert cadre.ratings.exists()


@pytest.mark.parametrize("part", ["chuc-vu", "cap-uy", "van-bang", "boi-duong", "tinh-trang"])
def test_another_persons_row_is_nobodys(hr, part):
    mine, theirs = make_cadre(), make_cadre()
    make_holding(theirs, make_post(), make_commune())
    row = make_status(theirs, "study")

    assert hr.get(f"/can-bo/{mine.pk}/{part}/{row.pk}/go/").status_code == 404


def test_a_clerk_proposes_to_take_a_row_out_and_the_district_approves(client, hr):
    unit = make_commune()
    cadre = make_cadre()
    make_holding(cadre, commune=unit)
    row = make_family_member(cadre)
    client.force_login(make_user(Role.COMMUNE_CLERK, commune=unit), "accounts.backends.WithCommune")

    response = client.post(f"/can-bo/{cadre.pk}/gia-dinh/{row.pk}/go/", {"version": 1})

    assert "/duyet/" in response["Location"]
    item = ProposalItem.objects.get()
    assert (item.action, item.table, item.row_id) == ("remove", "cadres.familymember", row.pk)
    assert FamilyMember.objects.exists()
    page = words(client.get(response["Location"]))
    assert "Lý Thị Thân" in page


def test_a_post_ends_with_the_reason(hr):
    holding = make_holding(valid_from=date(2021, 5, 12))
    url = f"/can-bo/{holding.cadre_id}/chuc-vu/{holding.pk}/thoi/"

    sent(hr, url, version=1, left_on="01/06/2023", end_reason="resigned")

    assert Holding.objects.values_list("valid_to", "end_reason").get() == (
        date(2023, 6, 1), "resigned",
    )  # fmt: skip


def test_a_clerk_goes_on_with_the_first_profile_that_is_drafted_already(client):
    unit = make_commune()
    cadre = make_cadre()
    make_holding(cadre, commune=unit)
    client.force_login(make_user(Role.COMMUNE_CLERK, commune=unit), "accounts.backends.WithCommune")
    url = f"/can-bo/{cadre.pk}/ly-lich/"

    client.post(url, {"version": 1, "health": "Tốt"})
    item = ProposalItem.objects.get()
    again = client.get(url)
    shown = words(client.get(again["Location"]))
    client.post(again["Location"], {"version": 1, "health": "Khá"})

    assert again["Location"] == f"{url}?muc={item.pk}"
    assert 'value="Tốt"' in shown
    kept = ProposalItem.objects.get()
    assert kept.edits[0]["after"]["health"] == "Khá"
    assert not Profile.objects.exists()
