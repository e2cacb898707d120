"""Writes an .xlsx again with marked cells, and beside the last column what is wrong in each row.

Formats, widths, pictures and all else stay as they were. Where only some rows stay, what speaks of
places that are no longer there (formulas, filters, checks of what is typed) goes, and formulas
become what they gave.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from daitu_portal.reading.places import Area, column_of, place_of
from daitu_portal.reading.rewriting import Attributes, Rewriter, empty_tag, start_tag, written_text

HEAD = "Lỗi"
MESSAGE = -1  # the style of the cells with messages
MESSAGE_WIDTH = 60
# What a sheet keeps of itself where rows are taken out.
_KEPT = {
    "sheetPr", "sheetFormatPr", "cols", "sheetData", "mergeCells", "printOptions", "pageMargins",
}  # fmt: skip


@dataclass
class Scan:
    """What must be known of a sheet before its first row: the last column, the merged areas."""

    width: int
    merges: list[Area]


@dataclass
class SheetMarks:
    """What to write into one sheet: messages by row and column (0: the whole row), the row where
    the new column gets its head, and which rows stay (None: all)."""

    cells: dict[int, dict[int, list[str]]] = field(default_factory=dict)
    head: int = 0
    keep: set[int] | None = None

    def message(self, row: int) -> str:
        """All that is wrong in a row, a line each; in that of the head, the column's head."""
        if row == self.head:
            return HEAD
        said = (text for texts in self.cells.get(row, {}).values() for text in texts)
        return "\n".join(dict.fromkeys(said))


def load_marks(path: Path) -> dict[str, SheetMarks]:
    """{sheet: its marks} as marking.py saved them."""
    found: dict[str, SheetMarks] = {}
    told = json.loads(path.read_text(encoding="utf-8"))
    for sheet, row, column, message in told["marks"]:
        cells = found.setdefault(sheet, SheetMarks()).cells
        cells.setdefault(row, {}).setdefault(column, []).append(message)
    for sheet, row in told["heads"].items():
        found.setdefault(sheet, SheetMarks()).head = row
    for sheet, rows in (told["keep"] or {}).items():
        found.setdefault(sheet, SheetMarks()).keep = set(rows)
    return found


class MarkedStyles:
    """Which style a marked cell gets: that of the cell, with a fill of its own."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.marked: dict[int, int] = {}  # in the order in which they are added

    def of(self, style: int) -> int:
        """The number of the marked twin of a style; of MESSAGE, of the cells with messages."""
        if not self.count:
            return max(style, 0)
        return self.marked.setdefault(style, self.count + len(self.marked))


class MarkedSheet(Rewriter):
    """One sheet with its marks. `column` is where the messages go."""

    def __init__(self, out: IO[bytes], marks: SheetMarks, styles: MarkedStyles, scan: Scan) -> None:
        super().__init__(out)
        self.marks, self.styles, self.column = marks, styles, scan.width + 1
        self.merges = scan.merges
        self.new_rows: dict[int, int] = {}  # number before: number now
        self.row = self.cell = self.last = 0
        self.waiting: list[int] = []
        self.has_columns = False
        self.starts: dict[str, Callable[[Attributes], bool]] = {
            "row": self._start_row,
            "c": self._start_cell,
            "col": self._start_column,
            "mergeCells": self._start_merges,
            "sheetData": self._start_data,
            "dimension": lambda attributes: False,
            "f": lambda attributes: self.marks.keep is None,
        }

    def start(self, name: str, attributes: Attributes) -> bool:
        if len(self.path) == 1 and self.marks.keep is not None and name not in _KEPT:
            return False
        return self.starts[name](attributes) if name in self.starts else True

    def end(self, name: str) -> None:
        if name == "row":
            self._end_row()
        elif name == "cols":
            self._add_column()

    def _start_data(self, _attributes: Attributes) -> bool:
        if not self.has_columns:
            self.add(f"<{self.prefix}cols>")
            self._add_column()
            self.add(f"</{self.prefix}cols>")
        return True

    def _add_column(self) -> None:
        self.has_columns = True
        place = str(self.column)
        told = {"min": place, "max": place, "width": str(MESSAGE_WIDTH), "customWidth": "1"}
        self.add(empty_tag(f"{self.prefix}col", told))

    def _start_column(self, attributes: Attributes) -> bool:
        """Columns of one format stand together: the new one is cut out of them."""
        first, last = int(attributes["min"]), int(attributes["max"])
        if not first <= self.column <= last:
            return True
        for left, right in ((first, self.column - 1), (self.column + 1, last)):
            if left <= right:
                told = attributes | {"min": str(left), "max": str(right)}
                self.add(empty_tag(f"{self.prefix}col", told))
        return False

    def _start_row(self, attributes: Attributes) -> bool:
        self.last = self.row = int(attributes.get("r", self.last + 1))
        keep = self.marks.keep
        if keep is not None and self.row not in keep:
            return False
        number = self.row if keep is None else len(self.new_rows) + 1
        self.new_rows[self.row] = number
        attributes["r"] = str(number)
        attributes.pop("spans", None)
        self.cell = 0
        marked = self.marks.cells.get(self.row, {})
        self.waiting = sorted(column for column in marked if 0 < column < self.column)
        return True

    def _start_cell(self, attributes: Attributes) -> bool:
        ref = attributes.get("r")
        self.cell = column_of(ref)[0] if ref else self.cell + 1
        self._add_empty(self.cell)
        attributes["r"] = self._ref(self.cell)
        if self.waiting and self.waiting[0] == self.cell:
            self.waiting.pop(0)
            attributes["s"] = str(self.styles.of(int(attributes.get("s") or "0")))
        return self.cell < self.column  # what stands there holds nothing

    def _add_empty(self, before: int) -> None:
        """Marked cells that the row does not have."""
        while self.waiting and self.waiting[0] < before:
            told = {"r": self._ref(self.waiting.pop(0)), "s": str(self.styles.of(0))}
            self.add(empty_tag(f"{self.prefix}c", told))

    def _ref(self, column: int) -> str:
        return f"{place_of(column)}{self.new_rows[self.row]}"

    def _end_row(self) -> None:
        self._add_empty(self.column)
        said = self.marks.message(self.row)
        if said:
            told = {"r": self._ref(self.column), "t": "inlineStr"}
            told["s"] = str(self.styles.of(MESSAGE))
            text = f'<{self.prefix}t xml:space="preserve">{written_text(said)}</{self.prefix}t>'
            tag = f"{self.prefix}is"
            self.add(f"{start_tag(f'{self.prefix}c', told)}<{tag}>{text}</{tag}></{self.prefix}c>")

    def _start_merges(self, _attributes: Attributes) -> bool:
        """Merged areas stay where their rows stay together."""
        if self.marks.keep is None:
            return True
        kept = list(self._kept_merges())
        if kept:
            tag = f"{self.prefix}mergeCells"
            each = (empty_tag(f"{self.prefix}mergeCell", {"ref": ref}) for ref in kept)
            self.add(f"<{tag}>{''.join(each)}</{tag}>")
        return False

    def _kept_merges(self) -> Iterator[str]:
        for top, left, bottom, right in self.merges:
            first, last = self.new_rows.get(top), self.new_rows.get(bottom)
            if first is not None and last is not None and last - first == bottom - top:
                yield f"{place_of(left)}{first}:{place_of(right)}{last}"
