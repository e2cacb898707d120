"""What a cell tells of a period: its first and its last day."""

from datetime import date

import pytest

from intake.rules.day_uses import Imprecise
from intake.rules.period_texts import heal_period
from intake.rules.repairs import CannotHeal, HealedParts, RepairKind

TODAY = date(2023, 6, 8)
TEXT, SHORT = RepairKind.DATE_TEXT, RepairKind.DATE_SHORT_YEAR


def heal(value, kind="text", **more):
    return heal_period(value, kind, "General", today=TODAY, **more)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016-2021", "2016", "2021"), ("2016 – 2021", "2016", "2021"),
        ("từ 12/2015 đến 5/2020", "12/2015", "05/2020"),
        ("Từ 12/2015-5/2020", "12/2015", "05/2020"),
        ("12-05-2016 - 30-06-2021", "12/05/2016", "30/06/2021"),
        ("12-05-2016-30-06-2021", "12/05/2016", "30/06/2021"),
        ("01-2015-05-2020", "01/2015", "05/2020"),
        ("từ tháng 5/2016 đến hết tháng 6/2021", "05/2016", "06/2021"),
        ("Từ năm 2016 đến năm 2021", "2016", "2021"), ("2016 → 2021", "2016", "2021"),
        ("01/6/2016 tới 30/6/2021", "01/06/2016", "30/06/2021"),
        ("2016-05/2016", "2016", "05/2016"), ("6/2020-2025", "06/2020", "2025"),
        ("6/2020-2020", "06/2020", "2020"), ("2020 - 1/6/2020", "2020", "01/06/2020"),
    ],
)  # fmt: skip
def test_a_period_has_both_ends(text, first, last):
    assert heal(text) == HealedParts({"valid_from": first, "valid_to": last}, (TEXT,))


@pytest.mark.parametrize(
    "text", ["01/2015 - nay", "01/2015 đến nay", "Từ 01/2015", "1/2015-hiện nay", "01/2015 -"]
)
def test_a_period_may_be_open(text):
    assert heal(text) == HealedParts({"valid_from": "01/2015"}, (TEXT,))


@pytest.mark.parametrize("text", ["01/2015", "2015-01"])
def test_one_day_is_the_first(text):
    assert heal(text) == HealedParts({"valid_from": "01/2015"})


def test_only_an_end_may_be_told():
    assert heal("đến 30/6/2021") == HealedParts({"valid_to": "30/06/2021"}, (TEXT,))


def test_short_years_are_completed():
    assert heal("5/98 - 6/21").values == {"valid_from": "05/1998", "valid_to": "06/2021"}
    assert heal("từ 1/1/98") == HealedParts({"valid_from": "01/01/1998"}, (SHORT,))


def test_numbers_and_dates_are_the_first_day():
    assert heal(date(2016, 5, 10), "date") == HealedParts({"valid_from": "10/05/2016"})
    assert heal(2016, "number") == HealedParts({"valid_from": "2016"})
    assert heal("") == HealedParts()


@pytest.mark.parametrize("text", ["5-8/2020", "5/12-2020", "1-2/5-2020"])
def test_what_may_be_several_periods_is_asked(text):
    with pytest.raises(CannotHeal) as caught:
        heal(text)

    assert caught.value.is_question


@pytest.mark.parametrize(
    "text",
    [
        "5/2020-1/2019",
        "2016-21",
        "nay",
        "31/02/2016 - 2017",
        "2016 đến xa",
        "khóa XX",
        "2016-2018-2021",
    ],
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(CannotHeal) as caught:
        heal(text)

    assert not caught.value.is_question


def test_where_days_are_needed_months_are_asked():
    with pytest.raises(Imprecise):
        heal("1/2015 - 2/2016", needs_day=True)

    whole = heal("01/01/2015-29/02/2016", needs_day=True)
    assert whole.values == {"valid_from": "01/01/2015", "valid_to": "29/02/2016"}
