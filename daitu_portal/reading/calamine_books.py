"""Old workbooks through calamine: Excel 5 and 95, which tell no fonts here and are rare by now.

calamine may end the whole process, or ask for more memory than there is: it runs only where both
are limited.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from daitu_portal.reading.serials import iso_of
from daitu_portal.reading.told import Limit, Refused, RowLine, Teller, number_told


def read_excel_95(path: str, limits: Limit, teller: Teller) -> None:
    """Tell all sheets of cells. Raises Refused and what calamine raises."""
    try:
        book = load_workbook(path)
    except PasswordError as error:
        raise Refused("password", "", 0, 0) from error
    teller.styles([("General", "")])
    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.MacroSheet:
            raise Refused("macros", about.name, 0, 0)
        if about.typ == SheetTypeEnum.WorkSheet:
            teller.sheet(about.name, is_hidden=about.visible != SheetVisibleEnum.Visible)
            _tell(book, about.name, limits, teller)


def _tell(book: CalamineWorkbook, name: str, limits: Limit, teller: Teller) -> None:
    sheet = book.get_sheet_by_name(name)
    _check_size(sheet, limits)
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        row = RowLine(number)
        for column, value in enumerate(values, start=1):
            if value != "":
                row.add(column, *_told(value), 0)
        if row.columns:
            teller.row(row, is_hidden=False)
    merges = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    teller.end(merges, ())


def _check_size(sheet: CalamineSheet, limits: Limit) -> None:
    if sheet.total_height > limits["rows"]:
        raise Refused("too_many_rows", sheet.name, sheet.total_height, limits["rows"])
    if sheet.total_width > limits["columns"]:
        raise Refused("too_many_columns", sheet.name, sheet.total_height, limits["columns"])


def _told(value: Any) -> tuple[str, Any]:
    """(letter of the kind, value)."""
    if isinstance(value, bool):
        return "b", value
    if isinstance(value, datetime):
        return "d", iso_of(value)
    if isinstance(value, date):
        return "d", value.isoformat()
    if isinstance(value, time | timedelta):
        return "t", str(value)
    if isinstance(value, int | float):
        return number_told(value)
    return "t", str(value)
