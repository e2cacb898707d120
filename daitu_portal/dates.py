"""Days of which only the year, or the month and year, may be known. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TYPED = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A year, a month or a day. Ordered by its earliest day, which the law takes for the rest."""

    iso: str  # "1965", "1965-05" or "1965-05-12"

    def __post_init__(self) -> None:
        found = _ISO.fullmatch(self.iso)
        if found is None:
            raise ValueError(f"{self.iso!r} is no year, month or day")
        year, month, day = (int(part) for part in (found[1], found[2] or 1, found[3] or 1))
        date(year, month, day)  # raises ValueError for 31/02

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read what offices type: 1965, 5/1965, 12/05/1965 (day first), or an ISO date.

        Raises ValueError for anything else, impossible days included.
        """
        text = text.strip()
        if _ISO.fullmatch(text):
            return cls(text)
        found = _TYPED.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is no year, month or day")
        day, month, year = found.groups()
        return cls("-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)]))

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.isoformat())

    @property
    def year(self) -> int:
        return int(self.iso[:4])

    @property
    def precision(self) -> str:
        """ "year", "month" or "day"."""
        return {4: "year", 7: "month", 10: "day"}[len(self.iso)]

    @cached_property
    def earliest(self) -> date:
        """The first day it can mean: 01/01 or the first of the month (NĐ 135/2020's reading)."""
        return date.fromisoformat((self.iso + "-01-01")[:10])

    @cached_property
    def latest(self) -> date:
        """The last day it can mean."""
        first = self.earliest
        if self.precision == "day":
            return first
        month = 12 if self.precision == "year" else first.month
        return date(first.year, month, monthrange(first.year, month)[1])

    def __str__(self) -> str:
        return "/".join(reversed(self.iso.split("-")))


def add_months(day: date, months: int) -> date:
    """`day` so many months later, or earlier where negative; the last of a month too short for it
    (Bộ luật Dân sự 2015, art. 147)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Full months from `start` to `end`; negative where `end` comes first."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (add_months(start, months) > end)


def years_between(born: date, on: date) -> int:
    """Full years from `born` to `on`."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
