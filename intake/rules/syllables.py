"""Whether a word is a Vietnamese syllable: a closed table of onsets and rimes, and the six tones.

This is the judge of encodings: a text read in the wrong one is full of words that nobody can say.
Source of the table: the spelling of Vietnamese as taught (Quốc ngữ); both ways to place the tone
mark (hoà, hòa) are right. Pure but for reading the list of common syllables.
"""

import unicodedata
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from intake.rules.spellings import rows_of


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ONSETS = _set("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x") | {""}
# Onsets and finals of the languages of other peoples, as their names are written in Vietnamese.
_FOREIGN_ONSETS = _ONSETS | _set(
    "bl br chr cr dr đr f gl gr hl hm hn hr j kl kn kr ks ml mn mr nd pl pr rl sl sr str"
    " tl w xt y z"
)
_FOREIGN_FINALS = ("k", "l", "r", "h", "s")

_RIMES = _set(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu o oc oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut ư ưa ưc ưi ưng ưt ưu
    uôc uôi uôm uôn uông uôt ươc ươi ươm ươn ương ươp ươt ươu
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uyn uynh uyp uyt uyu y"""
)
_BARE_RIMES = _set("yêm yên yêng yêt yêu")  # without an onset i is written y
_WITH_QU = _set(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê êch
    ên ênh êt i in it ich y yên yêt yn ynh yt ych ơ ôc"""
)
# Before e, ê, i (and y) the sounds of c, g, ng are written k, gh, ngh.
_FRONT = frozenset(rime for rime in _RIMES if rime[0] in "eêi")
_BACK = _RIMES - _FRONT - {"y"}
_RIMES_OF = MappingProxyType(
    {
        "qu": _WITH_QU,
        "c": _BACK,
        "ng": _BACK,
        "g": _BACK | {rime for rime in _FRONT if rime[0] == "i"},  # «gì», «giêng»
        "gi": frozenset(rime for rime in _RIMES if rime[0] not in "iy"),
        "k": _FRONT | {"y"},
        "gh": _FRONT,
        "ngh": _FRONT,
        "": frozenset(rime for rime in _RIMES if not rime.startswith("iê")) | _BARE_RIMES,
    }
)
_VOWELS = frozenset("aăâeêioôơuưy")
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_CLOSED_TONES = frozenset({4, 5})  # rimes that end in a stop are said with sắc or nặng only
_STOPS = ("c", "ch", "p", "t")
_EITHER_PLACE = frozenset({"oa", "oe", "uy"})


class Spelling(NamedTuple):
    """A word without its tone, which tone (0 ngang, 1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng), and on
    which letter its mark stands (-1: none)."""

    letters: str
    tone: int
    place: int


@lru_cache(maxsize=1 << 16)
def spelling(word: str) -> Spelling | None:
    """How a word is spelt, in small letters; None where it has two tones."""
    letters: list[str] = []
    tone, place = 0, -1
    for mark in unicodedata.normalize("NFD", word.lower()):
        if mark not in _TONES:
            letters.append(mark)
        elif tone:
            return None
        else:
            # the mark may come before or after the one that makes ă, â, ê, ô, ơ, ư
            tone = _TONES[mark]
            place = sum(not unicodedata.combining(each) for each in letters) - 1
    return Spelling(unicodedata.normalize("NFC", "".join(letters)), tone, place)


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Whether a word can be said and written in Vietnamese, in any case: «Hoà», «hòa», «NGUYỄN»."""
    spelt = spelling(word)
    return spelt is not None and any(
        _is_rime(onset, rime, spelt) for onset, rime in _splits(spelt.letters)
    )


@lru_cache(maxsize=1 << 14)
def is_tolerated(word: str) -> bool:
    """Whether a word is a syllable, or one of the names of other peoples («Brâu», «Đắk», «Hrê»)."""
    if is_syllable(word):
        return True
    spelt = spelling(word)
    if spelt is None:
        return False
    for onset, rime in _splits(spelt.letters, _FOREIGN_ONSETS):
        bare = rime[:-1] if rime[-1:] in _FOREIGN_FINALS else rime
        if (bare in _RIMES or bare in _VOWELS) and _is_marked_right(rime, spelt, onset):
            return True
    return False


def _splits(letters: str, onsets: frozenset[str] = _ONSETS) -> list[tuple[str, str]]:
    return [(letters[:at], letters[at:]) for at in range(4) if letters[:at] in onsets]


def _is_rime(onset: str, rime: str, spelt: Spelling) -> bool:
    if rime not in _RIMES_OF.get(onset, _RIMES):
        return False
    if rime.endswith(_STOPS) and spelt.tone not in _CLOSED_TONES:
        return False
    return _is_marked_right(rime, spelt, onset)


def _is_marked_right(rime: str, spelt: Spelling, onset: str) -> bool:
    return spelt.tone == 0 or spelt.place - len(onset) in _places(rime)


@cache
def _places(rime: str) -> tuple[int, ...]:
    """On which letters of a rime the mark of its tone may stand."""
    vowels = next((at for at, letter in enumerate(rime) if letter not in _VOWELS), len(rime))
    marked = [at for at in range(vowels) if rime[at] in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    if vowels == 3 or (vowels == 2 and vowels < len(rime)):
        return (1,)
    return (0, 1) if rime in _EITHER_PLACE else (0,)


def _key(word: str) -> tuple[str, int] | None:
    spelt = spelling(word)
    return spelt and (spelt.letters, spelt.tone)


def _common() -> frozenset[tuple[str, int] | None]:
    return frozenset(_key(row["syllable"]) for row in rows_of("common_syllables.csv"))


_COMMON = _common()


@lru_cache(maxsize=1 << 16)
def is_common(word: str) -> bool:
    """Whether a syllable with marks is one of names and of office language
    (intake/data/common_syllables.csv), wherever its tone mark stands."""
    return _key(word) in _COMMON
