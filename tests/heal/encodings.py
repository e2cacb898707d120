"""Vietnamese text as old fonts and keyboards stored it, and back. Own copies of the tables."""

import csv
import re
import unicodedata
from pathlib import Path

_DATA = Path(__file__).with_name("data")
# Tone marks of Windows-1258, which stand after their letter: grave, hook, tilde, acute, dot.
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def _table(name: str) -> dict[str, str]:
    """{letter: its legacy characters}, small letters first, as the CSV file has them."""
    with (_DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return {
            row["unicode"]: "".join(chr(int(code, 16)) for code in row["legacy"].split())
            for row in csv.DictReader(file)
        }


TCVN3 = _table("tcvn3")
VNI = _table("vni")
_FROM_TCVN3 = {legacy: letter for letter, legacy in TCVN3.items()}
_FROM_VNI = {legacy: letter for letter, legacy in VNI.items()}
_VNI_LONGEST_FIRST = re.compile("|".join(map(re.escape, sorted(_FROM_VNI, key=len, reverse=True))))


def tcvn3(text: str) -> str:
    """As .VnTime stores it: a capital with a tone has no code of its own and becomes small."""
    return "".join(
        TCVN3.get(letter) or TCVN3.get(letter.lower(), letter)
        for letter in unicodedata.normalize("NFC", text)
    )


def from_tcvn3(text: str) -> str:
    return "".join(_FROM_TCVN3.get(character, character) for character in text)


def loses_capitals(text: str) -> bool:
    """Whether TCVN3 cannot keep the case of `text`: "Ánh", "Ủy"."""
    return from_tcvn3(tcvn3(text)) != unicodedata.normalize("NFC", text)


def vni(text: str) -> str:
    """As VNI-Times stores it: the tone is a character after its letter."""
    return "".join(VNI.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def from_vni(text: str) -> str:
    return _VNI_LONGEST_FIRST.sub(lambda found: _FROM_VNI[found[0]], text)


def decomposed(text: str) -> str:
    """Letter, shape and tone each on its own: how macOS and some converters write."""
    return unicodedata.normalize("NFD", text)


def combined(text: str) -> str:
    """“Unicode tổ hợp”: the letter with its shape in one, the tone after it."""
    return "".join(_combined_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _combined_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in _TONES)
    if not tone:
        return letter
    return unicodedata.normalize("NFC", "".join(p for p in parts if p not in _TONES)) + tone


def cp1258(text: str) -> str:
    """Bytes of Windows-1258 that somebody opened as Latin-1."""
    return combined(text).encode("cp1258").decode("latin-1")


def from_cp1258(text: str) -> str:
    return unicodedata.normalize("NFC", text.encode("latin-1").decode("cp1258"))


def lookalike(text: str) -> str:
    """Đ and đ as the Icelandic letters that look the same."""
    return text.replace("Đ", "\u00d0").replace("đ", "\u00f0")


ENCODERS = {"tcvn3": tcvn3, "vni": vni}
