"""Compound files (OLE) with streams of any content: what .xls and locked workbooks are made of."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_LEAST = 4096  # shorter streams would need a second table
_FAT, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_BOOK_GLOBALS, _SHEET = 0x0005, 0x0010


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams; together less than 50 KB, since it has one table only."""
    table, entries, data = [_FAT, _END], [_entry("Root Entry", 5, _END, 0, child=1)], b""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    for number, name in enumerate(names, start=1):
        content = streams[name].ljust(_LEAST, b"\0")
        content += bytes(-len(content) % _SECTOR)
        following = number + 1 if number < len(names) else _FREE
        entries.append(_entry(name, 2, len(table), len(content), following=following))
        count = len(content) // _SECTOR
        table += [*range(len(table) + 1, len(table) + count), _END]
        data += content
    table += [_FREE] * (_SECTOR // 4 - len(table))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")[:_SECTOR]
    return _header() + struct.pack("<128I", *table[:128]) + directory + data


def _header() -> bytes:
    magic = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    versions = struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return magic + versions + places + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(
    name: str, kind: int, start: int, size: int, *, following: int = _FREE, child: int = _FREE
) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3I16x4x16xIQ", text, len(text) + 2, kind, 1, _FREE, following, child, start, size
    )


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of a sheet of Excel 97–2003 (BIFF8)."""
    return struct.pack("<2H", kind, len(content)) + content


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
