"""Date cells as they are shown, and what a whole column says about its days. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.rules.day_reading import compact, read_day
from intake.rules.day_uses import Told
from intake.rules.repairs import CannotHeal, RepairKind

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^]]*\]|[_*].')  # of a number format: literals, colours
_ENOUGH = 2  # cells on either side before days and months may have been swapped
_FEW = 10  # of so many date cells one may have a day after the 12th all the same
_SHORT_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])\s*[/.-]\s*(?:00|1[3-9]|[2-9]\d)")


@dataclass(frozen=True, slots=True)
class ColumnDays:
    """What the cells of a column say together. `is_swapped`: Excel took the month for the day where
    it could. `is_month_first`: its texts tell the month first. `has_serials`: some of its numbers
    can only be serial numbers of Excel, or it has dates, of which Excel makes such numbers.
    `has_short_months`: some of its texts are a month and the two digits of a year (05/65)."""

    is_swapped: bool = False
    is_month_first: bool = False
    has_serials: bool = False
    has_short_months: bool = False


NO_COLUMN = ColumnDays()


def shown_parts(number_format: str) -> str:
    """The letters of day, month and year that a number format shows: "d", "m", "y" in this
    order, each once; "" for General.

    >>> shown_parts("mmm-yy"), shown_parts('dd"/"mm"/"yyyy')
    ('my', 'dmy')
    """
    shown = _NOT_SHOWN.sub("", number_format).split(";")[0].lower()
    return "".join(letter for letter in "dmy" if letter in shown)


def as_shown(day: date, number_format: str) -> str:
    """A date cell as ISO text, without a day that its sender neither typed nor sees: Excel makes
    the 1st of what is typed as 5/1984, and shows May-84."""
    iso = day.isoformat()[:10]
    parts = shown_parts(number_format)
    if "y" not in parts or "d" in parts or day.day != 1:
        return iso
    if "m" in parts:
        return iso[:7]
    return iso[:4] if day.month == 1 else iso


def column_days(cells: Iterable[tuple[object, str, str]]) -> ColumnDays:
    """What the cells of a column, each (value, kind, number format), say together."""
    early = late = text_late = text_early = month_first = serials = short_months = 0
    for value, kind, number_format in cells:
        if kind == "date" and isinstance(value, date):
            is_whole = len(as_shown(value, number_format)) == len("yyyy-mm-dd")
            early += is_whole and value.day <= 12
            late += is_whole and value.day > 12
        elif kind == "text":
            told = _only(str(value))
            text_late += told is not None and told.day > 12 >= told.month
            text_early += told is not None and 1 <= told.day <= 12 and told.month <= 12
            serials += _is_surely_serial(str(value).strip())
            short_months += bool(_SHORT_MONTH.fullmatch(str(value).strip()))
            month_first += told is not None and 1 <= told.day <= 12 < told.month <= 31
        elif kind == "number":
            serials += _is_surely_serial(value)
    return ColumnDays(
        is_swapped=early >= _ENOUGH
        and text_late >= _ENOUGH
        and late * _FEW <= early + late
        and text_early * _FEW <= text_early + text_late,
        is_month_first=month_first > 0 and month_first >= text_late,
        has_serials=serials + early + late > 0,
        has_short_months=short_months > 0,
    )


def _only(text: str) -> Told | None:
    """The one full day that a text tells, which may be impossible."""
    try:
        told = read_day(text)
    except CannotHeal:
        return None
    return told[0] if len(told) == 1 and told[0].day and told[0].month else None


def _is_surely_serial(value: object) -> bool:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    told = compact(str(value)) if str(value).isdigit() else ()
    return len(told) == 1 and told[0].repair is RepairKind.DATE_SERIAL
