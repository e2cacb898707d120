"""Heals numbers that count or measure: coefficients, percents, steps, years. Pure."""

import re
from datetime import date
from decimal import Decimal

from daitu_portal.numbers import AmbiguousNumber, decimal_of
from intake.rules.day_columns import as_shown, shown_parts
from intake.rules.day_reading import EXCEL_ZERO, plain_letters, read_day
from intake.rules.day_uses import DayUse, settle
from intake.rules.repairs import CannotHeal, Healed, RepairKind

_TWO_DECIMALS = "Ghi số với dấu phẩy, tối đa hai chữ số lẻ, ví dụ 2,67."
_WHOLE = "Ghi số nguyên bằng chữ số."
_LETTERS = str.maketrans("OoIl", "0011")
_NUMERIC = re.compile(r"[0-9OoIl]*[0-9][0-9OoIl.,]*")
_LEAD = re.compile(r"(?:he so|hs)\s*[:=]?\s*")
_UNITS = r"(?:bac|buoc|so|lop|nam|thang|ngay|tiet|gio|buoi|nguoi|dong|%|pt|phan tram)"
_COUNTED = re.compile(rf"(?:{_UNITS}\s*[:.]?\s*)?(\d{{1,9}})(?:[.,]0+)?\s*{_UNITS}?\.?")
_STEP = re.compile(r"(?:bac\s*[:.]?\s*)?(\d{1,2})\s*[/\\]\s*(\d{1,2})")
_THOUSAND_YEAR = re.compile(r"([12])[.,](\d{3})")
_YEAR = re.compile(r"(?:nam\s*)?(\d{4}|\d{2})")


def heal_decimal(
    value: object, kind: str, number_format: str, *, low: float, high: float
) -> Healed:
    """A number with a comma, from `low` to `high`: 2,34; of a percentage its hundredfold (5 % is 5).

    Raises CannotHeal; asked: 1.800, which may have thousands or decimals, and 234 where only 2,34
    would be in range.
    """
    if kind == "number" and isinstance(value, int | float) and abs(value) < 1e12:
        number = Decimal(str(round(value, 6)))
        is_percent = "%" in number_format
        repairs = (RepairKind.DECIMAL,) if is_percent else ()
        return _in_range(number * 100 if is_percent else number, repairs, low, high)
    if kind != "text" or not isinstance(value, str):
        raise CannotHeal(f"“{str(value)[:40]}” không phải số.", _TWO_DECIMALS)
    if not value.strip(" \t\n.,-–…"):
        return Healed("")
    number, repairs = _decimal_text(value)
    return _in_range(number, repairs, low, high)


def _decimal_text(text: str) -> tuple[Decimal, tuple[RepairKind, ...]]:
    try:
        return decimal_of(text), ()
    except AmbiguousNumber as problem:
        raise CannotHeal(
            f"{text.strip()}: không rõ là phần nghìn hay phần thập phân.",
            _TWO_DECIMALS,
            is_question=True,
        ) from problem
    except ValueError:
        return _mended_decimal(text)


def _mended_decimal(text: str) -> tuple[Decimal, tuple[RepairKind, ...]]:
    """A number with spaces, a doubled comma, a % or letters for digits."""
    bare = _LEAD.sub("", plain_letters(text).strip(" '\"`’"), count=1).removesuffix("%")
    bare = re.sub(r"([.,])\1+", r"\1", re.sub(r"\s*([.,])\s*", r"\1", bare)).strip(" .,")
    if not _NUMERIC.fullmatch(bare) or text == bare:
        raise CannotHeal(f"“{text[:40]}” không phải số.", _TWO_DECIMALS)
    number, _ = _decimal_text(bare.translate(_LETTERS))
    return number, (RepairKind.DECIMAL,)


def _in_range(number: Decimal, repairs: tuple[RepairKind, ...], low: float, high: float) -> Healed:
    told = _with_comma(number)
    if Decimal(str(low)) <= number <= Decimal(str(high)):
        return Healed(told, repairs)
    hundredth = number / 100
    if number == int(number) and Decimal(str(low)) <= hundredth <= Decimal(str(high)):
        message = f"{told} quá lớn; có phải {_with_comma(hundredth)}?"
        raise CannotHeal(message, _TWO_DECIMALS, is_question=True)
    raise CannotHeal(f"{told} không nằm trong khoảng {low:g}–{high:g}.", _TWO_DECIMALS)


