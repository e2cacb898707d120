"""In which encodings a text can be read, and how likely each reading is by itself. Pure.

Every chunk between blanks is read in each encoding and its words are judged: a reading in which
words cannot be said costs much, rare words a little, common ones nothing. Chunks repeat
(Nguyễn, Thị), so they are judged once.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from intake.rules import soft_hyphens
from intake.rules.encodings import SMALL_ONLY, Encoding, decoded, fits
from intake.rules.repairs import RepairKind
from intake.rules.syllables import is_common, is_syllable, is_tolerated
from intake.rules.text_cleaning import composed, without_alikes

KINDS = {
    Encoding.TCVN3: RepairKind.TCVN3,
    Encoding.VNI: RepairKind.VNI,
    Encoding.CP1258: RepairKind.CP1258,
}

# Letters that only Unicode has: where one stands, the text is Unicode already.
_UNICODE_ONLY = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0306\u0309\u031b\u0323\u0302]")
_BLANK = re.compile(r"([^\S\x1e\x1f]+)")  # the control characters 1E, 1F may be the letter ư
_WORD = re.compile(r"[^\W\d_]+")
_JUDGED = re.compile(r"{0}*(?![A-Za-z]){0}+".format(r"[^\W\d_ª²³¹º¼½¾]"))  # ² is no letter of «km²»

# Signs that stand for letters in .Vn fonts; in Unicode they are not glued to a word like this.
_SIGN = "¡¢£¤¥¦§¨©ª¬\u00ad®¯µ¶¸¹º¼½¾×÷\u2212\x1e\x1f"
_GLUED = re.compile(rf"[^\W\d_][{_SIGN}«»·]+[^\W\d_]|[{_SIGN}][^\W\d_]|[^\W\d_][{_SIGN}«·]")
# Signs that stand alone far more often as themselves than as a word: bullets, quotes, «×»
_LONE_SIGN = re.compile(r"([·×÷»¼½¾°±²³§¶©®\x1e\x1f\u2212\u00ad-])\1*")
_ABBREVIATION = re.compile(r"[A-ZĂÂĐÊÔƠƯ]{1,7}|đ")
_ODD_CAPITAL = re.compile(r"\w[À-ÖØ-Þ].*[a-zß-öø-ÿ]")  # «TÊn»: nobody writes it; TCVN3 does

RARE, FOREIGN, UNSAID, GLUED = 1, 2, 3, 4  # what a word costs; a common one nothing


class ChunkReading(NamedTuple):
    """A chunk read in an encoding: the text, what it costs, how many of its words can and cannot be
    said, and what was repaired beside the encoding."""

    value: str
    cost: int = 0
    said: int = 0
    unsaid: int = 0
    kinds: frozenset[RepairKind] = frozenset()


class Reading(NamedTuple):
    """A text read in an encoding, of the sums of its chunks."""

    encoding: Encoding
    value: str
    cost: int
    said: int
    unsaid: int
    kinds: frozenset[RepairKind]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text says by itself about its encoding.

    `readings` has the ones that are possible, the likeliest first. One: it is sure, and
    `is_evidence` says whether it tells anything about its neighbours (plain ASCII does not).
    `is_mixed`: parts of it are of different encodings.
    """

    readings: tuple[Reading, ...]
    is_evidence: bool = False
    is_mixed: bool = False

    @property
    def is_sure(self) -> bool:
        return len(self.readings) == 1 and not self.is_mixed

    @property
    def preferred(self) -> Encoding | None:
        """The reading whose words are the commonest, where one is."""
        if len(self.readings) > 1 and self.readings[0].cost == self.readings[1].cost:
            return None
        return self.readings[0].encoding

    def of(self, encoding: Encoding) -> Reading | None:
        return next((each for each in self.readings if each.encoding is encoding), None)


def has_unicode_letters(text: str) -> bool:
    """Whether a text has letters of Vietnamese that only Unicode has."""
    return _UNICODE_ONLY.search(text) is not None


