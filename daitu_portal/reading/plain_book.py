"""Writes the values of a list as a new .xlsx: for what was read from a file of another kind."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import IO

from daitu_portal.excel_sheets import sheet_title
from daitu_portal.reading.cells import Cell, ReadSheet, Row, Value
from daitu_portal.reading.places import place_of
from daitu_portal.reading.rewriting import HEAD, written_text
from daitu_portal.reading.serials import EPOCH_1900
from daitu_portal.reading.xlsx_marks import MESSAGE_WIDTH, SheetMarks

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TEXT, _DAY, _MOMENT, _NUMBER, _MARKED = 0, 1, 2, 3, 4  # places in the styles; marked ones behind
_FORMATS = (49, 14, 22, 0)
_MESSAGE = 2 * _MARKED  # the cells with messages, wrapped
_PIECES = 500  # rows that are written, and packed, at once
_HIDDEN = ' state="hidden"'

Sheets = Iterable[tuple[ReadSheet, Iterable[Row]]]


@dataclass(frozen=True)
class _Line:
    """A row as it is written: its number now, its cells, the marks of its columns."""

    number: int
    cells: dict[int, Cell]
    marked: Iterable[int]
    message: str


def write_plain(sheets: Sheets, marks: dict[str, SheetMarks], out: IO[bytes]) -> None:
    """Write the sheets with their marks to `out`, a row at a time."""
    names: list[ReadSheet] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (sheet, rows) in enumerate(sheets, start=1):
            names.append(sheet)
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                pieces = _sheet(sheet, rows, marks.get(sheet.name, SheetMarks()))
                while several := "".join(islice(pieces, _PIECES)):
                    part.write(several.encode())
        for path, content in _parts(names).items():
            archive.writestr(path, HEAD + content)


def _sheet(sheet: ReadSheet, rows: Iterable[Row], marks: SheetMarks) -> Iterator[str]:
    column = sheet.width + 1
    place = f'<col min="{column}" max="{column}" width="{MESSAGE_WIDTH}" customWidth="1"/>'
    yield f'{HEAD}<worksheet xmlns="{_MAIN}"><cols>{place}</cols><sheetData>'
    for line in _lines(rows, marks):
        yield _row(line, column)
    yield "</sheetData>"
    if sheet.merges and marks.keep is None:
        areas = "".join(
            f'<mergeCell ref="{place_of(left)}{top}:{place_of(right)}{bottom}"/>'
            for top, left, bottom, right in sheet.merges
        )
        yield f"<mergeCells>{areas}</mergeCells>"
    yield "</worksheet>"


def _lines(rows: Iterable[Row], marks: SheetMarks) -> Iterator[_Line]:
    written = 0
    for row in rows:
        if marks.keep is not None and row.number not in marks.keep:
            continue
        written += 1
        said = marks.message(row.number)
        number = row.number if marks.keep is None else written
        yield _Line(number, row.cells, marks.cells.get(row.number, {}).keys(), said)


def _row(line: _Line, column: int) -> str:
    marked = {place for place in line.marked if 0 < place < column}
    cells = "".join(
        _cell(f"{place_of(place)}{line.number}", line.cells.get(place), place in marked)
        for place in sorted(marked | line.cells.keys())
    )
    if line.message:
        cells += _text(f"{place_of(column)}{line.number}", line.message, _MESSAGE)
    return f'<row r="{line.number}">{cells}</row>'


def _cell(ref: str, cell: Cell | None, is_marked: bool) -> str:
    shift = _MARKED if is_marked else 0
    if cell is None:
        return f'<c r="{ref}" s="{shift}"/>'
    value: Value | None = cell.cached if cell.kind == "formula" else cell.value
    if isinstance(value, bool):
        return f'<c r="{ref}" s="{shift + _NUMBER}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        style = _MOMENT if isinstance(value, datetime) else _DAY
        return f'<c r="{ref}" s="{shift + style}"><v>{_serial(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{ref}" s="{shift + _NUMBER}"><v>{value!r}</v></c>'
    return _text(ref, value or "", shift + _TEXT)


def _text(ref: str, text: str, style: int) -> str:
    inside = f'<is><t xml:space="preserve">{written_text(text)}</t></is>'
    return f'<c r="{ref}" s="{style}" t="inlineStr">{inside}</c>'


def _serial(day: date) -> float:
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    return (moment - EPOCH_1900).total_seconds() / 86_400


def _parts(sheets: list[ReadSheet]) -> dict[str, str]:
    """The small parts of the workbook, by path."""
    numbers = range(1, len(sheets) + 1)
    is_shown = {sheet.is_hidden for sheet in sheets} == {True}  # Excel opens none without a sheet
    listed = "".join(
        f'<sheet name="{_title(sheet.name)}" sheetId="{n}" r:id="rId{n}"'
        f"{_HIDDEN if sheet.is_hidden and not is_shown else ''}/>"
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    related = "".join(_relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    related += _relation(len(sheets) + 1, "styles", "styles.xml")
    types = "".join(_override(f"worksheets/sheet{n}", "worksheet") for n in numbers)
    types += _override("workbook", "sheet.main") + _override("styles", "styles")
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{types}</Types>"
        ),
        "_rels/.rels": _relations(_relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relations(related),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{listed}</sheets></workbook>'
        ),
        "xl/styles.xml": _styles(),
    }


def _title(name: str) -> str:
    """As Excel takes the name of a sheet, inside an attribute."""
    return written_text(sheet_title(name)).replace('"', "&quot;")


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"/>'


def _relations(each: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _override(path: str, kind: str) -> str:
    return f'<Override PartName="/xl/{path}.xml" ContentType="{_BOOK}.{kind}+xml"/>'


def _styles() -> str:
    fill = '<fill><patternFill patternType="{}"/></fill>'
    red = '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/></patternFill></fill>'
    xf = '<xf numFmtId="{}" fontId="0" fillId="{}" borderId="0" xfId="0" applyFill="1"'
    plain = "".join(f"{xf.format(number, 0)}/>" for number in _FORMATS)
    marked = "".join(f"{xf.format(number, 2)}/>" for number in _FORMATS)
    wrapped = '<alignment vertical="top" wrapText="1"/>'
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts><font><sz val="11"/><name val="Calibri"/></font>'
        f"</fonts><fills>{fill.format('none')}{fill.format('gray125')}{red}</fills>"
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"<cellXfs>{plain}{marked}{xf.format(49, 2)}>{wrapped}</xf></cellXfs>"
        '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
