"""Communes as offices write them: "X. Tân Thái", "UBND TT Hùng Sơn, Đại Từ", 5761. Pure."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from daitu_portal.text import clean
from intake.rules.repairs import CannotHeal, Healed, RepairKind
from intake.rules.spellings import flat, spelling_key

_TOWN, _COMMUNE = "thi tran", "xa"
_KIND_WORDS = {
    "thi tran": _TOWN, "t tran": _TOWN, "thi tr": _TOWN, "t t": _TOWN, "tt": _TOWN, "ttr": _TOWN,
    "xa": _COMMUNE, "x": _COMMUNE,
}  # fmt: skip
_KIND = re.compile(f"(?:.* )?({'|'.join(_KIND_WORDS)}) (.+)")
_BODY = re.compile(
    r"(?:ubnd|uy ban nhan dan|dang uy|dang bo|hdnd|hoi dong nhan dan|van phong|mttq|du) (?=.)"
)
_DISTRICT = re.compile(
    r" (?:huyen |h )?dai tu(?: (?:tinh |t )?(?:thai nguyen|tn))?$| (?:tinh |t )thai nguyen$"
)
_CODE = re.compile(r"0?(\d{4})(?:\.0+)?")
_CODE_DIGITS = 5
_NEAREST = 3
Units = tuple[tuple[str, tuple[str, ...]], ...]


def commune_code(text: str, *, units: Mapping[str, Collection[str]]) -> Healed:
    """The code of the commune that `text` names; "" where it is blank. `units`: {full name, of any
    spelling: its codes on the day}, as {"Xã Tân Thái": ["05827"]}. The kind decides between units
    of one name (thị trấn and xã Quân Chu) where the words tell it.

    Raises CannotHeal, as a question, for a name that no unit of the day has, or several have.
    """
    told = clean(text)
    if not spelling_key(told):
        return Healed("")
    known = tuple((name, tuple(sorted(set(codes)))) for name, codes in units.items())
    code = _code(told, known)
    return Healed(code, () if told == code else (RepairKind.COMMUNE,))


@lru_cache(maxsize=4096)
def _code(told: str, units: Units) -> str:
    number = _CODE.fullmatch(told.replace(" ", ""))
    if number:
        found = {code for _, codes in units for code in codes} & {number[1].zfill(_CODE_DIGITS)}
    else:
        found = _named(_bare(told), units)
    if len(found) == 1:
        return found.pop()
    raise _question(told, units, is_known=bool(found))


def _named(name: str, units: Units) -> set[str]:
    """The codes of the units that bear the name; those of its kind, where it tells one."""
    for wanted in (name, _DISTRICT.sub("", name)):
        kind, short = _kind_and_short(_BODY.sub("", wanted))
        found = {
            code
            for full, codes in units
            for code in codes
            if _is_named(_kind_and_short(_bare(full)), kind, short)
        }
        if found:
            return found
    return set()


def _is_named(unit: tuple[str, str], kind: str, short: str) -> bool:
    return spelling_key(unit[1]) == spelling_key(short) and kind in ("", unit[0] or kind)


def _kind_and_short(name: str) -> tuple[str, str]:
    """("thi tran", "hung son") of "tt hung son"; no kind where none is told."""
    found = _KIND.fullmatch(name)
    return (_KIND_WORDS[found[1]], found[2]) if found else ("", name)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", flat(text)).split())


def _question(told: str, units: Units, *, is_known: bool) -> CannotHeal:
    names = [full for full, _ in units]
    ranked = process.extract(
        spelling_key(told), names, scorer=fuzz.WRatio, processor=spelling_key, limit=_NEAREST
    )
    near = "; ".join(name for name, _, _ in ranked)
    why = "Có hai đơn vị cùng tên" if is_known else "Không có đơn vị này vào ngày tính"
    return CannotHeal(f"{why}: “{told}”.", f"Chọn một trong: {near}.", is_question=True)
