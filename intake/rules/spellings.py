"""How spellings are compared, and their tables in intake/data/. Pure but for reading those."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path

from daitu_portal.text import fold

_DATA = Path(__file__).resolve().parent.parent / "data"
_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile("[,;]")
_PART = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a cell: as compared, where it stands in the text, and whether a comma or a
    semicolon stands before it."""

    key: str
    start: int
    end: int
    is_after_stop: bool = False


@lru_cache(maxsize=65_536)
def spelling_key(text: str) -> str:
    """What equal spellings share: no accents, case, punctuation and spaces; y is i.

    >>> spelling_key("Th.S"), spelling_key("Lý luận") == spelling_key("Lí  luận")
    ('ths', True)
    """
    return fold(text).replace(" ", "").replace("_", "").replace("y", "i")


def flat(text: str) -> str:
    """`text` small and without accents, character for character: what is found in it stands at the
    same place of a text in NFC.

    >>> flat("Tại chức")
    'tai chuc'
    """
    return "".join(_flat_character(char) for char in text)


@lru_cache(maxsize=4096)
def _flat_character(char: str) -> str:
    base = unicodedata.normalize("NFD", char)[0].lower()[0]
    return "d" if base == "đ" else base


def words_of(text: str) -> list[Word]:
    """The words of cleaned `text` in their order."""
    words, end = [], 0
    for found in _WORD.finditer(text):
        is_after_stop = _STOP.search(text[end : found.start()]) is not None
        words.append(Word(spelling_key(found[0]), found.start(), found.end(), is_after_stop))
        end = found.end()
    return words


def has_accents(text: str) -> bool:
    """Whether any letter bears a Vietnamese mark, or is đ."""
    return (
        any(map(unicodedata.combining, unicodedata.normalize("NFD", text))) or "đ" in text.lower()
    )


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table of intake/data/, {column: text}."""
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def side_words(use: str) -> frozenset[str]:
    """The keys of words that may stand beside what a cell says, by their use (side_words.csv)."""
    return frozenset(
        spelling_key(row["word"]) for row in rows_of("side_words.csv") if row["use"] == use
    )


def spelled_out(alias: str, parts: dict[str, list[str]]) -> Iterable[str]:
    """All spellings of an alias whose {parts} may be written in several ways.

    Keys are spelled out, and keys come: `parts` holds keys already.

    >>> list(spelled_out("{ct} UBND", {"ct": ["ct", "chutich"]}))
    ['ctubnd', 'chutichubnd']
    """
    pieces = _PART.split(alias)
    ways = [parts[piece] if at % 2 else [spelling_key(piece)] for at, piece in enumerate(pieces)]
    return ("".join(way) for way in product(*ways))


def parts_of(name: str) -> dict[str, list[str]]:
    """{part: the keys of its spellings} of a table "part,alias"; "" where it may be left out."""
    parts: dict[str, list[str]] = {}
    for row in rows_of(name):
        parts.setdefault(row["part"], []).append(spelling_key(row["alias"]))
    return parts


def first_capital(text: str) -> str:
    """`text` beginning with a capital; a text in capitals only that has accents becomes small.

    Abbreviations have no accents but Đ, so "CNTT" and "QLĐĐ" stay.

    >>> first_capital("luật"), first_capital("SƯ PHẠM"), first_capital("CNTT")
    ('Luật', 'Sư phạm', 'CNTT')
    """
    if text == text.upper() and has_accents(re.sub("[Đđ]", "", text)):
        text = text.lower()
    return text[:1].upper() + text[1:]
