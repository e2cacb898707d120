"""The file given back with what is wrong in it."""

import io
import struct
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from daitu_portal.reading.limits import INTERACTIVE
from daitu_portal.reading.marking import Mark, marked_copy
from daitu_portal.reading.problems import DamagedWorkbook, EncryptedWorkbook, TooLarge
from daitu_portal.tests import biff
from daitu_portal.tests.ole import compound_file
from daitu_portal.tests.reading_here import stay_here
from daitu_portal.tests.xlsx_parts import STRICT, data, xlsx

RED = "FFFFC7CE"


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    stay_here(monkeypatch)


@pytest.fixture
def people(tmp_path):
    """A list with a title over it, formats, a formula and a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    sheet.append(["DANH SÁCH CÁN BỘ"])
    sheet.append(["STT", "Họ tên", "Ngày sinh", "Tổng"])
    for number in range(1, 6):
        sheet.append([number, f"Lê <Thử> & {number}", date(1980, 1, number), f"=A{number + 2}*2"])
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A5:A6")
    sheet["B4"].font = Font(name=".VnTime", bold=True)
    sheet["B4"].alignment = Alignment(wrap_text=True)
    sheet["F2"].font = Font(bold=True)  # a format behind the last column
    sheet.column_dimensions["B"].width = 33
    sheet.conditional_formatting.add("A3:A9", CellIsRule(operator="equal", formula=["1"]))
    sheet.add_data_validation(DataValidation("list", formula1='"a,b"', sqref="B3:B9"))
    book.create_sheet("Khác").append(["nguyên"])
    path = tmp_path / "x.xlsx"
    book.save(path)
    return path


def opened(path, marks, **options):
    with marked_copy(path, [Mark(*mark) for mark in marks], **options) as copy:
        return load_workbook(io.BytesIO(copy.read()), rich_text=True)


def texts(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


MARKS = [
    ("Danh sách", 4, 2, "Tên có ký tự lạ."),
    ("Danh sách", 4, 3, "=1+1"),
    ("Danh sách", 5, 0, "Dòng thiếu số CCCD."),
]


def test_marked_cells_are_filled_and_each_row_says_what_is_wrong(people):
    sheet = opened(people, MARKS, heads={"Danh sách": 2})["Danh sách"]

    assert [sheet.cell(row, 5).value for row in range(1, 8)] == [
        None, "Lỗi", None, "Tên có ký tự lạ.\n=1+1", "Dòng thiếu số CCCD.", None, None,
    ]  # fmt: skip
    assert sheet["E4"].data_type == "s"
    assert sheet["E4"].alignment.wrap_text
    filled = {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == RED}
    assert filled == {"B4", "C4", "E2", "E4", "E5"}


def test_what_is_not_marked_stays_as_it_was(people):
    before, after = load_workbook(people), opened(people, MARKS)
    sheet = after["Danh sách"]

    assert [row[:4] for row in texts(sheet)] == [row[:4] for row in texts(before["Danh sách"])]
    assert (sheet["B4"].font.name, sheet["B4"].font.bold) == (".VnTime", True)
    assert sheet["B4"].alignment.wrap_text
    assert sheet["C4"].number_format == before["Danh sách"]["C4"].number_format
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:D1", "A5:A6"}
    assert sheet.column_dimensions["B"].width == 33
    assert len(sheet.data_validations.dataValidation) == 1
    assert texts(after["Khác"]) == [["nguyên"]]


def test_only_the_rows_that_are_asked_for_stay_without_formulas(people):
    sheet = opened(people, MARKS, heads={"Danh sách": 2}, keep_rows={"Danh sách": {1, 2, 4, 5, 6}})[
        "Danh sách"
    ]

    assert [row[1] for row in texts(sheet)] == [
        None, "Họ tên", "Lê <Thử> & 2", "Lê <Thử> & 3", "Lê <Thử> & 4",
    ]  # fmt: skip
    assert [row[3] for row in texts(sheet)][2:] == [None] * 3  # openpyxl saved no results
    assert sheet["E3"].value == "Tên có ký tự lạ.\n=1+1"
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:D1", "A4:A5"}
    assert not sheet.data_validations.dataValidation


def test_a_merged_area_that_loses_a_row_goes(people):
    sheet = opened(people, [], keep_rows={"Danh sách": {2, 5}})["Danh sách"]

    assert sheet.max_row == 2
    assert not sheet.merged_cells.ranges


def test_an_empty_cell_can_be_marked_too(tmp_path):
    path = xlsx(
        tmp_path / "x.xlsx",
        data('<row r="1" spans="1:3"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row>'),
        more={"xl/styles.xml": styles()},
    )

    marks = [("Trang 1", 1, 2, "Thiếu.")]
    sheet, marked = written(path, marks), written(path, marks, "xl/styles.xml")

    assert '<c r="A1"><v>1</v></c><c r="B1" s="1"/><c r="C1"><v>3</v></c><c r="D1"' in sheet
    assert f'<x:fgColor rgb="{RED}"/></x:patternFill></x:fill></x:fills>' in marked
    assert '<x:xf numFmtId="0" fontId="0" fillId="1" borderId="0" applyFill="1"></x:xf>' in marked


def styles():
    return (
        '<x:styleSheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:fonts><x:font><x:name val="Arial"/></x:font></x:fonts>'
        '<x:fills><x:fill><x:patternFill patternType="none"/></x:fill></x:fills>'
        "<x:borders><x:border/></x:borders>"
        '<x:cellStyleXfs><x:xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></x:cellStyleXfs>'
        '<x:cellXfs><x:xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></x:cellXfs>'
        "</x:styleSheet>"
    )


def written(path, marks, part="xl/worksheets/sheet1.xml", **options):
    with (
        marked_copy(path, [Mark(*mark) for mark in marks], **options) as copy,
        zipfile.ZipFile(copy) as archive,
    ):
        return archive.read(part).decode() if part else archive.namelist()


def test_a_column_of_one_format_is_cut_where_the_messages_go(tmp_path):
    columns = '<cols><col min="1" max="16384" width="9"/></cols>'
    path = xlsx(tmp_path / "x.xlsx", columns + data('<row r="1"><c r="A1"><v>1</v></c></row>'))

    found = written(path, [("Trang 1", 1, 1, "Sai.")])

    assert '<col min="1" max="1" width="9"/><col min="3" max="16384" width="9"/>' in found
    assert '<col min="2" max="2" width="60" customWidth="1"/>' in found


def test_styles_without_fills_and_other_namespaces_still_get_the_messages(tmp_path):
    path = xlsx(tmp_path / "x.xlsx", data("<row><c><v>1</v></c></row>"), main=STRICT)

    found = written(path, [("Trang 1", 1, 1, "Sai.")])

    assert '<c r="B1" t="inlineStr" s="0"><is><t xml:space="preserve">Sai.</t></is></c>' in found


def test_the_order_of_calculation_goes_with_the_formulas(tmp_path):
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId9" Type="x/calcChain" Target="calcChain.xml"/></Relationships>'
    )
    row = '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
    more = {"xl/_rels/workbook.xml.rels": relations, "xl/calcChain.xml": "<calcChain/>"}
    path = xlsx(tmp_path / "x.xlsx", data(row), more=more)
    options = {"keep_rows": {"Trang 1": [1]}}

    assert "xl/calcChain.xml" in written(path, [], part=None)
    assert "xl/calcChain.xml" not in written(path, [], part=None, **options)
    assert "calcChain" not in written(path, [], "xl/_rels/workbook.xml.rels", **options)
    assert '<c r="A1"><v>2</v></c>' in written(path, [], **options)


def test_of_other_kinds_the_values_become_a_new_workbook(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("STT,Tên\n1,=A&B <x>\n2,B\n", encoding="utf-8")

    sheet = opened(path, [("Danh sách", 2, 2, "Sai tên.")], heads={"Danh sách": 1})["Danh sách"]

    assert texts(sheet) == [["STT", "Tên", "Lỗi"], ["1", "=A&B <x>", "Sai tên."], ["2", "B", None]]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].fill.fgColor.rgb == RED


def test_an_old_workbook_keeps_days_numbers_results_and_merged_areas(tmp_path):
    inside = (
        biff.number(0, 0, 45085, 1) + biff.number(0, 1, 2.5) + biff.number(2, 0, 7)
        + biff.formula(0, 2, struct.pack("<d", 9))
        + biff.record(0x205, struct.pack("<HHHBB", 0, 3, 0, 1, 0))
        + biff.record(0xE5, struct.pack("<5H", 1, 1, 2, 0, 1))
    )  # fmt: skip
    path = tmp_path / "x.xls"
    parts = biff.font("Arial") + biff.xf(0, 0) + biff.xf(0, 14)
    path.write_bytes(biff.xls(("A/B", 1, inside), shared_parts=parts))

    book = opened(path, [("A/B", 1, 9, "Ngoài bảng."), ("A/B", 3, 3, "Thiếu.")])

    sheet = book["A B"]
    assert [cell.value for cell in sheet[1]] == [
        datetime.fromisoformat("2023-06-08"), 2.5, 9, True, "Ngoài bảng.",
    ]  # fmt: skip
    assert sheet["C3"].fill.fgColor.rgb == RED
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A2:B3"}
    assert sheet.sheet_state == "visible"


def test_only_the_rows_that_are_asked_for_stay_of_other_kinds_too(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("STT,Tên\n1,A\n2,B\n3,C\n", encoding="utf-8")

    sheet = opened(path, [("Danh sách", 4, 0, "Sai.")], keep_rows={"Danh sách": [1, 4]})

    assert texts(sheet["Danh sách"]) == [["STT", "Tên", None], ["3", "C", "Sai."]]


def test_a_file_that_cannot_be_read_is_refused_in_the_same_words(tmp_path, people):
    locked = tmp_path / "x.xls"
    locked.write_bytes(compound_file("EncryptedPackage"))

    with pytest.raises(EncryptedWorkbook, match="mật khẩu"):
        marked_copy(locked, [])
    with pytest.raises(TooLarge, match="vượt mức 3 dòng"):
        marked_copy(people, [Mark(*MARKS[0])], limits=replace(INTERACTIVE, rows=3))
    with pytest.raises(DamagedWorkbook):
        marked_copy(xlsx(tmp_path / "y.xlsx", "<row>"), [Mark("Trang 1", 1, 1, "a")])
