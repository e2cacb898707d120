"""Which year's rating counts on a day."""

from datetime import date

import pytest

from cadres.rules.ratings import rated_year


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2022, 12, 30), 2021),
        (date(2022, 12, 31), 2022),
        (date(2023, 1, 1), 2022),
        (date(2023, 1, 31), 2022),
        (date(2023, 6, 8), 2022),
    ],
)
def test_a_year_is_rated_by_its_last_day(day, year):
    assert rated_year(day) == year
