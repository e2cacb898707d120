"""Compound files (OLE): what Office wrote until 2007, a small file system in a file.

Source: [MS-CFB], sections 2.2 (header), 2.5 (tables of sectors), 2.6 (directory).
"""

import struct
from collections.abc import Iterator

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_STREAM, _STORAGE, _ROOT = 2, 1, 5
_LAST_SECTOR = 0xFFFFFFFA  # greater numbers mean: end, free, a table
_ENTRY = 128


class Damaged(ValueError):
    """The file contradicts itself or ends too early."""


def entries(content: bytes) -> set[str]:
    """Names of streams and storages, in capitals.

    Every entry stands at a multiple of 128 bytes, so that a file cut short tells what it was.
    """
    found = set()
    for at in range(512, len(content) - _ENTRY + 1, _ENTRY):
        length = int.from_bytes(content[at + 64 : at + 66], "little")  # with the NUL
        if content[at + 66] in (_STREAM, _STORAGE) and 2 < length <= 64:
            name = content[at : at + length - 2].decode("utf-16-le", "replace")
            found.add(name.upper())
    return found


class CompoundFile:
    """A compound file whose streams can be read whole."""

    def __init__(self, content: bytes) -> None:
        """Raises Damaged."""
        if len(content) < 512 or not content.startswith(MAGIC):
            raise Damaged("no compound file")
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Damaged("sectors of an unknown size")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        (directory,) = struct.unpack_from("<I", content, 48)
        self._cutoff, mini_table = struct.unpack_from("<II", content, 56)
        self._table = self._whole_table()
        self._mini_table = _numbers(self._chain(mini_table))
        self._streams = dict(self._listed(self._chain(directory)))

    def stream(self, *names: str) -> bytes:
        """The first of the named streams that is there. Raises Damaged if none is, or not whole."""
        for name in names:
            if name.upper() in self._streams:
                return self._read(*self._streams[name.upper()])
        raise Damaged(f"no stream {names}")

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        found = self._content[at : at + self._size]
        if not found:
            raise Damaged("a sector beyond the end")
        return found

    def _whole_table(self) -> tuple[int, ...]:
        """Which sector follows which."""
        first, count = struct.unpack_from("<II", self._content, 68)
        places = list(struct.unpack_from("<109I", self._content, 76))
        for _ in range(min(count, len(self._content) // self._size)):
            if first > _LAST_SECTOR:
                break
            *more, first = _numbers(self._sector(first).ljust(self._size, b"\xff"))
            places += more
        return _numbers(b"".join(self._sector(p) for p in places if p <= _LAST_SECTOR))

    def _numbers_of(self, start: int, table: tuple[int, ...]) -> Iterator[int]:
        number = start
        for _ in range(len(table) + 1):
            if number > _LAST_SECTOR:
                return
            yield number
            if number >= len(table):
                raise Damaged("a chain of sectors leads nowhere")
            number = table[number]
        raise Damaged("a chain of sectors goes in a circle")

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._numbers_of(start, self._table))

    def _listed(self, directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            if kind in (_STREAM, _ROOT) and 2 < length <= 64:
                name = directory[at : at + length - 2].decode("utf-16-le", "replace")
                yield ("" if kind == _ROOT else name.upper()), (start, size)

    def _read(self, start: int, size: int) -> bytes:
        if size >= self._cutoff:
            found = self._chain(start)
        else:
            small = self._chain(self._streams.get("", (0xFFFFFFFE, 0))[0])
            found = b"".join(
                small[number * self._mini_size : (number + 1) * self._mini_size]
                for number in self._numbers_of(start, self._mini_table)
            )
        if len(found) < size:
            raise Damaged("a stream ends too early")
        return found[:size]


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
