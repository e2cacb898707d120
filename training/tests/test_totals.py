"""Participations and people: each number is of one kind, and they agree."""

import re
from dataclasses import astuple
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.record_version import Memory
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post
from cadres.tests.pages import lines_of, signed_in
from training import hours
from training.models import HandsOnSession, TrainingSetting
from training.result_report import Period as ReportPeriod
from training.result_report import report
from training.rules.result_template import CADRE_ROW, PART_TIME_ROW, SERVANT_ROW, TOTAL
from training.tests.factories import (
    make_candidate,
    make_class,
    make_enrolment,
    make_learner,
    make_programme,
    make_study,
)
from training.totals import Period, in_post_totals, lines_by, period_totals

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)
YEARS = Period(date(2021, 1, 1), DAY)
TOTALS, PEOPLE = "/dao-tao/tong-hop/", "/dao-tao/tong-hop/nguoi/"


@pytest.fixture
def leader(client):
    return signed_in(client, Role.LEADER)


@pytest.fixture
def taught():
    """Two officials and two outsiders, one of whom is one of the officials, in three classes:
    seven participations of three people, two of them officials."""
    here, there = make_commune("Xã Nhà"), make_commune("Xã Bạn")
    one, two = make_holding(commune=here).cadre, make_holding(commune=there).cadre
    linked = make_learner(cadre=one, commune=here)
    stranger = make_learner("Ngoài Thôn", commune=here)
    first = make_class(begins_on=date(2022, 3, 1), ends_on=date(2022, 3, 9), state="closed")
    second = make_class(content_group="ethics", form="online", state="closed")
    third = make_class(content_group="ethics", hours=None, state="closed")
    for held, who in ((first, one), (first, two), (second, one)):
        make_enrolment(held, who, result="passed")
    for held, who in ((third, linked), (first, stranger), (second, stranger), (third, stranger)):
        make_enrolment(held, outside_learner=who, result="passed")
    make_enrolment(second, two, result="withdrawn")
    make_enrolment(make_class(state="draft"), two)
    make_enrolment(make_class(begins_on=date(2023, 6, 9), ends_on=date(2023, 6, 9)), two)
    return {"one": one, "two": two, "here": here, "there": there}


def test_the_totals_of_a_period_say_which_they_are(taught):
    found = period_totals(make_user(Role.LEADER), YEARS)

    assert (found.classes, found.participations, found.people) == (3, 7, 3)
    assert (found.officials, found.of_officials) == (2, 4)


def test_those_in_a_post_when_their_class_began_reconcile_with_the_result_template(client, leader):
    """Of five with a record: a civil servant, a part-time one whose post ended since, and one who
    took up a post only after the class; one of the village, one without any post."""
    village, part_time = make_post(category="village"), make_post(category="part_time")
    held = make_class(state="closed")
    begun = {"valid_from": date(2020, 1, 1)}
    servant = make_holding(post=make_post(category="civil_servant"), **begun).cadre
    ended = make_holding(post=part_time, valid_to=date(2023, 4, 1), **begun).cadre
    later = make_holding(post=part_time, valid_from=date(2023, 4, 1)).cadre
    people = [servant, ended, later, make_holding(post=village, **begun).cadre, make_cadre()]
    for each in people:
        make_enrolment(held, each, result="passed")
    make_enrolment(make_class(state="closed"), servant, result="passed")
    make_enrolment(held, outside_learner=make_learner(), result="passed")

    found = in_post_totals(leader, YEARS, Memory())

    assert (found.participations, found.people) == (3, 2)
    cells = {told.line.code: told.cells for told in report(ReportPeriod(*astuple(YEARS))).rows}
    rows = (CADRE_ROW, SERVANT_ROW, PART_TIME_ROW)
    totals = [cell.value for row in rows for cell in cells[row] if cell.column == TOTAL]
    assert sum(totals) == found.participations
    address = "?tu=01/01/2021&ngay=2023-06-08"
    page = client.get(f"{TOTALS}{address}").content.decode()
    assert "5 người có hồ sơ</a> trên cổng (6 lượt)" in page
    assert "2 cán bộ, công chức, không chuyên trách</a> cấp xã giữ chức danh khi học" in page
    assert len(lines_of(client.get(f"{PEOPLE}{address}&loai=chuc_danh"))) == 2


