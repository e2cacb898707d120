"""The encodings of Vietnamese before Unicode: TCVN3, VNI, Windows-1258; which fonts are of which.

The tables stand in intake/data/ with their sources. What such a font wrote is seen in a file as
Latin-1 characters, one a byte: «NguyÔn» is «Nguyễn» in .VnTime. Pure but for reading the tables.
"""

import re
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from intake.rules.spellings import rows_of


class Encoding(StrEnum):
    """How the text of a cell is written."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"
    CP1258 = "cp1258"


LABELS = MappingProxyType(
    {
        Encoding.UNICODE: "Unicode",
        Encoding.TCVN3: "TCVN3 (.VnTime)",
        Encoding.VNI: "VNI",
        Encoding.CP1258: "Windows-1258",
    }
)

# Bytes 80–9F are punctuation in all these fonts, as in Windows-1252; a reader of 8-bit files may
# have left them as the control characters of Latin-1. TCVN3 and VNI have no letters there.
_PUNCTUATION = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_TCVN3 = {ord(row["legacy_char_latin1"]): row["unicode"] for row in rows_of("tcvn3.csv")}
_VNI = {row["vni_text"]: row["unicode"] for row in rows_of("vni.csv")}
# The longest sequence first, and one pass: «aà» is «ầ», never «a» and then the «à» of what follows.
_VNI_SEQUENCE = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_HIGH_LETTERS = frozenset(chr(code) for code in range(0xA1, 0x100) if chr(code).isalpha())
_BEYOND_TCVN3 = re.compile("[" + "".join(sorted(_HIGH_LETTERS - set(map(chr, _TCVN3)))) + "]")
_BEYOND_BYTES = re.compile("[\u0100-\u1fff]")
_HIGH_LETTER = re.compile("[" + "".join(sorted(_HIGH_LETTERS)) + "]")

# Letters of TCVN3 without a capital of their own: in capitals typed with .VnTime they stay small.
SMALL_ONLY = frozenset(_TCVN3.values()) - frozenset("ĂÂÊÔƠƯĐăâêôơưđ")


def from_tcvn3(text: str) -> str:
    """Text written in a .Vn font, as Unicode. Characters without a code there stay as they are."""
    return text.translate(_TCVN3).translate(_PUNCTUATION)


def from_vni(text: str) -> str:
    """Text written in a VNI font, as Unicode. What is no sequence of VNI stays as it is."""
    return _VNI_SEQUENCE.sub(lambda found: _VNI[found[0]], text).translate(_PUNCTUATION)


def from_cp1258(text: str) -> str:
    """Text of Windows-1258 whose bytes were read as Latin-1, as Unicode with the tones combining
    (NFC makes letters of them). Bytes without a meaning there stay as they are."""
    return text.translate(_cp1258_table())


@cache
def _cp1258_table() -> MappingProxyType[int, str]:
    table = {}
    for byte in range(0x80, 0x100):
        try:
            table[byte] = bytes([byte]).decode("cp1258")
        except UnicodeDecodeError:
            table[byte] = chr(byte)
    return MappingProxyType(table)


def decoded(text: str, encoding: Encoding) -> str:
    """Text as Unicode, read in an encoding."""
    match encoding:
        case Encoding.TCVN3:
            return from_tcvn3(text)
        case Encoding.VNI:
            return from_vni(text)
        case Encoding.CP1258:
            return from_cp1258(text)
    return text


def fits(text: str, encoding: Encoding) -> bool:
    """Whether every letter of the text beyond ASCII can have been written in the encoding: one byte
    each, and in the old ones a byte that has a letter."""
    if encoding is not Encoding.UNICODE and _BEYOND_BYTES.search(text):
        return False
    if encoding is Encoding.TCVN3:
        return not _BEYOND_TCVN3.search(text)
    if encoding is Encoding.VNI:
        return not _HIGH_LETTER.search(_VNI_SEQUENCE.sub("", text))
    return True


_TCVN3_FONT = re.compile(r"\s*\.\s*vn", re.IGNORECASE)
_VNI_FONT = re.compile(r"\s*vni[-\s_]", re.IGNORECASE)


@cache
def encoding_of_font(name: str) -> Encoding | None:
    """The old encoding that a font is of: `.VnTime`, `.VnArialH` … → TCVN3; `VNI-Times`, `VNI
    Helve` … → VNI, in any case; None for a font of Unicode, which may hold anything."""
    if _TCVN3_FONT.match(name):
        return Encoding.TCVN3
    if _VNI_FONT.match(name):
        return Encoding.VNI
    return None


@cache
def is_capitals_font(name: str) -> bool:
    """Whether a font shows small letters as capitals: `.VnTimeH`, `.VnHelvetInsH`, `.VnArial
    NarrowH` (their codes are those of small letters). VNI fonts have capitals of their own."""
    return encoding_of_font(name) is Encoding.TCVN3 and name.rstrip().lower().endswith("h")
