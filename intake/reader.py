"""From a workbook to rows of the record: which sheet is what, where its head is, what it holds.

Problems are gathered, never raised one by one: the sender sees all of them at once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl.utils import column_index_from_string

from cadres.exports import LIST_KIND, NUMBER, PACK_KIND
from cadres.records import ABOUT_SHEET, Field, Table
from daitu_portal.excel_explained import EXPLAINED_SHEET, LISTS_SHEET
from daitu_portal.fields import MASK
from daitu_portal.reading.cells import Cell, ReadSheet, Row
from daitu_portal.text import clean, fold
from intake.about_sheet import exported_at, says_it_is
from intake.cell_values import BLANK, MASKED, CellValues, Place
from intake.healing.lists import FoundList, Repair
from intake.rules.headers import Head, find_head
from intake.shapes import EXAMPLE_MARK, LISTED, TEMPLATE, Part, Shape, shapes
from intake.values import ValueProblem, shown_value

TEMPLATE_VERSION = "1"
NOTES_SHEET, VERSION_SHEET = "Hướng dẫn", "Phiên bản"
_IGNORED = {*map(fold, (ABOUT_SHEET, EXPLAINED_SHEET, NOTES_SHEET, LISTS_SHEET, VERSION_SHEET))}


@dataclass(frozen=True)
class Problem:
    """What is wrong, where, and what to do. `ref` is the cell's address, "" for a whole row;
    `row` 0 is the whole sheet. A warning has a `kind` and forbids nothing; a question forbids until
    its sender has said which; `about` are keys of people on record whom the message names."""

    sheet: str
    row: int
    column: str
    ref: str
    value: str
    message: str
    remedy: str
    kind: str = ""
    about: tuple[int, ...] = ()
    is_question: bool = False


@dataclass(slots=True)
class SourceRow:
    """One record that a row of a sheet tells of.

    `values` are those of the filled cells and of the part's `given`; `cells` say where they stood.
    `person` is the row of the line that says whose record it is; `bad`: fields whose cells could
    not be read. `defaults` are values of a new record that says none of its own; `is_by_the_way`
    rows are left out, and told, where they say too little to be a record."""

    table: Table
    sheet: str
    number: int
    fields: Mapping[str, Field]
    cells: Mapping[str, Cell]
    values: dict[str, Any]
    person: "SourceRow | None" = None
    bad: set[str] = field(default_factory=set)
    only_known: bool = False  # whether the row corrects someone on record, and brings nobody
    defaults: Mapping[str, Any] = field(default_factory=dict)
    is_by_the_way: bool = False
    part: str = ""
    unit: str = ""  # the person's unit, where the list tells it beside the posts
    told_on: date | None = None  # the day that the list is of
    originals: Mapping[str, Cell] = field(default_factory=dict)  # of what was repaired, or is blank
    assumed: frozenset[str] = frozenset()  # fields of which the cell says less than the value

    @property
    def place(self) -> tuple[str, int]:
        return self.sheet, self.number

    def copy_of(self, person: "SourceRow | None") -> "SourceRow":
        """A row to work on, of the person's copy: what it says may change, where it stands not."""
        return SourceRow(
            self.table, self.sheet, self.number, self.fields, self.cells, dict(self.values),
            person, set(self.bad), self.only_known, self.defaults, self.is_by_the_way, self.part,
            self.unit, self.told_on, self.originals, self.assumed,
        )  # fmt: skip

    def says_what(self, other: "SourceRow") -> bool:
        """Whether the row tells nothing that another does not."""
        return self.values.items() <= other.values.items()

    def header(self, code: str) -> str:
        """The column of field `code`, as this sheet calls it."""
        known = self.fields.get(code)
        return known.header if known else self.table.field(code).header

    def problem(
        self, code: str, message: str, remedy: str, *, kind: str = "", about: Iterable[int] = (),
        is_question: bool = False,
    ) -> Problem:  # fmt: skip
        """A problem at the cell of field `code`; where the sheet has no such column, at the cell
        that names the record best."""
        if code not in self.fields:
            code = next((key for key in (*self.table.key, *self.fields) if key in self.cells), code)
        cell = self.originals.get(code) or self.cells.get(code)
        ref = cell.ref if cell and cell.column else ""  # what a group row tells has no cell
        value = shown_value(cell.value) if cell else ""
        return Problem(
            self.sheet, self.number, self.header(code), ref, value, message, remedy, kind,
            tuple(about), is_question,
        )  # fmt: skip


