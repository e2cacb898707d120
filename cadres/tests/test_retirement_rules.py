"""The age of retirement against the table by month of birth, written out from the law."""

from datetime import date

import pytest

from cadres.legal_tables import retirement_ages
from cadres.rules.retirement import AgeRow, has_a_term, last_birth_month, retirement
from daitu_portal.dates import PartialDate

# (sex, born from, born to, years, months of age, reached from, reached to); the months both
# included. Phụ lục I of NĐ 135/2020 by ranges, as published; the first rows are the law before.
BY_BIRTH = [
    ("M", "1960-01", "1960-12", 60, 0, "2020-01", "2020-12"),
    ("M", "1961-01", "1961-09", 60, 3, "2021-04", "2021-12"),
    ("M", "1961-10", "1962-06", 60, 6, "2022-04", "2022-12"),
    ("M", "1962-07", "1963-03", 60, 9, "2023-04", "2023-12"),
    ("M", "1963-04", "1963-12", 61, 0, "2024-04", "2024-12"),
    ("M", "1964-01", "1964-09", 61, 3, "2025-04", "2025-12"),
    ("M", "1964-10", "1965-06", 61, 6, "2026-04", "2026-12"),
    ("M", "1965-07", "1966-03", 61, 9, "2027-04", "2027-12"),
    ("M", "1966-04", "1980-12", 62, 0, "2028-04", "2042-12"),
    ("F", "1960-01", "1965-12", 55, 0, "2015-01", "2020-12"),
    ("F", "1966-01", "1966-08", 55, 4, "2021-05", "2021-12"),
    ("F", "1966-09", "1967-04", 55, 8, "2022-05", "2022-12"),
    ("F", "1967-05", "1967-12", 56, 0, "2023-05", "2023-12"),
    ("F", "1968-01", "1968-08", 56, 4, "2024-05", "2024-12"),
    ("F", "1968-09", "1969-04", 56, 8, "2025-05", "2025-12"),
    ("F", "1969-05", "1969-05", 56, 8, "2026-01", "2026-01"),  # as the appendix is printed
    ("F", "1969-06", "1969-12", 57, 0, "2026-06", "2026-12"),
    ("F", "1970-01", "1970-08", 57, 4, "2027-05", "2027-12"),
    ("F", "1970-09", "1971-04", 57, 8, "2028-05", "2028-12"),
    ("F", "1971-05", "1971-12", 58, 0, "2029-05", "2029-12"),
    ("F", "1972-01", "1972-08", 58, 4, "2030-05", "2030-12"),
    ("F", "1972-09", "1973-04", 58, 8, "2031-05", "2031-12"),
    ("F", "1973-05", "1973-12", 59, 0, "2032-05", "2032-12"),
    ("F", "1974-01", "1974-08", 59, 4, "2033-05", "2033-12"),
    ("F", "1974-09", "1975-04", 59, 8, "2034-05", "2034-12"),
    ("F", "1975-05", "1980-12", 60, 0, "2035-05", "2040-12"),
]
AGES = retirement_ages()
BY_FORMULA = tuple(row for row in AGES if row.born is None)


def months(first, last):
    """Every month from `first` to `last` ("1961-10"), both included."""
    (year, month), end = map(int, first.split("-")), tuple(map(int, last.split("-")))
    while (year, month) <= end:
        yield f"{year}-{month:02d}"
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def expected(row):
    """(month of birth, month reached) of each month of a row of BY_BIRTH."""
    _, first, last, _, _, reached_first, reached_last = row
    return zip(months(first, last), months(reached_first, reached_last), strict=True)


def test_the_table_of_the_test_has_each_month_of_twenty_one_years_for_both():
    every = {(row[0], born) for row in BY_BIRTH for born, _ in expected(row)}

    assert len(every) == sum(1 for row in BY_BIRTH for _ in expected(row)) == 2 * 21 * 12


@pytest.mark.parametrize("row", BY_BIRTH, ids=lambda row: f"{row[0]} {row[1]}")
def test_the_age_and_its_month_are_those_of_the_appendix(row):
    sex, _, _, years, more, *_ = row

    for born, reached in expected(row):
        found = retirement(AGES, sex, PartialDate(born))
        told = (found.row.years, found.row.months, f"{found.reached:%Y-%m-%d}")
        assert told == (years, more, f"{reached}-01"), born


@pytest.mark.parametrize("row", BY_BIRTH, ids=lambda row: f"{row[0]} {row[1]}")
def test_the_formula_alone_differs_in_one_month_of_birth(row):
    sex, _, _, years, more, *_ = row
    if (sex, row[1]) == ("F", "1969-05"):
        years, more, formula = 57, 0, {"1969-05": "2026-05"}
    else:
        formula = dict(expected(row))

    for born, reached in formula.items():
        found = retirement(BY_FORMULA, sex, PartialDate(born))
        told = (found.row.years, found.row.months, f"{found.reached:%Y-%m}")
        assert told == (years, more, reached), born


