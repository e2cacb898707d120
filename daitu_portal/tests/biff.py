"""The smallest .xls (BIFF8), record by record, as Excel 97 wrote them."""

import struct

from daitu_portal.tests.ole import compound_file

_WORKBOOK, _SHEET = 0x0005, 0x0010


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def bof(part: int, version: int = 0x0600) -> bytes:
    return record(0x809, struct.pack("<HHHHII", version, part, 0, 0, 0, 0))


END = record(0x0A)


def text(words: str, *, size: str = "H") -> bytes:
    """Characters with their number before them, in one byte each where that is enough."""
    try:
        return struct.pack(f"<{size}B", len(words), 0) + words.encode("latin-1")
    except UnicodeEncodeError:
        return struct.pack(f"<{size}B", len(words), 1) + words.encode("utf-16-le")


def shared(words: str, runs=()) -> bytes:
    """A shared string; `runs` are (where a font begins, its number)."""
    if not runs:
        return text(words)
    head = struct.pack("<HBH", len(words), 9, len(runs)) + words.encode("utf-16-le")
    return head + b"".join(struct.pack("<HH", *run) for run in runs)


def strings(*found: bytes) -> bytes:
    """The table of shared strings in one record."""
    return record(0xFC, struct.pack("<II", len(found), len(found)) + b"".join(found))


def font(name: str) -> bytes:
    return record(0x31, bytes(14) + text(name, size="B"))


def xf(font_number: int, number_format: int) -> bytes:
    return record(0xE0, struct.pack("<HH", font_number, number_format).ljust(20, b"\0"))


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, place: int, style: int = 0) -> bytes:
    return record(0xFD, struct.pack("<HHHI", row, column, style, place))


def formula(row: int, column: int, result: bytes, style: int = 0) -> bytes:
    return record(0x06, struct.pack("<HHH8sHIH", row, column, style, result, 0, 0, 0))


def xls(*sheets: tuple[str, int, bytes], shared_parts: bytes = b"", names=()) -> bytes:
    """A workbook of (name, state, records) sheets; `shared_parts` stand before them: fonts,
    styles, strings. `names` are further streams beside the workbook's own."""
    begin = bof(_WORKBOOK) + shared_parts
    heads = [struct.pack("<IBB", 0, state, 0) + text(name, size="B") for name, state, _ in sheets]
    at = len(begin) + sum(len(record(0x85, head)) for head in heads) + len(END)
    bodies = []
    for place, (_, _, inside) in enumerate(sheets):
        heads[place] = struct.pack("<I", at) + heads[place][4:]
        bodies.append(bof(_SHEET) + inside + END)
        at += len(bodies[-1])
    stream = begin + b"".join(record(0x85, head) for head in heads) + END + b"".join(bodies)
    return compound_file("Workbook", *names, content=stream)


def excel_95(name: str, inside: bytes, *, sort: int = 0, more: bytes = b"") -> bytes:
    """A workbook of Excel 95 with one sheet of kind `sort`: text of one byte a character."""
    begin = bof(_WORKBOOK, 0x0500) + more
    told = struct.pack("<BB", 0, sort) + bytes([len(name)]) + name.encode("latin-1")
    at = len(begin) + 4 + 4 + len(told) + len(END)
    head = record(0x85, struct.pack("<I", at) + told)
    body = bof(_SHEET, 0x0500) + inside + END
    return compound_file("Book", content=begin + head + END + body)


def old_label(row: int, column: int, words: str) -> bytes:
    """A text in its cell, as Excel 95 has it."""
    return record(0x204, struct.pack("<HHHH", row, column, 0, len(words)) + words.encode("latin-1"))
