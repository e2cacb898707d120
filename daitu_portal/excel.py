"""Writes tables as Excel workbooks: streamed, styled, and safe to open. Knows no app.

Text is always stored as text, whatever it looks like: a name that begins with "=" is never a
formula, and a number of 12 digits never loses its zeros.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse, HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from daitu_portal import excel_large
from daitu_portal.downloads import download
from daitu_portal.excel_explained import book_of
from daitu_portal.excel_sheets import (
    CREATOR,
    DAY_FORMAT,
    HEAD_COLOURS,
    TEXT_FORMAT,
    Column,
    Sheet,
    excel_value,
    plain_text,
    sheet_title,
)

__all__ = [
    "DAY_FORMAT", "TEXT_FORMAT", "Column", "Sheet", "book_response", "excel_value", "plain_text",
    "sheet_title", "workbook_response", "write_book", "write_table",
]  # fmt: skip

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

_EDGE = Side(style="thin", color="FFB8C0CC")
_LINE = Border(bottom=Side(style="hair", color="FFD5DAE1"))


class _Pen:
    """The reusable cells of one sheet: a cell is written as soon as it is given, so few suffice."""

    def __init__(self, sheet: Any, columns: Sequence[Column]) -> None:
        self.text = [self._cell(sheet, c, c.number_format or "General") for c in columns]
        self.guarded = [self._cell(sheet, c, TEXT_FORMAT, guard=True) for c in columns]
        self.dates = [self._cell(sheet, c, DAY_FORMAT) for c in columns]

    @staticmethod
    def _cell(sheet: Any, column: Column, number_format: str, *, guard: bool = False) -> Any:
        cell = WriteOnlyCell(sheet)
        cell.number_format = number_format
        cell.border = _LINE
        cell.alignment = Alignment(vertical="top", wrap_text=column.wrap)
        cell.quotePrefix = guard
        return cell

    def row(self, values: Sequence[Any]) -> Iterator[Any]:
        for number, raw in enumerate(values):
            value = excel_value(raw)
            if isinstance(value, str):
                yield self._text(number, value)
            else:
                cells = self.dates if isinstance(value, date) else self.text
                cells[number].value = value
                yield cells[number]

    def _text(self, number: int, value: str) -> Any:
        looks_like_formula = value.startswith(FORMULA_STARTS)
        cell = (self.guarded if looks_like_formula else self.text)[number]
        cell.value = value
        cell.data_type = "s"  # whatever it looks like: never a formula, never an error value
        return cell


def _head_style() -> NamedStyle:
    return NamedStyle(
        name="Đầu bảng",
        font=Font(bold=True, color=f"FF{HEAD_COLOURS[0]}"),
        fill=PatternFill("solid", fgColor=f"FF{HEAD_COLOURS[1]}"),
        alignment=Alignment(vertical="center", wrap_text=True),
        border=Border(left=_EDGE, right=_EDGE, bottom=_EDGE),
    )


def _styled(sheet: Any, value: str, style: str | Font) -> Any:
    cell = WriteOnlyCell(sheet, plain_text(value))
    cell.data_type = "s"
    if isinstance(style, Font):
        cell.font = style
    else:
        cell.style = style
    return cell


def _write_lead(sheet: Any, lines: Sequence[str]) -> None:
    """Write the lines above the head and an empty one."""
    for number, line in enumerate(lines):
        sheet.append([_styled(sheet, line, Font(bold=number == 0, size=13 if number == 0 else 10))])
    if lines:
        sheet.append([])


def _prepare(sheet: Any, table: Sheet) -> None:
    """What must be said before the first row: widths, frozen head, print set-up."""
    for number, column in enumerate(table.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width = column.width
        if table.spare_rows is not None and column.number_format:
            dimension.number_format = column.number_format
    sheet.freeze_panes = f"A{table.head + 1}"
    sheet.sheet_state = "hidden" if table.is_hidden else "visible"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{table.head}:{table.head}"


def _finish(sheet: Any, table: Sheet, count: int) -> None:
    """What must be said after the last row: the filter's range, drop-downs and hints."""
    end, last = get_column_letter(max(len(table.columns), 1)), table.head + count
    sheet.auto_filter.ref = f"A{table.head}:{end}{last}"
    if table.spare_rows is None or not count + table.spare_rows:
        return
    for number, column in enumerate(table.columns, start=1):
        if column.choices_at or column.inline_choices or column.help:
            letter = get_column_letter(number)
            rule = _validation(column)
            rule.add(f"{letter}{table.head + 1}:{letter}{last + table.spare_rows}")
            sheet.data_validations.append(rule)  # a write-only sheet has no add_data_validation


def _validation(column: Column) -> DataValidation:
    rule = DataValidation(allow_blank=True)
    choices = column.choices_at
    if not choices and column.inline_choices:
        choices = f'"{",".join(column.choices)}"'
    if choices:
        rule.type, rule.formula1, rule.showErrorMessage = "list", choices, True
        rule.errorTitle, rule.error = "Không có trong danh sách", "Chọn một giá trị từ ô xổ xuống."
    if column.help:
        rule.promptTitle, rule.prompt = column.header[:32], column.help[:255]
        rule.showInputMessage = True
    return rule


def add_sheet(book: Workbook, table: Sheet) -> int:
    """Append a sheet to a write-only `book`; return how many rows it has below its head."""
    sheet = book.create_sheet(sheet_title(table.title))
    _prepare(sheet, table)
    _write_lead(sheet, table.lead)
    sheet.append([_styled(sheet, each.title, "Đầu bảng") for each in table.columns])
    pen, count = _Pen(sheet, table.columns), 0
    for row in table.rows:
        sheet.append(pen.row(row))
        count += 1
    _finish(sheet, table, count)
    return count


def write_book(tables: Iterable[Sheet], target: Path | IO[bytes]) -> dict[str, int]:
    """Write the sheets to a path or binary file; return the number of rows of each sheet.

    A book with a large sheet goes through the fast writer, which takes a tenth of the time and
    leaves out what only smaller ones need: hints, and drop-downs of more than a line.
    """
    sheets = list(tables)
    if excel_large.suits(sheets):
        return excel_large.write_book(sheets, target)
    book = Workbook(write_only=True)
    book.add_named_style(_head_style())
    book.properties.creator = CREATOR
    counts = {table.title: add_sheet(book, table) for table in sheets}
    book.save(target)
    return counts


def write_table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    title: str,
    lead: Sequence[str] = (),
) -> bytes:
    """One table as the bytes of a workbook, with what its columns mean. `lead`: lines above the
    head (title, as-of day, …)."""
    out = BytesIO()
    write_book(book_of([Sheet(title, columns, rows, lead)]), out)
    return out.getvalue()


def workbook_response(content: bytes | IO[bytes], name: str) -> HttpResponse | FileResponse:
    """`content` as a download called `name` (Vietnamese letters welcome; .xlsx is added).

    An open file is streamed and closed at the end.
    """
    return download(content, name.removesuffix(".xlsx") + ".xlsx", XLSX)


def book_response(
    write: Callable[[IO[bytes]], object], name: str, day: date | None = None
) -> HttpResponse | FileResponse:
    """The workbook that `write` puts into a file, as a download; `day` is added to its name."""
    with ExitStack() as opened:
        file = opened.enter_context(TemporaryFile())
        write(file)
        file.seek(0)
        opened.pop_all()  # the response closes it
    called = f"{name} {day:%d-%m-%Y}" if day else name
    return workbook_response(file, called)
