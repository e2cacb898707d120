"""Files that are no .xlsx: other kinds under its name, old and locked workbooks, OpenDocument."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.hostile.case import Case, bomb, either, refused, told
from tests.hostile.compound import compound, old_sheet, record
from tests.hostile.parts import HEAD, PERSON, book, zipped

_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_LINES = [list(HEAD), list(PERSON)]


def _png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        sum_of = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", sum_of)

    head = struct.pack(">2I5B", 1, 1, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.xlsx")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"abcd"))
    return out.getvalue()


_DISGUISED: dict[str, tuple[Callable[[], bytes], str]] = {
    "pdf": (lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", "PDF"),
    "png": (_png, "ảnh"),
    "jpeg": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(100), "ảnh"),
    "exe": (lambda: b"MZ\x90\x00" + bytes(500), "chương trình"),
    "elf": (lambda: b"\x7fELF\x02\x01\x01" + bytes(500), ""),
    "rar": (lambda: b"Rar!\x1a\x07\x01\x00" + bytes(100), "RAR"),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(100), "7z"),
    "gz": (lambda: gzip.compress(book(), mtime=0), "gzip"),
    "tar": (_tar, ""),
    "html": (lambda: b"<html><body><table><tr><td>a</td></tr></table></body></html>", "web|XML"),
    "xml": (lambda: b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>', "web|XML"),
    "rtf": (lambda: b"{\\rtf1\\ansi Danh s\\'e1ch}", ""),
    "docx": (
        lambda: zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"}),
        "Word",
    ),
    "pptx": (
        lambda: zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}),
        "trình chiếu",
    ),
    "xlsb": (
        lambda: zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01"}),
        "xlsb|nhị phân",
    ),
    "zip": (lambda: zipped({"danh sách.txt": "Nguyễn Văn Thử"}), "nén"),
    "jar": (lambda: zipped({"META-INF/MANIFEST.MF": "Manifest-Version: 1.0"}), "nén"),
    "sqlite": (lambda: b"SQLite format 3\0" + bytes(4080), ""),
    "noise": (lambda: bytes((n * 197 + n // 7) % 256 for n in range(5000)), ""),
    "zeros": (lambda: bytes(5000), ""),
    "nothing": (lambda: b"", "rỗng"),
    "one byte": (lambda: b"P", ""),
    "text": (lambda: "Họ và tên;Ngày sinh\nNguyễn Văn Thử;1980\n".encode(), ""),
}


def _disguised() -> Iterator[Case]:
    for name, (make, word) in _DISGUISED.items():
        yield refused(f"under the name .xlsx: {name}", "ds.xlsx", make, word)
    for ending in (
        "pdf",
        "png",
        "docx",
        "exe",
        "txt.exe",
        "xlsx.exe",
        "html",
        "xlam",
        "svg",
        "php",
    ):
        yield refused(f"a sound workbook named .{ending}", f"ds.{ending}", book)
    yield refused("a sound workbook without an ending", "ds", book)
    yield refused("a file of 6 MB", "ds.xlsx", lambda: bytes(6 * 1024 * 1024))
    yield either("a sound workbook named .xls", "ds.xls", book)
    yield either("a sound workbook named .csv", "ds.csv", book)


def _old(streams: dict[str, bytes], name: str = "ds.xls") -> tuple[str, Callable[[], bytes]]:
    return name, lambda: compound(streams)


def _olds() -> Iterator[Case]:
    sound = old_sheet(_LINES)
    yield either("xls: sound", *_old({"Workbook": sound}))
    yield either("xls: sound, named .xlsx", *_old({"Workbook": sound}, "ds.xlsx"))
    locked = {"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": bytes(5000)}
    yield refused("password: .xlsx", *_old(locked, "ds.xlsx"), "mật khẩu")
    yield refused("password: .xlsx named .xls", *_old(locked), "mật khẩu")
    flag = record(0x002F, struct.pack("<3H", 1, 1, 1) + bytes(48))
    begin, rest = sound[:20], sound[20:]
    yield refused("xls: password", *_old({"Workbook": begin + flag + rest}))
    yield refused("xls: macros", *_old({"Workbook": sound, "_VBA_PROJECT": bytes(50)}))
    yield refused("doc named .xls", *_old({"WordDocument": bytes(5000)}))
    yield refused("xls: no stream of a workbook", *_old({"Khác": bytes(5000)}))
    yield refused("xls: empty stream", *_old({"Workbook": b""}))
    yield refused("xls: noise in the stream", *_old({"Workbook": bytes(range(256)) * 20}))
    for share in (0.05, 0.3, 0.6):
        yield told(
            f"xls: cut at {share:.0%}",
            "ds.xls",
            lambda share=share: _share(compound({"Workbook": sound}), share),
        )
    long = record(0x0204, struct.pack("<3H", 0, 0, 15) + struct.pack("<HB", 65_535, 1))
    yield told("xls: a text longer than its record", *_old({"Workbook": begin + long + rest}))
    far = sound.replace(struct.pack("<3H", 1, 0, 15), struct.pack("<3H", 65_535, 255, 15))
    yield either("xls: a cell in the last place", *_old({"Workbook": far}))
    yield refused("xls: a table that runs in a circle", "ds.xls", _circle)
    yield refused("xls: only its first bytes", "ds.xls", lambda: bytes.fromhex("d0cf11e0a1b11ae1"))
    yield refused("xls: nothing", "ds.xls", lambda: b"", "rỗng")


def _share(content: bytes, share: float) -> bytes:
    return content[: int(len(content) * share)]


def _circle() -> bytes:
    """The directory's chain of sectors comes back to itself."""
    content = bytearray(compound({"Workbook": old_sheet(_LINES)}))
    struct.pack_into("<I", content, 512 + 4, 1)
    struct.pack_into("<I", content, 512 + 8, 2)
    return bytes(content)


