"""Days of which only the year or the month may be known."""

from datetime import date

import pytest

from daitu_portal.dates import PartialDate, add_months, months_between, years_between


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("1965", "1965"),
        ("5/1965", "1965-05"),
        ("05/1965", "1965-05"),
        ("12/05/1965", "1965-05-12"),
        ("1.2.1965", "1965-02-01"),
        ("1-2-1965", "1965-02-01"),
        ("1965-05-12", "1965-05-12"),
        ("1965-05", "1965-05"),
        (" 29/02/2000 ", "2000-02-29"),
    ],
)
def test_what_offices_type_is_read_day_first(typed, iso):
    assert PartialDate.parse(typed).iso == iso


@pytest.mark.parametrize(
    "typed", ["", "65", "31/02/1965", "13/1965", "0/1965", "29/02/1900", "1965-13", "1/1/1/1965",
              "năm 1965", "12/05/65"],
)  # fmt: skip
def test_anything_else_is_refused(typed):
    with pytest.raises(ValueError, match=r"is no year, month or day|must be in|out of range"):
        PartialDate.parse(typed)


@pytest.mark.parametrize(
    ("iso", "precision", "earliest", "latest", "shown"),
    [
        ("1965", "year", date(1965, 1, 1), date(1965, 12, 31), "1965"),
        ("1965-02", "month", date(1965, 2, 1), date(1965, 2, 28), "02/1965"),
        ("2000-02", "month", date(2000, 2, 1), date(2000, 2, 29), "02/2000"),
        ("1965-05-12", "day", date(1965, 5, 12), date(1965, 5, 12), "12/05/1965"),
    ],
)
def test_only_what_is_known_is_shown_and_the_rest_is_bounded(
    iso, precision, earliest, latest, shown
):
    found = PartialDate(iso)

    assert (found.precision, found.earliest, found.latest) == (precision, earliest, latest)
    assert str(found) == shown
    assert found.year == earliest.year


def test_partial_dates_sort_by_their_earliest_day():
    found = sorted([PartialDate("1965-05"), PartialDate("1965"), PartialDate("1964-12-31")])

    assert [each.iso for each in found] == ["1964-12-31", "1965", "1965-05"]


def test_a_whole_day_becomes_a_partial_date_of_full_precision():
    assert PartialDate.of(date(1965, 5, 12)) == PartialDate("1965-05-12")


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2005, 6, 8), date(2023, 6, 8), 18),
        (date(2005, 6, 9), date(2023, 6, 8), 17),
        (date(2004, 2, 29), date(2023, 2, 28), 18),
        (date(2004, 2, 29), date(2023, 3, 1), 19),
        (date(2005, 7, 1), date(2023, 6, 30), 17),
    ],
)
def test_years_are_full_ones(born, on, years):
    assert years_between(born, on) == years


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2023, 9, 30), -6, date(2023, 3, 30)),
        (date(2023, 8, 31), -6, date(2023, 2, 28)),
        (date(2024, 8, 31), -6, date(2024, 2, 29)),
        (date(2023, 1, 15), -1, date(2022, 12, 15)),
        (date(2023, 12, 1), 1, date(2024, 1, 1)),
        (date(2023, 11, 30), 1, date(2023, 12, 30)),
        (date(2023, 5, 5), 0, date(2023, 5, 5)),
        (date(1969, 5, 1), 680, date(2026, 1, 1)),
    ],
)
def test_months_are_counted_in_the_calendar(day, months, then):
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2023, 6, 8), date(2023, 7, 7), 0),
        (date(2023, 6, 8), date(2023, 7, 8), 1),
        (date(2023, 6, 8), date(2028, 6, 8), 60),
        (date(2023, 1, 31), date(2023, 2, 28), 1),
        (date(2023, 7, 8), date(2023, 6, 8), -1),
        (date(2023, 6, 8), date(2023, 6, 8), 0),
    ],
)
def test_only_full_months_lie_between_two_days(start, end, months):
    assert months_between(start, end) == months
