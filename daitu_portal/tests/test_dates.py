"""Days of which only the year or the month may be known."""

from datetime import date

import pytest

from daitu_portal.dates import PartialDate, years_between


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
