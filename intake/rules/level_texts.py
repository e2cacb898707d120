"""Levels of qualification as old lists tell them: "ĐH Luật, TC LLCT; tin B". Pure."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from cadres.rules.levels import LEVELS, STRAND_LABELS, Strand
from daitu_portal.text import clean
from intake.rules.level_details import details_of
from intake.rules.level_items import items_of, matched
from intake.rules.level_words import OPEN, SURE, Match, level_words
from intake.rules.majors import is_major
from intake.rules.professions import level_last, profession, unglued
from intake.rules.repairs import CannotHeal, HealedParts, RepairKind
from intake.rules.schooling import has_grade, heal_grade
from intake.rules.spellings import Word, side_words, spelling_key, words_of

Told = tuple[tuple[Strand, HealedParts], ...]
_NOT_YET = re.compile(
    r"(?<!\w)đang(?!\w)|(?<!\w)dang\s+(?:theo\s+)?hoc|chưa\s+tốt\s+nghiệp|dở", re.I
)
_MOST_CHARACTERS = 300  # a longer cell is a story, not a list of levels
_NOTHING = re.compile(r"[\W_]*$")


def heal_level(strand: Strand, text: str) -> HealedParts:
    """The one level that a cell under the head of `strand` tells: {"rank": label, and where told
    "major", "field", "institution", "awarded_on", "study_form", "evidence_number", "language",
    "schooling"}. A blank cell and a dash tell nothing.

    Raises CannotHeal where the words are not known, tell several levels or another strand's.
    """
    told = heal_levels(text, strand)
    if len(told) > 1 or any(each is not strand for each, _ in told):
        raise CannotHeal(
            f"“{clean(text)}” không chỉ là {STRAND_LABELS[strand].lower()}.",
            "Chọn các mức trình độ mà ô này nói.",
            is_question=True,
        )
    return told[0][1] if told else HealedParts()


def heal_levels(text: str, strand: Strand | None = None) -> list[tuple[Strand, HealedParts]]:
    """All levels that a cell tells, in its order, each with its strand; `strand` is what the head
    of the column says, None where it says none. A level of another strand is taken only where its
    words leave no doubt.

    Raises CannotHeal, mostly as a question, where anything in the cell is not understood.

    >>> [(strand.value, parts.values["rank"]) for strand, parts in heal_levels("12/12; tin B")]
    [('general', 'THPT'), ('it', 'Chứng chỉ A, B, C')]
    """
    told = _heal(clean(text.replace("\n", " ; ")), strand)
    return [(each, HealedParts(dict(parts.values), parts.repairs)) for each, parts in told]


@lru_cache(maxsize=16_384)
def _heal(text: str, strand: Strand | None) -> Told:
    if _NOTHING.match(text):
        return ()
    if strand and text in LEVELS[strand]:
        return ((strand, HealedParts({"rank": text})),)
    if "?" in text or len(text) > _MOST_CHARACTERS or _NOT_YET.search(text):
        raise _unknown(text, strand)
    told: list[tuple[Strand, HealedParts]] = []
    items = items_of(text, strand)
    for item in items:
        found = _one(item, strand, is_alone=len(items) == 1)
        if found not in told:
            told.append(found)
    if _says_twice(told):
        raise _unknown(text, strand)
    return tuple(told)


def _says_twice(told: list[tuple[Strand, HealedParts]]) -> bool:
    """Whether one item may be the school of another: "ĐH Luật - ĐH Luật Hà Nội"."""
    degrees = [parts.values for strand, parts in told if strand is Strand.PROFESSIONAL]
    schools = [each["rank"] for each in degrees if "institution" in each and "major" not in each]
    return any(each["rank"] in schools for each in degrees if "institution" not in each)


def _one(item: str, strand: Strand | None, *, is_alone: bool) -> tuple[Strand, HealedParts]:
    if has_grade(item) and strand is not Strand.DEFENCE:
        return Strand.GENERAL, heal_grade(item)
    item = unglued(item)
    words = words_of(item)
    own = _own(item, words, strand, is_alone=is_alone) if strand else None
    others = _others(item, words, strand)
    if others and (own is None or others[0][0] > own[0]):
        return others[0][1], others[0][2]
    if own is None:
        raise _unknown(item, strand)
    return own[1], own[2]


_Found = tuple[int, Strand, HealedParts]


def _own(item: str, words: list[Word], strand: Strand, *, is_alone: bool) -> _Found | None:
    """What the item says as one of its column's strand, and how many words its level takes."""
    found = matched(strand, words)
    if found is None:
        parts = level_last(item, words) if strand is Strand.PROFESSIONAL else None
        return (len(words), strand, parts) if parts else None
    skipped, match = found
    if match.word.level == OPEN or _is_bare(words, strand, is_alone=is_alone):
        raise _unknown(item, strand)
    parts = _parts(item, words, skipped, match)
    return (skipped + match.length, strand, parts) if parts else None


