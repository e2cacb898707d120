"""The ways in which clerks write a day, a month or a year: (what stands in the cell, kinds)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

_EPOCH = date(1899, 12, 30)  # day 0 of a workbook, as days after February 1900 count


@dataclass(frozen=True)
class Written:
    """What stands in a cell, by which repairs it must be read, and its number format."""

    value: str | int | float | date
    kinds: tuple[str, ...] = ()
    number_format: str = "General"


def _parts(text: str) -> tuple[int, int, int]:
    day, month, year = (int(part) for part in text.split("/"))
    return day, month, year


def _plain(text: str) -> Written:
    return Written(text)


def _without_zeros(text: str) -> Written:
    return Written("/".join(str(int(part)) for part in text.split("/")))


def _with(mark: str) -> Callable[[str], Written]:
    def write(text: str) -> Written:
        return Written(text.replace("/", mark), ("date_text",))

    return write


def _spaced(text: str) -> Written:
    return Written(f" {text.replace('/', ' / ')}", ("spaces",))


def _short(text: str) -> Written:
    return Written(f"{text[:-4]}{text[-2:]}", ("date_short_year",))


def _in_words(text: str) -> Written:
    day, month, year = _parts(text)
    return Written(f"ngày {day} tháng {month} năm {year}", ("date_text",))


def _cell(text: str) -> Written:
    day, month, year = _parts(text)
    return Written(date(year, month, day), (), "dd/mm/yyyy")


def _serial(text: str) -> Written:
    day, month, year = _parts(text)
    return Written((date(year, month, day) - _EPOCH).days, ("date_serial",))


def _month_cell(text: str) -> Written:
    month, year = (int(part) for part in text.split("/"))
    return Written(date(year, month, 1), (), "mm/yyyy")


def _month_words(text: str) -> Written:
    month, year = text.split("/")
    return Written(f"tháng {int(month)} năm {year}", ("date_text",))


def _month_letter(text: str) -> Written:
    month, year = text.split("/")
    return Written(f"T{int(month)}/{year}", ("date_text",))


def _month_number(text: str) -> Written:
    """5/1965 typed as 5.1965. A year that ends in 0 would lose it for good."""
    month, year = text.split("/")
    if year.endswith("0"):
        return Written(text)
    return Written(float(f"{int(month)}.{year}"), ("date_number",))


def _year_number(text: str) -> Written:
    return Written(int(text))


def _year_words(text: str) -> Written:
    return Written(f"Năm {text}", ("date_text",))


DAYS = (
    _plain, _plain, _plain, _without_zeros, _with("-"), _with("."), _spaced, _short, _in_words,
    _cell, _serial,
)  # fmt: skip
MONTHS = (
    _plain, _without_zeros, _with("-"), _short, _month_cell, _month_words, _month_letter,
    _month_number,
)  # fmt: skip
YEARS = (_plain, _year_number, _year_number, _year_words)


def ways(text: str) -> tuple[Callable[[str], Written], ...]:
    """All the ways to write a date as precise as `text`: dd/mm/yyyy, mm/yyyy or yyyy."""
    return {2: DAYS, 1: MONTHS, 0: YEARS}[text.count("/")]


def write_date(rng: Random, text: str, favourite: int) -> Written:
    """As the column's writer does it mostly, and now and then otherwise."""
    found = ways(text)
    write = found[favourite % len(found)] if rng.random() < 0.7 else rng.choice(found)
    return write(text)
