"""How two records may be of one person: what speaks for it and what against, weighed. Pure.

A name alone never makes two people one: a likeness needs the name and the birth, or a number.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from daitu_portal.dates import PartialDate
from daitu_portal.text import SOUNDS, clean, fold, sound_key, sound_of, text_sort_key


class Sign(StrEnum):
    """What two records have in common, or what tells them apart."""

    NUMBER_SAME = "number_same"
    NUMBER_NEAR = "number_near"
    PHONE = "phone"
    NAME = "name"
    NAME_PLAIN = "name_plain"
    NAME_SOUND = "name_sound"
    NAME_ORDER = "name_order"
    NAME_SHORTER = "name_shorter"
    BIRTH = "birth"
    BIRTH_MIXED = "birth_mixed"
    BIRTH_FITS = "birth_fits"
    BIRTH_YEAR = "birth_year"
    OTHER_BIRTH = "other_birth"
    OTHER_NUMBER = "other_number"
    OTHER_SEX = "other_sex"


# What each sign weighs, and what the office is told of it. 100 and more is taken for sure.
WEIGHTS: Mapping[Sign, tuple[int, str]] = {
    Sign.NUMBER_SAME: (70, "cùng số CCCD sau khi sửa lỗi gõ"),
    Sign.NUMBER_NEAR: (45, "số CCCD chỉ khác một chỗ"),
    Sign.PHONE: (30, "cùng số điện thoại"),
    Sign.NAME: (40, "cùng họ tên"),
    Sign.NAME_PLAIN: (35, "họ tên chỉ khác dấu"),
    Sign.NAME_SOUND: (30, "họ tên đọc gần như nhau"),
    Sign.NAME_ORDER: (28, "họ tên đảo thứ tự"),
    Sign.NAME_SHORTER: (25, "một bên thiếu chữ đệm"),
    Sign.BIRTH: (40, "cùng ngày sinh"),
    Sign.BIRTH_MIXED: (30, "ngày và tháng sinh đổi chỗ"),
    Sign.BIRTH_FITS: (22, "ngày sinh không mâu thuẫn (một bên chỉ ghi năm hoặc tháng)"),
    Sign.BIRTH_YEAR: (15, "cùng năm sinh"),
    Sign.OTHER_BIRTH: (-30, "khác năm sinh"),
    Sign.OTHER_NUMBER: (-25, "hai số CCCD khác hẳn nhau"),
    Sign.OTHER_SEX: (-20, "khác giới tính"),
}
_NAMES = {Sign.NAME, Sign.NAME_PLAIN, Sign.NAME_SOUND, Sign.NAME_ORDER, Sign.NAME_SHORTER}
_BIRTHS = {Sign.BIRTH, Sign.BIRTH_MIXED, Sign.BIRTH_FITS, Sign.BIRTH_YEAR}
_NUMBERS = {Sign.NUMBER_SAME, Sign.NUMBER_NEAR}
LIKELY, POSSIBLE, LEAST = 75, 50, 30  # what weighs less than the least is not worth a look
_LABELS = ((LIKELY, "Rất giống"), (POSSIBLE, "Giống"), (-1_000, "Hơi giống"))


@dataclass(frozen=True)
class Traits:
    """What of a person tells who it is. "" and None are unknown, and speak for nothing."""

    full_name: str
    born_on: PartialDate | None = None
    sex: str = ""
    national_id: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Likeness:
    """Why two records may be of one person: the signs with their words; the score of all."""

    signs: tuple[tuple[Sign, str], ...]

    @property
    def score(self) -> int:
        return sum(WEIGHTS[sign][0] for sign, _ in self.signs)

    @property
    def label(self) -> str:
        return next(words for least, words in _LABELS if self.score >= least)

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY

    @property
    def words(self) -> str:
        """All signs in one line, those for it first."""
        return "; ".join(words for _, words in self.signs)

    def has(self, sign: str) -> bool:
        return any(each == sign for each, _ in self.signs)


def likeness(one: Traits, other: Traits) -> Likeness | None:
    """How alike the two are; None where too little makes them one person: neither a number, nor a
    telephone, nor a name together with a birth that fits, or more that speaks against it."""
    signs = tuple((sign, words) for sign, words in _signs(one, other))
    told = {sign for sign, _ in signs}
    found = Likeness(signs)
    is_founded = told & (_NUMBERS | {Sign.PHONE}) or (told & _NAMES and told & _BIRTHS)
    return found if is_founded and found.score >= LEAST else None


def _signs(one: Traits, other: Traits) -> Iterator[tuple[Sign, str]]:
    found = [
        number_sign(one.national_id, other.national_id),
        *name_signs(one.full_name, other.full_name),
        birth_sign(one.born_on, other.born_on),
        Sign.PHONE if one.phone and one.phone == other.phone else None,
        Sign.OTHER_SEX if one.sex and other.sex and one.sex != other.sex else None,
    ]
    told = [(sign, WEIGHTS[sign][1]) for sign in found if sign is not None]
    for sign, words in sorted(told, key=lambda pair: -WEIGHTS[pair[0]][0]):
        why = confusions(one.full_name, other.full_name) if sign == Sign.NAME_SOUND else []
        yield sign, f"{words}: {', '.join(why)}" if why else words


# -- names ---------------------------------------------------------------------------------------
def name_signs(one: str, other: str) -> tuple[Sign, ...]:
    """How one name may be the other; empty where it may not."""
    if one == other != "":
        return (Sign.NAME,)
    plain = fold(one), fold(other)
    if plain[0] == plain[1] != "":  # Hoà is Hòa
        is_same = text_sort_key(one) == text_sort_key(other)
        return (Sign.NAME if is_same else Sign.NAME_PLAIN,)
    first, second = ([sound_of(word) for word in name.split()] for name in (one, other))
    if not first or not second:
        return ()
    if first == second:
        return (Sign.NAME_SOUND,)
    if sorted(first) == sorted(second):
        return (Sign.NAME_ORDER,)
    if _is_shorter(first, second) or _is_shorter(second, first):
        return (Sign.NAME_SHORTER,)
    return (Sign.NAME_ORDER,) if sound_key(one) == sound_key(other) else ()


def _is_shorter(short: list[str], long: list[str]) -> bool:
    """Whether middle parts of `long` are left out in `short`: surname and given name stand."""
    if not 2 <= len(short) < len(long) or (short[0], short[-1]) != (long[0], long[-1]):
        return False
    rest = iter(long)
    return all(sound in rest for sound in short)


def confusions(one: str, other: str) -> list[str]:
    """Which confusions of sounds explain that two names are written differently, each once."""
    found: list[str] = []
    for first, second in zip(one.split(), other.split(), strict=False):
        beginnings = _beginning(first), _beginning(second)
        why = next((w for written, _, w in SOUNDS if {*beginnings} <= {*written}), "")
        if beginnings[0] != beginnings[1] and why and why not in found:
            found.append(why)
        elif _differ_by_y(first, second) and "i và y đọc như nhau" not in found:
            found.append("i và y đọc như nhau")
    return found


def _beginning(word: str) -> str:
    bare = re.sub(r"[^a-z]", "", fold(clean(word).lower().replace("đ", "")))
    written = (each for row, _, _ in SOUNDS for each in row if bare.startswith(each))
    return max(written, key=len, default="")


def _differ_by_y(one: str, other: str) -> bool:
    first, second = fold(one), fold(other)
    return first != second and first.replace("y", "i") == second.replace("y", "i")


# -- births --------------------------------------------------------------------------------------
def birth_sign(one: PartialDate | None, other: PartialDate | None) -> Sign | None:
    """How two births fit, what is not known contradicting nothing; None where one is unknown."""
    if one is None or other is None:
        return None
    if one == other:
        return Sign.BIRTH if one.precision == "day" else Sign.BIRTH_FITS
    if one.earliest <= other.latest and other.earliest <= one.latest:
        return Sign.BIRTH_FITS
    if one.year != other.year:
        return Sign.OTHER_BIRTH
    return Sign.BIRTH_MIXED if _is_mixed(one, other) else Sign.BIRTH_YEAR


def _is_mixed(one: PartialDate, other: PartialDate) -> bool:
    """Whether day and month changed places, as American spreadsheets do."""
    if not one.precision == other.precision == "day":
        return False
    return (one.earliest.day, one.earliest.month) == (other.earliest.month, other.earliest.day)


# -- numbers -------------------------------------------------------------------------------------
_LOOKALIKES = str.maketrans("OoQDIlSsBZz", "00001155822")


def mended(number: str) -> str:
    """A CCCD number without what hands and spreadsheets do to it: letters for digits, spaces, a
    lost zero at the head. "" for none."""
    digits = re.sub(r"\D", "", number.translate(_LOOKALIKES))
    return digits.zfill(12) if len(digits) in (11, 12) else digits


def number_sign(one: str, other: str) -> Sign | None:
    """How two CCCD numbers differ; None where one is unknown, or one is an old CMND."""
    first, second = mended(one), mended(other)
    if not first or not second:
        return None
    if first == second:
        return Sign.NUMBER_SAME
    if len(first) != len(second):
        return None
    return Sign.NUMBER_NEAR if _is_slip(first, second) else Sign.OTHER_NUMBER


def _is_slip(one: str, other: str) -> bool:
    """Whether `other` is among `slips(one)`, without making them all."""
    apart = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) == 1:
        return True
    is_beside = len(apart) == 2 and apart[1] == apart[0] + 1
    return is_beside and one[apart[0] : apart[1] + 1] == other[apart[0] : apart[1] + 1][::-1]


def slips(number: str) -> frozenset[str]:
    """Numbers that differ from `number` by one slip of the hand: two neighbours in the wrong
    order, or one digit for another."""
    found = {
        number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        for at in range(len(number) - 1)
    }
    found |= {
        number[:at] + digit + number[at + 1 :]
        for at in range(len(number))
        for digit in "0123456789"
    }
    return frozenset(found - {number})