@pytest.mark.parametrize("query", ["tu=01/01/2023&den=01/01/2022", "tu=x", "den=30/02/2023"])
@pytest.mark.parametrize("address", [TOTALS, PEOPLE])
def test_a_period_that_is_not_read_is_said_to_be_that_of_the_year(
    client, leader, taught, address, query
):
    page = client.get(f"{address}?ngay=2023-06-08&{query}")

    assert "chưa đọc được nên chưa dùng" in page.content.decode()
    assert page.context["period"] == Period(date(2023, 1, 1), DAY)


def test_a_filter_offers_units_of_the_day_and_past_ones_only_with_rows(client, leader):
    over = {"valid_from": date(2010, 1, 1), "valid_to": date(2020, 1, 1)}
    make_commune("Xã Nhà", valid_from=date(2020, 1, 1))
    old = make_commune("Xã Nhà", **over)
    make_commune("Xã Không Ai", **over)
    make_learner(commune=old)
    make_candidate(commune=old)
    for address in (PEOPLE, "/dao-tao/nguon/"):
        page = client.get(f"{address}?ngay=2023-06-08").content.decode()

        names = re.findall(r">(Xã [^<]+)</option>", page)

        assert names == ["Xã Nhà", "Xã Nhà (đến hết 31/12/2019)"]


@pytest.mark.parametrize("by", ["nhom", "hinh_thuc", "nam", "xa"])
def test_participations_of_each_breakdown_sum_to_the_total(taught, by):
    user = make_user(Role.DISTRICT_HR)
    lines = lines_by(by, user, YEARS)

    assert sum(each.participations for each in lines) == 7
    assert sum(each.of_officials for each in lines) == 4
    assert all(each.people - each.officials in (0, 1) for each in lines)
    if by != "xa":
        assert sum(each.classes for each in lines) == 3


def test_each_breakdown_counts_distinct_people(taught):
    user = make_user(Role.LEADER)

    def told(by):
        return [
            (e.words, e.participations, e.people, e.officials) for e in lines_by(by, user, YEARS)
        ]

    assert told("nhom") == [("Lý luận chính trị", 3, 3, 2), ("Đạo đức công vụ", 4, 2, 1)]
    assert told("nam") == [("Năm 2023", 4, 2, 1), ("Năm 2022", 3, 3, 2)]
    assert told("xa") == [("Xã Bạn", 1, 1, 1), ("Xã Nhà", 6, 2, 1)]


def test_whoever_holds_no_post_on_the_last_day_is_of_no_unit():
    make_enrolment(make_class(state="closed"), make_cadre())

    (line,) = lines_by("xa", make_user(Role.LEADER), YEARS)

    assert (line.key, line.participations) == ("khong", 1)


def test_a_commune_counts_its_own(client, taught):
    signed_in(client, Role.COMMUNE_CLERK, commune=taught["there"])

    page = client.get(f"{TOTALS}?tu=01/01/2021&ngay=2023-06-08").content.decode()

    assert "1 lượt của đơn vị" in page


