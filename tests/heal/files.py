"""Writes a grid as a file of the kind that its plan says."""

import csv
import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.heal.grid import Grid, Spot
from tests.heal.plan import Plan


def write_file(grid: Grid, plan: Plan, path: Path) -> None:
    if plan.suffix == "xlsx":
        _write_workbook(grid, path)
    else:
        path.write_bytes(_text_of(grid, plan))


def _write_workbook(grid: Grid, path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = grid.name
    fonts: dict[str, Font] = {}
    for (row, column), spot in grid.cells.items():
        _write_spot(sheet, row, column, spot, fonts)
    for top, left, bottom, right in grid.merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for row in grid.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for column in grid.hidden_columns:
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    book.save(path)


def _write_spot(
    sheet: Worksheet, row: int, column: int, spot: Spot, fonts: dict[str, Font]
) -> None:
    value = spot.value
    if spot.runs:
        value = CellRichText(*(TextBlock(InlineFont(rFont=font), text) for font, text in spot.runs))
    cell = sheet.cell(row, column, value)
    cell.font = fonts.setdefault(spot.font, Font(name=spot.font, size=12))
    if spot.number_format != "General":
        cell.number_format = spot.number_format


def _text_of(grid: Grid, plan: Plan) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=plan.delimiter)
    for row in range(1, grid.last_row + 1):
        spots = (grid.cells.get((row, column)) for column in range(1, grid.last_column + 1))
        writer.writerow([_text(spot) if spot else "" for spot in spots])
    text = out.getvalue()
    return text.encode("latin-1" if plan.coding == "8-bit" else plan.coding)


def _text(spot: Spot) -> str:
    if isinstance(spot.value, date):
        return (
            f"{spot.value:%m/%Y}" if spot.number_format == "mm/yyyy" else f"{spot.value:%d/%m/%Y}"
        )
    return str(spot.value)
