"""Workbooks of Excel 97 to 2003: what their records tell, and which are refused."""

import struct
from dataclasses import replace
from datetime import date

import pytest
from python_calamine import load_workbook

from daitu_portal.reading.limits import INTERACTIVE
from daitu_portal.reading.problems import (
    ActiveWorkbook,
    DamagedWorkbook,
    EncryptedWorkbook,
    TooLarge,
)
from daitu_portal.reading.reader import read_rows
from daitu_portal.tests import biff
from daitu_portal.tests.ole import compound_file
from daitu_portal.tests.reading_here import stay_here

FONTS = b"".join(map(biff.font, ["Arial", ".VnTime", "VNI-Times", "Arial"])) + biff.font("Sau 4")
STYLES = biff.xf(0, 0) + biff.xf(1, 0) + biff.xf(0, 14) + biff.xf(5, 164)
FORMATS = biff.record(0x41E, struct.pack("<H", 164) + biff.text("dd/mm/yyyy"))
COMMON = FONTS + FORMATS + STYLES


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    stay_here(monkeypatch)


@pytest.fixture
def save(tmp_path):
    def write(inside=b"", strings=(), more=b"", state=0, **names):
        parts = COMMON + more + biff.strings(*strings)
        content = biff.xls(("Trang 1", state, inside), shared_parts=parts, **names)
        path = tmp_path / "x.xls"
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def cells(save):
    def read(*args, **options):
        (sheet,) = read_rows(save(*args, **options))
        return {cell.ref: cell for row in sheet.rows for cell in row.cells.values()}

    return read


def told(found):
    return {ref: (cell.kind, cell.value) for ref, cell in found.items()}


def test_texts_numbers_and_days_come_as_calamine_reads_them(save):
    inside = (
        biff.label(0, 0, 0)
        + biff.number(0, 1, 2.34)
        + biff.number(1, 0, 7)
        + biff.number(1, 1, 45085, style=2)
    )
    path = save(inside, [biff.shared("Nguyễn Thử")])

    (sheet,) = read_rows(path)

    ours = [[cell.value for cell in row.cells.values()] for row in sheet.rows]
    assert ours == [["Nguyễn Thử", 2.34], [7, date(2023, 6, 8)]]
    assert load_workbook(path).get_sheet_by_index(0).to_python() == ours
    assert (sheet.name, sheet.has_fonts, sheet.width) == ("Trang 1", True, 2)


def test_each_cell_tells_its_font_and_format(cells):
    found = cells(biff.number(0, 0, 1) + biff.label(0, 1, 0, 1) + biff.number(0, 2, 1, 3),
                  [biff.shared("QuyÕt")])  # fmt: skip

    assert [cell.font for cell in found.values()] == ["Arial", ".VnTime", "Sau 4"]
    assert found["C1"].number_format == "dd/mm/yyyy"


def test_a_text_in_two_fonts_comes_as_runs(cells):
    found = cells(biff.label(0, 0, 0), [biff.shared("Sè QuyÕt", [(3, 1), (5, 1)])])["A1"]

    assert found.value == "Sè QuyÕt"
    assert found.runs == (("Sè ", "Arial"), ("QuyÕt", ".VnTime"))


def test_runs_of_one_font_are_no_runs(cells):
    found = cells(biff.label(0, 0, 0), [biff.shared("QuyÕt", [(0, 1)])])["A1"]

    assert (found.value, found.font, found.runs) == ("QuyÕt", ".VnTime", ())


def test_an_empty_text_with_a_font_is_an_empty_cell(cells):
    found = cells(biff.label(0, 0, 0) + biff.number(0, 1, 5), [biff.shared("", [(0, 1)])])

    assert told(found) == {"B1": ("number", 5)}


@pytest.mark.parametrize(
    ("packed", "value"),
    [
        ((7 << 2) | 2, 7),
        ((234 << 2) | 3, 2.34),
        (((-5 << 2) | 2) & 0xFFFFFFFF, -5),
        (struct.unpack("<Q", struct.pack("<d", 1.5))[0] >> 32, 1.5),
    ],
)
def test_packed_numbers_are_unpacked(cells, packed, value):
    one = biff.record(0x27E, struct.pack("<HHHI", 0, 0, 0, packed))
    many = biff.record(0xBD, struct.pack("<HHHIHIH", 1, 0, 0, packed, 0, packed, 1))

    found = cells(one + many)

    assert told(found) == dict.fromkeys(["A1", "A2", "B2"], ("number", value))


def test_formulas_keep_what_they_gave(cells):
    inside = (
        biff.formula(0, 0, struct.pack("<d", 4.5))
        + biff.formula(0, 1, b"\0\0\0\0\0\0\xff\xff")
        + biff.record(0x207, biff.text("Đại học"))
        + biff.formula(0, 2, b"\1\0\1\0\0\0\xff\xff")
        + biff.formula(0, 3, b"\2\0\7\0\0\0\xff\xff")
        + biff.formula(0, 4, struct.pack("<d", 45085), style=2)
    )

    found = cells(inside)

    assert {cell.kind for cell in found.values()} == {"formula"}
    given = [cell.cached for cell in found.values()]
    assert given == [4.5, "Đại học", True, None, date(2023, 6, 8)]


def test_yes_no_errors_and_plain_labels_are_told(cells):
    inside = (
        biff.record(0x205, struct.pack("<HHHBB", 0, 0, 0, 1, 0))
        + biff.record(0x205, struct.pack("<HHHBB", 0, 1, 0, 0x2A, 1))
        + biff.record(0x204, struct.pack("<HHH", 0, 2, 0) + biff.text("chữ"))
    )

    assert told(cells(inside)) == {
        "A1": ("bool", True), "B1": ("error", "#N/A"), "C1": ("text", "chữ"),
    }  # fmt: skip


