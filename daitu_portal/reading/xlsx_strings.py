"""The strings that the cells of an .xlsx share: plain, or pieces in several fonts."""

import re
from collections.abc import Iterable
from typing import IO

from daitu_portal.reading.markup import walk
from daitu_portal.reading.told import Runs

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class StringBuilder:
    """Gathers one string of rich or plain text: of the shared ones, or standing in its cell.

    `start`, `end` and `text` are told what stands inside; phonetic guides (rPh) are no text.
    """

    __slots__ = ("font", "in_phonetic", "in_text", "pieces")

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.pieces: list[tuple[str, str | None]] = []
        self.font: str | None = None
        self.in_text = self.in_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self.in_text = not self.in_phonetic
        elif name == "r":
            self.font = None
        elif name == "rFont":
            self.font = attributes.get("val")
        elif name == "rPh":
            self.in_phonetic = True

    def end(self, name: str) -> None:
        if name == "t":
            self.in_text = False
        elif name == "rPh":
            self.in_phonetic = False

    def text(self, text: str) -> None:
        if self.in_text:
            self.pieces.append((text, self.font))

    def value(self) -> str | Runs:
        """The text; where a run names its own font, the runs, neighbours of one font joined."""
        if len(self.pieces) == 1 and self.pieces[0][1] is None:
            return unescaped(self.pieces[0][0])
        runs = joined(self.pieces)
        if all(font is None for _, font in runs):
            return unescaped("".join(text for text, _ in runs))
        return tuple((unescaped(text), font) for text, font in runs)


def joined(pieces: Iterable[tuple[str, str | None]]) -> Runs:
    """The pieces of a text, neighbours of one font as one."""
    found: list[tuple[str, str | None]] = []
    for text, font in pieces:
        if found and found[-1][1] == font:
            found[-1] = (found[-1][0] + text, font)
        else:
            found.append((text, font))
    return tuple(found)


def unescaped(text: str) -> str:
    r"""`text` with the characters that Excel writes as _xHHHH_; those no text may hold stay so.

    >>> unescaped("a_x000D__x005F_x"), unescaped("_x0000_")
    ('a\r_x', '_x0000_')
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    is_text = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return chr(code) if is_text else found[0]


def read_strings(source: IO[bytes]) -> list[str | Runs]:
    """All shared strings, in their order."""
    found: list[str | Runs] = []
    builder = StringBuilder()

    def end(name: str) -> None:
        if name == "si":
            found.append(builder.value())
            builder.clear()
        else:
            builder.end(name)

    walk(source, builder.start, end, builder.text)
    return found
