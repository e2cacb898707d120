"""What the headers over a column mean by their words alone. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from intake.rules import group_words as groups
from intake.rules.header_words import (
    AGES,
    TARGETS,
    UNSUPPORTED,
    is_long_name,
    key,
    target_of,
    without_notes,
)

EXACT, NEARLY, SQUEEZED, TYPO, UNSURE = 1.0, 0.95, 0.9, 0.8, 0.6
_NOTHING: Mapping[str, str] = MappingProxyType({})

# Words that say whose column it is, which all of a list's columns are.
_FILLERS = re.compile(
    r"\b(?:hien nay|hien tai|cua can bo cong chuc|can bo cong chuc|cbcc|cua can bo|cua cong chuc|"
    r"cap xa|neu co|ghi ro|ghi cu the|theo bang|theo ho so|dd mm yyyy|can bo|cong chuc)\b"
)
_YEAR = re.compile(r"\b(?:nam )?(20\d\d)\b")
_LEAST_LETTERS = 6  # a shorter header is not compared loosely


@dataclass(frozen=True, slots=True)
class Reading:
    """What a header names: a target code, None where nothing is known, and how surely (0..1).

    `given`: what the header itself tells of each row, by target code.
    """

    target: str | None
    confidence: float = 0.0
    why: str = ""
    is_question: bool = False
    given: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


UNKNOWN = Reading(None, why="Chưa biết tiêu đề này")
_UNSUPPORTED = Reading(None, why="Danh sách chưa có chỗ nhận cột này")
_FOREIGN = Reading(None, why="Cột không nói về người của dòng ở thời điểm hiện tại")


def variants(text: str) -> Iterator[tuple[str, float]]:
    """The keys by which a header may be known, with what each costs of confidence."""
    whole, bare = key(text), key(without_notes(text))
    plain = " ".join(_FILLERS.sub(" ", bare).split())
    yield whole, EXACT
    yield bare, EXACT
    yield re.sub(r"^\d+ | \d+$", "", bare), NEARLY
    yield plain, NEARLY


def read_headers(path: tuple[str, ...], beside: Collection[tuple[str, ...]] = ()) -> Reading:
    """What the headers over a column mean. `beside`: the paths of the other columns, by which
    “Nam” under “Ngày sinh” is told from “Năm”."""
    if not path:
        return Reading(None, why="Cột không có tiêu đề")
    found = _read_path(path, beside)
    if found is UNKNOWN and len(path) == 1:
        found = next(
            (r for p in groups.parted(path[0]) if (r := _read_path(p, beside)).target), found
        )
    return found


def _read_path(path: tuple[str, ...], beside: Collection[tuple[str, ...]]) -> Reading:
    above = [{k for k, _ in variants(text)} for text in path[:-1]]
    if any(each & groups.FOREIGN for each in above):
        return _FOREIGN
    if any(each & groups.DERIVED for each in above):
        return Reading("info", EXACT, "Số liệu tính ra, không đọc")
    inner = _under_groups(path, above, beside)
    if inner:
        return inner
    whole = TARGETS.get(key(" ".join(path)))
    if whole and len(path) > 1:
        return Reading(whole, NEARLY, "Đúng tiêu đề")
    found = _single(path[-1])
    return found if found.target is None else _weighed(found, path, above, beside)


def _under_groups(
    path: tuple[str, ...], above: list[set[str]], beside: Collection[tuple[str, ...]]
) -> Reading | None:
    leaf = path[-1]
    for each in reversed(above):
        strand = next((groups.STRANDS[k] for k in each if k in groups.STRANDS), None)
        if strand:
            return _of_strand(strand, leaf) or _nested(leaf)
        domain = next((groups.DOMAIN_OF[k] for k in each if k in groups.DOMAIN_OF), None)
        found = _of_domain(domain, path, beside) if domain else None
        if found:
            return found
    return None


def _nested(leaf: str) -> Reading | None:
    """“Ngoại ngữ > Tiếng Anh”: a strand below a strand; other known headers stand on their own,
    those of posts only where they say that they are."""
    found = _single(leaf)
    is_nested = "." in (found.target or "") and not (found.target or "").startswith("holding.")
    return found if is_nested else _strong(found, leaf)


def _of_strand(strand: str, leaf: str) -> Reading | None:
    why = "Mức trình độ"
    for each, cost in variants(leaf):
        rank = groups.LEVELS[strand].get(each)
        if rank is not None:
            return Reading(f"mark.{strand}.{rank}", cost, why)
        lowest = groups.LOWEST_LEVELS.get(strand, {}).get(each)
        if lowest is not None:
            return Reading(f"mark.{strand}.{lowest}", UNSURE, f"{why} thấp nhất của cột gộp", True)
        part = groups.PARTS.get(each)
        if part:
            return Reading(f"{strand}.{part}", cost, "Nội dung của văn bằng")
        if groups.STRANDS.get(each) == strand:
            return Reading(f"{strand}.text", cost, "Nội dung trình độ")
    return None


def _of_domain(
    domain: str, path: tuple[str, ...], beside: Collection[tuple[str, ...]]
) -> Reading | None:
    leaf = path[-1]
    if domain in ("council", "committee"):
        return _UNSUPPORTED
    if domain == "rating" and (year := _YEAR.fullmatch(key(leaf))):
        return _rated(year[1])
    if domain == "born" and key(leaf) == "nam":
        return Reading(_male_or_year(path, beside), EXACT, "Ngày sinh chia cột")
    if domain == "born" and key(leaf) == "tuoi":
        return Reading("info", EXACT, "Số liệu tính ra, không đọc")
    leaves = groups.DOMAIN_LEAVES[domain]
    found = next(((leaves[k], cost) for k, cost in variants(leaf) if k in leaves), None)
    return Reading(*found, "Đúng tiêu đề dưới nhóm") if found else None


def _male_or_year(path: tuple[str, ...], beside: Collection[tuple[str, ...]]) -> str:
    """“Năm” is a year; “NAM” is one where a column of days or months stands in the same group."""
    siblings = {key(p[-1]) for p in beside if p and p[:-1] == path[:-1] and p != path}
    is_year = "ă" in path[-1].lower() or siblings & {"thang", "ngay"}
    return "born.year" if is_year else "born.male"


def _rated(year: str) -> Reading:
    given = MappingProxyType({"rating.year": year})
    return Reading("rating.level", EXACT, f"Xếp loại năm {year}", given=given)


def _weighed(
    found: Reading,
    path: tuple[str, ...],
    above: list[set[str]],
    beside: Collection[tuple[str, ...]],
) -> Reading:
    """A header that is known by itself, below groups: sure below neutral ones, and below those that
    hold the name of the person too; else somebody must say."""
    named = {p[:-1] for p in beside if p and TARGETS.get(key(p[-1])) == "full_name"}
    if all(each & groups.NEUTRAL for each in above) or path[:-1] in named:
        return found
    if any(each & set(groups.DOMAIN_OF) for each in above):
        return _strong(found, path[-1]) or UNKNOWN
    told = f"{found.why}; chưa biết nhóm “{path[0]}”"
    return Reading(found.target, UNSURE, told, True, found.given)


def _strong(found: Reading, leaf: str) -> Reading | None:
    """A header that means the same under whatever group: long, and no part of any group."""
    used = any(key(leaf) in leaves for leaves in groups.DOMAIN_LEAVES.values())
    is_long = len(key(leaf).split()) > 1
    return found if found.target and is_long and not used else None


@lru_cache(maxsize=2048)
def _single(leaf: str) -> Reading:
    """What a header means by itself."""
    dated = _with_year(leaf)
    if dated:
        return dated
    for each, cost in variants(leaf):
        found = _exact(each, cost)
        if found:
            return found
    target = target_of(leaf) or target_of(without_notes(leaf))
    if target:
        return Reading(target, SQUEEZED, "Đúng tiêu đề, khác dấu cách")
    if is_long_name(leaf):
        return Reading("full_name", TYPO, "Bắt đầu bằng “Họ và tên”")
    return _split_strand(key(leaf)) or _loosely(key(without_notes(leaf)))


def _exact(each: str, cost: float) -> Reading | None:
    if each in TARGETS:
        return Reading(TARGETS[each], cost, "Đúng tiêu đề")
    if each in groups.STRANDS:
        return Reading(f"{groups.STRANDS[each]}.text", cost, "Nội dung trình độ")
    if each in groups.LONE_PARTS:
        return Reading(f"professional.{groups.PARTS[each]}", cost, "Nội dung của văn bằng")
    if each in groups.DERIVED or AGES.match(each):
        return Reading("info", cost, "Số liệu tính ra, không đọc")
    return _UNSUPPORTED if each in UNSUPPORTED else None


def _with_year(leaf: str) -> Reading | None:
    """“Xếp loại năm 2022”."""
    year = _YEAR.search(key(leaf))
    bare = " ".join(_YEAR.sub(" ", key(leaf)).split())
    return _rated(year[1]) if year and TARGETS.get(bare) == "rating.level" else None


def _split_strand(whole: str) -> Reading | None:
    """“LLCT: ngày cấp”, “Trình độ chuyên môn đại học”: the strand and its part in one header."""
    words = whole.split()
    for at in range(len(words) - 1, 0, -1):
        strand = groups.STRANDS.get(" ".join(words[:at]))
        found = _of_strand(strand, " ".join(words[at:])) if strand else None
        if found:
            return found
    return None


_KNOWN: Mapping[str, str | None] = MappingProxyType({
    **dict.fromkeys(UNSUPPORTED), **TARGETS, **{k: f"{s}.text" for k, s in groups.STRANDS.items()},
})  # fmt: skip
_TOKENS = frozenset(word for each in _KNOWN for word in each.split())


def _loosely(whole: str) -> Reading:
    """A header with a letter or two mistyped. Never where the mistyped word is itself a
    word of headers: “Ngày vào Đoàn” is not “Ngày vào Đảng”."""
    if len(whole) < _LEAST_LETTERS:
        return UNKNOWN
    near = process.extract(
        whole, _KNOWN.keys(), scorer=Levenshtein.distance, score_cutoff=_slips(whole)
    )
    fitting = {_KNOWN[known] for known, _, _ in near if _is_slip(whole, known)}
    if len(fitting) != 1:
        return UNKNOWN
    target = fitting.pop()
    return Reading(target, TYPO, "Gần giống tiêu đề đã biết") if target else _UNSUPPORTED


def _slips(whole: str) -> int:
    return 2 if len(whole) >= 12 else 1


def _is_slip(whole: str, known: str) -> bool:
    mine, theirs = whole.split(), known.split()
    if len(mine) != len(theirs):
        return False
    differing = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    return all(a not in _TOKENS and len(b) > 2 for a, b in differing)
