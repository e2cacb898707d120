"""The record set: every table that goes into and comes out of a workbook, and its fields.

One catalogue of fields serves export, template and import. Apps above register their own tables,
so that export and import know no upper app. docs/record-set.md lists all sheets and headers.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from django.db.models import Model, Q, QuerySet

from cadres.rules.levels import LEVELS, level_label
from daitu_portal.excel import TEXT_FORMAT, Column, Sheet, write_book
from daitu_portal.excel_explained import with_explained

VERSION = 1
ABOUT_SHEET, RECORD_SET = "Thông tin", "Bộ dữ liệu cán bộ xã – phiên bản"
# A sheet of Excel ends at row 1 048 576; what is more goes on in “… (2)”.
ROWS_OF_A_SHEET = 1_000_000
SPARE_ROWS = 500  # below the last one, with drop-downs: for rows that are added


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


_AS_TEXT = {Kind.TEXT, Kind.NOTE, Kind.IDENTIFIER, Kind.DIGITS, Kind.PARTIAL, Kind.PERSON,
            Kind.POST, Kind.COMMUNE, Kind.STUDY_FIELD, Kind.TERM, Kind.JSON}  # fmt: skip
_NAMING = {Kind.LEVEL, Kind.POST, Kind.COMMUNE, Kind.STUDY_FIELD, Kind.TERM}
_DAYS = {Kind.DAY, Kind.LAST_DAY, Kind.PARTIAL}
_WHAT = {
    Kind.TEXT: "Chữ",
    Kind.NOTE: "Chữ, nhiều dòng được",
    Kind.IDENTIFIER: "Mã, ô dạng Text",
    Kind.DIGITS: "Dãy chữ số, ô dạng Text để giữ số 0 ở đầu",
    Kind.INTEGER: "Số nguyên",
    Kind.DECIMAL: "Số",
    Kind.DAY: "Đủ ngày, tháng, năm",
    Kind.LAST_DAY: "Ngày cuối cùng; để trống nếu còn tiếp",
    Kind.PARTIAL: "Ngày/tháng/năm, tháng/năm hoặc chỉ năm",
    Kind.CHOICE: "Chọn một trong các giá trị",
    Kind.YES_NO: "Có hoặc Không",
    Kind.LEVEL: "Một mức của nội dung ghi cùng dòng",
    Kind.JSON: "Điều kiện, theo từ vựng của cổng",
    Kind.PERSON: "Số hiệu của người trên cổng",
    Kind.POST: "Mã chức danh",
    Kind.COMMUNE: "Mã xã, thị trấn",
    Kind.STUDY_FIELD: "Mã nhóm ngành",
    Kind.TERM: "Nhiệm kỳ",
}


@dataclass(frozen=True)
class Field:
    """A column of a table.

    `attr` is where the value stands, as a path from the row ("cadre.code"); `choices` maps stored
    values to labels. An `is_info` field is written for the reader's sake and never read back.
    `offered` is what a workbook offers to choose from, where a form takes other values too.
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
    offered: tuple[str, ...] = ()

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

    def column(self, *, is_read: bool = False) -> Column:
        """Its column in a workbook. `is_read`: whether the import reads the sheet."""
        is_read = is_read and not self.is_info
        what = "Để đọc" if self.is_info else _WHAT.get(self.kind, "")
        return Column(
            self.header,
            width=self.width,
            number_format=TEXT_FORMAT if self.kind in _AS_TEXT else "",
            help=self.help,
            says=". ".join(filter(None, (what, self.help))),
            choices=self.drop_down if is_read else (),
            holds_days=self.kind in _DAYS,
            is_read=is_read,
        )

    @property
    def drop_down(self) -> tuple[str, ...]:
        """What may be chosen for it, in the words of a workbook."""
        if self.kind == Kind.YES_NO:
            return "Có", "Không"
        if self.kind == Kind.LEVEL:
            return tuple(dict.fromkeys(chain.from_iterable(LEVELS.values())))
        return tuple((self.choices or {}).values()) or self.offered


@dataclass(frozen=True)
class Likeness:
    """Which fields still say which row it is when one of the key was corrected or left out.

    A row that tells any field of `blank` is someone's new row, not a correction.
    """

    same: tuple[str, ...]
    blank: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)  # there is one of each
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
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, Field]:
        return {field.code: field for field in self.fields}

    @cached_property
    def naming(self) -> frozenset[str]:
        """The fields that name a level or another row, but for the person whose it is."""
        return frozenset(each.code for each in self.fields if each.kind in _NAMING)

    @cached_property
    def required(self) -> tuple[Field, ...]:
        """What a record must have, beside the person whose it is."""
        return tuple(f for f in self.fields if f.is_required and f.kind != Kind.PERSON)

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
    data = [sheet for table in tables() for sheet in _sheets(table)]
    counts = write_book(with_explained(_about(), data), target)
    for sheet, rows in counts.items():
        counted(sheet, rows)
    return counts


def _sheets(table: Table) -> list[Sheet]:
    """The table's sheet, and further ones where Excel's last row is reached."""
    columns = [field.column(is_read=table.is_imported) for field in table.fields]
    total, rows = table.queryset().filter(table.where).count(), table.rows()
    spare = SPARE_ROWS if table.is_imported else None
    found = []
    for number in range(1, max(-(-total // ROWS_OF_A_SHEET), 1) + 1):
        left = total - (number - 1) * ROWS_OF_A_SHEET
        is_last = left <= ROWS_OF_A_SHEET
        title = table.sheet if number == 1 else f"{table.sheet} ({number})"
        mine = rows if is_last else islice(rows, ROWS_OF_A_SHEET)
        expected = min(left, ROWS_OF_A_SHEET)
        found.append(Sheet(title, columns, mine, spare_rows=spare, expected=expected))
    return found


def _about() -> Sheet:
    rows = [[RECORD_SET, VERSION]]
    rows += [[table.sheet, table.note] for table in tables()]
    columns = [Column("Mục", width=34), Column("Nội dung", width=90, wrap=True)]
    return Sheet(ABOUT_SHEET, columns, rows)
