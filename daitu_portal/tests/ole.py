"""The smallest compound files (OLE) that hold streams of given names, as Office writes them."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_LEAST = 4096  # shorter streams would need a second table
_FAT, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF


def compound_file(first: str = "", *more: str, content: bytes = b"") -> bytes:
    """Up to three streams: ("EncryptionInfo", "EncryptedPackage"), ("Workbook",) … The first holds
    `content`, the others zeros."""
    streams = {first: content, **dict.fromkeys(more, b"")}
    return compound({name: held for name, held in streams.items() if name})


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
