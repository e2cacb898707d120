"""Giving the quotas of a year: all communes on one page, checked, then written at once."""

import json
from datetime import date

import pytest

from accounts.models import AuditEvent
from accounts.tests.factories import make_user
from cadres.models import Commune, DistrictQuota, Quota, QuotaCeiling
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post
from reports.staffing import staffing

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2023, 1, 1)
PAGE = "/quan-tri/danh-muc/giao-chi-tieu/2023/"


@pytest.fixture
def office(client):
    """The district's staff signed in."""
    client.force_login(make_user(), "accounts.backends.WithCommune")
    return client


def make_quota(commune, group="cadre", number=10, **fields):
    return Quota.objects.create(
        commune=commune, group=group, number=number, **{"valid_from": date(2022, 1, 1), **fields}
    )


def typed(client, **changes):
    """What a browser would send of the page as it is shown, with changes."""
    form = client.get(PAGE).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {**{name: "" if value is None else value for name, value in values.items()}, **changes}


def cell(commune, group="cadre"):
    return f"n_{commune.pk}_{group}"


def check(client, data):
    return client.post(PAGE, {**data, "xac_nhan": "0"})


def give(client, **changes):
    """Check, then write, as a person does."""
    data = typed(client, **changes)
    return client.post(PAGE, {**data, "xac_nhan": check(client, data).context["mark"]})


def on_file():
    return list(Quota.objects.order_by("commune", "group", "valid_from")
                .values_list("group", "number", "valid_from", "valid_to"))  # fmt: skip


def test_the_page_starts_from_the_year_before(office):
    open_ended, ended, none = make_commune("Xã A"), make_commune("Xã B"), make_commune("Xã C")
    make_quota(open_ended, number=11)
    make_quota(ended, number=9, valid_to=NEW_YEAR)
    DistrictQuota.objects.create(number=560, valid_from=date(2022, 1, 1), valid_to=NEW_YEAR)

    data = typed(office)

    assert [data[cell(c)] for c in (open_ended, ended, none)] == [11, 9, ""]
    assert data["total"] == 560


def test_numbers_are_written_at_once_from_the_first_day_of_the_year(office):
    commune, other = make_commune("Xã A"), make_commune("Xã B")
    make_quota(commune, number=11)

    changes = {cell(commune): 10, cell(commune, "civil_servant"): 8, cell(other): 9, "total": 30}
    answer = give(office, **changes, document="QĐ 100")

    assert answer.status_code == 302
    assert on_file() == [
        ("cadre", 11, date(2022, 1, 1), NEW_YEAR), ("cadre", 10, NEW_YEAR, None),
        ("civil_servant", 8, NEW_YEAR, None), ("cadre", 9, NEW_YEAR, None),
    ]  # fmt: skip
    assert set(Quota.objects.on(NEW_YEAR).values_list("document", flat=True)) == {"QĐ 100"}
    found = staffing(date(2023, 6, 8), [commune, other])
    assert (found.quota, found.district_quota, found.vacant) == (27, 30, 27)
    assert staffing(date(2022, 12, 31), [commune, other]).quota == 11


def test_checking_writes_nothing_and_shows_what_would_move(office):
    commune = make_commune()

    page = check(office, typed(office, **{cell(commune): 10})).content.decode()

    assert "Chỉ tiêu đã giao các xã</th><td>0</td><td>10</td>" in page
    assert not Quota.objects.exists()
    assert not AuditEvent.objects.filter(subject_type="quota").exists()


def test_giving_the_same_again_changes_nothing(office):
    commune = make_commune()
    make_quota(commune)
    give(office, total=30, document="QĐ 100")
    before, logged = on_file(), AuditEvent.objects.count()

    page = office.get(give(office).url)

    assert "Không có gì thay đổi: 2 dòng giữ nguyên" in page.content.decode()
    assert (on_file(), AuditEvent.objects.count()) == (before, logged)


def test_giving_another_number_in_the_year_corrects_the_row(office):
    commune = make_commune()
    give(office, **{cell(commune): 10}, document="QĐ 100")

    give(office, **{cell(commune): 12}, document="QĐ 100 (đính chính)")

    quota = Quota.objects.get()
    assert (quota.number, quota.document) == (12, "QĐ 100 (đính chính)")


