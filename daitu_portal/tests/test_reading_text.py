"""Lists as plain text: code pages, what parts the cells, quotes; and names that do not fit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daitu_portal.reading.container import check_fits, kind_of
from daitu_portal.reading.delimited import decoded, delimiter_of
from daitu_portal.reading.limits import INTERACTIVE
from daitu_portal.reading.problems import DamagedWorkbook, NotAWorkbook, TooLarge
from daitu_portal.reading.reader import read_rows
from daitu_portal.tests import biff
from daitu_portal.tests.reading_here import stay_here
from daitu_portal.tests.xlsx_parts import data, xlsx


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    stay_here(monkeypatch)


@pytest.fixture
def read(tmp_path):
    """Reads bytes; returns (sheet, rows of values)."""

    def go(content, limits=INTERACTIVE):
        path = tmp_path / "x.csv"
        path.write_bytes(content)
        (sheet,) = read_rows(path, limits)
        return sheet, [[cell.value for cell in row.cells.values()] for row in sheet.rows]

    return go


LIST = "STT,Họ tên\n1,Nguyễn Thử\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_in_every_form(read, encoding):
    sheet, rows = read(LIST.encode(encoding))

    assert rows == [["STT", "Họ tên"], ["1", "Nguyễn Thử"]]
    assert (sheet.is_8bit, sheet.has_fonts) == (False, False)
    assert {cell.kind for row in sheet.rows for cell in row.cells.values()} == {"text"}


def test_other_text_is_8_bit_and_keeps_every_byte(read):
    tcvn3 = b"STT,H\xe4 t\xaan\n1,Nguy\xd4n Th\xf6\n"

    sheet, rows = read(tcvn3)

    assert sheet.is_8bit
    assert rows[1] == ["1", "NguyÔn Thö"]


@given(st.binary(min_size=1).filter(lambda b: b"\0" not in b))
def test_each_byte_of_8_bit_text_can_be_had_back(content):
    text, is_8bit = decoded(b"a\xff" + content)

    back = b"".join(c.encode("latin-1") if ord(c) < 256 else c.encode("cp1252") for c in text)
    assert not is_8bit or back == b"a\xff" + content


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("STT,Tên\n1,A\n", ","),
        ("STT;Hệ số;Tên\n1;2,34;A\n2;3,33;B\n", ";"),
        ("STT\tTên, tuổi\n1\tA, 30\n", "\t"),
        ("STT|Tên\n1|A\n", "|"),
        ("DANH SÁCH\n\nSTT;Tên;Ngày\n1;A;\n2;B;12/05/1965\n", ";"),
        ("một cột\nA\n", "\t"),
    ],
)
def test_what_parts_the_cells_is_what_cuts_the_rows_evenly(text, delimiter):
    assert delimiter_of(text)[0] == delimiter


def test_excels_own_line_says_what_parts_the_cells_and_is_no_data(read):
    sheet, rows = read(b"sep=|\nSTT|T,n\n1|A\n")

    assert rows == [["STT", "T,n"], ["1", "A"]]
    assert sheet.rows[0].number == 2


def test_quotes_hold_commas_and_lines_and_rows_may_be_uneven(read):
    sheet, rows = read('STT,Tên,Nơi ở\n1,"A, ""B""","dòng 1\r\ndòng 2"\n\n2\n'.encode())

    assert rows == [["STT", "Tên", "Nơi ở"], ["1", 'A, "B"', "dòng 1\r\ndòng 2"], ["2"]]
    assert [row.number for row in sheet.rows] == [1, 2, 4]


def test_numbers_kept_as_text_for_excel_are_the_text_alone(read):
    _, rows = read(b'CCCD,So\n="019000000001","=""07"""\n')

    assert rows[1] == ["019000000001", "07"]


@pytest.mark.parametrize(
    "content", ['STT,Tên\n1,"A\n2,B\n', 'STT,Tên\n1,"A\n' + "2,B\n" * 30 + '3,"C"\n']
)
def test_a_quote_that_is_never_closed_is_refused_and_swallows_no_rows(read, content):
    with pytest.raises(DamagedWorkbook, match="ngoặc kép"):
        read(content.encode())


def test_rows_and_columns_beyond_the_limits_are_refused(read):
    with pytest.raises(TooLarge, match="dòng 3, vượt mức 2"):
        read(b"a\n" * 3, replace(INTERACTIVE, rows=2))
    with pytest.raises(TooLarge, match="ngoài cột thứ 2"):
        read(b"a,b,c\n", replace(INTERACTIVE, columns=2))


@pytest.fixture
def file(tmp_path):
    """A file of each kind."""

    def write(kind):
        path = tmp_path / "x"
        if kind == "xlsx":
            return xlsx(path, data(""))
        path.write_bytes(biff.xls(("A", 0, b"")) if kind == "xls" else LIST.encode())
        return path

    return write


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_the_kind_is_told_by_the_content_alone(file, kind):
    assert kind_of(file(kind)) == kind


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("xlsx", "a.xlsx"), ("xlsx", "a.xls"), ("xls", "a.xlsx"), ("csv", "a.csv"),
        ("csv", "a.xls"), ("csv", "a.TXT"), ("csv", "a.tsv"),
    ],
)  # fmt: skip
def test_a_name_that_does_no_harm_is_taken(file, kind, name):
    assert check_fits(file(kind), name) == kind


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("xlsx", "a.csv", r"“\.csv” nhưng nội dung là sổ Excel \(\.xlsx\)"),
        ("xls", "a.txt", r"“\.txt” nhưng nội dung là sổ Excel 97–2003"),
        ("csv", "a.xlsx", r"“\.xlsx” nhưng nội dung là văn bản thuần"),
        ("csv", "a.ods", r"“\.ods” nhưng nội dung là văn bản thuần"),
    ],
)
def test_a_name_that_misleads_is_refused_with_the_right_one(file, kind, name, words):
    with pytest.raises(NotAWorkbook, match=words) as refused:
        check_fits(file(kind), name)
    assert f"thành .{kind}" in refused.value.remedy


def test_a_web_page_under_the_name_of_a_workbook_is_told_as_one(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"\r\n<html><table><tr><td>1</td></tr></table></html>")

    with pytest.raises(NotAWorkbook, match="trang web"):
        check_fits(path, "a.xls")
