"""An .xls workbook of Excel 97 to 2003 (BIFF8): its sheets, with fonts, formulas and hidden rows.

Source: [MS-XLS], section 2.4 (records). Formulas are told without their text.
"""

import struct
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from daitu_portal.reading.calamine_books import read_excel_95
from daitu_portal.reading.compound import CompoundFile
from daitu_portal.reading.serials import BUILTIN_FORMATS, EPOCH_1900, EPOCH_1904
from daitu_portal.reading.told import Limit, Refused, RowLine, Teller, number_told
from daitu_portal.reading.xls_records import (
    FILEPASS,
    Globals,
    SheetPlace,
    is_biff8,
    long_text,
    records,
)
from daitu_portal.reading.xls_records import read_globals as globals_of
from daitu_portal.reading.xlsx_styles import Style

FORMULA_UNTOLD = "=…"
_FORMULA, _STRING, _LABEL, _LABELSST = 0x06, 0x207, 0x204, 0xFD
_NUMBER, _RK, _MULRK, _BOOLERR, _RSTRING = 0x203, 0x27E, 0xBD, 0x205, 0xD6
_ROW, _COLINFO, _MERGECELLS = 0x208, 0x7D, 0xE5
_HIDDEN_ROW = 0x20
_MACROS = 1
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


def read_xls(path: str, limits: Limit, teller: Teller) -> None:
    """Tell all sheets. Raises Refused; what else it raises says that the file is damaged."""
    stream = CompoundFile(Path(path).read_bytes()).stream("Workbook", "Book")
    if not is_biff8(stream):
        if any(kind == FILEPASS for kind, _ in records(stream)):
            raise Refused("password", "", 0, 0)
        read_excel_95(path, limits, teller)
        return
    book = globals_of(stream)
    _refuse_what_acts(book)
    styles = [
        Style(book.formats.get(number, BUILTIN_FORMATS.get(number, "General")), book.font(font))
        for number, font in book.styles
    ]
    teller.styles((style.number_format, style.font) for style in styles)
    for place in book.sheets:
        if place.kind == 0:
            _SheetOfRecords(place, book, styles, limits).tell(stream, teller)


def _refuse_what_acts(book: Globals) -> None:
    if book.is_locked:
        raise Refused("password", "", 0, 0)
    if book.has_links:
        raise Refused("links", "", 0, 0)
    for sheet in book.sheets:
        if sheet.kind == _MACROS:
            raise Refused("macros", sheet.name, 0, 0)


