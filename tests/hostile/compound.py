"""Sheets of Excel 97–2003, record by record, in compound files."""

import struct

from daitu_portal.tests.biff import record
from daitu_portal.tests.ole import compound

__all__ = ["compound", "old_sheet", "record"]
_BOOK_GLOBALS, _SHEET = 0x0005, 0x0010


def old_sheet(lines: list[list[str]]) -> bytes:
    """The stream of an .xls of one sheet, “Hồ sơ”, whose cells are texts."""
    cells = b"".join(
        record(0x0204, struct.pack("<3H", r, c, 15) + _text16(text))
        for r, line in enumerate(lines)
        for c, text in enumerate(line)
    )
    width = max(map(len, lines), default=0)
    dimension = record(0x0200, struct.pack("<2I3H", 0, len(lines), 0, width, 0))
    inner = _begin(_SHEET) + dimension + cells + record(0x000A)
    name = "Hồ sơ".encode("utf-16-le")
    begin = _begin(_BOOK_GLOBALS) + record(0x0042, struct.pack("<H", 1200))
    at = len(begin) + 4 + 8 + len(name) + 4
    placed = struct.pack("<IBBBB", at, 0, 0, len(name) // 2, 1) + name
    return begin + record(0x0085, placed) + record(0x000A) + inner


def _begin(kind: int) -> bytes:
    return record(0x0809, struct.pack("<4H2I", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _text16(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