@dataclass
class Reading:
    """All that a workbook says: rows to judge, rows left out, problems."""

    rows: list[SourceRow] = field(default_factory=list)
    lines: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)  # of rows below
    problems: list[Problem] = field(default_factory=list)
    skipped: int = 0
    read: int = 0
    hidden: int = 0
    masked: int = 0
    exported_at: datetime | None = None  # of the list or work-pack that the portal wrote
    notices: list[str] = field(default_factory=list)
    places: dict[tuple[str, str], int] = field(default_factory=dict)  # of columns, in each sheet
    warnings: list[Problem] = field(default_factory=list)
    chosen: Mapping[tuple[str, int], str] = field(default_factory=dict)  # who a row is (Recipe)
    repairs: list[Repair] = field(default_factory=list)
    lists: list[FoundList] = field(default_factory=list)  # of old lists
    sheets: list[dict[str, Any]] = field(default_factory=list)  # name, what it is, whether read
    is_healed: bool = False  # an old list, not a sheet of the portal's own shape

    def in_order(self, problems: Iterable[Problem]) -> list[Problem]:
        """As the sender goes through the file: sheet, row, column."""
        sheets = {sheet: number for number, (sheet, _) in enumerate(self.places)}

        def place(problem: Problem) -> tuple[int, int, int]:
            letters = problem.ref.rstrip("0123456789")
            column = column_index_from_string(letters) if letters else 0
            named = self.places.get((problem.sheet, problem.column), 0)
            return sheets.get(problem.sheet, -1), problem.row, column or named

        return sorted(problems, key=place)


def understand(sheets: Sequence[ReadSheet]) -> Reading:
    """Recognise the sheets and read the values of their cells."""
    reading = Reading()
    _check_version(sheets, reading)
    meant = meant_sheets(sheets)
    is_list = says_it_is(LIST_KIND, sheets)
    is_exported = is_list or says_it_is(PACK_KIND, sheets)
    reading.exported_at = exported_at(sheets) if is_exported else None
    pairs = [(sheet, shape_of_sheet(sheet, meant, is_list=is_list)) for sheet in meant]
    if not any(shape and shape.is_read for _, shape in pairs):
        reading.problems.append(_no_sheet(sheets))
        return reading
    for sheet, shape in pairs:
        if shape is None:
            _refuse_unknown(sheet, reading)
        elif shape.is_read:
            _SheetUnderstanding(sheet, shape, reading).go()
        else:
            _leave_out(sheet, reading)
    reading.notices += told_of_masked(reading.masked)
    if not reading.problems and not reading.rows:
        told = "Tệp chỉ có tiêu đề, không có dòng dữ liệu nào."
        remedy = "Nhập dữ liệu dưới dòng tiêu đề rồi tải lên."
        reading.problems.append(Problem("", 0, "", "", "", told, remedy))
    return reading


def told_of_masked(number: int) -> list[str]:
    """What is said of so many cells of numbers that are masked."""
    if not number:
        return []
    return [
        f"{number} ô số giấy tờ còn che (có dấu {MASK}) nên không đọc; số trên cổng giữ nguyên. "
        "Muốn sửa thì gõ đủ số vào ô."
    ]


def meant_sheets(sheets: Sequence[ReadSheet]) -> list[ReadSheet]:
    """Those that hold the record: not the explanations and lists beside."""
    return [sheet for sheet in sheets if fold(sheet.name) not in _IGNORED]