def _ods(table: str, **parts: str | bytes) -> bytes:
    """An OpenDocument sheet; `parts` replace or add what it is made of."""
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_OFFICE}" '
        f'xmlns:table="{_TABLE}" xmlns:text="{_TEXT}" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Hồ sơ">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
        "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), _ODS)
        archive.writestr("content.xml", parts.get("content", xml))
        archive.writestr("META-INF/manifest.xml", parts.get("manifest", manifest))
    return out.getvalue()


def _ods_rows(lines: list[list[str]], row: str = "", cell: str = "") -> str:
    return "".join(
        f"<table:table-row{row}>"
        + "".join(
            f'<table:table-cell office:value-type="string"{cell}><text:p>{text}</text:p>'
            "</table:table-cell>"
            for text in line
        )
        + "</table:table-row>"
        for line in lines
    )


def _open_documents() -> Iterator[Case]:
    def made(table: str, **parts: str | bytes) -> Callable[[], bytes]:
        return lambda: _ods(table, **parts)

    sound = _ods_rows(_LINES)
    many = ' table:number-rows-repeated="{}"'
    wide = ' table:number-columns-repeated="{}"'
    yield either("ods: sound", "ds.ods", made(sound))
    yield either("ods: sound, named .xlsx", "ds.xlsx", made(sound))
    yield bomb(
        "ods: one person a billion times",
        "ds.ods",
        made(_ods_rows(_LINES[:1]) + _ods_rows(_LINES[1:], many.format(10**9))),
    )
    yield bomb(
        "ods: one cell a billion times",
        "ds.ods",
        made(_ods_rows(_LINES[:1]) + _ods_rows(_LINES[1:], cell=wide.format(10**9))),
    )
    yield bomb(
        "ods: rows and cells, each a million times",
        "ds.ods",
        made(_ods_rows(_LINES, many.format(10**6), wide.format(10**6))),
    )
    empty = f"<table:table-row{many.format(1_048_574)}><table:table-cell/></table:table-row>"
    yield either(
        "ods: a million empty rows, as LibreOffice writes them", "ds.ods", made(sound + empty)
    )
    yield either(
        "ods: repeated by a negative number", "ds.ods", made(_ods_rows(_LINES, many.format(-5)))
    )
    yield told("ods: repeated by a word", "ds.ods", made(_ods_rows(_LINES, many.format("nhiều"))))
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11))
    yield bomb(
        "ods: billion laughs",
        "ds.ods",
        made(
            "",
            content=(f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l10;</x>'),
        ),
    )
    yield refused("ods: no XML", "ds.ods", made("", content="không phải XML"))
    yield refused("ods: empty content", "ds.ods", made("", content=""))
    locked = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    yield refused(
        "ods: password", "ds.ods", made("", manifest=locked, content=bytes(range(256)) * 8)
    )
    yield bomb("ods: a bomb of blanks", "ds.ods", lambda: _ods(" " * 150 * 1024 * 1024))
    yield told(
        "ods: formula in the name",
        "ds.ods",
        made(
            _ods_rows(_LINES[:1])
            + _ods_rows(_LINES[1:], cell=' table:formula="of:=[.B2]"').replace("string", "error")
        ),
    )
    script = "<office:scripts/><office:event-listeners/>"
    yield either("ods: scripts", "ds.ods", made(script + sound))
    yield told("ods: cut", "ds.ods", lambda: _share(_ods(sound), 0.6))


def cases() -> Iterator[Case]:
    yield from _disguised()
    yield from _olds()
    yield from _open_documents()
