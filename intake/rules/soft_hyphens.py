"""The ư of TCVN3 is a soft hyphen; programs make other hyphens of it: «L−ơng» is «Lương». Pure."""

import re

from intake.rules.syllables import is_syllable

# what Word, PDF and the web make of U+00AD: minus, hyphens, the control characters of Word
STAND_INS = "\u2212\u2010\u2011\x1e\x1f"
_SOFT = re.compile(f"[\u00ad{STAND_INS}]")
_ANY = re.compile(f"[-\u00ad{STAND_INS}]")
_WORDS = re.compile(rf"[^\W\d_]*(?:{_SOFT.pattern}[^\W\d_]*)+")
_PLAIN_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+|[^\W\d_]+-(?![\w-])|(?<![\w-])-[^\W\d_]+")


def may_have(text: str) -> bool:
    """Whether a text has a hyphen that may have been ư."""
    return "-" in text or _SOFT.search(text) is not None


def restored(text: str) -> str:
    """A text of Unicode with ư where another hyphen stands in a word that is a syllable only so."""
    return _WORDS.sub(_mended, text)


def restored_plain(text: str) -> str:
    """The same for the plain «-», which is far more often what it is: only where what it parts
    cannot be said («L-ơng», «H-ng», never «TC-KT», «Ê-đê»)."""
    return _PLAIN_WORDS.sub(_mended_plain, text)


def _mended(found: re.Match[str]) -> str:
    return _with_u(found[0], _SOFT)


def _mended_plain(found: re.Match[str]) -> str:
    word = found[0]
    can_be_said = all(is_syllable(part) for part in word.split("-") if part)
    return word if can_be_said or word.isupper() else _with_u(word, _ANY)


def _with_u(word: str, hyphen: re.Pattern[str]) -> str:
    capital = hyphen.sub("Ư", word) if word.isupper() else ""
    for mended in (hyphen.sub("ư", word), capital):
        if mended and is_syllable(mended):
            return mended
    return word
