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
    return Healed(_of_text(text, known), (RepairKind.GRADE_CODE,))


def _of_number(number: Decimal, known: Collection[str]) -> Healed:
    """1.003 and 1003; a last zero is lost in a number, so 1.01 must be known as 01.010."""
    whole, _, decimals = f"{number:f}".removesuffix(".0").partition(".")
    if not decimals:
        return Healed(_of_text(whole, known), (RepairKind.GRADE_CODE,))
    code = f"{int(whole):02d}.{decimals.ljust(3, '0')}"
    if code in known or (len(decimals) == 3 and int(whole) in _GROUPS):
        return Healed(code, (RepairKind.GRADE_CODE,))
    raise CannotHeal(f"Không rõ {number} có phải mã ngạch {code}.", _REMEDY, is_question=True)


def _of_text(text: str, known: Collection[str]) -> str:
    if found := _NEW.fullmatch(text):
        return "V." + ".".join(part.zfill(2) for part in found.groups())
    if any(letter.isdigit() for letter in text) and len(text) <= 7:
        text = text.translate(_LETTERS)
    if found := _LOOSE.fullmatch(text) or _COMPACT.fullmatch(text):
        return _built(found[1], found[2], known)
    inside = set(_INSIDE.findall(text))
    if len(inside) != 1:
        raise _no_code(text)
    return inside.pop()


def _built(group: str, number: str, known: Collection[str]) -> str:
    group = group.lower() if group[-1].isalpha() else group.zfill(2)
    code = f"{group.zfill(3) if group[-1].isalpha() else group}.{number.lower()}"
    if code in known or int(re.sub(r"\D", "", group)) in _GROUPS:
        return code
    raise CannotHeal(f"Không có mã ngạch {code}.", _REMEDY, is_question=True)


def _no_code(value: object) -> CannotHeal:
    return CannotHeal(f"“{str(value)[:40]}” không phải mã ngạch.", _REMEDY)
