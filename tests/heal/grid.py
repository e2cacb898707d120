"""A sheet before it is a file: what stands where, in which font, merged, hidden or not."""

from dataclasses import dataclass, field
from datetime import date

Value = str | int | float | date


@dataclass
class Spot:
    """A cell. `runs`: (font, text) where parts of the text have fonts of their own."""

    value: Value
    font: str = ""
    number_format: str = "General"
    runs: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Grid:
    name: str
    cells: dict[tuple[int, int], Spot] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: Value, number_format: str = "General") -> Spot:
        spot = Spot(value, number_format=number_format)
        self.cells[row, column] = spot
        return spot

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """One cell of all of these; only the first may hold something."""
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def last_row(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _, column in self.cells), default=0)
