"""What an .xlsx tells beyond its values: fonts, runs, merged areas, what a formula gave."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import from_excel

from daitu_portal.reading.limits import INTERACTIVE
from daitu_portal.reading.problems import DamagedWorkbook, TooLarge
from daitu_portal.reading.reader import iter_rows, read_rows
from daitu_portal.tests.reading_here import stay_here
from daitu_portal.tests.xlsx_parts import STRICT, data, xlsx


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    stay_here(monkeypatch)


@pytest.fixture
def sheet(tmp_path):
    """Reads a sheet of the given XML."""

    def read(inside, **parts):
        (found,) = read_rows(xlsx(tmp_path / "x.xlsx", inside, **parts))
        return found

    return read


@pytest.fixture
def cells(sheet):
    """Reads rows of the given XML; returns the cells by address."""

    def read(rows, **parts):
        found = sheet(data(rows), **parts)
        return {cell.ref: cell for row in found.rows for cell in row.cells.values()}

    return read


def test_each_cell_tells_the_font_of_its_style(cells):
    found = cells(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1" t="str"><v>¸</v></c></row>',
        fonts=("Times New Roman", ".VnTime"),
        xfs='<xf numFmtId="14" fontId="1"/>',
    )

    assert (found["A1"].font, found["A1"].number_format) == ("Times New Roman", "General")
    assert (found["B1"].font, found["B1"].number_format) == (".VnTime", "mm-dd-yy")


RUNS = (
    '<si><r><t xml:space="preserve">Sè </t></r>'
    '<r><rPr><sz val="9"/><rFont val=".VnTime"/></rPr><t>QuyÕt </t></r>'
    '<r><rPr><rFont val=".VnTime"/></rPr><t>®Þnh</t></r></si>'
)
SHARED = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


def test_a_text_in_two_fonts_comes_as_runs_neighbours_of_one_font_joined(cells):
    found = cells(SHARED, strings=RUNS)["A1"]

    assert found.value == "Sè QuyÕt ®Þnh"
    assert found.runs == (("Sè ", "Times New Roman"), ("QuyÕt ®Þnh", ".VnTime"))
    assert found.font == "Times New Roman"


def test_runs_of_one_font_are_no_runs_and_the_cell_is_in_that_font(cells):
    run = '<r><rPr><rFont val=".VnTime"/></rPr><t>{}</t></r>'
    one = f"<si>{run.format('a')}{run.format('b')}</si>"

    found = cells(SHARED, strings=one)["A1"]

    assert (found.value, found.font, found.runs) == ("ab", ".VnTime", ())


def test_runs_that_differ_in_weight_only_are_in_the_cells_font(cells):
    bold = "<si><r><t>a</t></r><r><rPr><b/></rPr><t>b</t></r></si>"

    found = cells(SHARED, strings=bold)["A1"]

    assert (found.value, found.font, found.runs) == ("ab", "Times New Roman", ())


def test_phonetic_guides_are_no_text(cells):
    guided = "<si><t>Lê</t><rPh sb='0' eb='1'><t>レ</t></rPh></si>"

    assert cells(SHARED, strings=guided)["A1"].value == "Lê"


def test_rich_text_written_by_openpyxl_comes_with_its_fonts(tmp_path):
    book = Workbook()
    book.active["A1"].font = Font(name="Arial")
    book.active["A1"] = CellRichText("Lê ", TextBlock(InlineFont(rFont="VNI-Times"), "Thöû"))
    book.save(tmp_path / "x.xlsx")

    (found,) = read_rows(tmp_path / "x.xlsx")[0].rows[0].cells.values()

    assert (found.value, found.font) == ("Lê Thöû", "Arial")
    assert found.runs == (("Lê ", "Arial"), ("Thöû", "VNI-Times"))


def test_merged_areas_and_hidden_columns_are_told(sheet):
    found = sheet(
        '<cols><col min="2" max="3" hidden="1"/><col min="60" max="16384" hidden="true"/>'
        '<col min="5" max="5" width="8"/></cols>'
        + data('<row r="1"><c r="A1"><v>1</v></c></row>')
        + '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B2:A4"/></mergeCells>'
    )

    assert found.merges == [(1, 1, 1, 3), (2, 1, 4, 2)]
    assert found.hidden_columns == frozenset({2, 3, *range(60, INTERACTIVE.columns + 1)})
    assert (found.has_fonts, found.is_8bit) == (True, False)


def test_more_merged_areas_than_allowed_are_refused(tmp_path):
    path = xlsx(tmp_path / "x.xlsx", data("") + '<mergeCell ref="A1:B1"/>' * 3)

    with pytest.raises(TooLarge, match="hơn 2 vùng ô gộp"):
        read_rows(path, replace(INTERACTIVE, merges=2))


def test_a_workbook_without_styles_tells_no_fonts(sheet):
    found = sheet(data('<row r="1"><c r="A1"><v>1</v></c></row>'), more={"xl/styles.xml": None})

    assert found.has_fonts is False
    assert found.rows[0].cells[1].value == 1


def test_a_formula_keeps_what_it_gave(cells):
    found = cells(
        '<row r="1">'
        '<c r="A1"><f>1+1</f><v>2</v></c>'
        '<c r="B1" t="str"><f>A1&amp;"a"</f><v>2a</v></c>'
        '<c r="C1" s="1"><f>TODAY()</f><v>45085</v></c>'
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1"><f t="shared" si="0" ref="E1:F1">A1*2</f><v>4</v></c>'
        '<c r="F1"><f t="shared" si="0"/><v>8</v></c>'
        '<c r="G1"><f>B9</f></c>'
        '<c r="H1" t="b"><f>TRUE()</f><v>1</v></c>'
        "</row>",
        xfs='<xf numFmtId="14" fontId="0"/>',
    )

    assert {ref: (cell.kind, cell.value, cell.cached) for ref, cell in found.items()} == {
        "A1": ("formula", "=1+1", 2),
        "B1": ("formula", '=A1&"a"', "2a"),
        "C1": ("formula", "=TODAY()", date(2023, 6, 8)),
        "D1": ("formula", "=1/0", None),
        "E1": ("formula", "=A1*2", 4),
        "F1": ("formula", "=A1*2", 8),
        "G1": ("formula", "=B9", None),
        "H1": ("formula", "=TRUE()", True),
    }


def test_a_day_is_told_by_the_format_and_the_epoch_of_the_workbook(cells):
    rows = (
        '<row r="1"><c r="A1" s="1"><v>45085</v></c><c r="B1" s="1"><v>45085.5</v></c>'
        '<c r="C1" s="2"><v>1.5</v></c><c r="D1" s="1"><v>99999999</v></c>'
        '<c r="E1" t="d"><v>2023-06-08T00:00:00Z</v></c><c r="F1"><v>45085</v></c></row>'
    )

    found = cells(rows, xfs='<xf numFmtId="14"/><xf numFmtId="46"/>')

    assert [(cell.kind, cell.value) for cell in found.values()] == [
        ("date", date(2023, 6, 8)),
        ("date", datetime.fromisoformat("2023-06-08 12:00")),
        ("text", "1 day, 12:00:00"),
        ("error", "#VALUE!"),
        ("date", date(2023, 6, 8)),
        ("number", 45085),
    ]


@pytest.mark.parametrize("serial", [1, 59, 60, 61, 366, 45085])
def test_days_around_the_29_february_that_never_was_are_those_of_openpyxl(cells, serial):
    row = f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>'

    found = cells(row, xfs='<xf numFmtId="14"/>')

    assert found["A1"].value == from_excel(serial).date()


def test_cells_and_rows_without_addresses_follow_one_another(cells):
    found = cells(
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        '<row r="4"><c r="C4"/><c><v>4</v></c></row><row><c><v>5</v></c></row>'
    )

    assert {ref: cell.value for ref, cell in found.items()} == {
        "A1": 1, "C1": 3, "D4": 4, "A5": 5,
    }  # fmt: skip


def test_cells_out_of_order_come_from_left_to_right(cells):
    row = '<row r="1"><c r="C1"><f>1</f><v>3</v></c><c r="A1"><v>1</v></c></row>'

    found = cells(row)

    assert list(found) == ["A1", "C1"]
    assert found["C1"].cached == 3


def test_characters_written_as_codes_are_read_and_forbidden_ones_left(cells):
    found = cells(SHARED, strings="<si><t>a_x000D__x005F_x0041_ _x0000_</t></si>")

    assert found["A1"].value == "a\r_x0041_ _x0000_"


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_prefixed_and_strict_files_are_read_alike(tmp_path, prefix):
    name = f"xmlns:x='{STRICT}'" if prefix else f"xmlns='{STRICT}'"
    cell = (
        f'<{prefix}row r="1"><{prefix}c r="A1"><{prefix}v>7</{prefix}v></{prefix}c></{prefix}row>'
    )
    inside = f"<{prefix}worksheet {name}><{prefix}sheetData>{cell}</{prefix}sheetData></{prefix}worksheet>"  # noqa: E501
    path = xlsx(tmp_path / "x.xlsx", "", more={"xl/worksheets/sheet1.xml": inside}, main=STRICT)

    assert read_rows(path)[0].rows[0].cells[1].value == 7


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" s="9"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>5</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1"><v>một</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
    ],
)
def test_a_sheet_that_makes_no_sense_is_damaged(cells, rows):
    with pytest.raises(DamagedWorkbook, match="không đúng cấu trúc"):
        cells(rows, strings="<si><t>a</t></si>")


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"]
)
def test_a_document_type_is_refused_in_every_part(tmp_path, part):
    bad = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    with pytest.raises(DamagedWorkbook, match="khai báo XML"):
        read_rows(xlsx(tmp_path / "x.xlsx", data(""), more={part: bad}))


def test_formatted_rows_far_below_the_limit_of_rows_do_no_harm(sheet):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="999999"><c r="A999999" s="1"/></row>'

    found = sheet(data(rows), xfs='<xf numFmtId="14"/>')

    assert [row.number for row in found.rows] == [1]


def test_rows_can_be_taken_one_at_a_time(tmp_path):
    path = xlsx(
        tmp_path / "x.xlsx",
        data("".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 6)))
        + '<mergeCell ref="A1:B1"/>',
    )

    told = [(sheet, [row.cells[1].value for row in rows]) for sheet, rows in iter_rows(path)]

    assert [values for _, values in told] == [[1, 2, 3, 4, 5]]
    assert told[0][0].rows == []
    assert told[0][0].merges == [(1, 1, 1, 2)]


def test_rows_that_nobody_asks_for_are_passed_over(tmp_path):
    book = Workbook()
    book.active.append(["một"])
    book.create_sheet("Hai").append(["hai"])
    book.save(tmp_path / "x.xlsx")

    found = {}
    for sheet, rows in iter_rows(tmp_path / "x.xlsx"):
        if sheet.name == "Hai":
            found = next(rows).cells

    assert found[1].value == "hai"


def test_a_problem_is_raised_before_the_first_row_is_taken(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A9"><v>1</v></c></row>'

    with pytest.raises(DamagedWorkbook, match="dòng 2"):
        next(iter_rows(xlsx(tmp_path / "x.xlsx", data(rows))))
