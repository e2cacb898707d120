"""The sheets beside a table: one that explains its columns, one with what may be chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from openpyxl.utils import get_column_letter

from daitu_portal.excel_sheets import Column, Sheet

EXPLAINED_SHEET, LISTS_SHEET = "Giải thích", "Danh mục"
_MOST_TOLD = 12  # choices in the line that explains a column; more stand in the sheet of lists


def book_of(tables: Iterable[Sheet], *hidden: Sheet) -> list[Sheet]:
    """A whole workbook: the tables, in second place what their columns mean, then the choices of
    drop-downs, and sheets that nobody looks at."""
    placed, lists = _placed(list(tables))
    return [placed[0], explained(placed), *placed[1:], *lists, *hidden]


def with_explained(first: Sheet, tables: Iterable[Sheet]) -> list[Sheet]:
    """The workbook of a record set: a first sheet that says what it is, then as in `book_of`."""
    placed, lists = _placed(list(tables))
    return [first, explained(placed), *placed, *lists]


def explained(tables: Sequence[Sheet]) -> Sheet:
    """A row for each column of the tables: what it says, what may stand in it, whether an import
    reads it back. The same columns are explained once."""
    columns = [
        Column("Trang", width=24),
        Column("Cột", width=28),
        Column("Nội dung", width=70, wrap=True),
        Column("Giá trị cho phép", width=50, wrap=True),
        Column("Đọc lại khi nhập", width=12),
    ]
    several, rows, seen = len(tables) > 1, [], set[tuple[Column, ...]]()
    for table in tables:
        if tuple(table.columns) in seen:
            continue
        seen.add(tuple(table.columns))
        for each in table.columns:
            told = [each.header, each.says or each.help, _allowed(each), each.is_read]
            rows.append([table.title, *told] if several else told)
    return Sheet(EXPLAINED_SHEET, columns if several else columns[1:], rows)


def _allowed(column: Column) -> str:
    told = "; ".join(column.choices[:_MOST_TOLD])
    left = len(column.choices) - _MOST_TOLD
    more = f"; … ({left} giá trị nữa)" if left > 0 else ""
    return told + more


def _placed(tables: list[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
    """The tables, their longer choices standing in a sheet of lists; and that sheet, if any."""
    lists: dict[tuple[str, ...], str] = {}
    for table in tables if any(each.spare_rows is not None for each in tables) else ():
        for each in table.columns:
            if each.choices and not each.inline_choices:
                lists.setdefault(tuple(each.choices), each.header)
    if not lists:
        return tables, []
    places = {choices: _place(n, len(choices)) for n, choices in enumerate(lists, start=1)}
    placed = [
        replace(table, columns=[_at(column, places) for column in table.columns])
        for table in tables
    ]
    columns = [Column(header, width=26) for header in lists.values()]
    return placed, [Sheet(LISTS_SHEET, columns, list(zip_longest(*lists)))]


def _place(number: int, size: int) -> str:
    letter = get_column_letter(number)
    return f"'{LISTS_SHEET}'!${letter}$2:${letter}${size + 1}"


def _at(column: Column, places: dict[tuple[str, ...], str]) -> Column:
    return replace(column, choices_at=places.get(tuple(column.choices), ""))