class _SheetOfRecords:
    """Gathers one sheet: its records need not stand in the order of its rows."""

    def __init__(
        self, place: SheetPlace, book: Globals, styles: list[Style], limits: Limit
    ) -> None:
        self.place, self.book, self.styles, self.limits = place, book, styles, limits
        self.epoch: datetime = EPOCH_1904 if book.is_1904 else EPOCH_1900
        self.rows: dict[int, RowLine] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[tuple[int, int, int, int]] = []
        self.waiting: tuple[int, int, int] | None = None  # a formula whose text comes after it
        self.takers: dict[int, Callable[[bytes], None]] = {
            _FORMULA: self._formula,
            _STRING: self._string,
            _LABEL: self._label,
            _RSTRING: self._label,
            _LABELSST: self._shared,
            _NUMBER: self._number,
            _RK: self._rk,
            _MULRK: self._many,
            _BOOLERR: self._bool_or_error,
            _ROW: self._row,
            _COLINFO: self._columns,
            _MERGECELLS: self._merged,
        }

    def tell(self, stream: bytes, teller: Teller) -> None:
        """Read the sheet from its place in `stream` and tell it."""
        teller.sheet(self.place.name, is_hidden=self.place.is_hidden, has_fonts=True)
        for kind, content in records(stream, self.place.at):
            if kind in self.takers:
                self.takers[kind](content)
        for number in sorted(self.rows):
            row = self.rows[number]
            if len(set(row.columns)) != len(row.columns):
                raise Refused("cell_twice", self.place.name, number, 0)
            teller.row(row, is_hidden=number in self.hidden_rows)
        teller.end(self.merges, self.hidden_columns)

    def _add(self, row: int, column: int, style: int, letter: str, value: Any) -> RowLine:
        """Keep a cell; `row` and `column` are counted from 0, as the file does."""
        if row >= self.limits["rows"]:
            raise Refused("too_many_rows", self.place.name, row + 1, self.limits["rows"])
        if column >= self.limits["columns"]:
            raise Refused("too_many_columns", self.place.name, row + 1, self.limits["columns"])
        if style >= len(self.styles):
            raise IndexError(f"style {style} is not there")
        line = self.rows.setdefault(row + 1, RowLine(row + 1))
        line.add(column + 1, letter, value, style)
        return line

    def _formula(self, content: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", content)
        line = self._add(row, column, style, "f", FORMULA_UNTOLD)
        kind, what, marked = content[6], content[8], content[12:14] == b"\xff\xff"
        self.waiting = None
        if not marked:
            self._keep_cached(line, *self._told(struct.unpack_from("<d", content, 6)[0], style))
        elif kind == 0:
            self.waiting = row, column, style
        elif kind == 1:
            self._keep_cached(line, "b", bool(what))

    @staticmethod
    def _keep_cached(line: RowLine, letter: str, value: Any) -> None:
        if letter != "e":
            line.more[len(line.columns) - 1] = [None, [], value, letter]

    def _string(self, content: bytes) -> None:
        if self.waiting is not None:
            line = self.rows[self.waiting[0] + 1]
            self._keep_cached(line, "t", long_text(content, 0))
            self.waiting = None

    def _label(self, content: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", content)
        self._text(row, column, style, long_text(content, 6))

    def _shared(self, content: bytes) -> None:
        row, column, style, place = struct.unpack_from("<HHHI", content)
        found = self.book.strings[place]
        if isinstance(found, str):
            self._text(row, column, style, found)
        elif found:
            line = self._add(row, column, style, "t", "")
            line.values[-1] = line.keep_runs(found, self.styles[style].font)

    def _text(self, row: int, column: int, style: int, text: str) -> None:
        if text:
            self._add(row, column, style, "t", text)

    def _number(self, content: bytes) -> None:
        row, column, style, number = struct.unpack_from("<HHHd", content)
        self._add(row, column, style, *self._told(number, style))

    def _rk(self, content: bytes) -> None:
        row, column, style, number = struct.unpack_from("<HHHI", content)
        self._add(row, column, style, *self._told(_number_of(number), style))

    def _many(self, content: bytes) -> None:
        row, first = struct.unpack_from("<HH", content)
        for place, (style, number) in enumerate(struct.iter_unpack("<HI", content[4:-2])):
            self._add(row, first + place, style, *self._told(_number_of(number), style))

    def _bool_or_error(self, content: bytes) -> None:
        row, column, style, value, is_error = struct.unpack_from("<HHHBB", content)
        told = ("e", _ERRORS.get(value, "#VALUE!")) if is_error else ("b", bool(value))
        self._add(row, column, style, *told)

    def _told(self, number: float, style: int) -> tuple[str, Any]:
        if self.styles[style].is_day:
            return self.styles[style].told(number, self.epoch)
        return number_told(number)

    def _row(self, content: bytes) -> None:
        if content[12] & _HIDDEN_ROW:
            self.hidden_rows.add(struct.unpack_from("<H", content)[0] + 1)

    def _columns(self, content: bytes) -> None:
        first, last, _, _, flags = struct.unpack_from("<5H", content)
        if flags & 1:
            self.hidden_columns.update(range(first + 1, min(last + 1, self.limits["columns"]) + 1))

    def _merged(self, content: bytes) -> None:
        (count,) = struct.unpack_from("<H", content)
        if len(self.merges) + count > self.limits["merges"]:
            raise Refused("too_many_merges", self.place.name, 0, self.limits["merges"])
        for top, bottom, left, right in struct.iter_unpack("<4H", content[2 : 2 + 8 * count]):
            self.merges.append((top + 1, left + 1, bottom + 1, right + 1))


def _number_of(packed: int) -> float:
    """A number as RK records pack it: 30 bits of an integer or of a double, perhaps of a hundred
    times the number."""
    if packed & 2:
        number = float(packed >> 2 if packed < 1 << 31 else (packed >> 2) - (1 << 30))
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))
    return number / 100 if packed & 1 else number
