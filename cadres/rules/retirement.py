"""When a person retires by age: Bộ luật Lao động 2019, art. 169; NĐ 135/2020. Pure.

The ages are rows of a table (`cadres/legal_tables.py`), which is always an argument. A month is
the date of its first day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from daitu_portal.dates import PartialDate, add_months

NOTICE_MONTHS = 6  # Luật CBCC 2008, art. 60: the unit tells a civil servant in writing
DECISION_MONTHS = 3  # the same: the decision to retire
TERM_MONTHS = 60  # NĐ 33/2023, art. 8.3: enough age for one term


@dataclass(frozen=True)
class AgeRow:
    """The age of a sex, where it is reached on a day of [valid_from, valid_to).

    `born` is the month of birth for which alone an overriding row speaks.
    """

    sex: str  # "M" or "F"
    valid_from: date
    valid_to: date | None
    years: int
    months: int
    source: str
    confidence: str
    born: date | None = None

    @property
    def age_in_months(self) -> int:
        return self.years * 12 + self.months

    @property
    def words(self) -> str:
        """E.g. "56 tuổi 8 tháng"."""
        return f"{self.years} tuổi" + (f" {self.months} tháng" if self.months else "")

    @property
    def last_on(self) -> date | None:
        """The last day of the months it speaks of, or None while it has no end."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None

    def is_reached(self, month: date) -> bool:
        """Whether the row speaks of those who reach its age in `month`."""
        return self.valid_from <= month and (self.valid_to is None or month < self.valid_to)


Table = tuple[AgeRow, ...]


@dataclass(frozen=True)
class Retirement:
    """When someone retires, and the row of the table that says so."""

    row: AgeRow
    born: PartialDate
    reached: date  # the month in which the age is reached

    @property
    def last_day(self) -> date:
        """The last day at work: retirement comes at its end (NĐ 135/2020, art. 3)."""
        return self.pension_on - timedelta(days=1)

    @property
    def pension_on(self) -> date:
        """The first day of the pension."""
        return add_months(self.reached, 1)

    @property
    def notice_on(self) -> date:
        """The day by which the unit must have given notice."""
        return add_months(self.last_day, -NOTICE_MONTHS)

    @property
    def decision_on(self) -> date:
        """The day by which the decision must have been made."""
        return add_months(self.last_day, -DECISION_MONTHS)

    @property
    def is_of_year_alone(self) -> bool:
        """Whether only the year of birth is known, so that 01/01 was taken for it."""
        return self.born.precision == "year"


def birth_month(born: PartialDate) -> date:
    """The month that the law takes for `born`: January where only the year is known."""
    return born.earliest.replace(day=1)


def retirement(table: Iterable[AgeRow], sex: str, born: PartialDate) -> Retirement:
    """When someone of `sex` ("M", "F") born on `born` retires by age.

    Often the age of a year and that of the next are both reached in their year: the earliest
    counts. Raises LookupError where no row of `table` fits.
    """
    month = birth_month(born)
    rows = [row for row in table if row.sex == sex]
    chosen = [row for row in rows if row.born == month] or [row for row in rows if not row.born]
    found = [(add_months(month, row.age_in_months), row) for row in chosen]
    fits = [(reached, row) for reached, row in found if row.is_reached(reached)]
    if not fits:
        raise LookupError(f"no retirement age for {sex!r} born {born.iso}")
    reached, row = min(fits, key=lambda pair: pair[0])
    return Retirement(row, born, reached)


def last_birth_month(table: Iterable[AgeRow], sex: str, until: date) -> date:
    """The last month of birth of those of `sex` who retire by `until`: whoever is born later
    works on. Raises LookupError where no row of `table` is of `sex`."""
    table = tuple(table)
    ages = [row.age_in_months for row in table if row.sex == sex]
    if not ages:
        raise LookupError(f"no retirement age for {sex!r}")
    month = add_months((until + timedelta(days=1)).replace(day=1), -1 - max(ages))
    while retirement(table, sex, _born(add_months(month, 1))).last_day <= until:
        month = add_months(month, 1)
    return month


def _born(month: date) -> PartialDate:
    return PartialDate(month.isoformat()[:7])


def has_a_term(last_day: date, day: date) -> bool:
    """Whether someone who works until `last_day` has a whole term of office left on `day`."""
    return add_months(day, TERM_MONTHS) <= last_day + timedelta(days=1)
