"""Raises and pay: scales of NĐ 204/2004, cycles and delays of TT 08/2013, worked by hand."""

from datetime import date
from decimal import Decimal

import pytest

from cadres.legal_tables import base_salaries, salary_grades
from cadres.rules.salary import (
    Extra,
    Step,
    base_on,
    delays_of,
    grade_of,
    may_raise_early,
    next_raise,
    pay_lines,
)

GRADES = salary_grades()
DAY = date(2023, 6, 8)


def step(code="01.003", coefficient="3.00", since=date(2022, 3, 1), number=None, **fields):
    return Step(since, code, number, Decimal(coefficient), **fields)


def raised(held, delays=(), day=DAY):
    found = next_raise(held, GRADES, delays, day)
    return found.on, found.step, found.coefficient


def test_the_scales_are_those_of_the_decree():
    tops = {(g.code, g.kind): (g.steps, g.coefficient(g.steps), g.cycle_months) for g in GRADES}

    assert tops == {
        ("01.001", "A3"): (6, Decimal("8.00"), 36),
        ("01.002", "A2"): (8, Decimal("6.78"), 36),
        ("01.003", "A1"): (9, Decimal("4.98"), 36),
        ("01.004", "A0"): (10, Decimal("4.89"), 36),
        ("01.004", "B"): (12, Decimal("4.06"), 24),
        ("01.005", "B"): (12, Decimal("4.06"), 24),
        ("01.005", "C"): (12, Decimal("3.63"), 24),
    }
    specialist = next(g for g in GRADES if g.code == "01.003")
    printed = ["2.34", "2.67", "3.00", "3.33", "3.66", "3.99", "4.32", "4.65", "4.98"]
    assert [specialist.coefficient(n) for n in range(1, 10)] == [Decimal(c) for c in printed]


def test_the_grade_of_three_years_is_the_one_that_asks_for_a_college_degree():
    college = next(g for g in GRADES if g.kind == "A0")

    assert (college.cycle_months, college.confidence) == (36, "M-high")
    assert all(g.source for g in GRADES)


@pytest.mark.parametrize(
    ("code", "coefficient", "day", "kind"),
    [
        ("01.004", "2.10", DAY, "A0"),
        ("01.004", "2.26", DAY, "B"),  # still on the scale of before 01/08/2021
        ("01.004", "2.26", date(2021, 7, 31), "B"),
        ("01.004", "1.86", date(2021, 8, 1), "B"),
        ("01.005", "1.86", DAY, "B"),
        ("01.005", "1.83", DAY, "C"),
        ("01.003", "3.00", date(2003, 1, 1), "A1"),
    ],
)
def test_a_scale_is_found_by_code_and_coefficient(code, coefficient, day, kind):
    assert grade_of(GRADES, step(code, coefficient), day).kind == kind


def test_a_coefficient_that_two_scales_have_is_of_the_one_in_force():
    first = next(g for g in GRADES if g.kind == "B" and g.code == "01.004")
    old, new = (
        first.__class__(**{**vars(first), "valid_from": begins, "valid_to": ends, "kind": kind})
        for begins, ends, kind in [
            (date(2004, 10, 1), date(2021, 8, 1), "cũ"), (date(2021, 8, 1), None, "mới"),
        ]
    )  # fmt: skip
    held = step("01.004", "1.86")

    assert grade_of([old, new], held, date(2021, 7, 31)).kind == "cũ"
    assert grade_of([old, new], held, date(2021, 8, 1)).kind == "mới"


def test_a_raise_comes_after_the_cycle_of_the_grade():
    assert raised(step()) == (date(2025, 3, 1), 4, Decimal("3.33"))
    assert raised(step("01.004", "2.26")) == (date(2024, 3, 1), 4, Decimal("2.46"))
    assert raised(step(since=date(2020, 2, 29))) == (date(2023, 2, 28), 4, Decimal("3.33"))


def test_the_months_of_the_record_are_added():
    assert raised(step(delayed_months=6))[0] == date(2025, 9, 1)


@pytest.mark.parametrize(
    ("form", "months"),
    [("reprimand", 6), ("warning", 6), ("demotion", 12), ("removal", 12), ("lower_pay", 0),
     ("dismissal", 0)],
)  # fmt: skip
def test_discipline_puts_a_raise_off(form, months):
    delays = delays_of([(date(2023, 1, 9), form, "Kỷ luật")], [])

    found = next_raise(step(), GRADES, delays, DAY)

    assert sum(each.months for each in found.delays) == found.delayed_months == months
    assert found.on == {0: date(2025, 3, 1), 6: date(2025, 9, 1), 12: date(2026, 3, 1)}[months]


