"""What comes back from a file: sheets of rows of cells, whatever kind of file it was."""

from dataclasses import dataclass, field
from datetime import date

from daitu_portal.reading.places import Area, place_of

Value = str | int | float | bool | date


@dataclass(slots=True)
class Cell:
    """A cell that holds something. `kind`: text, number, date, bool, formula or error.

    `font` is the name of the font of its text ("" where the file tells none). Where the text is in
    more than one font, `runs` are its pieces, (text, font) each, and `font` is the cell's own.
    `cached` is what a formula gave when the file was saved; None where the file does not tell, or
    where it gave an error. The text of a formula shared by many cells is that of the first.
    """

    sheet: str
    row: int
    column: int
    kind: str
    value: Value
    number_format: str = "General"
    font: str = ""
    runs: tuple[tuple[str, str], ...] = ()
    cached: Value | None = None

    @property
    def ref(self) -> str:
        """Its address: B7."""
        return f"{place_of(self.column)}{self.row}"


@dataclass(slots=True)
class Row:
    """A row that holds something; its cells by column, the first column being 1."""

    number: int
    is_hidden: bool
    cells: dict[int, Cell]


@dataclass
class ReadSheet:
    """A sheet. `merges` are (first row, first column, last row, last column) of merged areas.

    `has_fonts` says whether the file tells fonts at all; `is_8bit` that its text is of an unknown
    code page, each byte kept as one character (see delimited.py). `width` is the last column that
    holds something.
    """

    name: str
    is_hidden: bool
    rows: list[Row] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    hidden_columns: frozenset[int] = frozenset()
    has_fonts: bool = False
    is_8bit: bool = False
    width: int = 0
