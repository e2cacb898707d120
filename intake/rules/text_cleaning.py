"""Text of Unicode in its one form: letters composed, Đ the Vietnamese one, no look-alikes of other
scripts, no invisible characters, single spaces. Pure.

It comes after the text is Unicode (intake/rules/text_readings.py): to a text of TCVN3 it would do
harm, whose ư is a soft hyphen.
"""

import re
import unicodedata
from functools import lru_cache

from intake.rules.repairs import Healed, RepairKind
from intake.rules.soft_hyphens import restored

# A text that has none of these stands as it is: printable ASCII and the letters of Vietnamese,
# composed, with single blanks inside.
_VIETNAMESE = "".join(
    sorted(
        {
            case(unicodedata.normalize("NFC", vowel + tone))
            for vowel in "aăâeêioôơuưy"
            for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
            for case in (str.lower, str.upper)
        }
        - set("aeiouyAEIOUY")
    )
)
_IS_CLEAN = re.compile(
    rf"(?:[!-~{_VIETNAMESE}Đđ–—…“”‘’°²³§]|(?<=[^ \n])[ \n](?=[^ \n]))*", re.DOTALL
)

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffc]"
)
_LINE_END = re.compile(r"_x000[dD]_\n?|\r\n?|[\v\f\u0085\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r" ?\n[ \n]*")

# The mark of the tone typed before the one of the letter: a, sắc, then the circumflex.
_TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306\u031b])")

_D_ALIKE = str.maketrans("ÐðƉɖǍǎ", "ĐđĐđĂă")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_OTHER_SCRIPTS = {
    ord(alike): latin
    for alike, latin in zip(
        "АВЕЅІЈКМНОРСТХУаеѕіјорсхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορυνι",
        "ABESIJKMHOPCTXYaesijopcxyABEZHIKMNOPTYXaopuvi",
        strict=True,
    )
}
_LATIN = re.compile("[A-Za-zÀ-ɏẠ-ỹ]")
_OTHER = re.compile("[\u0370-\u052f]")
_ALIKE = re.compile("[" + "".join(map(chr, _OTHER_SCRIPTS)) + "]")


def is_clean(text: str) -> bool:
    """Whether a text of Unicode stands in its one form. Fast; may say no to one that does."""
    return _IS_CLEAN.fullmatch(text) is not None


@lru_cache(maxsize=1 << 14)
def clean(text: str) -> Healed:
    """A text of Unicode in its one form, and by which repairs."""
    if is_clean(text):
        return Healed(text)
    kinds = []
    for kind, step in _STEPS:
        after = step(text)
        if after != text:
            kinds.append(kind)
        text = after
    return Healed(text, tuple(kinds))


def composed(text: str) -> str:
    """Letters and their marks in one character each (NFC), in whichever order they were typed."""
    return unicodedata.normalize(
        "NFC", _TONE_FIRST.sub(r"\2\1", unicodedata.normalize("NFD", text))
    )


def without_alikes(text: str) -> str:
    """Ð, ð, Ɖ as Đ, đ; full-width characters as ASCII; Cyrillic and Greek letters that look like
    Latin ones as these, where every other letter is Latin."""
    text = text.translate(_D_ALIKE).translate(_FULL_WIDTH)
    others = _OTHER.findall(text)
    if others and _LATIN.search(text) and len(_ALIKE.findall(text)) == len(others):
        return text.translate(_OTHER_SCRIPTS)
    return text


def single_spaced(text: str) -> str:
    """Without invisible characters; one blank where there were several, none at the ends."""
    text = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    return _BLANK_LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


_STEPS = (
    (RepairKind.COMPOSED, composed),
    (RepairKind.LOOKALIKE, without_alikes),
    (RepairKind.SOFT_HYPHEN, restored),
    (RepairKind.SPACES, single_spaced),
)