def shape_in(sheet: ReadSheet, sheets: Sequence[ReadSheet]) -> Shape | None:
    """What a sheet of a workbook of the portal's own shape is."""
    return shape_of_sheet(sheet, meant_sheets(sheets), is_list=says_it_is(LIST_KIND, sheets))


def _check_version(sheets: Sequence[ReadSheet], reading: Reading) -> None:
    for sheet in sheets:
        if fold(sheet.name) == fold(VERSION_SHEET) and sheet.rows:
            found = str(next(iter(sheet.rows[-1].cells.values())).value)
            if found != TEMPLATE_VERSION:
                reading.problems.append(
                    Problem(sheet.name, 0, "", "", found, "Tệp được làm từ mẫu của phiên bản khác.",
                            "Tải tệp mẫu mới trên trang Nhập liệu rồi chép dữ liệu sang.")
                )  # fmt: skip


def shape_of_sheet(sheet: ReadSheet, meant: Sequence[ReadSheet], *, is_list: bool) -> Shape | None:
    """By the sheet's name; a workbook of one sheet may call it anything."""
    if is_list and (len(meant) == 1 or fold(sheet.name) == fold(LISTED.sheet)):
        return LISTED
    name = fold(re.sub(r"\(\d+\)\s*$", "", sheet.name))
    for shape in shapes():
        if fold(shape.sheet) == name:
            return shape
    if len(meant) > 1:
        return None
    texts = head_texts(sheet)
    heads = [(find_head(texts, shape.headers), shape) for shape in shapes()]
    found = [(len(head.columns), -number) for number, (head, _) in enumerate(heads) if head]
    return heads[-max(found)[1]][1] if found else TEMPLATE


def head_texts(sheet: ReadSheet) -> list[tuple[int, dict[int, str]]]:
    return [
        (row.number, {c.column: clean(str(c.value)) for c in row.cells.values()})
        for row in sheet.rows[:40]
    ]


def _no_sheet(sheets: Sequence[ReadSheet]) -> Problem:
    known = ", ".join(f"“{shape.sheet}”" for shape in shapes() if shape.is_read)
    found = ", ".join(f"“{sheet.name}”" for sheet in sheets) or "không có trang nào"
    return Problem("", 0, "", "", found, "Không nhận ra trang dữ liệu nào trong tệp.",
                   f"Dùng tệp mẫu, hoặc đặt tên trang là một trong: {known}.")  # fmt: skip


def _refuse_unknown(sheet: ReadSheet, reading: Reading) -> None:
    if sheet.rows:
        reading.problems.append(Problem(
            sheet.name, 0, "", "", sheet.name, "Không nhận ra trang này.",
            "Xóa trang, hoặc đặt đúng tên trang như trong tệp mẫu.",
        ))  # fmt: skip


def _leave_out(sheet: ReadSheet, reading: Reading) -> None:
    rows = max(len(sheet.rows) - 1, 0)
    reading.read += rows
    reading.skipped += rows
    if rows:
        reading.notices.append(
            f"Trang “{sheet.name}” ({rows} dòng) là danh mục hoặc sổ đào tạo, không nhập qua tệp."
        )


_Told = tuple[Place, Cell, Any]  # what the cell of a place says