def _with_comma(number: Decimal) -> str:
    """As decimal_of reads it again: never with three decimals, which may be thousands."""
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    if not decimals:
        return whole
    return f"{whole},{decimals.ljust(4 if len(decimals) > 2 else 2, '0')}"


def heal_integer(
    value: object, kind: str, number_format: str, *, low: int = 0, high: int = 999_999_999
) -> Healed:
    """A whole number from `low` to `high`; "40 tiết" is 40. Raises CannotHeal."""
    if kind == "number" and isinstance(value, int | float) and value == value // 1:
        number = int(value * 100 if "%" in number_format else value)
        return _whole(number, (), low, high)
    if kind != "text" or not isinstance(value, str):
        raise CannotHeal(f"“{str(value)[:40]}” không phải số nguyên.", _WHOLE)
    plain = plain_letters(value).strip(" \t\n'\"`’.,-–…()")
    if not plain:
        return Healed("")
    found = _COUNTED.fullmatch(plain)
    if not found:
        raise CannotHeal(f"“{value[:40]}” không phải số nguyên.", _WHOLE)
    is_bare = re.fullmatch(r"[0-9]+", value.strip())
    return _whole(int(found[1]), () if is_bare else (RepairKind.DIGITS,), low, high)


def _whole(number: int, repairs: tuple[RepairKind, ...], low: int, high: int) -> Healed:
    if not low <= number <= high:
        raise CannotHeal(f"{number} không nằm trong khoảng {low}–{high}.", _WHOLE)
    return Healed(str(number), repairs)


def heal_step(value: object, kind: str, number_format: str) -> Healed:
    """The step of a salary scale, 1 to 16: 3, "bậc 3", "3/9" (of nine), also where Excel made a day
    of 3/9. Raises CannotHeal."""
    if kind == "date" and isinstance(value, date) and "y" not in shown_parts(number_format):
        step = min(value.day, value.month)  # the third of nine, in whatever order Excel took it
        return Healed(str(step), (RepairKind.RATIO_DATE,))
    if isinstance(value, str) and (found := _STEP.fullmatch(plain_letters(value).strip(" .'"))):
        if int(found[1]) > int(found[2]):
            raise CannotHeal(f"{value.strip()}: bậc lớn hơn số bậc của ngạch.", _WHOLE)
        return _whole(int(found[1]), (RepairKind.DIGITS,), 1, 16)
    return heal_integer(value, kind, number_format, low=1, high=16)


def heal_year(value: object, kind: str, number_format: str, *, use: DayUse, today: date) -> Healed:
    """A year, yyyy. A year of two digits is completed where only one century makes sense for `use`.
    Raises CannotHeal; asked where none does, or a whole day is told."""
    text = _year_text(value, kind, number_format)
    if not text:
        return Healed("")
    found = _YEAR.fullmatch(text)
    if not found:
        raise CannotHeal(f"“{str(value)[:40]}” không phải năm.", "Ghi năm, ví dụ 2022.")
    healed = settle(read_day(f"nam {found[1]}"), use, today)
    is_bare = kind == "number" or str(value).strip() == healed.value
    return Healed(healed.value) if is_bare and len(found[1]) == 4 else healed


def _year_text(value: object, kind: str, number_format: str) -> str:
    if kind == "date" and isinstance(value, date):
        serial = (date(value.year, value.month, value.day) - EXCEL_ZERO).days
        if 1900 <= serial <= 2100:  # a year typed into a date cell
            return f"nam {serial}"
        shown = "y" if shown_parts(number_format) == "y" else as_shown(value, number_format)
        return f"nam {value.year}" if shown == "y" else shown
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    plain = plain_letters(str(value)).strip(" \t\n'\"`’.,-–…:/")
    return _THOUSAND_YEAR.sub(r"\1\2", plain) if _THOUSAND_YEAR.fullmatch(plain) else plain
