"""The record set: every table that goes into and comes out of a workbook, and its fields.

One catalogue of fields serves export, template and import. Apps above register their own tables,
so that export and import know no upper app. docs/record-set.md lists all sheets and headers.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from django.db.models import Model, Q, QuerySet

from cadres.rules.levels import level_label
from daitu_portal.excel import TEXT_FORMAT, Column, Sheet, write_book

VERSION = 1
ABOUT_SHEET = "Thông tin"
# A sheet of Excel ends at row 1 048 576; what is more goes on in “… (2)”.
ROWS_OF_A_SHEET = 1_000_000


class Kind(StrEnum):
    """What a field holds, and so how it is written and read."""

    TEXT = "text"
    NOTE = "note"
    IDENTIFIER = "identifier"
    DIGITS = "digits"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DAY = "day"
    LAST_DAY = "last_day"
    PARTIAL = "partial"
    CHOICE = "choice"
    YES_NO = "yes_no"
    LEVEL = "level"
    JSON = "json"
    PERSON = "person"
    POST = "post"
    COMMUNE = "commune"
    STUDY_FIELD = "study_field"
    TERM = "term"
    HOLDING = "holding"  # a post that the person holds: of forms of decisions, in no workbook
    SEAT = "seat"


_AS_TEXT = {Kind.TEXT, Kind.NOTE, Kind.IDENTIFIER, Kind.DIGITS, Kind.PARTIAL, Kind.PERSON}


@dataclass(frozen=True)
class Field:
    """A column of a table.

    `attr` is where the value stands, as a path from the row ("cadre.code"); `choices` maps stored
    values to labels. An `is_info` field is written for the reader's sake and never read back.
    """

    code: str
    header: str
    kind: Kind = Kind.TEXT
    attr: str = ""
    choices: Mapping[Any, str] | None = None
    is_required: bool = False
    is_info: bool = False
    help: str = ""
    example: str = ""
    width: float = 16

    def value_of(self, row: Model) -> Any:
        """The stored value, None where the path ends early."""
        value: Any = row
        for name in (self.attr or self.code).split("."):
            value = getattr(value, name, None)
            if value is None:
                return None
        return value

    def shown(self, row: Model) -> Any:
        """What the cell holds: labels for choices, the last day for an end."""
        return self.told(row, self.value_of(row))

    def told(self, row: Model, value: Any) -> Any:
        """`value`, which `row` has or had in this field, as a cell tells it."""
        if value is None or value == "":
            return None
        if self.kind == Kind.LEVEL:
            return level_label(row.strand, value)  # type: ignore[attr-defined]
        if self.kind == Kind.LAST_DAY:
            return value - timedelta(days=1)
        if self.kind == Kind.JSON:
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        return self.choices[value] if self.choices else value

    def column(self) -> Column:
        return Column(
            self.header,
            width=self.width,
            number_format=TEXT_FORMAT if self.kind in _AS_TEXT else "",
            help=self.help,
        )


@dataclass(frozen=True)
class Likeness:
    """Which fields still say which row it is when one of the key was corrected or left out.

    A row that tells any field of `blank` is someone's new row, not a correction.
    """

    same: tuple[str, ...]
    blank: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One sheet of the record set.

    `key` names the fields that say which row it is, `alike` what does in their stead, in turn.
    Only tables with `is_imported` are read back.
    """

    code: str
    sheet: str
    model: type[Model]
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    order: tuple[str, ...]
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()
    alike: tuple[Likeness, ...] = ()
    is_imported: bool = False
    note: str = ""
    where: Q = field(default_factory=Q)  # which rows the sheet holds

    def field(self, code: str) -> Field:
        """Raises KeyError for a field that the table has not."""
        return {field.code: field for field in self.fields}[code]

    def queryset(self) -> QuerySet:
        found = self.model._default_manager.order_by(*self.order)
        if self.related:
            found = found.select_related(*self.related)
        return found.prefetch_related(*self.prefetched)

    def rows(self) -> Iterator[list[Any]]:
        """What the sheet holds, row by row, streamed from the database."""
        for row in self.queryset().filter(self.where).iterator(chunk_size=2000):
            yield [field.shown(row) for field in self.fields]


_tables: dict[str, Table] = {}


def register(*tables: Table) -> None:
    """Add tables to the record set, in the order in which the sheets stand."""
    for table in tables:
        _tables[table.code] = table


def tables() -> tuple[Table, ...]:
    """All tables of all apps."""
    return tuple(_tables.values())


def table(code: str) -> Table:
    """Raises KeyError for a table that no app registered."""
    return _tables[code]


def write_record_set(
    target: Path | IO[bytes], *, counted: Callable[[str, int], None] = lambda _sheet, _rows: None
) -> dict[str, int]:
    """Write the whole record set to a path or a binary file; return the rows of each sheet."""
    counts = write_book(chain([_about()], *(_sheets(table) for table in tables())), target)
    for sheet, rows in counts.items():
        counted(sheet, rows)
    return counts


def _sheets(table: Table) -> Iterator[Sheet]:
    """The table's sheet, and further ones where Excel's last row is reached."""
    columns = [field.column() for field in table.fields]
    rows, number = table.rows(), 1
    first: Iterable[list[Any]] = ()
    while True:
        title = table.sheet if number == 1 else f"{table.sheet} ({number})"
        yield Sheet(title, columns, chain(first, islice(rows, ROWS_OF_A_SHEET - (number > 1))))
        following = next(rows, None)
        if following is None:
            return
        first, number = [following], number + 1


def _about() -> Sheet:
    rows = [["Bộ dữ liệu cán bộ xã – phiên bản", VERSION]]
    rows += [[table.sheet, table.note] for table in tables()]
    columns = [Column("Mục", width=34), Column("Nội dung", width=90, wrap=True)]
    return Sheet(ABOUT_SHEET, columns, rows)
