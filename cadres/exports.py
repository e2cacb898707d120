"""The people list as a workbook: what is seen, streamed, and fit to come back by the import.

Each line carries the person's code, so that rows may be sorted and left out; a hidden sheet says
which list it is, of which day, and what of it the import reads (intake/shapes.py has the shape).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from django.utils import timezone

from cadres.columns import ListColumn, Row, rows_of, with_cells
from cadres.models import Cadre
from cadres.people_page import Asked
from cadres.people_records import load_records
from cadres.records import ABOUT_SHEET, table
from daitu_portal.excel import TEXT_FORMAT, Column, Sheet
from daitu_portal.excel_explained import book_of

LIST_SHEET, LIST_KIND = "Danh sách", "Danh sách cán bộ, công chức"
PACK_KIND = "Gói dữ liệu của đơn vị"  # the template with the people of a unit in it
EXPORTED_AT, EXPORTED_FORMAT = "Xuất lúc", "%d/%m/%Y %H:%M:%S"  # of the clock here
NUMBER, CODE, NAME = "TT", "Số hiệu", "Họ và tên"
MISSING = "thiếu dữ liệu"
_AT_ONCE = 500


def people_book(asked: Asked, keys: list[int], *, chosen: bool = False) -> list[Sheet]:
    """The sheets of the list: a row for each person of `keys`, in their order, read 500 at a time;
    and which list it is. `chosen` where the people were ticked."""
    columns = [each for each in asked.columns if each.label != CODE]
    heads = [_NUMBERS, _CODES, _NAMES, *(column_of(each) for each in columns)]
    rows = _rows(asked, columns, keys)
    lead = asked.lead(chosen=chosen)
    people = Sheet(LIST_SHEET, heads, rows, lead=lead, spare_rows=0, expected=len(keys))
    return book_of([people], _about(asked, columns, len(keys)))


_NUMBERS = Column(NUMBER, width=6, says="Số thứ tự của dòng")
_CODES = Column(CODE, width=12, number_format=TEXT_FORMAT, is_read=True,
                says="Mã của người trên cổng: dòng là của ai; không sửa")  # fmt: skip
_NAMES = Column(NAME, width=28, number_format=TEXT_FORMAT, is_read=True, says="Chữ")


def column_of(column: ListColumn) -> Column:
    """The column of the workbook: of what is stored, as the record set has it."""
    if not column.stored:
        shown = column.format or TEXT_FORMAT
        return Column(column.label, column.width, number_format=shown, says=column.says)
    table_code, code = column.stored
    stored = table(table_code).field(code).column(is_read=True)
    told = column.says or stored.says
    return replace(stored, header=column.label, width=column.width, says=told, is_required=False)


def _cell(column: ListColumn, row: Row) -> Any:
    told = column.number(row) if column.number else column.text(row)
    return told or MISSING


def _rows(asked: Asked, columns: list[ListColumn], keys: list[int]) -> Iterator[list[Any]]:
    year, numbers = asked.filters.year, count(1)
    for start in range(0, len(keys), _AT_ONCE):
        chunk = keys[start : start + _AT_ONCE]
        people = Cadre.objects.visible_to(asked.user).filter(pk__in=chunk)
        found = with_cells(people, columns, asked.day, year).in_bulk()
        load_records(found.values(), asked.day, asked.book)
        for row in rows_of([found[key] for key in chunk], asked.book, asked.day, year):
            cells = [_cell(each, row) for each in columns]
            yield [next(numbers), row.person.code, row.person.full_name, *cells]


def _about(asked: Asked, columns: list[ListColumn], people: int) -> Sheet:
    read = [CODE, NAME, *(each.label for each in columns if each.stored)]
    rows: list[list[Any]] = [
        ["Loại tệp", LIST_KIND],
        ["Ngày tính", f"{asked.day:%d/%m/%Y}"],
        [EXPORTED_AT, f"{timezone.localtime():{EXPORTED_FORMAT}}"],
        ["Số người", people],
        ["Cột đọc lại khi nhập", "; ".join(read)],
    ]
    return Sheet(ABOUT_SHEET, [Column("Mục"), Column("Nội dung", width=60)], rows, is_hidden=True)
