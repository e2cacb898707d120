"""Files that are no plain workbook, each refused with its own words before anything is read."""

import struct
import zipfile
from dataclasses import replace

import pytest

from daitu_portal.reading.container import check_container
from daitu_portal.reading.limits import INTERACTIVE, MIB
from daitu_portal.reading.problems import (
    ActiveWorkbook,
    DamagedWorkbook,
    EncryptedWorkbook,
    NotAWorkbook,
    OldWorkbook,
    TooLarge,
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PARTS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
ENCRYPTED_FLAG, LINK = 0x1, 0o120777 << 16


@pytest.fixture
def file(tmp_path):
    """Writes bytes, or parts as a zip, and returns the path."""

    def save(content, compress=zipfile.ZIP_DEFLATED):
        path = tmp_path / "x.xlsx"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            with zipfile.ZipFile(path, "w", compress) as archive:
                for name, part in content:
                    archive.writestr(name, part)
        return path

    return save


def parts(*more):
    return [*PARTS.items(), *more]


def flagged(path):
    """Mark the first part as encrypted, in its own head and in the directory."""
    content = bytearray(path.read_bytes())
    struct.pack_into("<H", content, content.index(b"PK\x03\x04") + 6, ENCRYPTED_FLAG)
    struct.pack_into("<H", content, content.index(b"PK\x01\x02") + 8, ENCRYPTED_FLAG)
    path.write_bytes(content)
    return path


def test_the_smallest_workbook_is_let_through(file):
    assert check_container(file(parts())) == "xlsx"


@pytest.mark.parametrize(
    ("content", "problem", "words"),
    [
        (b"", NotAWorkbook, "rỗng"),
        (b"%PDF-1.7", NotAWorkbook, "tệp PDF"),
        (b"\x89PNG\r\n", NotAWorkbook, "ảnh"),
        (b"MZ\x90", NotAWorkbook, "chương trình"),
        (b"\xef\xbb\xbf\r\n<html>", NotAWorkbook, "trang web hoặc XML"),
        (b"{\\rtf1 a}", NotAWorkbook, "RTF"),
        (b"MIME-Version: 1.0", NotAWorkbook, "trang web"),
        (b"\x01\x02\x03", NotAWorkbook, "không phải bảng tính, dù"),
        (OLE + b"Workbook", OldWorkbook, "định dạng cũ"),
    ],
)
def test_a_file_is_told_by_its_first_bytes(file, content, problem, words):
    with pytest.raises(problem, match=words):
        check_container(file(content))


@pytest.mark.parametrize(
    ("names", "problem", "words"),
    [
        (["word/document.xml"], NotAWorkbook, "tệp Word"),
        (["ppt/presentation.xml"], NotAWorkbook, "trình chiếu"),
        (["xl/workbook.bin"], OldWorkbook, "nhị phân"),
        (["content.xml", "mimetype"], NotAWorkbook, "OpenDocument khác"),
        (["ảnh.jpg"], NotAWorkbook, "không có sổ Excel"),
        (["[Content_Types].xml"], NotAWorkbook, "không có sổ Excel"),
    ],
)
def test_another_kind_of_archive_is_told_by_its_parts(file, names, problem, words):
    with pytest.raises(problem, match=words):
        check_container(file([(name, b"x") for name in names]))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("xl/vbaProject.bin", "macro"),
        ("xl/macrosheets/sheet1.xml", "macro"),
        ("xl/externalLinks/externalLink1.xml", "liên kết"),
        ("xl/activeX/activeX1.xml", "ActiveX"),
        ("xl/embeddings/oleObject1.bin", "tệp nhúng"),
        ("xl/connections.xml", "kết nối"),
    ],
)
def test_what_could_act_by_itself_is_refused(file, name, words):
    with pytest.raises(ActiveWorkbook, match=words):
        check_container(file(parts((name, b"x"))))


def test_a_workbook_that_calls_itself_macro_enabled_is_refused(file):
    types = b'<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'

    with pytest.raises(ActiveWorkbook, match="macro"):
        check_container(file([("[Content_Types].xml", types), ("xl/workbook.xml", b"x")]))


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x.xml", "C:/x.xml", "xl\\..\\..\\x.xml"])
def test_a_part_that_points_outside_is_refused(file, name):
    with pytest.raises(DamagedWorkbook, match="đường dẫn"):
        check_container(file(parts((name, b"x"))))


def test_a_part_that_is_a_link_is_refused(file):
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = LINK

    with pytest.raises(DamagedWorkbook, match="đường dẫn"):
        check_container(file(parts((link, b"/etc/passwd"))))


def test_two_parts_of_one_name_are_refused_in_any_case(file):
    with pytest.raises(DamagedWorkbook, match="trùng tên"):
        check_container(file(parts(("XL/Workbook.xml", b"x"))))


def test_an_encrypted_part_is_told_as_a_password(file):
    with pytest.raises(EncryptedWorkbook, match="mật khẩu"):
        check_container(flagged(file(parts())))


def test_a_way_of_packing_that_excel_has_not_is_refused(file):
    with pytest.raises(DamagedWorkbook, match="kiểu nén"):
        check_container(file(parts(), compress=zipfile.ZIP_LZMA))


def test_more_parts_than_allowed_are_refused(file):
    with pytest.raises(TooLarge, match="gồm 3 phần, vượt mức 2"):
        check_container(file(parts(("xl/a.xml", b"x"))), replace(INTERACTIVE, parts=2))


def test_more_content_than_allowed_is_refused_by_what_the_directory_says(file):
    with pytest.raises(TooLarge, match="vượt mức 1 MB"):
        check_container(
            file(parts(("xl/a.xml", b"x" * (MIB + 1)))), replace(INTERACTIVE, unpacked=MIB)
        )


def test_content_is_counted_where_the_directory_lies(file, monkeypatch):
    path = file(parts(("xl/a.xml", b"x" * (2 * MIB))))
    monkeypatch.setattr("daitu_portal.reading.archives._check_directory", lambda *_: None)

    with pytest.raises(TooLarge, match="vượt mức 1 MB"):
        check_container(path, replace(INTERACTIVE, unpacked=MIB))


def test_content_that_grows_a_hundredfold_is_a_bomb(file):
    with pytest.raises(TooLarge, match="bom nén"):
        check_container(file(parts(("xl/a.xml", b"x" * (2 * MIB)))))
