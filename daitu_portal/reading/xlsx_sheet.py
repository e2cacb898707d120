"""One sheet of an .xlsx, through once: its rows as told lines, its shape checked on the way.

Source: ECMA-376 part 1, 18.3.1 (worksheets).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from daitu_portal.reading.markup import guarded_parser, is_true
from daitu_portal.reading.places import area_of, column_of, place_of
from daitu_portal.reading.serials import iso_text
from daitu_portal.reading.told import MOST, Limit, Refused, RowLine, Runs, Teller
from daitu_portal.reading.xlsx_rows import PlainRows
from daitu_portal.reading.xlsx_strings import StringBuilder, unescaped
from daitu_portal.reading.xlsx_styles import Style

_PIECE = 256 * 1024
_DIGITS_KEPT = 15  # of a number in a cell; with more it is no number but a code, and kept as text
_NAMES = ("c", "v", "f", "row", "is", "t", "r", "rFont", "rPh", "mergeCell", "col", "sheetData")
_LETTERS = {"b": "b", "e": "e"}


@dataclass
class BookParts:
    """What the sheets of a workbook share."""

    strings: list[str | Runs]
    styles: list[Style]
    epoch: datetime
    limits: Limit
    by_text: dict[str, tuple[int, Style]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_text = {str(place): (place, each) for place, each in enumerate(self.styles)}


class SheetParser:
    """Reads one sheet; each row that holds something is told.

    `merges` and `hidden_columns` are whole when `read` is through.
    """

    def __init__(self, name: str, book: BookParts, teller: Teller) -> None:
        self.name, self.teller = name, teller
        self.strings, self.styles, self.epoch = book.strings, book.by_text, book.epoch
        self.rows, self.columns = book.limits["rows"], book.limits["columns"]
        self.most_merges = book.limits["merges"]
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_columns: set[int] = set()
        self.known_columns = {place_of(number): number for number in range(1, self.columns + 1)}
        self._shared_formulas: dict[str, str] = {}
        self._inline = StringBuilder()
        self._is_inline = self._is_hidden = False
        self.is_in_data = self.is_in_row = False
        self.row, self.row_text = RowLine(0), "0"
        self._cell: dict[str, str] = {}
        self._formula_attributes: dict[str, str] = {}
        self._chars = ""
        self._value: str | Runs | None = None
        self._formula: str | None = None

    def read(self, source: IO[bytes]) -> None:
        """Go through the sheet. Raises Refused, ExpatError, and what a wrong number raises."""
        parser = guarded_parser()
        parser.StartElementHandler = lambda root, attributes: self._begin(root, parser)
        rows = PlainRows(self, parser)
        while piece := source.read(_PIECE):
            rows.feed(piece)
        rows.end()

    def _begin(self, root: str, parser: Any) -> None:
        """The root says which namespace the sheet is written in: of 2006, or the strict one."""
        namespace = root.rpartition(" ")[0]
        names = {f"{namespace} {name}" if namespace else name: name for name in _NAMES}
        for name in names:
            parser.intern[name] = name  # so that the comparisons below see one object
        by_local = {local: name for name, local in names.items()}
        self._c, self._v, self._f = by_local["c"], by_local["v"], by_local["f"]
        self._row_tag, self._is, self._locals = by_local["row"], by_local["is"], names
        self._outer: dict[str, Callable[[dict[str, str]], None]] = {
            by_local["row"]: self.start_row,
            by_local["is"]: self._start_inline,
            by_local["mergeCell"]: self._merge,
            by_local["col"]: self._column,
            by_local["sheetData"]: self._start_data,
        }
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._c:
            if "r" not in attributes:
                attributes["r"] = self._following()
            self._cell = attributes
            self._value = self._formula = None
        elif name == self._v:
            self._chars = ""
        elif name == self._f:
            self._chars, self._formula_attributes = "", attributes
        elif name in self._outer:
            self._outer[name](attributes)
        elif self._is_inline and name in self._locals:
            self._inline.start(self._locals[name], attributes)

    def _text(self, text: str) -> None:
        if self._is_inline:
            self._inline.text(text)
        else:
            self._chars += text

    def _end(self, name: str) -> None:
        if name == self._v:
            self._value = self._chars
        elif name == self._c:
            if self._value or self._formula is not None:
                self._keep()
        elif name == self._row_tag:
            self.end_row()
        elif name == self._f:
            self._end_formula()
        elif name == self._is:
            self._is_inline, self._value = False, self._inline.value()
        elif self._is_inline and name in self._locals:
            self._inline.end(self._locals[name])

    def _start_data(self, _attributes: dict[str, str]) -> None:
        self.is_in_data = True

    def _start_inline(self, _attributes: dict[str, str]) -> None:
        self._is_inline = True
        self._inline.clear()

    def start_row(self, attributes: dict[str, str]) -> None:
        last = self.row.number
        number = int(attributes["r"]) if "r" in attributes else last + 1
        if number <= last:
            raise Refused("row_twice", self.name, number, last)
        if self.row.columns:
            self.row = RowLine(number)
        self.row.number, self.row_text, self._cell = number, str(number), {}
        self._is_hidden = is_true(attributes.get("hidden"))
        self.is_in_row = True

    def end_row(self) -> None:
        self.is_in_row = False
        if not self.row.columns:
            return
        if self.row.number > self.rows:
            raise Refused("too_many_rows", self.name, self.row.number, self.rows)
        if len(set(self.row.columns)) != len(self.row.columns):
            raise Refused("cell_twice", self.name, self.row.number, 0)
        self.teller.row(self.row, is_hidden=self._is_hidden)

    def _end_formula(self) -> None:
        shared = self._formula_attributes.get("si")
        self._formula = self._chars
        if shared is not None:
            self._formula = self._shared_formulas.setdefault(shared, self._chars) or self._chars

    def _keep(self) -> None:
        """Add the cell that ends here to its row, if it holds something."""
        number, style = self.styles[self._cell.get("s") or "0"]
        letter, value = self.told(self._cell.get("t", "n"), self._value, style)
        if self._formula is not None:
            self._keep_formula(letter, value, number)
        elif value != "":
            row = self.row
            row.columns.append(self._column_number())
            row.kinds.append(letter)
            row.styles.append(number)
            if type(value) is tuple:
                value = row.keep_runs(value, style.font)
            row.values.append(value)

    def told(self, kind: str, value: Any, style: Style) -> tuple[str, Any]:
        """(letter of its kind, value) of a cell of type `kind`."""
        if not value:
            return "t", ""
        if kind == "s":
            return "t", self._shared(value)
        if kind == "n":
            if value.isdigit() and len(value) <= _DIGITS_KEPT and not style.is_day:
                return "n", int(value)
            return self._number(value, style)
        if kind == "b":
            return "b", bool(int(value))
        if kind == "d":
            return iso_text(value)
        if type(value) is str and kind == "str":
            value = unescaped(value)
        return _LETTERS.get(kind, "t"), value

    def _shared(self, place: str) -> str | Runs:
        if not place.isdigit():  # below 0 a list counts from its end
            raise ValueError(f"{place!r} is no place of a shared string")
        return self.strings[int(place)]

    def _number(self, text: str, style: Style) -> tuple[str, Any]:
        is_whole = not set(".eE") & set(text)
        number = int(text) if is_whole else float(text)
        if style.is_day:
            return style.told(number, self.epoch)
        return "n", number if abs(number) < MOST else str(number)  # infinite ones are beyond it too

    def _keep_formula(self, letter: str, value: Any, style: int) -> None:
        if type(value) is tuple:
            value = "".join(text for text, _ in value)
        row = self.row
        if value != "" and letter != "e":
            row.more[len(row.columns)] = [None, [], value, letter]
        row.add(self._column_number(), "f", f"={unescaped(self._formula or '')}", style)

    def _following(self) -> str:
        """The address of a cell that has none: beside the one before it."""
        before = column_of(self._cell["r"])[0] if self._cell else 0
        return f"{place_of(before + 1)}{self.row_text}"

    def _column_number(self) -> int:
        """Where the cell stands. Raises Refused beyond the limit or in another row."""
        ref = self._cell["r"]
        letters = ref[: -len(self.row_text)]
        column = self.known_columns.get(letters, 0)
        if not column or ref[len(letters) :] != self.row_text:
            column, row = column_of(ref)
            if row != self.row.number:
                raise Refused("cell_in_wrong_row", self.name, self.row.number, row)
        if column > self.columns:
            raise Refused("too_many_columns", self.name, self.row.number, self.columns)
        return column

    def _merge(self, attributes: dict[str, str]) -> None:
        if len(self.merges) >= self.most_merges:
            raise Refused("too_many_merges", self.name, 0, self.most_merges)
        self.merges.append(area_of(attributes["ref"]))

    def _column(self, attributes: dict[str, str]) -> None:
        if is_true(attributes.get("hidden")):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.hidden_columns.update(range(max(first, 1), min(last, self.columns) + 1))
