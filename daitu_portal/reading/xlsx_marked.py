"""Puts the marked workbook together: its sheets, its styles, and all that stays as it was."""

import shutil
import zipfile
from pathlib import Path
from typing import IO

from daitu_portal.reading.markup import children
from daitu_portal.reading.rewriting import Attributes, Rewriter, empty_tag, start_tag
from daitu_portal.reading.told import Limit, Refused, RowLine, Teller
from daitu_portal.reading.xlsx import Book, Part
from daitu_portal.reading.xlsx_marks import (
    MESSAGE,
    MarkedSheet,
    MarkedStyles,
    Scan,
    SheetMarks,
    load_marks,
)
from daitu_portal.reading.xlsx_sheet import SheetParser

_FILL = (
    '<{0}fill><{0}patternFill patternType="solid"><{0}fgColor rgb="FFFFC7CE"/>'
    "</{0}patternFill></{0}fill>"
)
# The cells with messages: text, whatever it looks like, wrapped.
_MESSAGE_STYLE = (
    '<{0}xf numFmtId="49" fontId="0" fillId="{1}" borderId="0" xfId="0" applyNumberFormat="1" '
    'applyFill="1" applyAlignment="1"><{0}alignment vertical="top" wrapText="1"/></{0}xf>'
)
_CHAIN = "calcchain"


def mark_xlsx(path: str, limits: Limit, marks_path: str, out_path: str) -> None:
    """Write the workbook at `path` with the marks that stand in a file (marking.py) to `out_path`.

    Raises what reading it raises.
    """
    marks = load_marks(Path(marks_path))
    with (
        zipfile.ZipFile(path) as archive,
        zipfile.ZipFile(out_path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        _Copy(archive, new, limits, marks).write()


class _Copy:
    def __init__(
        self,
        archive: zipfile.ZipFile,
        new: zipfile.ZipFile,
        limits: Limit,
        marks: dict[str, SheetMarks],
    ) -> None:
        self.archive, self.new, self.marks = archive, new, marks
        self.book = Book(archive, limits)
        self.parts = {self._name(part): part for part in self.book.parts if part.name in marks}
        self.has_fewer_rows = any(each.keep is not None for each in marks.values())
        self.styles_name = self._styles_name()
        self.styles = MarkedStyles(len(self.book.shared.styles) if self.styles_name else 0)

    def write(self) -> None:
        """Copy part by part; the styles last, since only then all marked ones are known."""
        for info in self.archive.infolist():
            if info.filename != self.styles_name:
                self._part(info.filename)
        if self.styles_name:
            with self.archive.open(self.styles_name) as old, self._new(self.styles_name) as new:
                _StylesCopy(new, self.styles).rewrite(old)

    def _name(self, part: Part) -> str:
        if part.path is None:
            raise Refused("sheet_missing", part.name, 0, 0)
        return self.book.archive.name(part.path)

    def _styles_name(self) -> str:
        """The part with the styles, "" where it has no fills to add one to."""
        path = self.book.path_of("styles")
        if path and next(children(self.book.archive.tree(path), "fills"), None) is not None:
            return self.book.archive.name(path)
        return ""

    def _new(self, name: str) -> IO[bytes]:
        return self.new.open(name, "w")

    def _part(self, name: str) -> None:
        if self.has_fewer_rows and _CHAIN in name.lower():
            return
        scan = self._scan(self.parts[name]) if name in self.parts else None
        with self.archive.open(name) as old, self._new(name) as new:
            if scan is not None:
                MarkedSheet(new, self.marks[self.parts[name].name], self.styles, scan).rewrite(old)
            elif self.has_fewer_rows and name.endswith((".rels", "[Content_Types].xml")):
                _WithoutChain(new).rewrite(old)
            else:
                shutil.copyfileobj(old, new)

    def _scan(self, part: Part) -> Scan:
        reach = _Reach()
        parser = SheetParser(part.name, self.book.shared, reach)
        with self.book.archive.open(part.path or "") as source:
            parser.read(source)
        return Scan(reach.width, parser.merges)


class _Reach(Teller):
    """Hears rows, and keeps only how far they reach."""

    def __init__(self) -> None:
        self.width = 0

    def row(self, row: RowLine, *, is_hidden: bool) -> None:
        self.width = max(self.width, *row.columns)


class _StylesCopy(Rewriter):
    """The styles, and behind them the marked ones."""

    def __init__(self, out: IO[bytes], styles: MarkedStyles) -> None:
        super().__init__(out)
        self.styles = styles
        self.fills = 0
        self.formats: list[str] = []  # how each style would be marked

    def start(self, name: str, attributes: Attributes) -> bool:
        inside = self.path[1:]
        if not inside and name in ("fills", "cellXfs"):
            attributes.pop("count", None)
        elif name == "fill" and inside == ["fills"]:
            self.fills += 1
        elif name == "xf" and inside == ["cellXfs"]:
            marked = attributes | {"fillId": str(self.fills), "applyFill": "1"}
            self.formats.append(start_tag(f"{self.prefix}xf", marked))
        elif inside == ["cellXfs", "xf"] and name != "extLst":
            self.formats[-1] += empty_tag(self.prefix + name, attributes)
        return True

    def end(self, name: str) -> None:
        if name == "fills" and len(self.path) == 2:
            self.add(_FILL.format(self.prefix))
        elif name == "cellXfs" and len(self.path) == 2:
            self.add("".join(map(self._marked, self.styles.marked)))

    def _marked(self, style: int) -> str:
        if style == MESSAGE:
            return _MESSAGE_STYLE.format(self.prefix, self.fills)
        return f"{self.formats[style]}</{self.prefix}xf>"


class _WithoutChain(Rewriter):
    """A part without what it says of the order of calculation: the formulas are gone."""

    def start(self, name: str, attributes: Attributes) -> bool:
        told = (attributes.get(key, "") for key in ("Target", "PartName"))
        return not any(_CHAIN in each.lower() for each in told)
