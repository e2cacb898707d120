"""OpenDocument workbooks: values, repetitions, and those that would never end."""

import zipfile
from datetime import date

import pytest

from daitu_portal.reading.problems import (
    ActiveWorkbook,
    DamagedWorkbook,
    EncryptedWorkbook,
    TooLarge,
)
from daitu_portal.reading.reader import read_rows
from daitu_portal.tests.reading_here import stay_here

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
)
HIDDEN = (
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
)


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    stay_here(monkeypatch)


@pytest.fixture
def save(tmp_path):
    def write(rows, table="", more=()):
        content = (
            f"<office:document-content {NAMES}><office:automatic-styles>{HIDDEN}"
            f"</office:automatic-styles><office:body><office:spreadsheet>"
            f'<table:table table:name="Trang 1" {table}>{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>"
        )
        path = tmp_path / "x.ods"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", content)
            for name, part in more:
                archive.writestr(name, part)
        return path

    return write


def cell(text="", kind="string", more=""):
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="{kind}" {more}>{paragraph}</table:table-cell>'


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


@pytest.fixture
def cells(save):
    def read(*rows):
        (sheet,) = read_rows(save("".join(rows)))
        return {cell.ref: cell for row in sheet.rows for cell in row.cells.values()}

    return read


def test_values_come_by_their_kind(cells):
    found = cells(
        row(
            cell("Lê Thử"),
            cell("2,34", "float", 'office:value="2.34"'),
            cell("50%", "percentage", 'office:value="0.5"'),
            cell("08/06/2023", "date", 'office:date-value="2023-06-08"'),
            cell("TRUE", "boolean", 'office:boolean-value="true"'),
            cell("09:30", "time", 'office:time-value="PT09H30M00S"'),
        )
    )

    assert [(each.kind, each.value) for each in found.values()] == [
        ("text", "Lê Thử"), ("number", 2.34), ("number", 0.5), ("date", date(2023, 6, 8)),
        ("bool", True), ("text", "09:30"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "number_format"),
    [
        ("08/06/2023", "dd/mm/yyyy"),
        ("06/2023", "mm/yyyy"),
        ("Jun-23", "mm/yyyy"),
        ("2023", "yyyy"),
        ("08/06", "dd/mm"),
    ],
)
def test_how_a_day_is_shown_is_told_by_its_text(cells, shown, number_format):
    found = cells(row(cell(shown, "date", 'office:date-value="2023-06-08"')))

    assert found["A1"].number_format == number_format


def test_a_formula_keeps_what_it_gave(cells):
    more = 'table:formula="of:=[.A1]*2" office:value="4"'

    found = cells(row(cell("4", "float", more)))["A1"]

    assert (found.kind, found.value, found.cached) == ("formula", "=[.A1]*2", 4)


def test_text_keeps_its_spaces_and_lines_and_leaves_comments_out(cells):
    words = (
        "<office:annotation><text:p>ghi chú</text:p></office:annotation>"
        '<text:p>a<text:s text:c="2"/>'
        "<text:span>b</text:span></text:p><text:p>c<text:line-break/>d</text:p>"
    )

    found = cells(row(f'<table:table-cell office:value-type="string">{words}</table:table-cell>'))

    assert found["A1"].value == "a  b\nc\nd"


def test_repeated_rows_and_cells_stand_where_they_were_repeated(cells):
    found = cells(
        row("<table:table-cell/>", more='table:number-rows-repeated="2"'),
        row(
            '<table:table-cell table:number-columns-repeated="2"/>',
            cell("x", more='table:number-columns-repeated="2"'),
            more='table:number-rows-repeated="2"',
        ),
    )

    assert set(found) == {"C3", "D3", "C4", "D4"}


def test_a_million_empty_rows_at_the_end_do_no_harm(save):
    empty = row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        more='table:number-rows-repeated="1048574"',
    )

    (sheet,) = read_rows(save(row(cell("x")) + empty))

    assert [each.number for each in sheet.rows] == [1]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (row(cell("x"), more='table:number-rows-repeated="1048576"'), "vượt mức 20000 dòng"),
        (row(cell("x", more='table:number-columns-repeated="16384"')), "ngoài cột thứ 64"),
        (row(cell("x", more='table:number-columns-repeated="99999999999"')), "ngoài cột thứ 64"),
    ],
)
def test_repetitions_beyond_the_limits_are_refused_before_they_cost(save, rows, words):
    with pytest.raises(TooLarge, match=words):
        read_rows(save(rows))


def test_hidden_rows_columns_sheets_and_merged_areas_are_told(save):
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    )
    merged = 'table:number-columns-spanned="3" table:number-rows-spanned="2"'
    rows = row(cell("x", more=merged)) + row(cell("y"), more='table:visibility="filter"')

    (sheet,) = read_rows(save(columns + rows, 'table:style-name="ta2"'))

    assert sheet.is_hidden
    assert sheet.hidden_columns == {3, 4}
    assert sheet.merges == [(1, 1, 2, 3)]
    assert [each.is_hidden for each in sheet.rows] == [False, True]
    assert sheet.has_fonts is False


def test_passwords_macros_and_declarations_are_refused(save):
    manifest = "META-INF/manifest.xml", "<manifest:encryption-data/>"

    with pytest.raises(EncryptedWorkbook, match="mật khẩu"):
        read_rows(save("", more=[manifest]))
    with pytest.raises(ActiveWorkbook, match="macro"):
        read_rows(save("", more=[("Basic/Standard/Module1.xml", "x")]))
    path = save("")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>')
    with pytest.raises(DamagedWorkbook, match="khai báo XML"):
        read_rows(path)
