"""The smallest compound files (OLE) that hold streams of given names, as Office writes them."""

import struct

SECTOR = 512
_STREAM = 4096  # shorter ones would need a second table
_FAT, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF


def compound_file(first: str = "", *more: str, content: bytes = b"") -> bytes:
    """Up to three streams: ("EncryptionInfo", "EncryptedPackage"), ("Workbook",) … The first holds
    `content` (at most 60 KB), the others zeros."""
    names = tuple(sorted(filter(None, (first, *more)), key=lambda n: (len(n), n.upper())))
    long = -(-max(len(content), _STREAM) // SECTOR) * SECTOR
    sizes = [long if name == first else _STREAM for name in names]
    table, starts = [_FAT, _END], []  # the table itself, then the directory
    for size in sizes:
        starts.append(len(table))
        table += [*range(len(table) + 1, len(table) + size // SECTOR), _END]
    table += [_FREE] * (SECTOR // 4 - len(table))
    entries = [_entry("Root Entry", kind=5, child=1, start=_END, size=0)]
    for number, (name, start, size) in enumerate(zip(names, starts, sizes, strict=True), start=1):
        following = number + 1 if number < len(names) else _FREE
        entries.append(_entry(name, kind=2, right=following, start=start, size=size))
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    streams = [
        content.ljust(s, b"\0") if n == first else bytes(s)
        for n, s in zip(names, sizes, strict=True)
    ]
    return _header() + struct.pack("<128I", *table) + directory + b"".join(streams)


def _header() -> bytes:
    magic = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    versions = struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    places = struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return magic + versions + places + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name, *, kind, start, size, right=_FREE, child=_FREE) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBB3I16x4x16xIQ", text, len(text) + 2, kind, 1, _FREE, right, child, start, size
    )
