"""An .xlsx workbook: its parts, and its sheets one after the other.

Source: ECMA-376 part 1, 12.3 (parts) and 18.2 (workbook).
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from xml.etree.ElementTree import Element

from daitu_portal.reading.markup import children, is_true, tree_of
from daitu_portal.reading.serials import EPOCH_1900, EPOCH_1904
from daitu_portal.reading.told import Limit, Refused, Teller
from daitu_portal.reading.xlsx_sheet import BookParts, SheetParser
from daitu_portal.reading.xlsx_strings import read_strings
from daitu_portal.reading.xlsx_styles import Style, read_styles

_MAIN = "officeDocument"  # how the relations of a workbook call its parts
_NO_CELLS = ("chartsheet", "dialogsheet", "macrosheet", "xlMacrosheet")


@dataclass(frozen=True)
class Part:
    """A sheet as the workbook names it; `path` is None where its part is not there."""

    name: str
    is_hidden: bool
    path: str | None


class Archive:
    """The parts of the workbook, found by how they are related. Names differ in case at
    times, and in strokes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower().replace("\\", "/"): name for name in archive.namelist()}

    def open(self, path: str) -> IO[bytes]:
        """Raises KeyError where the part is not there."""
        return self._archive.open(self.name(path))

    def name(self, path: str) -> str:
        """How the archive itself calls the part."""
        return self._names[path.lower()]

    def has(self, path: str) -> bool:
        return path.lower() in self._names

    def tree(self, path: str) -> Element:
        with self.open(path) as source:
            return tree_of(source)

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """{id: (type, path)} of what the part at `path` is related to."""
        folder, name = posixpath.split(path)
        at = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(at):
            return {}
        return {
            each.get("Id", ""): (
                each.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))[1:],
            )
            for each in children(self.tree(at), "Relationship")
            if each.get("TargetMode") != "External"
        }

    def workbook(self) -> str:
        """Where the workbook's own part is. Raises KeyError where there is none."""
        for kind, path in self.relations("").values():
            if kind == _MAIN:
                return path
        return self._names["xl/workbook.xml"]


class Book:
    """A workbook that is read: `parts` are its sheets in their order."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limit) -> None:
        self.archive = Archive(archive)
        path = self.archive.workbook()
        self._related = self.archive.relations(path)
        self._root = self.archive.tree(path)
        self.parts = list(self._parts())
        self.has_styles = self.path_of("styles") is not None
        self.shared = BookParts(self._strings(), self._styles(), self._epoch(), limits)

    def _parts(self) -> Iterator[Part]:
        for group in children(self._root, "sheets"):
            for sheet in children(group, "sheet"):
                kind, path = self._related.get(sheet.get("id", ""), ("", ""))
                if kind not in _NO_CELLS:
                    is_hidden = sheet.get("state", "visible") != "visible"
                    there = path if self.archive.has(path) else None
                    yield Part(sheet.get("name", ""), is_hidden, there)

    def path_of(self, kind: str) -> str | None:
        """Where the part of that kind is; None where there is none."""
        for found, path in self._related.values():
            if found == kind and self.archive.has(path):
                return path
        return None

    def _strings(self) -> list[str | tuple[tuple[str, str | None], ...]]:
        path = self.path_of("sharedStrings")
        if path is None:
            return []
        with self.archive.open(path) as source:
            return read_strings(source)

    def _styles(self) -> list[Style]:
        path = self.path_of("styles")
        if path is None:
            return [Style()]
        with self.archive.open(path) as source:
            return read_styles(source) or [Style()]

    def _epoch(self) -> datetime:
        told = next(children(self._root, "workbookPr"), None)
        return EPOCH_1904 if told is not None and is_true(told.get("date1904")) else EPOCH_1900


def read_xlsx(path: str, limits: Limit, teller: Teller) -> None:
    """Tell all sheets. Raises Refused; what else it raises says that the file is damaged."""
    with zipfile.ZipFile(path) as archive:
        book = Book(archive, limits)
        for part in book.parts:
            if part.path is None:
                raise Refused("sheet_missing", part.name, 0, 0)
        teller.styles((style.number_format, style.font) for style in book.shared.styles)
        for part in book.parts:
            _read_sheet(part, book, teller)


def _read_sheet(part: Part, book: Book, teller: Teller) -> None:
    teller.sheet(part.name, is_hidden=part.is_hidden, has_fonts=book.has_styles)
    parser = SheetParser(part.name, book.shared, teller)
    with book.archive.open(part.path or "") as source:
        parser.read(source)
    teller.end(parser.merges, parser.hidden_columns)