@pytest.mark.parametrize("by", ["nhom", "hinh_thuc", "nam", "xa", "la"])
def test_each_number_opens_as_many_people(client, leader, taught, by):
    page = client.get(f"{TOTALS}?tu=01/01/2021&ngay=2023-06-08&theo={by}")
    asked = by if by != "la" else "nhom"

    for line in lines_by(asked, leader, YEARS):
        people = client.get(f"{PEOPLE}?tu=2021-01-01&ngay=2023-06-08&{asked}={line.key}")
        shown = lines_of(people)
        assert len(shown) == line.people
        assert sum(int(each["Lượt"]) for each in shown) == line.participations
    assert "7 lượt" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "number"),
    [("loai=can_bo", 2), ("loai=ngoai", 1), ("xa=khong", 0), ("nam=2022&hinh_thuc=on_site", 3),
     ("nam=abc&tu=x&xa=%00", 2), ("den=31/12/2022", 3),
     ("tu=01/01/2024&sap=-ten", 0), ("tu=01/05/2023", 0), ("sap=-luot", 3),
     ("sap=tiet&trang=99", 3), ("tu=01/01/2023&den=01/01/2022", 2)],
)  # fmt: skip
def test_people_are_filtered_by_the_address(client, leader, taught, query, number):
    start = "" if "tu=" in query else "tu=01/01/2021&"

    found = lines_of(client.get(f"{PEOPLE}?ngay=2023-06-08&{start}{query}"))

    assert len(found) == number


def test_a_period_after_the_day_is_empty(client, leader, taught):
    page = client.get(f"{TOTALS}?tu=01/01/2024&theo=nam&ngay=2023-06-08").content.decode()

    assert "Không có lớp nào khai giảng trong kỳ này" in page


def test_sessions_stand_beside_unless_the_setting_of_the_day_counts_them(client, leader, taught):
    HandsOnSession.objects.create(code="T1", name="Chỉ việc", held_on=date(2023, 5, 1))
    address = f"{TOTALS}?tu=01/01/2021&ngay=2023-06-08"

    assert "tính riêng, không nằm trong 3 lớp" in client.get(address).content.decode()
    TrainingSetting.objects.create(
        code="sessions_count", value=1, valid_from=date(2023, 1, 1), confidence="assumed"
    )
    assert "4 lớp và buổi" in client.get(address).content.decode()


def limits(least=40, most=80):
    for code, value in (("hours_min", least), ("hours_max", most)):
        TrainingSetting.objects.create(
            code=code, value=value, valid_from=date(2022, 1, 1), confidence="M-med"
        )


def test_hours_are_those_of_passed_classes_by_the_year_they_ended():
    cadre = make_holding().cadre
    long = make_programme(kind="training")
    for fields, result in (
        ({"hours": 24}, "passed"), ({"hours": 16}, "passed"), ({"hours": 99}, "failed"),
        ({"hours": None}, "passed"), ({"hours": 1056, "programme": long}, "passed"),
        ({"begins_on": date(2022, 12, 20), "ends_on": date(2023, 1, 4), "hours": 8}, "passed"),
        ({"ends_on": date(2023, 6, 9), "hours": 100}, "passed"),
    ):  # fmt: skip
        make_enrolment(make_class(**{"state": "closed", **fields}), cadre, result=result)
    make_enrolment(make_class(hours=4), outside_learner=make_learner(cadre=cadre), result="passed")

    assert hours.hours_of(2023, DAY) == {
        cadre.pk: hours.Hours(cadre.pk, short=52, long=1056, participations=6, unknown=1)
    }
    assert hours.hours_of(2022, DAY) == {}


@pytest.mark.parametrize(
    ("worth", "which"), [(39, "duoi"), (40, ""), (80, ""), (81, "tren")]
)  # fmt: skip
def test_who_is_below_and_above_the_limits_is_named(client, leader, worth, which):
    limits()
    cadre = make_holding(make_cadre("Lê Thị Giờ")).cadre
    make_enrolment(make_class(hours=worth, state="closed"), cadre, result="passed")

    for tab in ("duoi", "tren"):
        page = client.get(f"/dao-tao/gio-hoc/?ngay=2023-06-08&muc={tab}").content.decode()
        assert ("Lê Thị Giờ" in page) is (tab == which)