def test_discipline_and_a_failed_year_are_added_and_told_in_order():
    delays = delays_of([(date(2023, 1, 9), "warning", "Cảnh cáo")], [2022])

    found = next_raise(step(), GRADES, delays, DAY)

    assert found.on == date(2026, 3, 1)
    told = [(each.on, each.months, each.words) for each in found.delays]
    assert told == [
        (date(2022, 12, 31), 6, "Không hoàn thành nhiệm vụ năm 2022"),
        (date(2023, 1, 9), 6, "Cảnh cáo"),
    ]


def test_what_happened_before_the_step_or_is_not_known_yet_puts_nothing_off():
    delays = delays_of(
        [(date(2022, 2, 28), "warning", ""), (date(2023, 6, 9), "warning", "")], [2021]
    )

    assert raised(step(), delays)[0] == date(2025, 3, 1)
    assert raised(step(), delays, date(2023, 6, 9))[0] == date(2025, 9, 1)
    on_the_first_day = delays_of([(date(2022, 3, 1), "warning", "")], [])
    assert raised(step(), on_the_first_day)[0] == date(2025, 9, 1)


def test_what_happened_after_the_raise_was_due_puts_nothing_off():
    due = date(2025, 3, 1)
    late = delays_of([(due, "warning", "")], [])

    assert raised(step(), late, date(2026, 1, 1))[0] == due
    just = delays_of([(date(2025, 2, 28), "warning", "")], [])
    assert raised(step(), just, date(2026, 1, 1))[0] == date(2025, 9, 1)
    # a first delay moves the day on which the raise is due, and the second falls before it
    both = delays_of([(date(2025, 2, 28), "warning", ""), (date(2025, 8, 31), "removal", "")], [])
    assert raised(step(), both, date(2026, 1, 1))[0] == date(2026, 9, 1)
    decided = step(delayed_months=6)
    assert raised(decided, late, date(2026, 1, 1))[0] == date(2025, 9, 1)


def test_the_months_of_the_record_move_the_day_before_which_a_delay_counts():
    """Due 01/03/2025, by the record 01/03/2026: what happened in between still counts."""
    two = delays_of([(date(2023, 1, 9), "warning", ""), (date(2025, 12, 1), "warning", "")], [])

    found = next_raise(step(delayed_months=12), GRADES, two, date(2026, 1, 1))

    assert [each.months for each in found.delays] == [6, 6]
    assert found.on == date(2026, 3, 1)


def test_the_greater_of_recorded_and_reckoned_months_counts_and_the_office_is_told():
    delays = delays_of([(date(2023, 1, 9), "warning", "Cảnh cáo")], [])

    more = next_raise(step(delayed_months=9), GRADES, delays, DAY)
    less = next_raise(step(delayed_months=3), GRADES, delays, DAY)
    same = next_raise(step(delayed_months=6), GRADES, delays, DAY)

    assert (more.on, more.delayed_months) == (date(2025, 12, 1), 9)
    assert (less.on, less.delayed_months) == (date(2025, 9, 1), 6)
    assert more.doubt == (
        "bậc lương ghi kéo dài 9 tháng, kỷ luật và xếp loại cho 6 tháng: đang lấy số lớn hơn"
    )
    assert less.doubt
    assert same.doubt == ""
    assert same.delayed_months == 6


def test_after_a_cycle_at_the_last_step_five_percent_then_one_each_year():
    last = next_raise(step(coefficient="4.98"), GRADES, [], DAY)
    over = next_raise(step(coefficient="4.98", over_frame_percent=5), GRADES, [], DAY)

    assert (last.on, last.over_frame_percent, last.months) == (date(2025, 3, 1), 5, 36)
    assert (last.step, last.coefficient) == (9, Decimal("4.98"))
    assert (over.on, over.over_frame_percent, over.months) == (date(2023, 3, 1), 6, 12)
    assert next_raise(step(), GRADES, [], DAY).over_frame_percent == 0


def test_on_probation_no_raise_is_reckoned():
    found = next_raise(step(coefficient="2.34", percent=85), GRADES, [], DAY)

    assert found.on is None
    assert found.why_none == "đang hưởng 85 %: thời gian tập sự không tính vào thời gian nâng bậc"
    assert found.grade.kind == "A1"


@pytest.mark.parametrize(
    ("code", "coefficient"), [("", "2.35"), ("06.031", "3.00"), ("01.003", "3.01")]
)
def test_a_step_outside_the_table_has_no_raise_and_says_so(code, coefficient):
    found = next_raise(step(code, coefficient), GRADES, [], DAY)

    assert found.on is None
    assert found.grade is None
    assert found.why_none == "ngạch và hệ số này không có trong bảng lương"


