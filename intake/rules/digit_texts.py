"""Heals numbers that name something: identity papers, telephones, social insurance. Pure."""

import re
from decimal import Decimal
from typing import NamedTuple

from intake.rules.day_reading import plain_letters
from intake.rules.identity_digits import said_by
from intake.rules.repairs import NOTHING_WORDS, CannotHeal, Healed, RepairKind

PROVINCES = range(1, 97)  # codes of provinces on the CCCD: 001 to 096 (TT 07/2016/TT-BCA)
_TYPE_ALL = "Gõ đủ các chữ số; ô định dạng Text để giữ số 0 ở đầu."
_LETTERS = str.maketrans("OoQlI|", "000111")
_GAPS = re.compile(r"[\s.…,\-–()'’‘`\"_]+")
_LABEL = re.compile(
    r"^\s*(?:(?:số|so|cccd|cmnd|cmt|cc|đt|dt|sđt|sdt|tel|đtdđ|bhxh|sổ)\b[\s:.]*)+", re.I
)
_DIGITS_AND_LETTERS = re.compile(r"[0-9OoQlI|]+")
_SCIENTIFIC = re.compile(r"([0-9])[.,]([0-9]+)E\+?([0-9]{1,2})", re.I)
_FLOAT_TAIL = re.compile(r"([1-9][0-9]{5,14})[.,]0{1,2}")  # of a number that a program wrote
_CUT_TAIL = re.compile(r"[0-9]{7,}[.,][0-9]{1,2}")
_NEARBY = re.compile(r"[2-7][0-9]{6}|[5-8][0-9]{5}")  # a landline without its area
_SEVERAL = re.compile(r"\s*(?:[/;,\n–-]|\bhoặc\b|\bvà\b)\s*", re.I)


class _Digits(NamedTuple):
    """The digits of a cell. `is_number`: Excel kept a number, which has no zeros in front."""

    digits: str
    repairs: tuple[RepairKind, ...]
    is_number: bool = False
    has_letters: bool = False


def heal_national_id(
    value: object,
    kind: str,
    number_format: str,
    *,
    sex: str = "",
    born_year: int | None = None,
) -> Healed:
    """The 12 digits of a CCCD, or the 9 of a CMND. `sex` is M, F or "" and `born_year` what else
    is known of the person: they are asked where digits were added or letters replaced.

    Raises CannotHeal: digits were lost, too few or too many; asked where a completed number does
    not fit the sex and year (NĐ 137/2015/NĐ-CP, art. 13; TT 07/2016/TT-BCA, art. 7).
    """
    if len(papers := _several(value, r"[0-9]{9}|[0-9]{12}")) > 1:
        raise _asked(f"Ô có {len(papers)} số: {', '.join(papers)}.", "Giữ lại một số.")
    found = _digits(value, kind)
    added = _lost_zeros(found)
    whole = added + found.digits
    if not whole:
        return Healed("", found.repairs)
    if len(whole) not in (9, 12):
        raise _wrong_length(found.digits, "CCCD có 12 chữ số, CMND có 9")
    is_seen = number_format.count("0") == len(whole) == 12  # shown whole to its sender
    if added or found.has_letters:
        _check_province(whole)
        if not is_seen:
            _check_person(whole, sex, born_year)
    if len(added) == 2 and not (born_year or is_seen):
        raise _asked(f"{found.digits} thiếu hai chữ số; có phải {whole}?")
    return _with_zeros(whole, bool(added), found.repairs)


def _lost_zeros(found: _Digits) -> str:
    """The zeros that a number lost in front. A CCCD always begins with one; a CMND need not, so
    that of a text with eight digits nobody knows which is missing."""
    if found.digits.startswith("0"):
        return ""
    if len(found.digits) == 8 and not found.is_number:
        raise _asked(f"Số {found.digits} thiếu một chữ số (CMND có 9).")
    return "0" * {11: 1, 10: 2, 8: 1}.get(len(found.digits), 0)


def _check_province(whole: str) -> None:
    if len(whole) == 12 and (int(whole[:3]) not in PROVINCES or whole[3] not in "0123"):
        raise _asked(f"Số {whole} không có mã tỉnh hoặc mã thế kỷ nào như vậy.")


def _check_person(whole: str, sex: str, born_year: int | None) -> None:
    """Raise CannotHeal where a completed number does not fit its person."""
    said = said_by(whole)
    if said is None:
        return
    if sex and said.sex != sex:
        raise _asked(f"Số {whole} không hợp với giới tính.")
    if born_year and said.year != born_year:
        raise _asked(f"Số {whole} không hợp với năm sinh {born_year}.")


