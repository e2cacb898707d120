"""Writes workbooks with large sheets: row by row, with little memory, in a tenth of the time.

The writer takes a format a column, not a cell. So a column of text is guarded whole: its cells are
text, and stay text when they are edited.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from types import NoneType
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from daitu_portal.excel_sheets import (
    DAY_FORMAT,
    HEAD_COLOURS,
    MOST_CHARACTERS,
    TEXT_FORMAT,
    Column,
    Sheet,
    excel_value,
    plain_text,
    sheet_title,
)

if TYPE_CHECKING:
    from rustpy_xlsxwriter import Format

LARGE = 20_000  # rows of a sheet
_AT_ONCE = 200  # rows looked at together
_AS_IT_IS = frozenset({NoneType, int, float, date, str})


def suits(sheets: Sequence[Sheet]) -> bool:
    """Whether a sheet is large, and all of them can be written here: their headers differ."""
    is_large = any(each.expected > LARGE for each in sheets)
    return is_large and all(_differ(each.columns) for each in sheets)


def _differ(columns: Sequence[Column]) -> bool:
    return len({each.title for each in columns}) == len(columns)


def write_book(sheets: Sequence[Sheet], target: Path | IO[bytes]) -> dict[str, int]:
    """Write the sheets to a path or binary file; return the number of rows of each sheet."""
    from rustpy_xlsxwriter import write_worksheets

    counts: dict[str, int] = {}
    names = [sheet_title(each.title) for each in sheets]
    by_name = dict(zip(names, sheets, strict=True))
    write_worksheets(
        [(name, _records(each, counts)) for name, each in by_name.items()],
        cast(Path | BinaryIO, target),
        datetime_format=DAY_FORMAT,
        header_format=dict.fromkeys(names, _head_format()),
        header_row={name: each.head - 1 for name, each in by_name.items()},
        freeze_panes={name: {"row": each.head, "col": 0} for name, each in by_name.items()},
        autofilter=dict.fromkeys(names, True),
        column_widths={name: [c.width for c in each.columns] for name, each in by_name.items()},
        column_formats={name: _formats(each.columns) for name, each in by_name.items()},
        merge_ranges={name: _lead(each) for name, each in by_name.items() if each.lead},
        data_validations={name: _drop_downs(each) for name, each in by_name.items()},
        sheet_view={name: {"hidden": True} for name, each in by_name.items() if each.is_hidden},
        page_setup={name: _paper(each) for name, each in by_name.items()},
    )
    return counts


def _records(sheet: Sheet, counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The rows by header; how many there were goes into `counts`. Of no rows one empty one is
    written: the writer learns the head from the first."""
    heads, rows, count = [each.title for each in sheet.columns], iter(sheet.rows), 0
    while some := list(islice(rows, _AT_ONCE)):
        count += len(some)
        columns = [_fit(column) for column in zip(*some, strict=True)]
        for row in zip(*columns, strict=True):
            yield dict(zip(heads, row, strict=True))
    counts[sheet.title] = count
    if not count:
        yield dict.fromkeys(heads)


def _fit(column: Sequence[Any]) -> Sequence[Any]:
    """Some cells of a column as they are written. Most are so already: looked at together, they
    cost little."""
    kinds = set(map(type, column))
    texts = column if kinds == {str} else [value for value in column if type(value) is str]
    is_plain = kinds <= _AS_IT_IS and "".join(texts).isprintable()
    if is_plain and max(map(len, texts), default=0) <= MOST_CHARACTERS:
        return column
    return [_cell(value) for value in column]


def _cell(value: Any) -> Any:
    found = excel_value(value)
    if isinstance(found, Decimal):
        return float(found)
    if isinstance(found, str):
        return plain_text(found.replace("\r\n", "\n").replace("\r", "\n"))
    return found


def _head_format() -> "Format":
    from rustpy_xlsxwriter import Format

    letters, ground = HEAD_COLOURS
    head = Format().set_bold().set_font_color(f"#{letters}").set_background_color(f"#{ground}")
    return head.set_text_wrap().set_align("vertical_center")


def _formats(columns: Sequence[Column]) -> dict[str, "Format"]:
    """By header; a column without one is general, its days are shown as days."""
    found = {each.title: _format(each) for each in columns}
    return {title: one for title, one in found.items() if one}


def _format(column: Column) -> "Format | None":
    from rustpy_xlsxwriter import Format

    if column.holds_days:
        return Format().set_num_format(DAY_FORMAT)
    if column.number_format == TEXT_FORMAT:
        return Format().set_num_format(TEXT_FORMAT).set_quote_prefix()
    return Format().set_num_format(column.number_format) if column.number_format else None


def _lead(sheet: Sheet) -> list[Any]:
    from rustpy_xlsxwriter import Format

    last, first = max(len(sheet.columns) - 1, 1), Format().set_bold().set_font_size(13)
    return [
        (number, 0, number, last, _cell(line), *([first] if number == 0 else []))
        for number, line in enumerate(sheet.lead)
    ]


def _drop_downs(sheet: Sheet) -> dict[str, dict[str, Any]]:
    if sheet.spare_rows is None:
        return {}
    return {
        each.title: {
            "type": "list",
            "values": list(each.choices),
            "error_title": "Không có trong danh sách",
            "error_message": "Chọn một giá trị từ ô xổ xuống.",
        }
        for each in sheet.columns
        if each.inline_choices
    }


def _paper(sheet: Sheet) -> dict[str, Any]:
    a4 = {"landscape": True, "paper_size": 9, "fit_to_pages": (1, 0)}
    return {**a4, "repeat_rows": sheet.head - 1}
