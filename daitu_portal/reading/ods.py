"""An .ods workbook, as LibreOffice writes it: each sheet through once.

Rows and cells that are repeated are counted before they are told: one line may say a million of
them. Source: OpenDocument 1.3 part 3, chapters 9 (tables) and 19.385 (office:value-type).
"""

import re
import zipfile
from typing import Any

from daitu_portal.reading.markup import LocalNames, walk
from daitu_portal.reading.serials import iso_text
from daitu_portal.reading.told import Limit, Refused, RowLine, Teller, number_told

_CELLS = ("table-cell", "covered-table-cell")
_NUMBERS = ("float", "percentage", "currency")
# Inside a cell, and no text of it: comments, pictures, guides to reading.
_NO_TEXT = ("annotation", "ruby-text", "shapes", "frame", "custom-shape", "tracked-changes")
_HIDDEN = ("collapse", "filter")
_FORMATS = ("General", "yyyy", "mm/yyyy", "dd/mm/yyyy", "dd/mm")
_MOST = 2**20  # of repetitions that are meant: more is no sheet


def read_ods(path: str, limits: Limit, teller: Teller) -> None:
    """Tell all sheets. Raises Refused; what else it raises says that the file is damaged."""
    teller.styles((number_format, "") for number_format in _FORMATS)
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as source:
        reader = _Content(limits, teller)
        walk(source, reader.start, reader.end, reader.text)


def _repeated(attributes: dict[str, str], name: str) -> int:
    """How often a row, cell or column stands there."""
    told = attributes.get(f"number-{name}-repeated") or "1"
    return min(max(int(told), 1), _MOST)


class _Content:
    """Hears what stands in content.xml."""

    def __init__(self, limits: Limit, teller: Teller) -> None:
        self.limits, self.teller = limits, teller
        self.names = LocalNames()
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.name = ""
        self.depth = 0  # of tables: those within a cell are not read
        self.silent = 0  # of elements that are no text
        self.cell: dict[str, str] | None = None
        self.paragraphs: list[str] = []
        self.row = RowLine(0)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        # By local names; of two (office:, calcext:value-type) the first counts.
        names = self.names
        attributes = {names[key]: value for key, value in reversed(attributes.items())}
        if name == "table":
            self.depth += 1
            if self.depth == 1:
                self._start_table(attributes)
        elif self.depth == 1:
            self._start_inside(name, attributes)
        elif name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display", "") == "false":
            self.hidden_styles.add(self.style)

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        if name in _NO_TEXT:
            self.silent += 1
        elif self.cell is not None:
            self._start_text(name, attributes)
        elif name == "table-row":
            self.row = RowLine(self.last_row + 1)
            self.column, self.row_attributes = 0, attributes
        elif name in _CELLS:
            self.cell, self.paragraphs = attributes, []
        elif name == "table-column":
            self._column(attributes)

    def _start_text(self, name: str, attributes: dict[str, str]) -> None:
        if self.silent:
            return
        if name == "p":
            self.paragraphs.append("")
        elif self.paragraphs:
            spaces = min(int(attributes.get("c") or "1"), _MOST)
            self.paragraphs[-1] += {"s": " " * spaces, "tab": "\t", "line-break": "\n"}.get(
                name, ""
            )

    def text(self, text: str) -> None:
        if self.depth == 1 and self.cell is not None and not self.silent and self.paragraphs:
            self.paragraphs[-1] += text

    def end(self, name: str) -> None:
        if name == "table":
            self.depth -= 1
            if self.depth == 0:
                self._end_table()
        elif self.depth != 1:
            return
        elif name in _NO_TEXT:
            self.silent -= 1
        elif name in _CELLS and self.cell is not None and not self.silent:
            self._end_cell(self.cell)
        elif name == "table-row":
            self._end_row()

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.name = attributes.get("name", "")
        self.last_row = self.columns = 0
        self.hidden_columns: set[int] = set()
        self.merges: list[tuple[int, int, int, int]] = []
        hidden = attributes.get("style-name", "") in self.hidden_styles
        self.teller.sheet(self.name, is_hidden=hidden)

    def _end_table(self) -> None:
        self.teller.end(self.merges, self.hidden_columns)

    def _column(self, attributes: dict[str, str]) -> None:
        first, self.columns = self.columns, self.columns + _repeated(attributes, "columns")
        if attributes.get("visibility", "") in _HIDDEN:
            last = min(self.columns, self.limits["columns"])
            self.hidden_columns.update(range(first + 1, last + 1))

    def _end_cell(self, attributes: dict[str, str]) -> None:
        self.cell = None
        repeated = _repeated(attributes, "columns")
        first, self.column = self.column + 1, self.column + repeated
        self._merge(attributes, first)
        shown = "\n".join(self.paragraphs)
        letter, value = _told(attributes, shown)
        style = _FORMATS.index(_format_of(value, shown)) if letter == "d" else 0
        formula = attributes.get("formula", "")
        if value == "" and not formula:
            return
        if self.column > self.limits["columns"]:
            limit = self.limits["columns"]
            raise Refused("too_many_columns", self.name, self.row.number, limit)
        for column in range(first, self.column + 1):
            if formula and value != "":
                self.row.more[len(self.row.columns)] = [None, [], value, letter]
            if formula:
                self.row.add(column, "f", f"={formula.partition('=')[2]}", style)
            else:
                self.row.add(column, letter, value, style)

    def _merge(self, attributes: dict[str, str], column: int) -> None:
        across = int(attributes.get("number-columns-spanned") or "1")
        down = int(attributes.get("number-rows-spanned") or "1")
        if across > 1 or down > 1:
            if len(self.merges) >= self.limits["merges"]:
                raise Refused("too_many_merges", self.name, 0, self.limits["merges"])
            row = self.row.number
            self.merges.append((row, column, row + down - 1, column + across - 1))

    def _end_row(self) -> None:
        repeated = _repeated(self.row_attributes, "rows")
        first, self.last_row = self.row.number, self.last_row + repeated
        if not self.row.columns:
            return
        if self.last_row > self.limits["rows"]:
            raise Refused("too_many_rows", self.name, self.last_row, self.limits["rows"])
        hidden = self.row_attributes.get("visibility", "") in _HIDDEN
        for number in range(first, self.last_row + 1):
            self.row.number = number
            self.teller.row(self.row, is_hidden=hidden)


def _told(attributes: dict[str, str], shown: str) -> tuple[str, Any]:
    """(letter of its kind, value) of a cell; `shown` is its text."""
    kind = attributes.get("value-type", "")
    if kind in _NUMBERS:
        return number_told(float(attributes.get("value", "")))
    if kind == "date":
        return iso_text(attributes.get("date-value", ""))
    if kind == "boolean":
        return "b", attributes.get("boolean-value", "") == "true"
    if kind == "string":
        return "t", attributes.get("string-value", "") or shown
    return "t", shown  # a time as it is shown, or what has no kind


def _format_of(day: str, shown: str) -> str:
    """How a day is shown, by its text: where that has two words, one is the year and no day is
    seen. What a style says in many words is not read."""
    words = re.findall(r"\w+", shown)
    if len(words) == 2 and not {day[:4], day[2:4]} & set(words):
        return "dd/mm"
    return {1: "yyyy", 2: "mm/yyyy"}.get(len(words), "dd/mm/yyyy")