def read(text: str, encoding: Encoding) -> Reading:
    """A text read in an encoding, whatever it is really in."""
    parts = _BLANK.split(text)
    cost = said = unsaid = 0
    kinds: frozenset[RepairKind] = frozenset()
    for at in range(0, len(parts), 2):  # the odd ones are blanks
        if _is_plain(parts[at]):
            continue
        chunk = _chunk(parts[at], encoding)
        parts[at] = chunk.value
        cost, said, unsaid = cost + chunk.cost, said + chunk.said, unsaid + chunk.unsaid
        kinds |= chunk.kinds
    return Reading(encoding, "".join(parts), cost, said, unsaid, kinds)


def _is_plain(chunk: str) -> bool:
    return chunk.isascii() and not soft_hyphens.may_have(chunk)


@lru_cache(maxsize=1 << 16)
def _chunk(chunk: str, encoding: Encoding) -> ChunkReading:
    if _is_plain(chunk):
        return ChunkReading(chunk)
    if encoding is Encoding.UNICODE:
        return _unicode_chunk(chunk)
    if _LONE_SIGN.fullmatch(chunk):
        return ChunkReading(chunk)
    value, kinds = _decoded(chunk, encoding)
    if not fits(chunk, encoding):
        return ChunkReading(value, GLUED, unsaid=1, kinds=kinds)
    return _judged(value, UNSAID + 1, kinds)


def _decoded(chunk: str, encoding: Encoding) -> tuple[str, frozenset[RepairKind]]:
    value = composed(decoded(chunk, encoding))
    if encoding is not Encoding.TCVN3:
        return value, frozenset()
    whole = soft_hyphens.restored_plain(soft_hyphens.restored(value))
    in_capitals = _WORD.sub(_in_capitals, whole)
    kinds = {RepairKind.SOFT_HYPHEN: whole != value, RepairKind.CAPITALS: in_capitals != whole}
    return in_capitals, frozenset(kind for kind, is_so in kinds.items() if is_so)


def _unicode_chunk(chunk: str) -> ChunkReading:
    return _judged(soft_hyphens.restored(without_alikes(composed(chunk))), UNSAID)


def _judged(
    value: str, unsaid_cost: int, kinds: frozenset[RepairKind] = frozenset()
) -> ChunkReading:
    if _GLUED.search(value):
        return ChunkReading(value, GLUED, unsaid=1, kinds=kinds)
    costs = [_word_cost(word, unsaid_cost) for word in _JUDGED.findall(value)]
    unsaid = sum(cost >= UNSAID for cost in costs)
    return ChunkReading(value, sum(costs), len(costs) - unsaid, unsaid, kinds)


@lru_cache(maxsize=1 << 16)
def _word_cost(word: str, unsaid_cost: int) -> int:
    odd = RARE if _ODD_CAPITAL.search(word) else 0
    if is_tolerated(word):
        rare = RARE if is_syllable(word) else FOREIGN
        return odd if is_common(word) else odd + rare
    return RARE if _ABBREVIATION.fullmatch(word) else unsaid_cost


def _in_capitals(found: re.Match[str]) -> str:
    """«NGUYễN» as «NGUYỄN»: typed in capitals with a font that has no capital of ễ."""
    word = found[0]
    small = [letter for letter in word if letter.islower()]
    if small and len(word) - len(small) >= 2 and SMALL_ONLY.issuperset(small):
        return word.upper()
    return word


@lru_cache(maxsize=1 << 16)
def judge(text: str, *, is_8bit: bool = False) -> Verdict:
    """What a text of an unknown font says about its encoding (`is_8bit`: from a file whose bytes
    may be of Windows-1258, read as Latin-1)."""
    own = read(text, Encoding.UNICODE)
    if _is_plain(text):
        return Verdict((own,))
    if not own.unsaid and _is_only_unicode(text, is_8bit=is_8bit):
        return Verdict((own,), is_evidence=True)
    others = _others(text, is_8bit=is_8bit)
    if has_unicode_letters(text):
        return _unicode(text, own, others)
    clean = [each for each in others if not each.unsaid and each.said and each.value != own.value]
    if clean:
        return _among(own, sorted(clean, key=lambda each: each.cost))
    if own.unsaid:
        return _in_part(text, own, others)
    return Verdict((own,), is_evidence=own.said > 0)


