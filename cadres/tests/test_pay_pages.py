"""The tab of pay and retirement: the step, a month's pay, the next raise, the last day."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, Role
from cadres.tests.factories import (
    make_allowance,
    make_cadre,
    make_commune,
    make_discipline,
    make_holding,
    make_rating,
    make_salary_step,
    make_status,
)
from cadres.tests.pages import ON, lines_of, signed_in, words_of

pytestmark = pytest.mark.django_db


def tab_of(client, person, day=ON):
    return client.get(f"/can-bo/{person.pk}/luong-nghi-huu/?ngay={day}")


def serving(**fields):
    person = make_cadre(**fields)
    make_holding(person)
    return person


@pytest.fixture
def hr(client):
    signed_in(client)
    return client


def test_the_tab_tells_the_step_and_when_the_next_is_due(hr):
    person = serving()
    make_salary_step(person, "2.67", step=2, valid_from=date(2019, 3, 1), valid_to=date(2022, 3, 1))
    make_salary_step(person, "3.00", step=3, decision_number="45/QĐ-UBND")

    words = words_of(tab_of(hr, person))

    assert "01.003 Chuyên viên · bậc 3 · hệ số 3,00 · từ 01/03/2022" in words
    assert "01/03/2025: bậc 4, hệ số 3,33 · chu kỳ 36 tháng nguồn: đã đọc" in words
    steps = [(line["Từ ngày"], line["Đến hết ngày"], line["Hệ số"], line["Quyết định"])
             for line in lines_of(tab_of(hr, person)) if "Bậc" in line]  # fmt: skip
    assert steps == [
        ("01/03/2022", "đang hưởng", "3,00", "45/QĐ-UBND"),
        ("01/03/2019", "28/02/2022", "2,67", "—"),
    ]


@pytest.mark.parametrize(
    ("day", "pay", "base"),
    [(ON, "4.470.000", "1.490.000"), ("2023-07-01", "5.400.000", "1.800.000"),
     ("2024-07-01", "7.020.000", "2.340.000")],
)  # fmt: skip
def test_a_months_pay_follows_the_base_salary_of_the_day(hr, day, pay, base):
    person = serving()
    make_salary_step(person)

    page = tab_of(hr, person, day)

    (line,) = [line for line in lines_of(page) if line.get("Khoản") == "Lương theo bậc"]
    assert (line["Hệ số"], line["Đồng/tháng"]) == ("3,00", pay)
    assert f"mức lương cơ sở {base} đồng" in words_of(page)


def test_allowances_of_the_day_are_added(hr):
    """3,00 + 0,25 + 25 % of 3,25 = 4,0625; × 1.490.000 = 6.053.125."""
    person = serving()
    make_salary_step(person)
    make_allowance(person)
    make_allowance(person, "public_duty", percent=Decimal(25))
    make_allowance(person, "area", valid_to=date(2023, 6, 8))

    page = tab_of(hr, person)

    pay = [(line["Khoản"], line["Đồng/tháng"]) for line in lines_of(page) if "Khoản" in line]
    assert pay == [
        ("Lương theo bậc", "4.470.000"), ("Phụ cấp chức vụ", "372.500"),
        ("Phụ cấp công vụ 25 %", "1.210.625"),
    ]  # fmt: skip
    assert "Cộng, chưa trừ bảo hiểm và thuế 6.053.125" in words_of(page)
    told = [line["Mức"] for line in lines_of(page) if "Mức" in line]
    assert told == ["hệ số 0,25", "25 %"]


def make_delayed():
    person = serving()
    make_salary_step(person)
    make_discipline(person)
    make_discipline(person, system="party", form="removal")
    make_discipline(person, effective_on=date(2023, 6, 9))
    make_rating(person, 2022, 1)
    make_rating(person, 2021, 2)
    return person


def test_discipline_of_the_state_and_a_failed_year_put_the_raise_off(hr):
    words = words_of(tab_of(hr, make_delayed()))

    assert "01/03/2026: bậc 4, hệ số 3,33 · chu kỳ 36 tháng, kéo dài 12 tháng" in words
    assert (
        "Kéo dài vì: Không hoàn thành nhiệm vụ năm 2022 (31/12/2022: 6 tháng); "
        "Cảnh cáo (09/01/2023: 6 tháng)" in words
    )


def test_a_leader_sees_the_pay_but_not_the_discipline_behind_it(client):
    person = make_delayed()
    make_salary_step(
        person, "3.33", valid_from=date(2021, 1, 1), valid_to=date(2022, 3, 1), reason="lowered"
    )
    signed_in(client, Role.LEADER)

    words = words_of(tab_of(client, person))

    assert "01/03/2026: bậc 4, hệ số 3,33" in words
    assert "Cảnh cáo" not in words
    assert "kéo dài" not in words.lower()
    assert "Hạ bậc" not in words


def test_a_raise_that_has_not_come_is_marked(hr):
    person = serving()
    make_salary_step(person, valid_from=date(2020, 6, 8))

    assert "đến hạn từ 08/06/2023, chưa có quyết định" in words_of(tab_of(hr, person))
    assert "chưa có quyết định" not in words_of(tab_of(hr, person, "2023-06-07"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"coefficient": "4.98"}, "01/03/2025: bậc cuối, vượt khung 5 %"),
        ({"coefficient": "2.34", "percent": 85}, "chưa tính: đang hưởng 85 %"),
        ({"grade_code": "06.031"}, "chưa tính: ngạch và hệ số này không có trong bảng lương"),
        ({"step": 5}, "Xem lại: hồ sơ ghi bậc 5, hệ số này là của bậc 3"),
    ],
)
def test_other_steps_are_told_as_they_are(hr, fields, words):
    person = serving()
    make_salary_step(person, **fields)

    assert words in words_of(tab_of(hr, person))


def test_the_card_tells_the_last_day_and_what_it_rests_on(hr):
    person = serving(born_on="1968-09-30", sex="F")

    words = words_of(tab_of(hr, person))

    assert "Nghỉ hưu còn 1 năm 11 tháng Ngày làm việc cuối 31/05/2025" in words
    assert "Hưởng lương hưu từ 01/06/2025" in words
    assert "trước 6 tháng: 30/11/2024" in words
    assert "trước 3 tháng: 28/02/2025" in words
    assert "56 tuổi 8 tháng, đủ tháng 05/2025" in words
    assert "Nghị định 135/2020/NĐ-CP, điều 4 nguồn: đã đọc · nữ, sinh 30/09/1968" in words
    assert "không còn đủ 60 tháng tính từ 08/06/2023" in words


def test_the_card_says_what_was_assumed(hr):
    of_year = words_of(tab_of(hr, serving(born_on="1964")))
    override = words_of(tab_of(hr, serving(born_on="1969-05", sex="F")))

    assert "sinh 1964; chỉ có năm sinh, tính là 01/01/1964 độ tin cậy: cao" in of_year
    assert "Phụ lục I như các bản đã in" in override
    assert "độ tin cậy: vừa" in override


@pytest.mark.parametrize(
    ("born", "words"),
    [("1962-07", "đã qua Ngày làm việc cuối 30/04/2023"),
     ("1962-09", "còn chưa đầy một tháng Ngày làm việc cuối 30/06/2023"),
     ("1985-11", "còn đủ tuổi công tác 60 tháng"),
     (None, "Thiếu ngày sinh nên chưa biết ngày nghỉ hưu")],
)  # fmt: skip
def test_the_card_follows_the_birth_date(hr, born, words):
    assert words in words_of(tab_of(hr, serving(born_on=born)))


def test_a_decision_to_retire_stands_on_the_card_beside_the_age(hr):
    person = serving(born_on="1970-01")
    make_status(person, scheme="early", decision_number="9/QĐ-UBND")

    words = words_of(tab_of(hr, person))

    assert "Ngày làm việc cuối 31/08/2023" in words
    assert "nghỉ từ 01/09/2023, 9/QĐ-UBND · Nghỉ trước tuổi" in words
    assert "62 tuổi, đủ tháng 01/2032, hết ngày 31/01/2032" in words


def test_with_notice_a_raise_soon_after_the_last_day_may_come_before(hr):
    person = serving(born_on="1962-10")  # last day 31/07/2023, notice 31/01/2023
    make_salary_step(person, valid_from=date(2021, 3, 1))  # next 01/03/2024

    assert "xét nâng trước hạn" in words_of(tab_of(hr, person))
    assert "xét nâng trước hạn" not in words_of(tab_of(hr, person, "2023-01-30"))


@pytest.mark.parametrize(
    ("day", "words"),
    [(ON, "Chưa có bậc lương nào ngày này"), ("2022-02-28", "sau ngày tính")],
)
def test_an_empty_record_says_what_to_do(hr, day, words):
    person = serving()
    if day != ON:
        make_salary_step(person)

    page = words_of(tab_of(hr, person, day))

    assert words in page
    assert "Ghi bậc lương có ngạch, hệ số và ngày hưởng" in page
    assert "Lương tháng" not in page


def test_a_step_without_allowances_says_that_none_is_recorded(hr):
    person = serving()
    make_salary_step(person)

    assert "ngày này chưa ghi phụ cấp nào" in words_of(tab_of(hr, person))


def test_before_the_first_base_salary_no_pay_is_reckoned(hr):
    person = serving()
    make_salary_step(person, valid_from=date(2008, 1, 1))

    assert "Chưa có mức lương cơ sở của ngày này" in words_of(tab_of(hr, person, "2010-04-30"))


def test_the_look_is_logged(hr):
    person = serving()

    tab_of(hr, person)

    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.subject_ids) == ("view", [person.pk])
    assert event.detail == {"page": "cadres:pay"}


@pytest.mark.parametrize("role", [Role.DISTRICT_HR, Role.LEADER, Role.COMMUNE_CLERK])
def test_the_tab_asks_at_most_twelve_times_however_long_the_record(client, role):
    commune, person = make_commune(), make_cadre()
    make_holding(person, commune=commune)
    signed_in(client, role, **({"commune": commune} if role == Role.COMMUNE_CLERK else {}))
    asked = []

    for first in (1990, 2000):
        for year in range(first, first + 10):
            make_salary_step(person, valid_from=date(year, 1, 1), valid_to=date(year + 1, 1, 1))
            make_allowance(person, valid_from=date(year, 1, 1))
            make_discipline(person, effective_on=date(year, 5, 1))
            make_rating(person, year, 1)
            make_status(person, valid_from=date(year, 1, 1), valid_to=date(year, 2, 1))
        tab_of(client, person)
        with CaptureQueriesContext(connection) as queries:
            assert tab_of(client, person).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 12, asked