def _is_bare(words: list[Word], strand: Strand, *, is_alone: bool) -> bool:
    """Whether two letters say too little: "CN" may be a worker, a "TC" among others political."""
    if strand is not Strand.PROFESSIONAL or len(words) > 1:
        return False
    return words[0].key == "cn" or (words[0].key == "tc" and not is_alone)


def _others(item: str, words: list[Word], strand: Strand | None) -> list[_Found]:
    """What the item surely says of a strand that its column does not name, the most words first.

    No two are of equally many words: no spelling is surely of two strands."""
    found = []
    for other in Strand:
        match = matched(other, words) if other is not strand else None
        if match and match[1].word.level != OPEN and _is_sure(item, words, match, strand):
            parts = _parts(item, words, *match)
            if parts:
                found.append((match[0] + match[1].length, other, parts))
    return sorted(found, key=lambda each: -each[0])


def _is_sure(item: str, words: list[Word], found: tuple[int, Match], strand: Strand | None) -> bool:
    """Whether these words are of the strand that they match although the head does not say it.
    Raises CannotHeal where they may be: "Cử nhân chính trị" under "Chuyên môn"."""
    skipped, match = found
    if match.strand is Strand.PROFESSIONAL:
        is_degree = match.word.sureness == SURE and strand in (None, Strand.GENERAL)
        return is_degree or is_major(details_of(_rest(item, words, found)).left)
    if strand is Strand.PROFESSIONAL and match.word.sureness == SURE - 1 and match.length > 1:
        raise _unknown(item, strand)
    return match.word.sureness >= (SURE if strand else SURE - 1)


def _rest(item: str, words: list[Word], found: tuple[int, Match]) -> str:
    return item[words[found[0] + found[1].length - 1].end :]


def _parts(item: str, words: list[Word], skipped: int, match: Match) -> HealedParts | None:
    """What an item says whose level is known; None where words are left that say something else."""
    rest = _rest(item, words, (skipped, match))
    if match.strand is Strand.PROFESSIONAL:
        return profession(match.word, words[skipped].key, rest)
    details = details_of(rest)
    left = spelling_key(details.left)
    if left and left not in side_words("after a level"):
        return None
    values = {"rank": match.word.level, **details.values}
    if match.word.language:
        values["language"] = match.word.language
    if match.word.adds:
        values["schooling"] = match.word.adds
    kind = RepairKind.SCHOOLING if match.strand is Strand.GENERAL else RepairKind.LEVEL
    return HealedParts(values, (kind,))


def _unknown(text: str, strand: Strand | None) -> CannotHeal:
    """The question, with the levels whose words are the nearest."""
    near = nearest_levels(text, strand)
    remedy = f"Chọn một trong: {'; '.join(near)}." if near else "Ghi rõ nội dung và mức trình độ."
    return CannotHeal(f"Không rõ “{text}” là trình độ nào.", remedy, is_question=True)


def nearest_levels(text: str, strand: Strand | None) -> list[str]:
    """The labels of the levels of a strand, those first whose words are the most like `text`."""
    if strand is None:
        return []
    key = spelling_key(text)
    labels: dict[str, float] = dict.fromkeys(LEVELS[strand], 0.0)
    for spelled, word in level_words(strand).items():
        if word.level in labels:
            labels[word.level] = max(labels[word.level], fuzz.ratio(key, spelled))
    return sorted(labels, key=lambda label: -labels[label])
