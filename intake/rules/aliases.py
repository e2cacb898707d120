"""Posts as offices write them: "PBT TT Đảng ủy", "ĐC-NN-XD&MT", "Bí thư kiêm CT HĐND". Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rapidfuzz import fuzz, process

from daitu_portal.text import clean
from intake.rules.post_names import EITHER, OPEN, meant_codes, post_spellings, typo_of
from intake.rules.repairs import CannotHeal, Healed, RepairKind
from intake.rules.spellings import flat, side_words, spelling_key, words_of

_TITLE = re.compile(r"^(?:đ/c|đồng\s+chí|ông|bà)\s+", re.IGNORECASE)
_DISTRICT = re.compile(
    r"[\s,(–-]*(?:huyen\s+|h\.?\s+)?dai\s+tu(?:[\s,–-]*(?:tinh\s+|t\.\s*)?thai\s+nguyen)?[\s).]*$"
)
_BREAK = re.compile(r"[,;+/()–-]")
_AND = frozenset({"kiem", "kiemnhiem", "nhiem", "va", "dongthoi"})
# A seat on a committee is no post: it says nothing here.
_SEAT = "seat on a committee"
_MOST_BEFORE = 6
_MOST_UNIT_WORDS = 5
_MOST_WORDS = 40
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a cell, and whether a comma, a dash, "kiêm" stands before it."""

    key: str
    is_after_break: bool


Names = tuple[tuple[str, str], ...]


def post_codes(text: str, *, posts: Mapping[str, str], commune_kind: str = "") -> list[Healed]:
    """The codes of all posts that `text` names, in its order; none where it is blank. `posts`:
    {name: code} of the catalogue on the day, names of any spelling; `commune_kind`: "xa",
    "thi_tran", or "" where it is not known.

    Raises CannotHeal, as a question, where any part of it is not surely a post.
    """
    bare = clean(text.replace("\n", " , "))
    if not spelling_key(bare):
        return []
    if bare in posts or bare in posts.values():
        return [Healed(posts.get(bare, bare))]
    names = tuple((spelling_key(name), code) for name, code in posts.items())
    return [Healed(code, (RepairKind.POST,)) for code in _codes(bare, names, commune_kind)]


@lru_cache(maxsize=4096)
def _codes(text: str, posts: Names, commune_kind: str) -> tuple[str, ...]:
    names = dict(posts)
    bare = _TITLE.sub("", text)
    bare = bare[: len(_DISTRICT.sub("", flat(bare)))]
    told: set[tuple[str, ...]] = set()
    for reading in _readings(_parts(bare), names):
        codes = [meant_codes(meaning, names.values(), commune_kind) for meaning in reading]
        told.add(tuple(dict.fromkeys(chain(*codes))) if all(codes) else ())
    if len(told) != 1 or not (found := told.pop()):
        raise _question(text, names)
    return found


def _parts(text: str) -> list[_Part]:
    parts: list[_Part] = []
    end, is_after_break = 0, False
    for word in words_of(text):
        is_after_break = is_after_break or bool(_BREAK.search(text[end : word.start]))
        end = word.end
        if word.key in _AND and word.key != "va":
            is_after_break = True
            continue
        parts.append(_Part(word.key, is_after_break))
        is_after_break = False
    return parts


def _readings(parts: Sequence[_Part], names: dict[str, str]) -> set[tuple[str, ...]]:
    """The meanings of the words, by all ways to cut them at their breaks into known pieces."""
    read: dict[int, set[tuple[str, ...]]] = {0: {()}}
    for end in _ends(parts):
        found: set[tuple[str, ...]] = set()
        for start, before in read.items():
            piece = parts[start + _is_and(parts, start) : end]
            meaning = _meaning(piece, names) if piece else None
            if meaning is not None:
                found |= {(*each, meaning) if meaning else each for each in before}
        if found:
            read[end] = found
    if len(parts) in read and len(parts) <= _MOST_WORDS:
        return read[len(parts)]
    typo = typo_of("".join(part.key for part in parts), names)
    return {(typo,)} if typo else set()


def _ends(parts: Sequence[_Part]) -> list[int]:
    """Where a piece may end: before a break, before "và", at the end."""
    inner = range(1, len(parts))
    ends = [at for at in inner if parts[at].is_after_break or _is_and(parts, at)]
    return [*ends, len(parts)]


def _is_and(parts: Sequence[_Part], at: int) -> bool:
    return at > 0 and parts[at].key == "va"


def _meaning(piece: Sequence[_Part], names: dict[str, str]) -> str | None:
    """What one piece means: a code or more, "" for a seat on a committee, None if unknown."""
    if "".join(part.key for part in piece) in side_words(_SEAT):
        return ""
    before = side_words(_SEAT) | side_words("before a post")
    for skipped in range(min(_MOST_BEFORE, len(piece) - 1) + 1):
        if skipped and "".join(part.key for part in piece[:skipped]) not in before:
            continue
        found = _named(piece[skipped:], names)
        if found:
            return None if found == OPEN else found
    return None


def _named(piece: Sequence[_Part], names: dict[str, str]) -> str:
    """The meaning of a piece that may end with the unit: "CT UBND xã Tân Thái"; "" if none."""
    spellings = post_spellings()
    for end in range(len(piece), 0, -1):
        tail = piece[end:]
        if tail and not _is_unit(tail, piece[end - 1]):
            continue
        key = "".join(part.key for part in piece[:end])
        found = spellings.get(key, "")
        found = found if EITHER in found else names.get(key, found)
        if found:
            return found
    return ""


def _is_unit(tail: Sequence[_Part], before: _Part) -> bool:
    """Whether words may name the unit: "xã", "xã Tân Thái", or the name after "… xã"."""
    is_one_name = len(tail) <= _MOST_UNIT_WORDS and not any(p.is_after_break for p in tail[1:])
    words = tail[1:] if tail[0].key == "ubnd" else tail
    is_named = bool(words) and words[0].key in side_words("unit")
    return is_one_name and (is_named or before.key in side_words("unit"))


def _question(text: str, names: Mapping[str, str]) -> CannotHeal:
    ranked = process.extract(
        spelling_key(text), list(names), scorer=fuzz.WRatio, processor=spelling_key, limit=_NEAREST
    )
    near = "; ".join(dict.fromkeys(names[name] for name, _, _ in ranked))
    return CannotHeal(
        f"Không rõ chức danh: “{clean(text)}”.", f"Chọn chức danh, gần nhất là {near}.",
        is_question=True,
    )  # fmt: skip
