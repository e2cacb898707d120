"""A cell that lists several levels, cut into one item a level. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cadres.rules.levels import Strand
from intake.rules.level_words import SURE, Match, longest_match
from intake.rules.schooling import grade_end
from intake.rules.spellings import Word, side_words, words_of

_SEPARATOR = re.compile(
    r"\s*(?:(?P<plain>[;\n+•,]|\s[-–]\s|(?<=\D)/(?=\D))|(?P<weak>\s+và\s+|(?<=\w\w)\.\s+|\(|\s))\s*"
)
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}\s*[.)]\s+|[-–*•+]\s*)")
_CLOSED = re.compile(r"^\(([^()]*)\)$")
_WITH_OWN_WORDS = (Strand.GENERAL, Strand.PROFESSIONAL, Strand.POLITICAL)
_MOST_LEADING_WORDS = 3
_LOOKED_AT = 120  # characters after a separator


def items_of(text: str, strand: Strand | None) -> list[str]:
    """The items of a cell, each beginning with a level: cut only where the next words are one. A
    weak separator ("và", a bracket, a space) cuts only before what is surely of some strand.

    >>> items_of("ĐH Luật, TC Hành chính", Strand.PROFESSIONAL)
    ['ĐH Luật', 'TC Hành chính']
    >>> items_of("Đại học - Kế toán", Strand.PROFESSIONAL)
    ['Đại học - Kế toán']
    """
    items, start = [], 0
    opening = _opening(text, strand)
    for cut in _SEPARATOR.finditer(text):
        if opening is None or cut.start() < start + opening.end:
            continue
        following = _opening(text[cut.end() :], strand)
        if following and (cut["plain"] or following.is_sure_beside(opening)):
            items.append(text[start : cut.start()])
            start, opening = cut.end(), following
    items.append(text[start:])
    return [item for item in map(trimmed, items) if item]


def trimmed(item: str) -> str:
    """An item without numbering, the brackets and the punctuation around it."""
    item = _NUMBERING.sub("", item).strip(" ,;.+-–/&\n")
    closed = _CLOSED.match(item)
    if closed:
        return closed[1].strip()
    return item if "(" in item else item.removesuffix(")")


@dataclass(frozen=True, slots=True)
class _Opening:
    """The level with which an item begins: its strand, where its words end, how sure its strand."""

    strand: Strand
    end: int
    sureness: int

    def is_sure_beside(self, other: "_Opening") -> bool:
        """Whether it is another item although only a weak separator stands between."""
        is_word_of_majors = self.strand in (Strand.PROFESSIONAL, Strand.GENERAL)
        return self.strand is not other.strand and self.sureness == SURE and not is_word_of_majors


def _opening(text: str, strand: Strand | None) -> _Opening | None:
    """The level with which `text` begins, that of most words; None where there is none."""
    grade = grade_end(text)
    if grade:
        return _Opening(Strand.GENERAL, grade, SURE)
    number = _NUMBERING.match(text)
    words = words_of(text[:_LOOKED_AT])[1 if number and number[0].strip()[0].isdigit() else 0 :]
    own = strand or Strand.PROFESSIONAL
    found = [_opened(words, each, 0 if each is own else 1) for each in (own, *Strand)]
    return max(filter(None, found), key=lambda each: (each.end, each.sureness), default=None)


def _opened(words: list[Word], strand: Strand, least: int) -> _Opening | None:
    match = matched(strand, words)
    if match is None or match[1].word.sureness < least:
        return None
    return _Opening(strand, words[match[0] + match[1].length - 1].end, match[1].word.sureness)


def matched(strand: Strand, words: Sequence[Word]) -> tuple[int, Match] | None:
    """(how many words lead up to the level, the level) with which `words` begin, or None; that
    which takes in the most words."""
    found = []
    for skipped in range(min(_MOST_LEADING_WORDS, len(words)) + 1):
        if skipped and "".join(word.key for word in words[:skipped]) not in leading(strand):
            continue
        match = longest_match(strand, words[skipped:])
        if match:
            found.append((skipped, match))
    return max(found, key=lambda each: (each[0] + each[1].length, -each[0]), default=None)


@cache
def leading(strand: Strand) -> frozenset[str]:
    """Words that may stand before a level of the strand and say nothing about it."""
    own = f"before {strand.value}" if strand in _WITH_OWN_WORDS else "before a certificate"
    return side_words("before any level") | side_words(own)