def test_a_step_that_its_coefficient_contradicts_is_told():
    wrong = next_raise(step(coefficient="3.00", number=4), GRADES, [], DAY)

    assert wrong.doubt == "hồ sơ ghi bậc 4, hệ số này là của bậc 3"
    assert wrong.step == 4  # after the third
    assert next_raise(step(coefficient="3.00", number=3), GRADES, [], DAY).doubt == ""


@pytest.mark.parametrize(
    ("raise_on", "day", "may"),
    [
        (date(2025, 1, 1), date(2024, 1, 1), True),  # a day after the last
        (date(2024, 12, 31), date(2024, 1, 1), False),  # comes in time
        (date(2025, 12, 31), date(2024, 7, 1), True),
        (date(2026, 1, 1), date(2024, 7, 1), False),  # lacks more than a year
        (date(2025, 1, 1), date(2023, 12, 31), False),  # no notice yet
        (date(2025, 1, 1), date(2024, 12, 31), True),
        (date(2025, 1, 1), date(2025, 1, 1), False),  # retired
    ],
)
def test_with_notice_a_raise_may_come_a_year_early(raise_on, day, may):
    notice, last = date(2024, 1, 1), date(2024, 12, 31)

    assert may_raise_early(raise_on, notice, last, day) is may


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2010, 4, 30), None), (date(2010, 5, 1), 730_000), (date(2011, 5, 1), 830_000),
        (date(2012, 5, 1), 1_050_000), (date(2013, 7, 1), 1_150_000),
        (date(2016, 5, 1), 1_210_000), (date(2017, 7, 1), 1_300_000),
        (date(2018, 7, 1), 1_390_000), (date(2019, 7, 1), 1_490_000),
        (date(2023, 6, 30), 1_490_000), (date(2023, 7, 1), 1_800_000),
        (date(2024, 6, 30), 1_800_000), (date(2024, 7, 1), 2_340_000),
        (date(2026, 6, 30), 2_340_000), (date(2026, 7, 1), 2_530_000),
    ],
)  # fmt: skip
def test_the_base_salary_of_a_day(day, amount):
    found = base_on(base_salaries(), day)

    assert (found.amount if found else None) == amount


def told(lines):
    return [(line.words, line.rate, line.amount) for line in lines]


def test_a_months_pay_is_the_base_by_coefficient():
    """3,00 × 1.490.000 = 4.470.000; 25 % of (3,00 + 0,25) × 1.490.000 = 1.210.625."""
    extras = [
        Extra("Chức vụ", Decimal("0.25"), is_of_position=True),
        Extra("Khu vực", Decimal("0.30")),
        Extra("Công vụ", percent=Decimal(25)),
    ]

    lines = pay_lines(1_490_000, step(), extras)

    assert told(lines) == [
        ("Lương theo bậc", Decimal("3.00"), 4_470_000),
        ("Chức vụ", Decimal("0.25"), 372_500),
        ("Khu vực", Decimal("0.30"), 447_000),
        ("Công vụ", Decimal("0.8125"), 1_210_625),
    ]
    assert [line.percent for line in lines] == [None, None, None, Decimal(25)]


def test_above_the_frame_a_percent_of_the_step_is_added_and_counts_for_percents():
    """4,98 × 7 % = 0,3486; 10 % of 5,3286."""
    held = step(coefficient="4.98", over_frame_percent=7)

    lines = pay_lines(1_000_000, held, [Extra("Thâm niên nghề", percent=Decimal(10))])

    assert told(lines) == [
        ("Lương theo bậc", Decimal("4.98"), 4_980_000),
        ("Thâm niên vượt khung", Decimal("0.3486"), 348_600),
        ("Thâm niên nghề", Decimal("0.53286"), 532_860),
    ]
    assert lines[1].percent == 7


def test_a_rate_has_two_decimals_or_as_many_as_it_needs():
    rates = ["3", "0.25", "0.8125", "0.532860"]

    told = [pay_lines(1, step(coefficient=rate), [])[0].told_rate for rate in rates]

    assert told == ["3,00", "0,25", "0,8125", "0,53286"]


def test_on_probation_a_share_is_paid_and_halves_are_rounded_up():
    (line,) = pay_lines(1_490_001, step(coefficient="2.34", percent=85), [])

    assert line.rate == Decimal("1.989")
    assert line.amount == 2_963_612  # 2.963.611,989
    (half,) = pay_lines(1_250_001, step(coefficient="2.50"), [])
    assert half.amount == 3_125_003  # 3.125.002,5
