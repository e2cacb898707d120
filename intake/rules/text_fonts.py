"""What the fonts of a cell say about its encoding. Pure.

A .Vn or VNI font decides for letters that can be of it; a text of Unicode stays one in any font:
people type Unicode into cells of old forms. A font whose cells are mostly Unicode decides nothing.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from intake.rules.encodings import Encoding, encoding_of_font, fits, is_capitals_font
from intake.rules.repairs import Healed, RepairKind
from intake.rules.text_cleaning import clean
from intake.rules.text_readings import (
    KINDS,
    Reading,
    Verdict,
    has_unicode_letters,
    in_pieces,
    is_of_two,
    judge,
    read,
)


class TextRun(NamedTuple):
    """A part of a cell's text, and its font; None where that is not known."""

    text: str
    font: str | None = None


def lying_fonts(texts: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """Of (text, font) of all cells of a sheet: the old fonts in which more cells are Unicode than
    are not."""
    told: Counter[str] = Counter()
    for text, font in texts:
        encoding = font and encoding_of_font(font)
        if font and encoding:
            told[font] += _is_unicode(text) - _is_old(text, encoding)
    return frozenset(font for font, surplus in told.items() if surplus > 0)


def _is_unicode(text: str) -> bool:
    return not text.isascii() and has_unicode_letters(text)


@lru_cache(maxsize=1 << 14)
def _is_old(text: str, encoding: Encoding) -> bool:
    if text.isascii() or has_unicode_letters(text) or not fits(text, encoding):
        return False
    return read(text, Encoding.UNICODE).unsaid > 0 and not read(text, encoding).unsaid


@lru_cache(maxsize=1 << 16)
def by_font(text: str, encoding: Encoding, *, is_8bit: bool = False) -> Verdict:
    """What a text says in a font of an old encoding."""
    alone = judge(text, is_8bit=is_8bit)
    if not text.isascii() and (has_unicode_letters(text) or not fits(text, encoding)):
        return alone
    own = read(text, encoding)
    if is_of_two(text, encoding):
        return Verdict((in_pieces(text, own), own), is_mixed=True)
    if own.unsaid and alone.is_sure and not alone.readings[0].unsaid:
        return alone
    return Verdict((own,), is_evidence=own.said > 0)


def by_runs(
    runs: Iterable[TextRun], lying: frozenset[str] = frozenset(), *, is_8bit: bool = False
) -> Healed | None:
    """The whole text of a cell, each run read by its font; None where some run stays open."""
    values, kinds = [], dict[RepairKind, None]()
    for font, parts in groupby(runs, lambda run: _FontKind.of(run.font, lying)):
        text = "".join(part.text for part in parts)
        if font.encoding is None:
            verdict = judge(text, is_8bit=is_8bit)
            sure = verdict.readings[0] if verdict.is_sure else read(text, Encoding.UNICODE)
        else:
            verdict = by_font(text, font.encoding, is_8bit=is_8bit)
            sure = verdict.readings[0]
        if verdict.is_mixed or (font.encoding and not verdict.is_sure):
            return None
        value, found = _written(text, sure, is_capitals=font.is_capitals)
        values.append(value)
        kinds |= dict.fromkeys(found)
    whole = clean("".join(values))
    return Healed(whole.value, tuple(kinds | dict.fromkeys(whole.repairs)))


class _FontKind(NamedTuple):
    encoding: Encoding | None
    is_capitals: bool

    @classmethod
    def of(cls, font: str | None, lying: frozenset[str]) -> "_FontKind":
        if font is None or font in lying:
            return cls(None, is_capitals=False)
        return cls(encoding_of_font(font), is_capitals_font(font))


def healed(text: str, reading: Reading, *, is_capitals: bool = False) -> Healed:
    """A text as it is in one of its readings, in its one form (`is_capitals`: its font shows small
    letters as capitals), and by which repairs."""
    value, kinds = _written(text, reading, is_capitals=is_capitals)
    whole = clean(value)
    return Healed(whole.value, tuple(dict.fromkeys((*kinds, *whole.repairs))))


def _written(
    text: str, reading: Reading, *, is_capitals: bool
) -> tuple[str, tuple[RepairKind, ...]]:
    is_unicode = reading.encoding is Encoding.UNICODE
    value = text if is_unicode and not reading.kinds else reading.value
    kinds = [] if is_unicode or value == text else [KINDS[reading.encoding]]
    kinds += sorted(reading.kinds)
    if is_capitals and not (is_unicode and has_unicode_letters(text)) and value != value.upper():
        return value.upper(), (*kinds, RepairKind.CAPITALS)
    return value, tuple(kinds)
