"""Values that a cell has from another: merged cells, “nt”, “như trên”. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from intake.rules.grid import Grid, tidy
from intake.rules.header_reading import read_headers
from intake.rules.layout import Layout
from intake.rules.repairs import RepairKind
from intake.rules.row_kinds import DataRow

Cell = tuple[int, int]  # row, column
_DITTO = re.compile(
    r"""^[\s\-–(.…]*(?:n\s?[.\-/]?\s?t|như\s+trên|nhu\s+tren|["“”″〃]|''|’’|,,|//|/-/|-/-|nt\s*nt)[\s\-–).…]*$""",
    re.IGNORECASE,
)
# What belongs to one person only: told of two, it is a question.
_OWN = frozenset({
    "index", "code", "full_name", "name.family", "name.given", "other_name", "national_id", "phone",
    "profile.personal_code", "profile.insurance_number", "profile.health_card_number",
    "profile.email", "born_on", "born.male", "born.female", "born.day", "born.month", "born.year",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """What cells have from another cell, by (row, column), and which ask what is meant, with why
    (in Vietnamese)."""

    cells: Mapping[Cell, tuple[str, RepairKind]]
    questions: Mapping[Cell, str]


def is_ditto(text: str) -> bool:
    """Whether a cell says “as above”.

    >>> is_ditto("-nt-"), is_ditto("Như trên"), is_ditto("NT Trần")
    (True, True, False)
    """
    return len(text) < 15 and bool(_DITTO.match(text))


def filled(grid: Grid, layout: Layout, targets: Mapping[int, str | None] | None = None) -> Filled:
    """The values of merged cells and dittos in the rows of people.

    A cell merged over several people is the value of each; a ditto is the value above it within
    one group. Columns of names and personal numbers are never filled: there it is a question.
    `targets` is the mapping that holds, the headers decide where it is not given.
    """
    return _Filling(tidy(grid), layout, targets).done()


class _Filling:
    def __init__(
        self, grid: Grid, layout: Layout, targets: Mapping[int, str | None] | None
    ) -> None:
        self.texts = {row.number: row.texts for row in grid.rows}
        self.merges, self.layout = grid.merges, layout
        self.own = {
            c for c, path in layout.columns.items() if self._target(c, path, targets) in _OWN
        }
        self.own.add(layout.name_column)
        self.cells: dict[Cell, tuple[str, RepairKind]] = {}
        self.questions: dict[Cell, str] = {}

    @staticmethod
    def _target(
        column: int, path: tuple[str, ...], targets: Mapping[int, str | None] | None
    ) -> str | None:
        return targets.get(column) if targets is not None else read_headers(path).target

    def done(self) -> Filled:
        self._spread_merges()
        self._resolve_dittos()
        return Filled(self.cells, self.questions)

    def _spread_merges(self) -> None:
        rows = {row.number: row for row in self.layout.rows}
        for first, column, last, _ in self.merges:
            text = self.texts.get(first, {}).get(column)
            if first in rows and text and column in self.layout.columns:
                for number in range(first + 1, last + 1):
                    self._spread(rows.get(number), column, text)

    def _spread(self, row: DataRow | None, column: int, text: str) -> None:
        """Into the row of another person; where the same person goes on, the value was told."""
        if row is None or row.continues is not None or column in self.texts[row.number]:
            return
        if column in self.own:
            told = f"Ô gộp “{text}” nằm trên nhiều người: ghi riêng cho từng người."
            self.questions[row.number, column] = told
        else:
            self.cells[row.number, column] = (text, RepairKind.MERGED)

    def _resolve_dittos(self) -> None:
        above: dict[int, tuple[str, tuple[str, ...]]] = {}
        for row in self.layout.rows:
            for column, text in self._told(row).items():
                if is_ditto(text):
                    self._resolve(row, column, text, above.get(column))
                else:
                    above[column] = text, row.context
            if row.continues is None:
                self._forget_blank(row, above)

    def _told(self, row: DataRow) -> dict[int, str]:
        spread = {c: self.cells[row.number, c][0] for c in self.layout.columns
                  if (row.number, c) in self.cells}  # fmt: skip
        return {**self.texts[row.number], **spread}

    def _forget_blank(self, row: DataRow, above: dict[int, tuple[str, tuple[str, ...]]]) -> None:
        """Of a person who tells nothing, there is nothing to repeat."""
        told = self._told(row)
        for column in [c for c in above if c not in told]:
            del above[column]

    def _resolve(
        self, row: DataRow, column: int, text: str, above: tuple[str, tuple[str, ...]] | None
    ) -> None:
        fault = ""
        if column in self.own:
            fault = "không dùng được cho họ tên, ngày sinh, số riêng của mỗi người"
        elif above is None:
            fault = "ô phía trên trống"
        elif above[1] != row.context:
            fault = "ô phía trên thuộc nhóm khác"
        if fault or above is None:
            self.cells.pop((row.number, column), None)
            self.questions[row.number, column] = f"“{text}”: {fault}. Ghi rõ nội dung của ô."
        else:
            self.cells[row.number, column] = (above[0], RepairKind.DITTO)