def heal_phone(value: object, kind: str, number_format: str) -> Healed:
    """The digits of a Vietnamese telephone, with its leading zero and without +84. Raises
    CannotHeal; asked where a cell has several, or of an unusual length."""
    if len(numbers := _several(value, r"(?:\+?84|0)[0-9]{9,10}")) > 1:
        raise _asked(f"Ô có {len(numbers)} số: {', '.join(numbers)}.", "Giữ lại một số.")
    found = _digits(str(value).replace("+", "") if kind == "text" else value, kind)
    if not found.digits:
        return Healed("", found.repairs)
    healed = _phone(found)
    if healed is None:
        raise _wrong_length(found.digits, "Số di động có 10 chữ số, số cố định có 11")
    has_plus = isinstance(value, str) and "+" in value and not found.repairs
    return Healed(healed.value, healed.repairs or ((RepairKind.DIGITS,) if has_plus else ()))


def _phone(found: _Digits) -> Healed | None:
    digits = found.digits
    if digits.startswith("0") and not digits.startswith("00") and len(digits) in (10, 11):
        return Healed(digits, found.repairs)
    rest = re.sub(r"^(?:00)?840?", "", digits)
    if rest != digits and _is_local(rest):
        return Healed("0" + rest, (RepairKind.DIGITS,))
    if _is_local(digits):
        return _with_zeros("0" + digits, True, found.repairs)
    return Healed(digits, found.repairs) if _NEARBY.fullmatch(digits) else None


def _is_local(digits: str) -> bool:
    """Whether it is a telephone without its zero: mobile, landline with its area, old mobile."""
    return bool(re.fullmatch(r"[35789][0-9]{8}|2[0-9]{9}|1[0-9]{9}", digits))


def _several(value: object, number: str) -> list[str]:
    """The parts of a text if each is a number like the pattern `number`, without its gaps."""
    if not isinstance(value, str) or value.isdigit():
        return []
    parts = [_GAPS.sub("", _LABEL.sub("", part)) for part in _SEVERAL.split(value)]
    parts = [part for part in parts if part]
    return parts if all(re.fullmatch(number, part) for part in parts) else []


def heal_insurance_number(value: object, kind: str, number_format: str) -> Healed:
    """The 10 digits of a social insurance number (QĐ 595/QĐ-BHXH). Raises CannotHeal; asked where
    a text has one digit too few, which need not be a zero in front."""
    found = _digits(value, kind)
    if len(found.digits) in (0, 10):
        return Healed(found.digits, found.repairs)
    if len(found.digits) == 9 and found.is_number:
        return _with_zeros("0" + found.digits, True, found.repairs)
    if len(found.digits) in (8, 9):
        raise _asked(f"Số {found.digits} thiếu chữ số (mã số BHXH có 10).")
    raise _wrong_length(found.digits, "Mã số BHXH có 10 chữ số")


def _digits(value: object, kind: str) -> _Digits:
    """The digits of a cell. Raises CannotHeal where there is anything else, or digits were lost."""
    if kind == "number" and isinstance(value, int | float):
        if value != value or value < 0 or value > 1e15 or value != int(value):
            raise CannotHeal(f"{value} không phải dãy chữ số.", _TYPE_ALL)
        return _Digits(str(int(value)) if value else "", (), is_number=True)
    if kind != "text" or not isinstance(value, str):
        raise CannotHeal(f"“{str(value)[:40]}” không phải dãy chữ số.", _TYPE_ALL)
    text = value.strip()
    if text.isascii() and text.isdigit():
        return _Digits(text, ())
    return _calculated(text) or _spelled(text)


def _calculated(text: str) -> _Digits | None:
    """What a program wrote for a number: 1.9080000417E+10, 19080000417.0; None for other texts."""
    if found := _SCIENTIFIC.fullmatch(text):
        if len(found[2]) != int(found[3]):
            raise CannotHeal(f"{text} đã mất chữ số cuối.", _TYPE_ALL)
        return _Digits(found[1] + found[2], (RepairKind.DIGITS,), is_number=True)
    if found := _FLOAT_TAIL.fullmatch(text):
        return _Digits(str(int(Decimal(found[1]))), (RepairKind.DIGITS,), is_number=True)
    if _CUT_TAIL.fullmatch(text):
        raise CannotHeal(f"{text} không phải dãy chữ số.", _TYPE_ALL)
    return None


def _spelled(text: str) -> _Digits:
    bare = _GAPS.sub("", _LABEL.sub("", text))
    if not bare:
        return _Digits("", ())
    if plain_letters(text).strip(" .") in NOTHING_WORDS:
        return _Digits("", (RepairKind.WORD,))
    if not _DIGITS_AND_LETTERS.fullmatch(bare):
        raise CannotHeal(f"“{text[:40]}” không phải dãy chữ số.", _TYPE_ALL)
    digits = bare.translate(_LETTERS)
    return _Digits(digits, (RepairKind.DIGITS,), has_letters=digits != bare)


def _with_zeros(whole: str, has_added: bool, repairs: tuple[RepairKind, ...]) -> Healed:
    return Healed(whole, (*repairs, RepairKind.LOST_ZERO) if has_added else repairs)


def _wrong_length(digits: str, rule: str) -> CannotHeal:
    return CannotHeal(f"{digits} có {len(digits)} chữ số. {rule}.", _TYPE_ALL)


def _asked(message: str, remedy: str = _TYPE_ALL) -> CannotHeal:
    return CannotHeal(message, remedy, is_question=True)