def _is_only_unicode(text: str, *, is_8bit: bool) -> bool:
    """Whether some chunk can be said in Unicode and in no other encoding. A short cut."""
    return any(_is_chunk_unicode(chunk, is_8bit) for chunk in _BLANK.split(text)[::2])


@lru_cache(maxsize=1 << 16)
def _is_chunk_unicode(chunk: str, is_8bit: bool) -> bool:
    if chunk.isascii() or not _chunk(chunk, Encoding.UNICODE).said:
        return False
    return all(_chunk(chunk, each).unsaid for each in _old_encodings(is_8bit=is_8bit))


def _old_encodings(*, is_8bit: bool) -> tuple[Encoding, ...]:
    return (Encoding.TCVN3, Encoding.VNI) + (Encoding.CP1258,) * is_8bit


def _others(text: str, *, is_8bit: bool) -> list[Reading]:
    return [read(text, each) for each in _old_encodings(is_8bit=is_8bit)]


def _among(own: Reading, clean: list[Reading]) -> Verdict:
    """Some old encoding gives words that can be said."""
    if not own.unsaid or own.cost <= clean[0].cost:
        return Verdict(tuple(sorted([own, *clean], key=lambda each: each.cost)))
    if len({each.value for each in clean}) == 1:
        return Verdict((clean[0],), is_evidence=True)
    return Verdict(tuple(clean))


def _unicode(text: str, own: Reading, others: list[Reading]) -> Verdict:
    """The text has letters of Unicode; some words may still be old, or have «-» for ư."""
    whole = soft_hyphens.restored_plain(own.value)
    if whole != own.value:
        mended = own._replace(value=whole, kinds=frozenset({RepairKind.SOFT_HYPHEN}))
        return Verdict((mended, own), is_mixed=True)
    for each in others:
        if own.unsaid and is_of_two(text, each.encoding):
            return Verdict((in_pieces(text, each), own), is_mixed=True)
    return Verdict((own,), is_evidence=True)


def _in_part(text: str, own: Reading, others: list[Reading]) -> Verdict:
    """No reading is right throughout: a slip, a foreign word, or parts of two encodings."""
    best = max(others, key=lambda each: (each.said - each.unsaid, -each.cost))
    if best.said and is_of_two(text, best.encoding):
        return Verdict((in_pieces(text, best), own), is_mixed=True)
    if best.said > 2 * best.unsaid and own.unsaid > best.unsaid:
        return Verdict((best,), is_evidence=True)
    if best.said and own.cost >= GLUED:
        return Verdict((own, best), is_mixed=True)
    return Verdict((own,))


def is_of_two(text: str, encoding: Encoding) -> bool:
    """Whether some words can be said only in Unicode, and others only in the old encoding."""
    only_own = only_other = False
    for chunk in _BLANK.split(text)[::2]:
        own, other = _chunk(chunk, Encoding.UNICODE), _chunk(chunk, encoding)
        only_own |= own.said > 0 and not own.unsaid and other.unsaid > 0
        only_other |= other.said > 0 and not other.unsaid and own.unsaid > 0
    return only_own and only_other


def in_pieces(text: str, other: Reading) -> Reading:
    """A text of two encodings, each chunk in the one in which it can be said: to be confirmed."""
    parts = _BLANK.split(text)
    for at in range(0, len(parts), 2):
        own, old = _chunk(parts[at], Encoding.UNICODE), _chunk(parts[at], other.encoding)
        is_old = old.said and not old.unsaid and (own.unsaid or old.cost < own.cost)
        parts[at] = old.value if is_old else own.value
    return other._replace(value="".join(parts))