def test_an_empty_document_leaves_the_one_on_file(office):
    commune = make_commune()
    give(office, **{cell(commune): 10}, document="QĐ 100")

    give(office, **{cell(commune): 12}, document="")

    assert Quota.objects.get().document == "QĐ 100"


def test_rows_that_begin_later_stay_and_the_new_one_ends_where_they_begin(office):
    commune = make_commune(valid_to=date(2025, 7, 1))
    make_quota(commune, number=7, valid_from=date(2023, 8, 1), valid_to=date(2025, 7, 1))

    page = office.get(PAGE).content.decode()
    give(office, **{cell(commune): 10, cell(commune, "civil_servant"): 8})

    assert "từ 01/08/2023: 7" in page
    assert on_file() == [
        ("cadre", 10, NEW_YEAR, date(2023, 8, 1)),
        ("cadre", 7, date(2023, 8, 1), date(2025, 7, 1)),
        ("civil_servant", 8, NEW_YEAR, date(2025, 7, 1)),
    ]


def test_only_the_communes_of_the_first_day_are_asked(office):
    here = make_commune("Xã Còn")
    make_commune("Xã Cũ", valid_to=NEW_YEAR)
    make_commune("Xã Mới", valid_from=date(2023, 4, 10))

    fields = office.get(PAGE).context["form"].fields

    assert [name for name in fields if name.startswith("n_")] == [
        cell(here), cell(here, "civil_servant")
    ]  # fmt: skip


def test_what_to_mind_is_told_and_forbids_nothing(office):
    QuotaCeiling.objects.create(
        grade=2, number=21, less_with_regular_police=1, document="NĐ 34",
        valid_from=date(2019, 6, 25),
    )  # fmt: skip
    over, plain = make_commune("Xã Vượt", grade=2), make_commune("Xã Chưa Loại")
    for _ in range(2):
        make_holding(make_cadre(), make_post(), plain)
    changes = {cell(over): 12, cell(over, "civil_servant"): 11, cell(plain): 5,
               cell(plain, "civil_servant"): 1, "total": 20}  # fmt: skip

    found = check(office, typed(office, **changes)).context["warnings"]
    give(office, **changes)

    assert found == [
        "Xã Vượt: giao 23, vượt trần 21 của loại II là 2.",
        "Giao các xã 29, vượt tổng chỉ tiêu của huyện 20 là 9.",
        "Xã Chưa Loại: giao 1 công chức, đang có 2 người ngày 01/01/2023.",
        "Xã Chưa Loại chưa có loại (I, II, III), nên chưa so được với trần.",
    ]
    assert Quota.objects.count() == 4


def test_what_is_not_known_is_told_apart_from_what_is_wrong(office):
    for number in range(4):
        make_commune(f"Xã {number}")
    make_commune("Xã Có Loại", grade=2)

    found = office.get(PAGE).context["warnings"]

    assert found == [
        "Chưa có tổng chỉ tiêu của huyện năm 2023, nên chưa so được.",
        "5 đơn vị chưa có đủ hai số: phần để trống không được giao.",
        "4 đơn vị chưa có loại (I, II, III), nên chưa so được với trần.",
        "Xã Có Loại có loại, nhưng không có trần nào của loại ấy có hiệu lực ngày 01/01/2023.",
    ]


def test_sums_stand_beneath_the_table(office):
    commune, other = make_commune("Xã A"), make_commune("Xã B")

    numbers = {cell(commune): 10, cell(other): 9, cell(other, "civil_servant"): 8, "total": 30}
    page = check(office, typed(office, **numbers))

    assert (page.context["sums"], page.context["given"]) == ([19, 8], 27)
    assert page.context["total"] == 30


@pytest.mark.parametrize("number", ["-1", "100", "mười", "1.5"])
def test_a_number_that_is_none_is_told_with_its_commune_and_nothing_is_written(office, number):
    commune, other = make_commune("Xã A"), make_commune("Xã B")

    page = check(office, typed(office, **{cell(commune): number, cell(other): 9}))

    assert "<li>Xã A, cán bộ: " in page.content.decode()
    assert "mark" not in page.context
    assert not Quota.objects.exists()


def test_what_was_given_before_is_not_left_empty_by_mistake(office):
    commune = make_commune()
    make_quota(commune, number=10)

    page = check(office, typed(office, **{cell(commune): ""}))
    assert "Đang có 10: ghi 0 nếu không giao nữa." in page.content.decode()

    give(office, **{cell(commune): 0})
    assert Quota.objects.on(NEW_YEAR).get().number == 0


