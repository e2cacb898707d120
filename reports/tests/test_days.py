"""Days that reports speak of."""

from datetime import date

from reports.rules.days import quarter_ends, year_end_before


def test_the_year_end_before_a_day_is_never_the_day_itself():
    assert year_end_before(date(2023, 6, 8)) == date(2022, 12, 31)
    assert year_end_before(date(2022, 12, 31)) == date(2021, 12, 31)


def test_quarter_ends_lead_up_to_the_day():
    assert quarter_ends(date(2023, 6, 8), 4) == [
        date(2022, 9, 30),
        date(2022, 12, 31),
        date(2023, 3, 31),
        date(2023, 6, 8),
    ]


def test_a_day_that_ends_a_quarter_stands_once():
    assert quarter_ends(date(2022, 12, 31), 3) == [
        date(2022, 6, 30),
        date(2022, 9, 30),
        date(2022, 12, 31),
    ]


def test_the_first_month_of_a_quarter_follows_the_quarter_before():
    assert quarter_ends(date(2023, 4, 1), 2) == [date(2023, 3, 31), date(2023, 4, 1)]
    assert quarter_ends(date(2023, 1, 15), 2) == [date(2022, 12, 31), date(2023, 1, 15)]
