"""The people list as a workbook: what is seen, streamed."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from cadres.columns import rows_of, with_cells
from cadres.models import Cadre
from cadres.people_page import Asked
from cadres.people_records import load_records
from daitu_portal.excel import TEXT_FORMAT, Column, Sheet

_AT_ONCE = 500
_MISSING = "thiếu dữ liệu"


def people_sheet(asked: Asked, keys: list[int]) -> Sheet:
    """A sheet with a row for each person of `keys`, in their order; read 500 at a time."""
    heads = [Column("TT", width=6), Column("Họ và tên", width=28)]
    heads += [
        Column(each.label, width=each.width, number_format=TEXT_FORMAT) for each in asked.columns
    ]
    return Sheet("Danh sách", heads, _rows(asked, keys), lead=asked.lead)


def _rows(asked: Asked, keys: list[int]) -> Iterator[list[Any]]:
    year, numbers = asked.filters.year, count(1)
    for start in range(0, len(keys), _AT_ONCE):
        chunk = keys[start : start + _AT_ONCE]
        people = Cadre.objects.visible_to(asked.user).filter(pk__in=chunk)
        found = with_cells(people, asked.columns, asked.day, year).in_bulk()
        load_records(found.values(), asked.day, asked.book)
        for row in rows_of([found[key] for key in chunk], asked.book, asked.day, year):
            cells = [each.text(row) or _MISSING for each in asked.columns]
            yield [next(numbers), row.person.full_name, *cells]