def test_strings_that_go_on_in_the_next_record_are_whole(tmp_path):
    head = struct.pack("<IIHB", 1, 1, 6, 0)
    more = biff.record(0xFC, head + b"Nguy") + biff.record(0x3C, b"\1" + "ễn".encode("utf-16-le"))
    content = biff.xls(("Trang 1", 0, biff.label(0, 0, 0)), shared_parts=COMMON + more)
    path = tmp_path / "x.xls"

    path.write_bytes(content)

    (sheet,) = read_rows(path)
    assert sheet.rows[0].cells[1].value == "Nguyễn"


def test_hidden_rows_columns_sheets_and_merged_areas_are_told(save):
    inside = (
        biff.record(0x7D, struct.pack("<6H", 2, 3, 0, 0, 1, 0))
        + biff.record(0x208, struct.pack("<HHHHHHI", 1, 0, 1, 0, 0, 0, 0x20))
        + biff.number(1, 0, 1)
        + biff.number(0, 0, 1)
        + biff.record(0xE5, struct.pack("<5H", 1, 0, 1, 0, 3))
    )

    (sheet,) = read_rows(save(inside, state=1))

    assert sheet.is_hidden
    assert [(row.number, row.is_hidden) for row in sheet.rows] == [(1, False), (2, True)]
    assert sheet.hidden_columns == {3, 4}
    assert sheet.merges == [(1, 1, 2, 4)]


def test_days_count_from_1904_where_the_workbook_says_so(cells):
    found = cells(biff.number(0, 0, 43623, style=2), more=biff.record(0x22, b"\1\0"))

    assert found["A1"].value == date(2023, 6, 8)


def test_a_workbook_with_a_password_is_told_as_such(save):
    with pytest.raises(EncryptedWorkbook, match="mật khẩu"):
        read_rows(save(more=biff.record(0x2F, bytes(6))))


def test_links_to_other_files_and_macros_are_refused(save):
    other = struct.pack("<HH", 1, 12) + b"\0b.xls"

    with pytest.raises(ActiveWorkbook, match="liên kết"):
        read_rows(save(more=biff.record(0x1AE, other)))
    with pytest.raises(ActiveWorkbook, match="macro"):
        read_rows(save(names=("_VBA_PROJECT",)))
    assert read_rows(save(more=biff.record(0x1AE, struct.pack("<HH", 1, 0x0401))))


def test_rows_and_columns_beyond_the_limits_are_refused_before_they_cost(save):
    with pytest.raises(TooLarge, match="dữ liệu ở dòng 65536, vượt mức 20000"):
        read_rows(save(biff.number(65535, 0, 1)))
    with pytest.raises(TooLarge, match="ngoài cột thứ 64"):
        read_rows(save(biff.number(0, 65535, 1)))
    with pytest.raises(TooLarge, match="hơn 0 vùng"):
        read_rows(
            save(biff.record(0xE5, struct.pack("<5H", 1, 0, 1, 0, 3))),
            replace(INTERACTIVE, merges=0),
        )


@pytest.mark.parametrize(
    "inside",
    [
        biff.number(0, 0, 1) * 2,
        biff.number(0, 0, 1, style=99),
        biff.label(0, 0, 9),
        struct.pack("<HH", 0x203, 9000),
    ],
)
def test_a_sheet_that_contradicts_itself_is_damaged(save, inside):
    with pytest.raises(DamagedWorkbook):
        read_rows(save(inside))


def test_chains_of_sectors_that_go_in_a_circle_are_damaged(tmp_path):
    content = bytearray(compound_file("Workbook"))
    table = 512
    content[table + 8 : table + 12] = struct.pack("<I", 2)  # the first sector of the stream
    path = tmp_path / "x.xls"
    path.write_bytes(content)

    with pytest.raises(DamagedWorkbook):
        read_rows(path)


@pytest.fixture
def old(tmp_path):
    def read(inside, limits=INTERACTIVE, **options):
        path = tmp_path / "x.xls"
        path.write_bytes(biff.excel_95("Trang 1", inside, **options))
        return read_rows(path, limits)

    return read


def test_a_workbook_of_excel_95_is_read_without_fonts(old):
    inside = (
        biff.old_label(0, 0, "Hä tªn")
        + biff.number(0, 1, 7)
        + biff.number(2, 1, 2.5)
        + biff.record(0x205, struct.pack("<HHHBB", 2, 2, 0, 1, 0))
    )

    (sheet,) = old(inside)

    assert [[(c.ref, c.value) for c in row.cells.values()] for row in sheet.rows] == [
        [("A1", "Hä tªn"), ("B1", 7)], [("B3", 2.5), ("C3", True)],
    ]  # fmt: skip
    assert (sheet.name, sheet.has_fonts, sheet.is_hidden) == ("Trang 1", False, False)


def test_limits_passwords_and_macros_hold_for_excel_95_too(old):
    with pytest.raises(TooLarge, match="vượt mức 2 dòng"):
        old(biff.number(9, 0, 1), replace(INTERACTIVE, rows=2))
    with pytest.raises(TooLarge, match="ngoài cột thứ 2"):
        old(biff.number(0, 9, 1), replace(INTERACTIVE, columns=2))
    with pytest.raises(EncryptedWorkbook):
        old(b"", more=biff.record(0x2F, bytes(4)))
    with pytest.raises(ActiveWorkbook, match="macro"):
        old(b"", sort=1)
