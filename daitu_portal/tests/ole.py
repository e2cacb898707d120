"""The smallest compound files (OLE) that hold streams of given names, as Office writes them."""

import struct

SECTOR = 512
_STREAM = 4096  # shorter ones would need a second table
_FAT, _END, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF


def compound_file(*names: str) -> bytes:
    """Up to three streams of zeros: ("EncryptionInfo", "EncryptedPackage"), ("Workbook",) …"""
    names = tuple(sorted(names, key=lambda name: (len(name), name.upper())))
    table, starts = [_FAT, _END], []  # the table itself, then the directory
    for _ in names:
        starts.append(len(table))
        table += [*range(len(table) + 1, len(table) + _STREAM // SECTOR), _END]
    table += [_FREE] * (SECTOR // 4 - len(table))
    entries = [_entry("Root Entry", kind=5, child=1, start=_END, size=0)]
    for number, (name, start) in enumerate(zip(names, starts, strict=True), start=1):
        following = number + 1 if number < len(names) else _FREE
        entries.append(_entry(name, kind=2, right=following, start=start, size=_STREAM))
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    return _header() + struct.pack("<128I", *table) + directory + bytes(_STREAM * len(names))


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
