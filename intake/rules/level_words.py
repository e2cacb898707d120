"""How offices write the levels of a strand, from the tables of intake/data/. Pure but for reading.

levels.csv: strand, level (its label, or "?" for words that leave the level open), mark, alias with
{parts} of level_parts.csv and languages.csv, and what else the words say. The mark says how sure it
is that the words are of this strand: "" only under a head of the strand, "weak" also where no head
says a strand, "yes" anywhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from cadres.rules.levels import LEVELS, Strand
from intake.rules.spellings import Word, parts_of, rows_of, spelled_out, spelling_key

OPEN = "?"
SURE = 2
MOST_WORDS = 14  # of one alias
# "Anh B" is an alias, "anhb" is not: spelled as one word, "Hoa C" would be "hoặc".
_LETTER_BESIDE = re.compile(r"\} (?:[ABC]|\{abc\})$|^(?:[ABC]|\{abc\}) \{")
_RANK_SURE = MappingProxyType({"": 0, "weak": 1, "yes": SURE})


@dataclass(frozen=True, slots=True)
class LevelWord:
    """What an alias says: a level (or OPEN), how sure the strand is (0, 1, 2), and what else."""

    level: str
    sureness: int
    adds: str = ""
    language: str = ""
    least_words: int = 1


@dataclass(frozen=True, slots=True)
class Match:
    """An alias found at the beginning of the words of an item."""

    strand: Strand
    word: LevelWord
    length: int


@cache
def level_words(strand: Strand) -> dict[str, LevelWord]:
    """{spelling: what it says} of a strand. Where two rows spell alike, the first stands."""
    found: dict[str, LevelWord] = {}
    for row in _rows()[strand]:
        least = 2 if _LETTER_BESIDE.search(row["alias"]) else 1
        for key, language in _spellings(row["alias"]):
            word = LevelWord(row["level"], _RANK_SURE[row["mark"]], row["adds"], language, least)
            found.setdefault(key, word)
    for level in LEVELS[strand]:
        found.setdefault(spelling_key(level), LevelWord(level, 0))
    return found


def longest_match(strand: Strand, words: Sequence[Word]) -> Match | None:
    """The alias of `strand` with which `words` begin; of several the one of most words. None goes
    over a comma: "C, CNTT cơ bản" are two."""
    spelled = level_words(strand)
    stops = (at for at, word in enumerate(words) if at and word.is_after_stop)
    for length in range(min(MOST_WORDS, next(stops, len(words))), 0, -1):
        word = spelled.get("".join(each.key for each in words[:length]))
        if word and length >= word.least_words:
            return Match(strand, word, length)
    return None


@cache
def _rows() -> dict[Strand, list[dict[str, str]]]:
    rows: dict[Strand, list[dict[str, str]]] = {strand: [] for strand in Strand}
    for row in rows_of("levels.csv"):
        rows[Strand(row["strand"])].append(row)
    return rows


def _spellings(alias: str) -> Iterator[tuple[str, str]]:
    """(spelling, the language it names)."""
    part = next((part for part in ("language", "people") if f"{{{part}}}" in alias), "")
    if not part:
        yield from ((key, "") for key in spelled_out(alias, _parts()))
        return
    for language, keys in _languages(part).items():
        yield from ((key, language) for key in spelled_out(alias, {**_parts(), part: keys}))


@cache
def _parts() -> dict[str, list[str]]:
    return parts_of("level_parts.csv")


@cache
def _languages(part: str) -> dict[str, list[str]]:
    languages: dict[str, list[str]] = {}
    for row in rows_of("languages.csv"):
        if row["part"] == part:
            languages.setdefault(row["language"], []).append(spelling_key(row["alias"]))
    return languages
