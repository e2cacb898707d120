"""How the reading process tells what it reads: JSON, one line a row, and why it refuses.

    {"sheet": name, "hidden": bool, "fonts": bool, "8bit": bool}
    {"styles": [[number format, font], …]}      before the first row that needs them
    [row, hidden, columns, kinds, values, styles, more]   one row
    {"end": true, "merges": [[…]], "columns": [hidden ones], "width": last column}
    {"refused": [code, sheet, row, number]}
    {"done": true}

`columns` is the first column where the cells stand side by side, else the list of all; `kinds` has
a letter a cell (KINDS), days are ISO text. `more` is {place in the row: [font, runs, cached,
kind of cached]} of the few cells that have more to tell, and is left out where none has.
"""

import json
from collections.abc import Iterable
from typing import IO, Any

from daitu_portal.reading.places import Area

KINDS = {
    "t": "text", "n": "number", "d": "date", "b": "bool", "f": "formula", "e": "error",
}  # fmt: skip
MOST = 10**15  # beyond it neither JSON readers nor Excel tell numbers apart: as text

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
Limit = dict[str, int]
# The pieces of a text and the font of each; None: that of the cell.
Runs = tuple[tuple[str, str | None], ...]


class Refused(Exception):
    """The file is beyond a limit or contradicts itself: (code, sheet, row, number)."""


def number_told(number: float) -> tuple[str, Any]:
    """(letter, value) of a number; a whole one without its fraction."""
    value = int(number) if float(number).is_integer() else number
    return "n", value if abs(value) < MOST else str(value)


class Teller:
    """Writes lines."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out

        self.width = 0  # the last column that holds something in this sheet

    def say(self, line: Any) -> None:
        """Write one line: plain lists, dicts, text, numbers."""
        self._out.write(_encoder.encode(line) + "\n")

    def styles(self, styles: Iterable[tuple[str, str]]) -> None:
        """Tell number format and font of each style, before any sheet."""
        self.say({"styles": [list(style) for style in styles]})

    def sheet(
        self, name: str, *, is_hidden: bool, has_fonts: bool = False, is_8bit: bool = False
    ) -> None:
        """Begin a sheet."""
        self.width = 0
        self.say({"sheet": name, "hidden": is_hidden, "fonts": has_fonts, "8bit": is_8bit})

    def row(self, row: "RowLine", *, is_hidden: bool) -> None:
        """Tell one row that holds something."""
        self._out.write(_encoder.encode(row.line(is_hidden=is_hidden)) + "\n")
        self.width = max(self.width, row.columns[-1])

    def end(self, merges: Iterable[Area], hidden_columns: Iterable[int]) -> None:
        """End the sheet."""
        hidden = sorted(hidden_columns)
        told = {"merges": list(merges), "columns": hidden, "width": self.width}
        self.say({"end": True, **told})


class RowLine:
    """The cells of the row that is being read, kept side by side as the line wants them."""

    __slots__ = ("columns", "kinds", "more", "number", "styles", "values")

    def __init__(self, number: int) -> None:
        self.number = number
        self.columns: list[int] = []
        self.kinds: list[str] = []
        self.values: list[Any] = []
        self.styles: list[int] = []
        self.more: dict[int, list[Any]] = {}

    def add(self, column: int, letter: str, value: Any, style: int) -> None:
        """One more cell."""
        self.columns.append(column)
        self.kinds.append(letter)
        self.values.append(value)
        self.styles.append(style)

    def keep_runs(self, runs: Runs, own: str) -> str:
        """Note the fonts of the cell that came last; return its whole text."""
        fonts = {font or own for _, font in runs}
        if len(fonts) > 1:
            told = [[text, font or own] for text, font in runs]
            self.more[len(self.columns) - 1] = [own, told, None, ""]
        elif fonts != {own}:
            self.more[len(self.columns) - 1] = [*fonts, [], None, ""]
        return "".join(text for text, _ in runs)

    def line(self, *, is_hidden: bool) -> list[Any]:
        """The row as it is told, its cells from left to right."""
        columns = self.columns
        if any(map(int.__ge__, columns, columns[1:])):
            self._sort()
            columns = self.columns
        is_side_by_side = columns[-1] - columns[0] + 1 == len(columns)
        told: list[Any] = [
            self.number,
            int(is_hidden),
            columns[0] if is_side_by_side else columns,
            "".join(self.kinds),
            self.values,
            self.styles,
        ]
        return [*told, self.more] if self.more else told

    def _sort(self) -> None:
        order = sorted(range(len(self.columns)), key=self.columns.__getitem__)
        self.more = {order.index(place): told for place, told in self.more.items()}
        self.columns = [self.columns[place] for place in order]
        self.kinds = [self.kinds[place] for place in order]
        self.values = [self.values[place] for place in order]
        self.styles = [self.styles[place] for place in order]
