"""Dated tables of the law that are read, never stored: ages of retirement, base salary, grades.

They are rows of `cadres/data/*.csv`, each with its source and how sure we are of it; the rules get
them as arguments. Read once in the life of a process.
"""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from cadres.rules.retirement import AgeRow
from cadres.rules.salary import BaseSalary, Grade

_DATA = Path(__file__).parent / "data"


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def retirement_ages() -> tuple[AgeRow, ...]:
    """The ages of Bộ luật Lao động 2012 and NĐ 135/2020, with the row that the printed appendix
    has for women born in May 1969."""
    return tuple(
        AgeRow(
            sex=row["sex"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            years=int(row["years"]),
            months=int(row["months"]),
            source=row["source"],
            confidence=row["confidence"],
            born=_day(row["born"]),
        )
        for row in _rows("retirement_ages.csv")
    )


@cache
def base_salaries() -> tuple[BaseSalary, ...]:
    """The base salary (mức lương cơ sở) over time."""
    return tuple(
        BaseSalary(
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            amount=int(row["amount"]),
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in _rows("base_salaries.csv")
    )


@cache
def salary_grades() -> tuple[Grade, ...]:
    """The scales of the administrative grades (NĐ 204/2004), with their cycles of raises."""
    return tuple(
        Grade(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            steps=int(row["steps"]),
            first=Decimal(row["first"]),
            increment=Decimal(row["increment"]),
            cycle_months=int(row["cycle_months"]),
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in _rows("salary_grades.csv")
    )
