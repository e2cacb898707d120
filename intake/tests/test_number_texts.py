"""Coefficients, percents, counts, steps, years and codes of grades, as offices write them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daitu_portal.numbers import decimal_of
from intake.rules.day_uses import BIRTH, PAST
from intake.rules.grade_texts import heal_grade_code
from intake.rules.number_texts import heal_decimal, heal_integer, heal_step, heal_year
from intake.rules.repairs import CannotHeal, Healed, RepairKind

TODAY = date(2023, 6, 8)
KNOWN = ("01.002", "01.003", "01.004", "01.010")
DECIMAL, DIGITS, CODE = RepairKind.DECIMAL, RepairKind.DIGITS, RepairKind.GRADE_CODE
SERIAL, TEXT, SHORT = RepairKind.DATE_SERIAL, RepairKind.DATE_TEXT, RepairKind.DATE_SHORT_YEAR


def kind_of(value):
    return "text" if isinstance(value, str) else "date" if isinstance(value, date) else "number"


def coefficient(value, number_format="General", low=1, high=10):
    return heal_decimal(value, kind_of(value), number_format, low=low, high=high)


def count(value, number_format="General"):
    return heal_integer(value, kind_of(value), number_format, high=100)


def step(value, number_format="General"):
    return heal_step(value, kind_of(value), number_format)


def year(value, number_format="General", use=PAST):
    return heal_year(value, kind_of(value), number_format, use=use, today=TODAY)


def grade(value, known=KNOWN):
    return heal_grade_code(value, kind_of(value), "General", known=known)


def is_asked(heal, *arguments):
    """Whether it is a question, of a value that cannot be healed."""
    with pytest.raises(CannotHeal) as caught:
        heal(*arguments)
    return caught.value.is_question


@pytest.mark.parametrize(
    ("value", "told"),
    [("2,34", "2,34"), ("2.34", "2,34"), (2.34, "2,34"), ("2,34 ", "2,34"), (3, "3"), (3.0, "3"),
     (2.3400000000000003, "2,34"), ("4,9", "4,90"), ("", ""), ("-", ""), (10, "10"), (1, "1")],
)  # fmt: skip
def test_a_coefficient_is_told_with_a_comma(value, told):
    assert coefficient(value) == Healed(told)


@pytest.mark.parametrize(
    "value", ["2, 34", "2 ,34", "2,,34", "2..34", "2,34.", "'2,34", "hệ số 2,34", "HS: 2.34"]
)
def test_marks_around_a_coefficient_go(value):
    assert coefficient(value) == Healed("2,34", (DECIMAL,))


def test_letters_for_digits_are_read_in_a_coefficient():
    assert coefficient("2,3O") == Healed("2,30", (DECIMAL,))
    assert coefficient("2,3o") == Healed("2,30", (DECIMAL,))


def test_three_decimals_of_a_number_are_told_so_that_they_are_no_thousands():
    assert coefficient(2.345) == Healed("2,3450")
    assert decimal_of("2,3450") == Decimal("2.345")


@pytest.mark.parametrize("value", ["1.800", "2,340", "1,800 ", "234", 234, 186.0])
def test_what_may_have_thousands_or_lost_its_comma_is_asked(value):
    assert is_asked(coefficient, value)


@pytest.mark.parametrize(
    "value", ["x", "2/34", "1.234.567", 11, 0.5, -2.34, "2340", float("nan"), float("inf"), "11,5"]
)
def test_what_is_no_coefficient_is_refused(value):
    assert not is_asked(coefficient, value)


def test_a_date_is_no_coefficient():
    assert not is_asked(coefficient, date(2023, 3, 2))


@pytest.mark.parametrize(
    ("value", "number_format"), [("5%", "@"), ("5 %", "@"), (0.05, "0%"), (0.05, "0.00%")]
)
def test_a_percentage_is_told_without_its_sign(value, number_format):
    assert coefficient(value, number_format, 0, 100) == Healed("5", (DECIMAL,))


@pytest.mark.parametrize("value", [40, 40.0, "40", " 40 "])
def test_a_whole_number_is_kept(value):
    assert count(value) == Healed("40")


@pytest.mark.parametrize("value", ["40 tiết", "40.0", "Số: 40", "40%", "40 người."])
def test_a_unit_beside_a_whole_number_goes(value):
    assert count(value) == Healed("40", (DIGITS,))


def test_a_whole_percentage_is_told_without_its_sign():
    assert count(0.07, "0%") == Healed("7", (DECIMAL,))
    assert not is_asked(count, 0.075, "0%")


def test_marks_for_nothing_are_no_number():
    assert count("…") == count("") == Healed("")


@pytest.mark.parametrize("value", ["khoảng 40", "3/9", 2.5, "101", 101, -1, date(2023, 9, 3), "x"])
def test_what_is_no_whole_number_is_refused(value):
    assert not is_asked(count, value)


@pytest.mark.parametrize("value", ["bậc 3", "3/9", "Bậc 3/9", "3 / 9", "3/9."])
def test_a_step_is_read_however_it_is_written(value):
    assert step(value) == Healed("3", (DIGITS,))


@pytest.mark.parametrize("day", [date(2023, 9, 3), date(2023, 3, 9)])
def test_a_step_of_which_excel_made_a_day_comes_back(day):
    assert step(day, "d-mmm") == Healed("3", (RepairKind.RATIO_DATE,))


@pytest.mark.parametrize("value", ["9/3", "17/20", 20, 0, date(2023, 9, 3), "x"])
def test_what_is_no_step_is_refused(value):
    assert not is_asked(step, value)


@pytest.mark.parametrize(
    ("value", "number_format", "healed"),
    [
        ("2022", "@", Healed("2022")), (2022, "0", Healed("2022")), (2022.0, "0", Healed("2022")),
        ("năm 2022", "@", Healed("2022", (TEXT,))), ("2.022", "@", Healed("2022", (TEXT,))),
        ("2022.", "@", Healed("2022", (TEXT,))), ("22", "@", Healed("2022", (SHORT,))),
        (98, "0", Healed("1998", (SHORT,))), (date(2022, 1, 1), "yyyy", Healed("2022")),
        (date(1905, 7, 14), "dd/mm/yyyy", Healed("2022", (SERIAL,))), ("", "@", Healed("")),
    ],
)  # fmt: skip
def test_a_year_is_read_however_it_is_written(value, number_format, healed):
    assert year(value, number_format) == healed


def test_a_year_that_makes_no_sense_is_asked():
    assert is_asked(year, 2030)
    assert is_asked(year, "2015", "@", BIRTH)


@pytest.mark.parametrize("value", ["2021-2022", date(2022, 3, 1), 202, 2022.5, "x"])
def test_what_is_no_year_is_refused(value):
    assert not is_asked(year, value, "dd/mm/yyyy")


@pytest.mark.parametrize("value", ["01.003", "06.031", "15a.201", "15.c208", "V.07.01.03", ""])
def test_a_whole_code_is_kept(value):
    assert grade(value) == Healed(value)


def test_marks_for_nothing_are_no_code():
    assert grade("…") == Healed("")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.003", "01.003"), (1.003, "01.003"), ("01003", "01.003"), ("1003", "01.003"),
        (1003, "01.003"), (1003.0, "01.003"), ("01,003", "01.003"), ("01. 003", "01.003"),
        ("O1.003", "01.003"), ("01.OO3", "01.003"), ("01.003.", "01.003"), ("01-003", "01.003"),
        ("CV (01.003)", "01.003"), ("Chuyên viên - 01.003", "01.003"), (6.031, "06.031"),
        ("6.031", "06.031"), (15.113, "15.113"), (15113, "15.113"), ("1a.003", "01a.003"),
        ("v.07.1.3", "V.07.01.03"), ("V07.01.03", "V.07.01.03"), (1.01, "01.010"),
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_written(value, code):
    assert grade(value) == Healed(code, (CODE,))


@pytest.mark.parametrize("value", [2.34, 2.1, 1.05, "2021", 2021, "99,003", "3.660", 45113])
def test_what_may_be_a_code_is_asked(value):
    assert is_asked(grade, value)


@pytest.mark.parametrize(
    "value",
    ["Chuyên viên", "01.003 và 01.004", 1.00345, 123.5, 0, 123456, 1, "A1", date(2023, 3, 1)],
)  # fmt: skip
def test_what_is_no_code_is_refused(value):
    assert not is_asked(grade, value)


@given(st.decimals("1", "10", places=2))
def test_every_coefficient_comes_back_from_every_way_of_writing_it(number):
    dotted = f"{number:.2f}"
    comma = dotted.replace(".", ",")

    for value in (
        float(number),
        dotted,
        comma,
        f" {comma} ",
        f"{comma}.",
        comma.replace(",", " , "),
    ):
        assert decimal_of(coefficient(value).value) == number


@given(st.decimals("1", "10", places=2))
def test_a_coefficient_without_its_comma_is_never_another(number):
    try:
        found = coefficient(f"{number:.2f}".replace(".", ""))
    except CannotHeal:
        return
    assert decimal_of(found.value) == number


@given(st.integers(1, 24), st.integers(1, 399))
def test_every_code_comes_back_or_is_asked(group, number):
    code = f"{group:02d}.{number:03d}"

    for known in ((), (code,)):
        for value in (code, f"{group}.{number:03d}", f"{group:02d},{number:03d}",
                      f"{group:02d}{number:03d}", float(code), group * 1000 + number):  # fmt: skip
            try:
                found = grade(value, known).value
            except CannotHeal as problem:
                if known or not problem.is_question:
                    raise
            else:
                assert found == code


@given(st.integers(1958, 2023))
def test_every_year_comes_back(number):
    for value in (number, float(number), str(number), f"năm {number}", number % 100):
        if value not in range(10):
            assert year(value).value == str(number)