def test_without_limits_nobody_is_below(client, leader):
    make_holding(make_cadre("Lê Thị Giờ"))

    page = client.get("/dao-tao/gio-hoc/?ngay=2023-06-08").content.decode()
    everyone = client.get("/dao-tao/gio-hoc/?ngay=2023-06-08&muc=tat_ca&sap=-tiet&nam=2099")

    assert "chưa có mức tối thiểu" in page
    assert "Lê Thị Giờ" not in page
    assert len(lines_of(everyone)) == 1


def test_hours_of_a_unit_are_those_of_who_holds_a_post_there(client, taught):
    limits()
    signed_in(client, Role.COMMUNE_HEAD, commune=taught["there"])

    found = lines_of(client.get("/dao-tao/gio-hoc/?ngay=2023-06-08&muc=tat_ca"))

    assert [each["Số hiệu"] for each in found] == [taught["two"].code]


def test_whoever_had_a_day_of_class_or_study_is_not_untrained():
    day, old = DAY, date(2021, 6, 8)
    names = ("Lâu Rồi", "Vừa Học", "Qua Nối", "Đang Học", "Chưa Bao Giờ", "Vắng Mặt")
    people = {name: make_holding(make_cadre(name)).cadre for name in names}
    make_cadre("Không Giữ Chức")
    ended = make_class(begins_on=date(2021, 6, 1), ends_on=old)
    recent = make_class(begins_on=date(2021, 6, 1), ends_on=date(2021, 6, 9))
    make_enrolment(ended, people["Lâu Rồi"])
    make_enrolment(recent, people["Vừa Học"])
    make_enrolment(recent, outside_learner=make_learner(cadre=people["Qua Nối"]))
    make_enrolment(recent, people["Vắng Mặt"], result="absent")
    make_study(people["Đang Học"])

    found = hours.untrained(make_user(Role.LEADER), day, 2)

    assert {each.full_name for each in found} == {"Lâu Rồi", "Chưa Bao Giờ", "Vắng Mặt"}
    assert hours.last_taught([people["Lâu Rồi"].pk, people["Vắng Mặt"].pk], day) == {
        people["Lâu Rồi"].pk: date(2021, 6, 1)
    }


def test_the_untrained_are_listed_by_the_setting_or_the_address(client, leader):
    cadre = make_holding(make_cadre("Lê Thị Lâu")).cadre
    make_enrolment(make_class(begins_on=date(2020, 6, 1), ends_on=date(2020, 7, 1)), cadre)
    page = "/dao-tao/chua-hoc/?ngay=2023-06-08"

    assert "Lê Thị Lâu" in client.get(page).content.decode()
    assert "Lê Thị Lâu" not in client.get(f"{page}&nam=3").content.decode()
    TrainingSetting.objects.create(
        code="years_without", value=3, valid_from=date(2020, 1, 1), confidence="assumed"
    )
    assert "Chưa được học trong 3 năm" in client.get(f"{page}&nam=x").content.decode()


@pytest.mark.parametrize(
    "address", ["tong-hop/nguoi/xuat/", "gio-hoc/xuat/", "chua-hoc/xuat/"]
)  # fmt: skip
def test_the_lists_are_exported_as_text(client, leader, address):
    cadre = make_holding(make_cadre("=1+1")).cadre
    if "nguoi" in address:
        make_enrolment(make_class(), cadre)

    response = client.post(f"/dao-tao/{address}", {"loc": "ngay=2023-06-08&muc=tat_ca"})

    sheet = load_workbook(BytesIO(response.getvalue())).worksheets[0]
    cells = [cell for row in sheet for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize(
    "address",
    [TOTALS, f"{TOTALS}?theo=xa", PEOPLE, "/dao-tao/gio-hoc/?muc=tat_ca", "/dao-tao/chua-hoc/"],
)
def test_a_page_costs_the_same_for_many(client, leader, address, django_assert_max_num_queries):
    for _ in range(60):
        make_enrolment(cadre=make_holding().cadre, result="passed")
    day = f"{'&' if '?' in address else '?'}ngay=2023-06-08"
    client.get(address + day)

    with django_assert_max_num_queries(12):
        client.get(address + day)
