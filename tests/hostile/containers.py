"""The zip around a workbook: bombs, lies in its directory, forbidden parts, cut short."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

from tests.hostile.case import Case, bomb, either, read, refused, told
from tests.hostile.parts import (
    MAIN,
    PERSON,
    book,
    content_types,
    parts,
    people,
    sheet,
    zipped,
)

MIB = 1024 * 1024
_CENTRAL = b"PK\x01\x02"
_MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def _with(name: str, content: str | bytes = b"x") -> Callable[[], bytes]:
    """A sound workbook with one more part."""
    return lambda: zipped({**parts(), name: content})


def _without(name: str) -> Callable[[], bytes]:
    def make() -> bytes:
        content = parts()
        del content[name]
        return zipped(content)

    return make


def _zeros(name: str, size: int) -> Callable[[], bytes]:
    return lambda: zipped({**parts(), name: bytes(size)}, level=9)


def _wide_sheet() -> bytes:
    """A sheet of 200 MiB of blanks between its rows."""
    return book(sheet(" " * 200 * MIB))


def _nested() -> bytes:
    inner = zipped({"a.bin": bytes(20 * MIB)}, level=9)
    for _ in range(4):
        inner = zipped({f"{n}.zip": inner for n in range(10)}, level=9)
    return zipped({**parts(), "xl/media/bomb.zip": inner})


def _many_parts() -> bytes:
    return zipped({**parts(), **{f"xl/media/{n}.png": b"x" for n in range(30_000)}})


def _many_bombs() -> bytes:
    return zipped({**parts(), **{f"xl/media/{n}.bin": bytes(3 * MIB) for n in range(100)}}, level=9)


def _lying_directory() -> bytes:
    """The directory says that the sheet unpacks to 100 bytes; it is 100 MiB."""
    content = bytearray(zipped({**parts(), "xl/media/a.bin": bytes(100 * MIB)}, level=9))
    at = content.rfind(_CENTRAL)
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(content)


def _patched(offset: int, form: str, value: int, at_last: bool = False) -> Callable[[], bytes]:
    """A field of an entry of the directory, set to what it is not."""

    def make() -> bytes:
        content = bytearray(book())
        at = content.rfind(_CENTRAL) if at_last else content.find(_CENTRAL)
        struct.pack_into(form, content, at + offset, value)
        return bytes(content)

    return make


def _overlapping() -> bytes:
    """Every entry of the directory points at the one big part: the quine-like bomb."""
    content = bytearray(zipped({f"xl/{n}.bin": bytes(MIB) for n in range(150)}, level=9))
    at = content.find(_CENTRAL)
    while at >= 0:
        struct.pack_into("<I", content, at + 42, 0)
        at = content.find(_CENTRAL, at + 4)
    return bytes(content)


def _twice(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts().items():
            archive.writestr(part, content)
        # zipfile warns of the second name; an own entry avoids it
        info = zipfile.ZipInfo(name.upper())
        archive.writestr(info, people(["Trần Văn Hai", "Nam", "1970"]))
    return out.getvalue()


def _packed(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    return out.getvalue()


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
        info = zipfile.ZipInfo("xl/media/link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def _cut(share: float) -> Callable[[], bytes]:
    def make() -> bytes:
        content = book(people(*[PERSON] * 200))
        return content[: int(len(content) * share)]

    return make


def _flipped(share: float) -> Callable[[], bytes]:
    """Some bytes turned over, as on a bad disk."""

    def make() -> bytes:
        content = bytearray(book(people(*[(f"Lê Thị {n}", "Nữ", "1970") for n in range(400)])))
        at = int(len(content) * share)
        for place in range(at, min(at + 8, len(content))):
            content[place] ^= 0xFF
        return bytes(content)

    return make


def _bombs() -> Iterator[Case]:
    yield bomb("bomb: one part of zeros", "a.xlsx", _zeros("xl/media/a.bin", 200 * MIB), "bom|vượt")
    yield bomb("bomb: a sheet of blanks", "a.xlsx", _wide_sheet, "bom|vượt")
    yield bomb(
        "bomb: the shared strings",
        "a.xlsx",
        lambda: book(strings=f'<sst xmlns="{MAIN}"><si><t>{"a" * 150 * MIB}</t></si></sst>'),
        "bom|vượt",
    )
    yield bomb("bomb: the styles", "a.xlsx", _zeros("xl/styles2.xml", 120 * MIB), "bom|vượt")
    yield bomb(
        "bomb: the list of kinds",
        "a.xlsx",
        lambda: book(types=content_types(more=" " * 120 * MIB)),
        "bom|vượt",
    )
    # Small in itself, and nothing reads a part that no sheet names.
    yield either("bomb: zip in zip in zip", "a.xlsx", _nested, seconds=15)
    yield bomb("bomb: 30 000 parts", "a.xlsx", _many_parts, "phần|vượt")
    yield bomb("bomb: a hundred of 3 MiB", "a.xlsx", _many_bombs, "bom|vượt")
    yield bomb("bomb: a directory that lies", "a.xlsx", _lying_directory)
    yield bomb("bomb: entries that overlap", "a.xlsx", _overlapping)


def _forbidden() -> Iterator[Case]:
    macros = "macro"
    yield refused("macro: vbaProject", "a.xlsx", _with("xl/vbaProject.bin"), macros)
    yield refused("macro: vbaProject in capitals", "a.xlsx", _with("XL/VBAPROJECT.BIN"), macros)
    yield refused("macro: elsewhere", "a.xlsx", _with("xl/other/vbaProject.bin"), macros)
    yield refused("macro: xlsm by name", "a.xlsm", book, macros)
    yield refused("macro: xltm by name", "a.xltm", book, macros)
    yield refused(
        "macro: by kind of content",
        "a.xlsx",
        lambda: book(types=content_types(_MACRO_BOOK)),
        macros,
    )
    yield refused("macro: sheet of Excel 4", "a.xlsx", _with("xl/macrosheets/sheet1.xml"), macros)
    yield refused("dialog sheet", "a.xlsx", _with("xl/dialogsheets/sheet1.xml"), "hộp thoại")
    yield refused(
        "link to another file", "a.xlsx", _with("xl/externalLinks/externalLink1.xml"), "liên kết"
    )
    yield refused("ActiveX", "a.xlsx", _with("xl/activeX/activeX1.xml"), "ActiveX")
    yield refused("file inside", "a.xlsx", _with("xl/embeddings/oleObject1.bin"), "nhúng")
    yield refused("button", "a.xlsx", _with("xl/ctrlProps/ctrlProp1.xml"), "nút")
    yield refused("connection", "a.xlsx", _with("xl/connections.xml"), "kết nối")
    yield read("a picture inside", "a.xlsx", _with("xl/media/image1.png"))
    yield either("a comment inside", "a.xlsx", _with("xl/comments1.xml", "<comments/>"))


def _names() -> Iterator[Case]:
    wrong = "đường dẫn"
    yield refused("part with a path upwards", "a.xlsx", _with("xl/../../etc/passwd"), wrong)
    yield refused("part with a path from the root", "a.xlsx", _with("/etc/passwd"), wrong)
    yield refused("part with a drive", "a.xlsx", _with("C:/windows/a.xml"), wrong)
    yield refused("part with backslashes upwards", "a.xlsx", _with("xl\\..\\..\\a.xml"), wrong)
    yield refused("part that is a link", "a.xlsx", _link, wrong)
    yield refused(
        "part twice, in capitals", "a.xlsx", lambda: _twice("xl/worksheets/sheet1.xml"), "trùng"
    )


def _damaged() -> Iterator[Case]:
    for share in (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.995):
        yield refused(f"cut at {share:.1%}", "a.xlsx", _cut(share), "hỏng|không phải|trọn vẹn")
    for share in (0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.96):
        yield told(f"bytes turned over at {share:.0%}", "a.xlsx", _flipped(share))
    yield refused("directory: password flag", "a.xlsx", _patched(8, "<H", 1), "mật khẩu")
    yield refused("directory: unknown packing", "a.xlsx", _patched(10, "<H", 99), "nén")
    yield refused("directory: wrong sum", "a.xlsx", _patched(16, "<I", 1, True), "hỏng")
    yield refused("directory: place beyond the end", "a.xlsx", _patched(42, "<I", 2**31), "hỏng")
    # Its content is whole and its sum is right: a reader that counts for itself may take it.
    yield either("directory: packed size of 4 GiB", "a.xlsx", _patched(20, "<I", 2**32 - 2))
    yield refused("packed by bzip2", "a.xlsx", lambda: _packed(zipfile.ZIP_BZIP2), "nén")
    yield refused("packed by lzma", "a.xlsx", lambda: _packed(zipfile.ZIP_LZMA), "nén")
    yield read("not packed at all", "a.xlsx", lambda: _packed(zipfile.ZIP_STORED))
    yield either("bytes before the zip", "a.xlsx", lambda: b"#!/bin/sh\n" + book())
    yield either("bytes after the zip", "a.xlsx", lambda: book() + b"x" * 1000)
    yield refused("only the end of a zip", "a.xlsx", lambda: b"PK\x05\x06" + bytes(18))
    yield refused("an empty zip of a workbook's name", "a.xlsx", lambda: zipped({"a.txt": "a"}))
    for name in ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        yield refused(f"without {name}", "a.xlsx", _without(name))
    for name in (
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/_rels/workbook.xml.rels",
        "_rels/.rels",
    ):
        yield either(f"without {name}", "a.xlsx", _without(name))


def cases() -> Iterator[Case]:
    yield from _bombs()
    yield from _forbidden()
    yield from _names()
    yield from _damaged()