@pytest.mark.parametrize("born", ["1980-12-31", "1999-06", "1975-05"])
def test_whoever_is_born_later_keeps_the_last_age(born):
    assert retirement(AGES, "M", PartialDate(born)).row.words == "62 tuổi"
    assert retirement(AGES, "F", PartialDate(born)).row.words == "60 tuổi"


def test_of_two_ages_that_fit_the_earlier_is_taken():
    """Born 07/1961: 60y3m in 10/2021, when that was the age; 60y6m in 01/2022, when that was."""
    assert retirement(AGES, "M", PartialDate("1961-07")).reached == date(2021, 10, 1)
    assert retirement(AGES[::-1], "M", PartialDate("1961-07")).reached == date(2021, 10, 1)


def test_retirement_comes_at_the_end_of_the_month_and_the_pension_the_day_after():
    found = retirement(AGES, "F", PartialDate("1968-09-30"))

    assert (found.last_day, found.pension_on) == (date(2025, 5, 31), date(2025, 6, 1))
    assert (found.notice_on, found.decision_on) == (date(2024, 11, 30), date(2025, 2, 28))


def test_the_day_within_the_month_of_birth_changes_nothing():
    first, last = (retirement(AGES, "M", PartialDate(d)) for d in ("1963-04-01", "1963-04-30"))

    assert first.last_day == last.last_day == date(2024, 4, 30)


def test_a_bare_year_is_its_january_and_says_so():
    of_year, of_month = (retirement(AGES, "M", PartialDate(d)) for d in ("1964", "1964-01"))

    assert of_year.last_day == of_month.last_day == date(2025, 4, 30)
    assert (of_year.is_of_year_alone, of_month.is_of_year_alone) == (True, False)


def test_an_age_is_told_in_years_and_months():
    assert retirement(AGES, "F", PartialDate("1969-05")).row.words == "56 tuổi 8 tháng"
    assert retirement(AGES, "F", PartialDate("1969-06")).row.words == "57 tuổi"


def test_every_row_has_a_source_and_says_how_sure_it_is():
    assert {row.confidence for row in AGES} == {"S", "M-high", "M-med"}
    (override,) = [row for row in AGES if row.born]
    assert (override.confidence, override.valid_from) == ("M-med", date(2021, 1, 1))
    assert all(row.source for row in AGES)


def test_a_row_speaks_of_its_first_month_and_not_of_the_one_after_its_last():
    row = AgeRow("M", date(2021, 1, 1), date(2022, 1, 1), 60, 3, "thử", "S")

    assert retirement([row], "M", PartialDate("1960-10")).reached == date(2021, 1, 1)
    assert retirement([row], "M", PartialDate("1961-09")).reached == date(2021, 12, 1)
    assert row.last_on == date(2021, 12, 31)
    assert AgeRow("M", date(2028, 1, 1), None, 62, 0, "thử", "S").last_on is None


def test_without_a_row_that_fits_there_is_no_answer():
    with pytest.raises(LookupError, match="born 1965"):
        retirement(AGES, "", PartialDate("1965"))
    with pytest.raises(LookupError, match="no retirement age for ''"):
        last_birth_month(AGES, "", date(2030, 12, 31))
    closed = AgeRow("M", date(2021, 1, 1), date(2022, 1, 1), 60, 3, "thử", "S")
    with pytest.raises(LookupError):
        retirement([closed], "M", PartialDate("1961-10"))


@pytest.mark.parametrize(
    ("sex", "until", "born"),
    [
        ("M", date(2030, 12, 31), date(1968, 12, 1)),
        ("F", date(2030, 12, 31), date(1972, 8, 1)),
        ("F", date(2030, 4, 30), date(1971, 12, 1)),  # nobody reaches 58y4m before 05/2030
        ("F", date(2026, 1, 31), date(1969, 5, 1)),  # the override
        ("F", date(2026, 5, 31), date(1969, 5, 1)),  # the next are born in 06/1969
        ("M", date(2023, 12, 30), date(1963, 2, 1)),  # the last day of the month is not over
        ("M", date(2023, 12, 31), date(1963, 3, 1)),
        ("M", date(2024, 3, 31), date(1963, 3, 1)),
        ("M", date(2020, 6, 30), date(1960, 6, 1)),
    ],
)
def test_the_last_month_of_birth_of_those_who_go_by_a_day(sex, until, born):
    assert last_birth_month(AGES, sex, until) == born


@pytest.mark.parametrize(
    ("day", "has"), [(date(2025, 7, 1), True), (date(2025, 7, 2), False), (date(2020, 1, 1), True)]
)
def test_a_term_is_sixty_months(day, has):
    assert has_a_term(date(2030, 6, 30), day) is has
