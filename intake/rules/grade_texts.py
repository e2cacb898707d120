"""Heals the code of a grade (ngạch): 1.003, 1003 and 01,003 are 01.003. Pure."""

import re
from collections.abc import Collection
from decimal import Decimal

from intake.rules.repairs import CannotHeal, Healed, RepairKind

_REMEDY = "Ghi mã ngạch như 01.003, ô định dạng Text."
_CODE = re.compile(r"(\d{2}[a-c]?)\.([a-c]?\d{3})")
_LOOSE = re.compile(r"(\d{1,2}[a-c]?)\s*[.,\s\-_]\s*([a-c]?\d{3})", re.I)
_COMPACT = re.compile(r"(\d{1,2})(\d{3})")
_NEW = re.compile(r"V[\s.,]*(\d{1,2})[\s.,]+(\d{1,2})[\s.,]+(\d{1,2})", re.I)
_INSIDE = re.compile(r"(?<![\d.,])(?:\d{2}[a-c]?\.[a-c]?\d{3}|V\.\d{2}\.\d{2}\.\d{2})(?![\d.,])")
_GROUPS = range(1, 25)  # administration, accounting … (QĐ 78/2004/QĐ-BNV)
_NUMBERS = 400  # no group has as many grades
_LETTERS = str.maketrans("OoIl", "0011")


def heal_grade_code(
    value: object, kind: str, number_format: str, *, known: Collection[str]
) -> Healed:
    """The code of a grade in its one form: 01.003, V.07.01.03. `known` are the codes of the
    catalogue; others are taken where they are written out. Raises CannotHeal; asked where digits
    are missing (1.01 may be 01.010) and no known code has them so."""
    if kind == "number" and isinstance(value, int | float) and 0 < value < 100_000:
        return _of_number(Decimal(str(value)), known)
    if kind != "text" or not isinstance(value, str):
        raise _no_code(value)
    text = value.strip(" \t\n'\"`’‘.,;:")
    if not text.strip("-–…"):
        return Healed("")
    if text in known or _CODE.fullmatch(text):
        return Healed(text) if text == value.strip() else Healed(text, (RepairKind.GRADE_CODE,))
    code = _of_text(text, known)
    return Healed(code, () if code == value.strip() else (RepairKind.GRADE_CODE,))


def _of_number(number: Decimal, known: Collection[str]) -> Healed:
    """1.003 and 1003; a last zero is lost in a number, so 1.01 must be known as 01.010."""
    whole, _, decimals = f"{number:f}".removesuffix(".0").partition(".")
    if not decimals:
        return Healed(_of_text(whole, known), (RepairKind.GRADE_CODE,))
    if len(decimals) > 3 or len(whole) > 2:
        raise _no_code(number)
    code = _built(whole, decimals.ljust(3, "0"), known, is_whole=len(decimals) == 3)
    return Healed(code, (RepairKind.GRADE_CODE,))


def _of_text(text: str, known: Collection[str]) -> str:
    if found := _NEW.fullmatch(text):
        return "V." + ".".join(part.zfill(2) for part in found.groups())
    if any(letter.isdigit() for letter in text) and len(text) <= 7:
        text = text.translate(_LETTERS)
    if found := _LOOSE.fullmatch(text):
        return _built(found[1], found[2], known, is_whole=True)
    if found := _COMPACT.fullmatch(text):
        return _built(found[1], found[2], known, is_whole=len(text) == 5)
    inside: list[str] = _INSIDE.findall(text)
    if len(inside) != 1:
        raise _no_code(text)
    return inside[0]


def _built(group: str, number: str, known: Collection[str], *, is_whole: bool) -> str:
    """The code of a group and a number. One that is not known is believed where it `is_whole`:
    written with its dot, or with all five digits."""
    letter = "" if group[-1].isdigit() else group[-1].lower()
    tens = int(group.rstrip("abcABC"))
    code = f"{tens:02d}{letter}.{number.lower()}"
    if code in known or (is_whole and tens in _GROUPS and int(number[-3:]) < _NUMBERS):
        return code
    raise CannotHeal(f"Không rõ có phải mã ngạch {code}.", _REMEDY, is_question=True)


def _no_code(value: object) -> CannotHeal:
    return CannotHeal(f"“{str(value)[:40]}” không phải mã ngạch.", _REMEDY)