class _SheetUnderstanding:
    """One sheet of a known shape: its head, then its rows."""

    def __init__(self, sheet: ReadSheet, shape: Shape, reading: Reading) -> None:
        self.sheet, self.shape, self.reading = sheet, shape, reading
        self.values = CellValues(shape.blank)
        self.fields: dict[str, dict[str, Field]] = {part.name: {} for part in shape.parts}
        for column in shape.columns:
            self.fields[column.part][column.field.code] = column.field

    def go(self) -> None:
        head = find_head(head_texts(self.sheet), self.shape.headers)
        if head is None:
            first = ", ".join(self.shape.headers[:4])
            first_row = self.sheet.rows[0] if self.sheet.rows else None
            cells = list(first_row.cells.values())[:4] if first_row else []
            found = ", ".join(clean(str(cell.value)) for cell in cells) or "trang trống"
            self._say(0, "", found[:120], "Không tìm thấy dòng tiêu đề.",
                      f"Giữ nguyên dòng tiêu đề của mẫu, ví dụ: {first}…")  # fmt: skip
            return
        self._check_head(head)
        for header, number in head.columns.items():
            self.reading.places[self.sheet.name, header] = number
        if self.shape is LISTED:
            self._tell_derived(head)
        parts = {part.name: part for part in self.shape.parts}
        places = [
            Place(parts[column.part], column.field, head.columns[column.field.header])
            for column in self.shape.columns
            if column.field.header in head.columns and not column.field.is_info
        ]
        for row in self.sheet.rows:
            if row.number > head.row:
                self._row(row, places)

    def _say(self, row: int, column: str, value: str, message: str, remedy: str) -> None:
        self.reading.problems.append(
            Problem(self.sheet.name, row, column, "", value, message, remedy)
        )

    def _check_head(self, head: Head) -> None:
        for text in head.unknown.values():
            self._say(head.row, text, text, "Cột này không có trong mẫu.",
                      "Xóa cột, hoặc sửa tiêu đề cho đúng tên trong mẫu.")  # fmt: skip
        for text in head.repeated.values():
            self._say(head.row, text, text, "Tiêu đề này có hai lần.", "Giữ lại một cột.")
        for header in self.shape.required:
            if header not in head.columns:
                self._say(head.row, header, "", f"Thiếu cột “{header}”.",
                          "Thêm cột với đúng tiêu đề như trong mẫu.")  # fmt: skip

    def _tell_derived(self, head: Head) -> None:
        """Which columns of the list are the portal's own: what was typed there goes nowhere."""
        own = [c.field.header for c in self.shape.columns if c.field.is_info]
        told = [f"“{header}”" for header in own if header in head.columns and header != NUMBER]
        if told:
            self.reading.notices.append(
                f"Các cột {', '.join(told)} do cổng tính ra nên không đọc lại; muốn sửa thì mở hồ "
                "sơ, hoặc dùng tệp mẫu."
            )

    def _row(self, row: Row, places: Sequence[Place]) -> None:
        told = [(place, row.cells[place.column]) for place in places if place.column in row.cells]
        read = [(place, cell, self.values.read(place, cell)) for place, cell in told]
        filled = [each for each in read if each[2] is not BLANK]
        if not filled:
            return
        self.reading.read += 1
        self.reading.hidden += row.is_hidden
        if fold(str(filled[0][1].value)) == fold(EXAMPLE_MARK):
            self.reading.skipped += 1
            return
        person, of_part = None, defaultdict[str, list[_Told]](list)
        for each in filled:
            of_part[each[0].part.name].append(each)
        for part in self.shape.parts:
            if part.name in of_part or part is self.shape.parts[0]:
                source = self._source(row, part, of_part[part.name], person)
                self.reading.rows.append(source)
                person = person or source

    def _source(
        self, row: Row, part: Part, filled: Sequence[_Told], person: SourceRow | None
    ) -> SourceRow:
        source = SourceRow(
            part.table,
            self.sheet.name,
            row.number,
            self.fields[part.name],
            {place.field.code: cell for place, cell, _ in filled},
            dict(part.given),
            person,
            only_known=self.shape.only_known,
            part=part.name,
        )
        for code, value in ((place.field.code, value) for place, _, value in filled):
            if value is MASKED:
                self.reading.masked += 1
            elif isinstance(value, ValueProblem):
                source.bad.add(code)
                self.reading.problems.append(source.problem(code, str(value), value.remedy))
            elif value is not None:
                source.values[code] = value
        return source
