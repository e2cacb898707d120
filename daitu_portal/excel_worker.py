"""Reads one .xlsx in a process of its own and prints its cells as JSON lines.

Started by excel_reader.py with an empty environment: it knows no settings and no database, may
open no socket, and may use only so much memory and time. It imports nothing of the portal.
A crash here is an answer too: the parent calls the file damaged.
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, TextIO

from openpyxl import load_workbook
from openpyxl.packaging.manifest import Manifest
from openpyxl.reader.excel import _find_workbook_part  # type: ignore[attr-defined]
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import fromstring, iterparse

_REFUSED_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")
_SHEET_TAG = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_Limits = dict[str, int]
_Cell = dict[str, Any]  # as the parser gives it: row, column, value, data_type, style_id
_Line = dict[str, Any]
_Private = Any  # a book or sheet of openpyxl whose parts with an underscore its stubs leave out


class Refused(Exception):
    """The file is beyond a limit or contradicts itself: (code, sheet, row, number)."""


def lock_down(limits: _Limits) -> None:
    """Take away sockets and child processes for good, and cap memory, time and output."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent's clock still holds there
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (limits["memory"],) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu_seconds"],) * 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limits["output"],) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
        if event.startswith(_REFUSED_EVENTS):
            raise RuntimeError(f"{event} is not allowed while a workbook is read")

    sys.addaudithook(refuse)


class RowParser(WorkSheetParser):
    """openpyxl's parser of cells, without what else a sheet holds, and without its blind spots.

    Its own reader waits for rows that a jump leaves out, and drops rows that come twice.
    """

    def rows(self) -> Iterator[tuple[int, bool, list[_Cell]]]:
        """Yield (row number, hidden, cells) as the sheet has them."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                is_hidden = element.get("hidden") in ("1", "true")
                number, cells = self.parse_row(element)
                element.clear()
                self.row_dimensions.clear()
                yield number, is_hidden, cells


class SheetReader:
    """One sheet: checks its shape while it goes through it."""

    def __init__(
        self, book: _Private, sheet: _Private, strings: list[str], limits: _Limits
    ) -> None:
        self.book, self.sheet, self.strings, self.limits = book, sheet, strings, limits
        self.formats: dict[int, str] = {}

    def lines(self) -> Iterator[_Line]:
        """Yield one JSON-able line for each row that holds something."""
        with self.book._archive.open(self.sheet._worksheet_path) as source:
            parser = RowParser(
                source,
                self.strings,
                epoch=self.book.epoch,
                date_formats=self.book._date_formats,
                timedelta_formats=self.book._timedelta_formats,
            )
            last = 0
            for number, is_hidden, cells in parser.rows():
                self._check_row(number, last)
                last = number
                kept = [self._cell(number, c) for c in cells if c["value"] not in (None, "")]
                if kept:
                    self._check_columns(number, kept)
                    yield {"row": number, "hidden": is_hidden, "cells": kept}

    def _check_row(self, number: int, last: int) -> None:
        if number <= last:
            raise Refused("row_twice", self.sheet.title, number, last)
        if number > self.limits["rows"]:
            raise Refused("too_many_rows", self.sheet.title, number, self.limits["rows"])

    def _check_columns(self, number: int, cells: list[list[Any]]) -> None:
        columns = [cell[0] for cell in cells]
        if len(set(columns)) != len(columns):
            raise Refused("cell_twice", self.sheet.title, number, 0)
        if max(columns) > self.limits["columns"]:
            raise Refused("too_many_columns", self.sheet.title, number, self.limits["columns"])

    def _cell(self, number: int, cell: _Cell) -> list[Any]:
        if cell["row"] != number:
            raise Refused("cell_in_wrong_row", self.sheet.title, number, cell["row"])
        kind, value = _kind_and_text(cell["data_type"], cell["value"])
        return [cell["column"], kind, value, self._format(cell["style_id"])]

    def _format(self, style_id: int) -> str:
        if style_id not in self.formats:
            style = self.book._cell_styles[style_id]
            self.formats[style_id] = _format_of(self.book, style.numFmtId)
        return self.formats[style_id]


def _format_of(book: _Private, number: int) -> str:
    if number < BUILTIN_FORMATS_MAX_SIZE:
        return BUILTIN_FORMATS.get(number, "General")
    return str(book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE])


def _kind_and_text(data_type: str, value: Any) -> tuple[str, str | bool | int | float]:
    if data_type == "f":
        return "formula", str(getattr(value, "text", value))
    if data_type == "e":
        return "error", str(value)
    if isinstance(value, bool):
        return "bool", value
    if isinstance(value, datetime | date):
        return "date", value.isoformat()
    if isinstance(value, time | timedelta):
        return "text", str(value)
    if isinstance(value, int | float):
        # Beyond what a JSON reader or Excel's own 15 digits can tell apart, or infinite: as text.
        return "number", value if abs(value) < 10**15 else str(value)
    return "text", str(value)


def _check_sheets(path: str, book: _Private) -> None:
    """Every sheet that the workbook names must be there: openpyxl leaves out the others."""
    with zipfile.ZipFile(path) as archive:
        types = fromstring(archive.read("[Content_Types].xml"))
        # the stub asks for attributes that only a tree of one kind of chart has
        manifest = Manifest.from_tree(types)  # type: ignore[arg-type]
        part = _find_workbook_part(manifest).PartName.lstrip("/")
        named = [node.get("name") for node in fromstring(archive.read(part)).iter(_SHEET_TAG)]
    there = {sheet.title for sheet in book._sheets}
    for name in named:
        if name not in there:
            raise Refused("sheet_missing", name, 0, 0)


def _say(line: _Line, out: TextIO) -> None:
    out.write(json.dumps(line) + "\n")


def read(path: str, limits: _Limits, out: TextIO) -> None:
    """Print {"sheet"}, {"row"} … lines of all sheets, and {"done"} at the end."""
    book: _Private = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    _check_sheets(path, book)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        hidden = sheet.sheet_state != "visible"
        _say({"sheet": sheet.title, "hidden": hidden}, out)
        for line in SheetReader(book, sheet, sheet._shared_strings, limits).lines():
            _say(line, out)
    _say({"done": True}, out)


def main() -> None:
    path, limits = sys.argv[1], json.loads(sys.argv[2])
    lock_down(limits)
    try:
        read(path, limits, sys.stdout)
    except Refused as refusal:
        _say({"refused": list(refusal.args)}, sys.stdout)
    except MemoryError:
        _say({"refused": ["memory", "", 0, 0]}, sys.stdout)


if __name__ == "__main__":
    main()