def test_a_form_older_than_what_is_stored_is_refused_with_what_changed(office):
    commune = make_commune("Xã A")
    quota = make_quota(commune, number=10)
    data = typed(office, **{cell(commune): 12})
    mark = check(office, data).context["mark"]
    Quota.objects.filter(pk=quota.pk).update(number=11)

    page = office.post(PAGE, {**data, "xac_nhan": mark})

    assert on_file() == [("cadre", 11, date(2022, 1, 1), None)]
    html = page.content.decode()
    assert "Người khác vừa giao chỉ tiêu" in html
    assert "Xã A, cán bộ</th><td>11</td><td>12</td>" in html
    again = {**data, "seen": page.context["form"]["seen"].value()}
    office.post(PAGE, {**again, "xac_nhan": mark})
    assert Quota.objects.on(NEW_YEAR).get().number == 12


@pytest.mark.parametrize("seen", ["", "[]", "{", json.dumps({"total": 4})])
def test_a_form_that_does_not_say_what_it_saw_overwrites_nothing(office, seen):
    make_quota(make_commune(), number=10)
    data = typed(office)
    mark = check(office, data).context["mark"]

    office.post(PAGE, {**data, "seen": seen, "xac_nhan": mark})

    assert Quota.objects.count() == 1


def test_what_was_typed_after_the_check_is_checked_again(office):
    commune = make_commune()
    data = typed(office, **{cell(commune): 10})
    mark = check(office, data).context["mark"]

    page = office.post(PAGE, {**data, cell(commune): 90, "xac_nhan": mark})

    assert page.context["mark"] != mark
    assert not Quota.objects.exists()


def test_what_was_written_is_logged_with_its_rows_and_document(office):
    commune = make_commune()

    give(office, **{cell(commune): 10, "total": 30}, document="QĐ 100", total_document="QĐ 9")

    quota = AuditEvent.objects.get(subject_type="quota")
    assert (quota.subject_ids, quota.purpose) == ([Quota.objects.get().pk], "QĐ 100")
    assert AuditEvent.objects.get(subject_type="districtquota").purpose == "QĐ 9"


def test_the_page_asks_no_more_for_more_communes(office, django_assert_max_num_queries):
    for number in range(29):
        commune = make_commune(f"Xã {number}", grade=2)
        make_quota(commune)
        make_quota(commune, "civil_servant", 8)
        make_holding(make_cadre(), make_post(), commune)

    with django_assert_max_num_queries(12):
        page = office.get(PAGE)

    assert page.content.decode().count('type="number"') == 2 * 29 + 1


@pytest.mark.parametrize("year", [2003, 2100])
def test_a_year_outside_the_record_has_no_page(office, year):
    assert office.get(f"/quan-tri/danh-muc/giao-chi-tieu/{year}/").status_code == 404


GRADES = "/quan-tri/danh-muc/phan-loai-don-vi/?ngay=2023-06-08"


def grade_form(client, **changes):
    form = client.get(GRADES).context["form"]
    values = {name: form[name].value() for name in form.fields}
    data = {name: "" if value is None else value for name, value in values.items()}
    return {**data, "reason": "QĐ 7", **changes}


def test_the_classes_of_all_communes_are_written_at_once(office):
    first, second = make_commune("Xã A"), make_commune("Xã B", grade=3)
    data = grade_form(office, **{f"g_{first.pk}": "2"})

    tried = office.post(GRADES, {**data, "xac_nhan": "0"})
    assert Commune.objects.get(pk=first.pk).grade is None
    assert "preview" in tried.context

    office.post(GRADES, {**data, "xac_nhan": "1"})
    assert list(Commune.objects.values_list("grade", flat=True)) == [2, 3]
    event = AuditEvent.objects.get(subject_type="commune")
    assert (event.subject_ids, event.purpose) == ([first.pk], "QĐ 7")
    assert second.pk not in event.subject_ids


def test_classes_that_someone_else_wrote_meanwhile_are_not_lost(office):
    commune = make_commune("Xã A")
    data = grade_form(office, **{f"g_{commune.pk}": "2"})
    Commune.objects.update(grade=1)

    page = office.post(GRADES, {**data, "xac_nhan": "1"})

    assert Commune.objects.get().grade == 1
    assert "Xã A</th><td>I</td><td>II</td>" in page.content.decode()
