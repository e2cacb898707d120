"""The records of an .xls (BIFF8): formats, fonts, strings of the whole workbook; and of each sheet.

Source: [MS-XLS], sections 2.4 (records) and 2.5.293 (XLUnicodeRichExtendedString).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from daitu_portal.reading.told import Runs
from daitu_portal.reading.xlsx_strings import joined

BOF, EOF, CONTINUE, FILEPASS, DATEMODE = 0x809, 0x0A, 0x3C, 0x2F, 0x22
_BOUNDSHEET, _FONT, _FORMAT, _XF, _SST, _SUPBOOK = 0x85, 0x31, 0x41E, 0xE0, 0xFC, 0x1AE
_BIFF8 = 0x0600
_OWN_SHEETS, _ADD_INS = 0x0401, 0x3A01  # what a SUPBOOK names that is no other file
_NO_FONT = 4  # the numbers of fonts leave out 4
Record = tuple[int, bytes]


@dataclass(frozen=True)
class SheetPlace:
    """A sheet as the workbook names it: `kind` 0 is a sheet of cells, 1 of macros, 2 a chart."""

    name: str
    at: int
    is_hidden: bool
    kind: int


@dataclass
class Globals:
    """What the sheets of a workbook share; `styles` are (number of the format, font)."""

    sheets: list[SheetPlace] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    fonts: list[str] = field(default_factory=list)
    styles: list[tuple[int, int]] = field(default_factory=list)
    strings: list[str | Runs] = field(default_factory=list)
    is_1904: bool = False
    is_locked: bool = False
    has_links: bool = False

    def font(self, number: int) -> str:
        """The name of a font by its number in the file."""
        place = number - (number > _NO_FONT)
        return self.fonts[place] if 0 <= place < len(self.fonts) else ""


def records(stream: bytes, at: int = 0) -> Iterator[Record]:
    """(kind, content) from `at` to the end of the part that begins there; charts within it are
    passed over. Raises struct.error where the stream breaks off."""
    depth = 0
    while True:
        kind, size = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + size]
        if len(content) < size:
            raise struct.error("a record ends too early")
        at += 4 + size
        depth += (kind == BOF) - (kind == EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, content


def is_biff8(stream: bytes) -> bool:
    """Whether the workbook is of Excel 97 or later."""
    return stream[:2] == b"\x09\x08" and stream[4:6] == _BIFF8.to_bytes(2, "little")


def read_globals(stream: bytes) -> Globals:
    """What stands before the first sheet. Raises struct.error, IndexError, UnicodeError."""
    found, strings = Globals(), list[bytes]()
    is_after_strings = False
    for kind, content in records(stream):
        if kind == FILEPASS:
            found.is_locked = True
            return found  # the rest is not readable
        if kind == _SST:
            strings = [content]
        elif kind == CONTINUE and is_after_strings:
            strings.append(content)
        else:
            _note(found, kind, content)
        is_after_strings = kind == _SST or (kind == CONTINUE and is_after_strings)
    if strings:
        found.strings = list(_Strings(strings, found).all())
    return found


def _note(found: Globals, kind: int, content: bytes) -> None:
    if kind == _BOUNDSHEET:
        at, state, sort = struct.unpack_from("<IBB", content)
        found.sheets.append(SheetPlace(short_text(content, 6), at, bool(state & 3), sort))
    elif kind == _FONT:
        found.fonts.append(short_text(content, 14))
    elif kind == _FORMAT:
        (number,) = struct.unpack_from("<H", content)
        found.formats[number] = long_text(content, 2)
    elif kind == _XF:
        font, number_format = struct.unpack_from("<HH", content)
        found.styles.append((number_format, font))
    elif kind == DATEMODE:
        found.is_1904 = content[:1] == b"\x01"
    elif kind == _SUPBOOK:
        found.has_links |= struct.unpack_from("<H", content, 2)[0] not in (_OWN_SHEETS, _ADD_INS)


def short_text(content: bytes, at: int) -> str:
    """A text whose length is one byte."""
    return _characters(content, at + 1, content[at])


def long_text(content: bytes, at: int) -> str:
    """A text whose length is two bytes."""
    return _characters(content, at + 2, struct.unpack_from("<H", content, at)[0])


def _characters(content: bytes, at: int, count: int) -> str:
    if content[at] & 1:
        return content[at + 1 : at + 1 + 2 * count].decode("utf-16-le", "replace")
    return content[at + 1 : at + 1 + count].decode("latin-1")


class _Strings:
    """The shared strings, which go on from record to record at any place."""

    def __init__(self, pieces: list[bytes], book: Globals) -> None:
        self._pieces, self._book = pieces, book
        self._number, self._at = 0, 8

    def all(self) -> Iterator[str | Runs]:
        (count,) = struct.unpack_from("<I", self._pieces[0], 4)
        for _ in range(count):  # which some programs count wrong
            if self._number == len(self._pieces) - 1 and self._at >= len(self._pieces[-1]):
                return
            yield self._string()

    def _take(self, size: int) -> bytes:
        """The next bytes, from the next record where this one ends."""
        found = b""
        while len(found) < size:
            if self._at >= len(self._pieces[self._number]):
                self._number, self._at = self._number + 1, 0
            piece = self._pieces[self._number][self._at : self._at + size - len(found)]
            self._at += len(piece)
            found += piece
        return found

    def _string(self) -> str | Runs:
        count, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        text = self._text(count, is_wide=bool(flags & 1))
        fonts = list(struct.iter_unpack("<HH", self._take(4 * runs)))
        self._take(extra)  # phonetic guides
        return _pieces_of(text, [(at, self._book.font(font)) for at, font in fonts])

    def _text(self, count: int, *, is_wide: bool) -> str:
        """`count` characters; where a record ends among them, the next begins with their width."""
        text = ""
        while count:
            if self._at >= len(self._pieces[self._number]):
                self._number, self._at = self._number + 1, 1
                is_wide = bool(self._pieces[self._number][0] & 1)
            left = len(self._pieces[self._number]) - self._at
            now = min(count, max(left // (1 + is_wide), 1))
            part = self._take(now * (1 + is_wide))
            text += part.decode("utf-16-le" if is_wide else "latin-1", "replace")
            count -= now
        return text


def _pieces_of(text: str, starts: list[tuple[int, str]]) -> str | Runs:
    """The text cut where a font begins; before the first it is in the font of its cell."""
    if not starts:
        return text
    ends = [at for at, _ in starts[1:]] + [len(text)]
    cut: list[tuple[str, str | None]] = [(text[: starts[0][0]], None)]
    cut += [(text[at:end], font) for (at, font), end in zip(starts, ends, strict=True)]
    return joined((piece, font) for piece, font in cut if piece)
