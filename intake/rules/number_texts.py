"""Heals numbers that count or measure: coefficients, percents, steps, years. Pure."""

import re
from datetime import date
from decimal import Decimal

from daitu_portal.numbers import AmbiguousNumber, decimal_of
from intake.rules.day_columns import shown_parts
from intake.rules.day_reading import EXCEL_ZERO, plain_letters
from intake.rules.day_uses import DayUse, Told, settle
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
    """A number with a comma, from `low` to `high`: 2,34; 5 where 5 % is shown.

    Raises CannotHeal; asked: 1.800, which may have thousands or decimals, and 234 where only 2,34
    would be in range.
    """
    if kind == "number" and isinstance(value, int | float) and abs(value) < 1e12:
        number = Decimal(str(round(value, 6)))
        if "%" in number_format:
            return _in_range(number * 100, (RepairKind.DECIMAL,), low, high)
        return _in_range(number, (), low, high)
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
    mended = bare.translate(_LETTERS)
    if not _NUMERIC.fullmatch(bare) or mended == text.strip():
        raise CannotHeal(f"“{text[:40]}” không phải số.", _TWO_DECIMALS)
    number, _ = _decimal_text(mended)
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
    if kind == "number" and isinstance(value, int | float):
        return _whole_number(value, number_format, low, high)
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


def _whole_number(value: int | float, number_format: str, low: int, high: int) -> Healed:
    if "%" in number_format:
        value = round(value * 100, 6)
    if value != value // 1:
        raise CannotHeal(f"{value} không phải số nguyên.", _WHOLE)
    return _whole(int(value), (RepairKind.DECIMAL,) if "%" in number_format else (), low, high)


def _whole(number: int, repairs: tuple[RepairKind, ...], low: int, high: int) -> Healed:
    if not low <= number <= high:
        raise CannotHeal(f"{number} không nằm trong khoảng {low}–{high}.", _WHOLE)
    return Healed(str(number), repairs)


def heal_step(value: object, kind: str, number_format: str) -> Healed:
    """The step of a salary scale, 1 to 16: 3, "bậc 3", "3/9" (of nine), also where Excel made a day
    of 3/9. Raises CannotHeal."""
    if kind == "date" and isinstance(value, date) and shown_parts(number_format) == "dm":
        step = min(value.day, value.month)  # the third of nine, in whatever order Excel took it
        return Healed(str(step), (RepairKind.RATIO_DATE,))
    if isinstance(value, str) and (found := _STEP.fullmatch(plain_letters(value).strip(" .'"))):
        if int(found[1]) > int(found[2]):
            raise CannotHeal(f"{value.strip()}: bậc lớn hơn số bậc của ngạch.", _WHOLE)
        return _whole(int(found[1]), (RepairKind.DIGITS,), 1, 16)
    return heal_integer(value, kind, number_format, low=1, high=16)


def heal_year(value: object, kind: str, number_format: str, *, use: DayUse, today: date) -> Healed:
    """A year, yyyy. A year of two digits is completed where only one century makes sense for `use`.
    Raises CannotHeal; asked where none does."""
    if kind == "date" and isinstance(value, date):
        return _year_of_date(value, number_format, use, today)
    text = _year_text(value)
    if not text:
        return Healed("")
    found = _YEAR.fullmatch(text)
    if not found:
        raise CannotHeal(f"“{str(value)[:40]}” không phải năm.", "Ghi năm, ví dụ 2022.")
    is_bare = kind == "number" or str(value).strip() == found[1]
    repair = None if is_bare else RepairKind.DATE_TEXT
    return settle((Told(0, 0, int(found[1]), len(found[1]) == 2, repair),), use, today)


def _year_of_date(day: date, number_format: str, use: DayUse, today: date) -> Healed:
    serial = (date(day.year, day.month, day.day) - EXCEL_ZERO).days
    if 1900 <= serial <= 2100:  # a year typed into a date cell
        return settle((Told(0, 0, serial, repair=RepairKind.DATE_SERIAL),), use, today)
    if shown_parts(number_format) == "y":
        return settle((Told(0, 0, day.year, repair=None),), use, today)
    raise CannotHeal(f"{day:%d/%m/%Y} là cả một ngày, không phải năm.", "Ghi năm, ví dụ 2022.")


def _year_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    plain = plain_letters(str(value)).strip(" \t\n'\"`’.,-–…:/")
    return _THOUSAND_YEAR.sub(r"\1\2", plain) if _THOUSAND_YEAR.fullmatch(plain) else plain
