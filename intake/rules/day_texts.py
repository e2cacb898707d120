"""Heals a cell that tells a day, as text, number or date, in any of the usual ways. Pure."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from intake.rules.day_columns import NO_COLUMN, ColumnDays, as_shown, shown_parts
from intake.rules.day_reading import EXCEL_ZERO, compact, plain_letters, read_day
from intake.rules.day_uses import DayUse, Told, not_a_day, settle, which_day
from intake.rules.repairs import NOTHING_WORDS, CannotHeal, Healed, RepairKind

_STILL = {"nay", "den nay", "hien nay", "den hien nay", "hien tai"}
_UNTIL = ("den het ngay ", "den het ", "den ngay ", "den ", "het ngay ", "het ")
_REMEMBERED = 1 << 16  # a district tells fewer days than this, most of them many times
_REMEDY = "Ghi ngày/tháng/năm, ví dụ 12/05/1965."
_MONTH_OR_DAY = re.compile(r"(?:0?[1-9]|1[0-2])\s*[/.-]\s*(?:0[1-9]|1[0-2])")  # 08/02
_YEARS_AS_DAYS = range(1900, 2101)  # a year typed into a date cell: shown as a day of 1905


def heal_day(
    value: object,
    kind: str,
    number_format: str,
    *,
    use: DayUse,
    today: date,
    column: ColumnDays = NO_COLUMN,
) -> Healed:
    """The day that a cell tells, as dd/mm/yyyy, mm/yyyy or yyyy: as much as is known.

    `kind` is text, number or date; `column` says what its whole column tells. What the strict
    reader takes alike needs no repair. Raises CannotHeal: impossible days are refused; what may be
    two days, or is out of the years of `use`, is asked; Imprecise where `use` needs the day.
    """
    if kind == "text" and isinstance(value, str):
        return _heal_text(value, use, today, column)
    if kind == "date" and isinstance(value, date):
        return _heal_date(value, number_format, use, today, column)
    if kind == "number" and isinstance(value, int | float):
        return _heal_number(value, use, today, column)
    raise not_a_day(value)


def heal_day_parts(day: object, month: object, year: object, *, use: DayUse, today: date) -> Healed:
    """A day told in three columns; None or "" where a part is left out."""
    parts = [_part(each) for each in (day, month, year)]
    if not any(parts):
        return Healed("")
    healed = _heal_text("/".join(part or "…" for part in parts), use, today, NO_COLUMN)
    return Healed(healed.value, healed.repairs or (RepairKind.DATE_TEXT,))


def _part(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip(" .,…-/'")


@lru_cache(maxsize=_REMEMBERED)
def _heal_text(text: str, use: DayUse, today: date, column: ColumnDays) -> Healed:
    is_month = column.has_short_months and _MONTH_OR_DAY.fullmatch(text.strip())
    told = _read(f"tháng {text.strip()}" if is_month else text, use)
    if not told:
        return Healed("", (RepairKind.WORD,) if text.strip() else ())
    if len(told) > 1 and column.has_serials and told[0].repair is RepairKind.DATE_SERIAL:
        told = told[:1]
    if column.is_month_first and _may_be_swapped(told[0].day, told[0].month):
        raise _swapped(told[0])
    return settle(told, use, today)


def _read(text: str, use: DayUse) -> tuple[Told, ...]:
    """What a text may mean; () for a word that there is none."""
    try:
        return read_day(text)
    except CannotHeal:
        plain = plain_letters(text).strip(" .,;-–:()")
        if plain in NOTHING_WORDS or (use.is_end and plain in _STILL):
            return ()
        lead = next((word for word in _UNTIL if use.is_end and plain.startswith(word)), "")
        if not lead:
            raise
        told = read_day(plain.removeprefix(lead))
        return tuple(each._replace(repair=RepairKind.DATE_TEXT) for each in told)


@lru_cache(maxsize=_REMEMBERED)
def _heal_date(
    value: date, number_format: str, use: DayUse, today: date, column: ColumnDays
) -> Healed:
    if isinstance(value, datetime) and value.time() != time():
        raise which_day(f"Ô ghi cả giờ ({value:%d/%m/%Y %H:%M}), ngày có thể đã bị lệch.")
    day = date(value.year, value.month, value.day)
    serial = (day - EXCEL_ZERO).days
    if serial in (0, 1):  # what an empty cell gives through a formula
        return Healed("", (RepairKind.DATE_SERIAL,))
    if serial in _YEARS_AS_DAYS and day.year not in use.years(today):
        return settle((Told(0, 0, serial, repair=RepairKind.DATE_SERIAL),), use, today)
    if shown_parts(number_format) in ("d", "m", "dm"):
        raise which_day(f"Ô không hiện năm; Excel lưu là {day:%d/%m/%Y}.")
    told = _told_of(as_shown(day, number_format))
    if column.is_swapped and told.day and _may_be_swapped(told.day, told.month):
        raise _swapped(told)
    return settle((told,), use, today)


def _heal_number(value: int | float, use: DayUse, today: date, column: ColumnDays) -> Healed:
    return settle(_of_number(value, column), use, today) if value else Healed("")


def _told_of(iso: str) -> Told:
    year, month, day = (int(part) for part in (*iso.split("-"), "0", "0")[:3])
    return Told(day, month, year, repair=None)


def _may_be_swapped(day: int, month: int) -> bool:
    return day != month and 1 <= day <= 12 and 1 <= month <= 12


def _swapped(told: Told) -> CannotHeal:
    one, other = f"{told.day:02d}/{told.month:02d}", f"{told.month:02d}/{told.day:02d}"
    return CannotHeal(
        f"Cột này có ngày bị đảo với tháng: {one} hay {other} năm {told.year}?",
        _REMEDY,
        is_question=True,
    )


def _of_number(value: int | float, column: ColumnDays) -> tuple[Told, ...]:
    """A year, a serial number of Excel, 12051965 without its zero, or 5.1965 for 5/1965."""
    if value != value or value <= 0 or value > 99_999_999:
        raise not_a_day(value)
    if value != int(value):
        return (_month_of(value),)
    digits = str(int(value))
    if len(digits) == 2:
        raise which_day(f"Không rõ {digits} là năm hay số khác.")
    if len(digits) == 4:
        return (Told(0, 0, int(digits), repair=None),)
    told = compact(digits)
    if not told:
        raise not_a_day(value)
    if told[0].repair is RepairKind.DATE_SERIAL:
        return told[:1] if column.has_serials else (told[0], *_as_numbers(told[1:]))
    return tuple(_as_numbers(told))


def _as_numbers(told: tuple[Told, ...]) -> list[Told]:
    return [each._replace(repair=RepairKind.DATE_NUMBER) for each in told]


def _month_of(value: int | float) -> Told:
    """5.1965 as May 1965. A last zero of the year is lost in a number: 5.196 is asked."""
    month, _, year = str(Decimal(str(value))).partition(".")
    if len(year) == 4 and 1 <= int(month) <= 12:
        return Told(0, int(month), int(year), repair=RepairKind.DATE_NUMBER)
    if 1 <= len(year) < 4 and 1 <= int(month) <= 12 and year[0] in "12":
        raise which_day(f"Không rõ có phải tháng {int(month)}/{year.ljust(4, '0')}.")
    raise not_a_day(value)
