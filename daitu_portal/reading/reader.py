"""Reads a file that someone sent: judged first, then read in a limited process of its own.

What comes back is every cell that holds something, with its place, its kind and how it was
shown, so that whoever repairs old lists can stand between this and the checks.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from daitu_portal.reading.cells import Cell, ReadSheet, Row
from daitu_portal.reading.child import Child
from daitu_portal.reading.container import check_container
from daitu_portal.reading.limits import INTERACTIVE, Limits
from daitu_portal.reading.problems import (
    ActiveWorkbook,
    DamagedWorkbook,
    EncryptedWorkbook,
    TooLarge,
    WorkbookProblem,
)
from daitu_portal.reading.serials import day_of
from daitu_portal.reading.told import KINDS

_REFUSALS: dict[str, tuple[type[WorkbookProblem], str]] = {
    "row_twice": (DamagedWorkbook, "Trang “{sheet}”: dòng {row} được ghi hai lần trong tệp."),
    "cell_twice": (DamagedWorkbook, "Trang “{sheet}”, dòng {row}: một ô được ghi hai lần."),
    "cell_in_wrong_row": (
        DamagedWorkbook,
        "Trang “{sheet}”, dòng {row}: có ô mang địa chỉ của dòng {number}.",
    ),
    "too_many_rows": (
        TooLarge,
        "Trang “{sheet}” có dữ liệu ở dòng {row}, vượt mức {number} dòng.",
    ),
    "too_many_columns": (
        TooLarge,
        "Trang “{sheet}”, dòng {row}: có dữ liệu ngoài cột thứ {number}.",
    ),
    "too_many_merges": (TooLarge, "Trang “{sheet}” có hơn {number} vùng ô gộp."),
    "quotes": (
        DamagedWorkbook,
        "Từ dòng {row} có dấu ngoặc kép mở mà không khép nên không rõ các ô.",
    ),
    "password": (EncryptedWorkbook, "Tệp được đặt mật khẩu nên không đọc được."),
    "links": (ActiveWorkbook, "Tệp có liên kết tới tệp khác nên không được nhận."),
    "macros": (ActiveWorkbook, "Tệp có macro nên không được nhận."),
    "sheet_missing": (DamagedWorkbook, "Trang “{sheet}” có tên trong tệp nhưng không có nội dung."),
    "memory": (TooLarge, "Tệp cần quá nhiều bộ nhớ để đọc."),
}
HEAD_ROWS = 100  # of each sheet of a long file, to see what it is
_MOST_REMEMBERED = 20_000
_LONGEST_REMEMBERED = 60


def read_rows(path: Path, limits: Limits = INTERACTIVE) -> list[ReadSheet]:
    """All rows that hold something, sheet by sheet, hidden ones too.

    Raises a WorkbookProblem that says in Vietnamese what is wrong and what to do.
    """
    kind = check_container(path, limits)
    with Child(kind, path, limits) as child:
        return sheets_of(child.lines())


def iter_rows(
    path: Path, limits: Limits = INTERACTIVE
) -> Iterator[tuple[ReadSheet, Iterator[Row]]]:
    """The same for a long file, a row at a time: (sheet, its rows), the sheets' own `rows` empty.

    A problem of the file is raised before the first sheet comes, and the merged areas and hidden
    columns of each sheet are known before its rows.
    """
    yield from rows_of_kind(check_container(path, limits), path, limits)


def rows_of_kind(
    kind: str, path: Path, limits: Limits
) -> Iterator[tuple[ReadSheet, Iterator[Row]]]:
    """The same for a file whose container is known to be of `kind`."""
    with Child(kind, path, limits) as child:
        child.wait()
        known = sheets_of(line for line in child.lines() if not line.startswith(b"["))
        lines, assembly = child.lines(), _Assembly()
        for sheet in known:
            rows = assembly.rows_of_next(lines)
            yield sheet, rows
            deque(rows, maxlen=0)  # what was not asked for


@contextmanager
def long_file(path: Path, limits: Limits) -> Iterator["LongFile"]:
    """A long file, read by its process; its rows are taken from there a few at a time, as often as
    one likes. Raises as `read_rows` does, before anything is given."""
    kind = check_container(path, limits)
    with Child(kind, path, limits) as child:
        child.wait()
        yield LongFile(child)


class LongFile:
    """The sheets of a long file: in `heads` with their first rows alone, in `counts` how many rows
    each has."""

    def __init__(self, child: Child) -> None:
        self._child = child
        self.counts: list[int] = []
        assembly = _Assembly()
        for line in child.lines():
            if not line.startswith(b"["):
                assembly.take(line)
                self.counts += [0] * (len(assembly.sheets) - len(self.counts))
                continue
            self.counts[-1] += 1
            if self.counts[-1] <= HEAD_ROWS:
                assembly.take(line)
        self.heads = assembly.done()

    def whole(self) -> list[ReadSheet]:
        """All sheets with all their rows."""
        return sheets_of(self._child.lines())

    def rows(self, sheet: int) -> Iterator[Row]:
        """All rows of a sheet, by its place in the file."""
        assembly = _Assembly()
        for line in self._child.lines():
            if not line.startswith(b"["):
                assembly.take(line)
                if len(assembly.sheets) > sheet + 1:
                    return
            elif len(assembly.sheets) == sheet + 1:
                yield assembly.row(json.loads(line.decode()))


def sheets_of(lines: Iterable[bytes]) -> list[ReadSheet]:
    """The sheets that the lines of the process tell. Raises what it refuses, DamagedWorkbook
    where the lines break off."""
    assembly = _Assembly()
    for line in lines:
        assembly.take(line)
    return assembly.done()


class _Assembly:
    """Puts sheets together from lines. Equal short texts become one object."""

    def __init__(self) -> None:
        self.sheets: list[ReadSheet] = []
        self.is_whole = False
        self._styles: list[tuple[str, str]] = [("General", "")]
        self._seen: dict[str, str] = {}

    def take(self, line: bytes) -> None:
        """Take one line in; a row is kept in its sheet."""
        if line.startswith(b"["):
            self.sheets[-1].rows.append(self.row(json.loads(line.decode())))
        elif line.strip():
            self._note(json.loads(line.decode()))

    def done(self) -> list[ReadSheet]:
        """The sheets. Raises DamagedWorkbook where the lines broke off."""
        if not self.is_whole:
            raise DamagedWorkbook("Nội dung bên trong tệp không đọc được trọn vẹn.")
        return self.sheets

    def rows_of_next(self, lines: Iterator[bytes]) -> Iterator[Row]:
        """The rows of the sheet that comes next in `lines`, none of them kept."""
        for line in lines:
            if not line.startswith(b"["):
                self.take(line)
                if line.startswith(b'{"end"'):
                    return
            else:
                yield self.row(json.loads(line.decode()))

    def _note(self, told: dict[str, Any]) -> None:
        if "sheet" in told:
            self.sheets.append(
                ReadSheet(
                    told["sheet"],
                    told["hidden"],
                    has_fonts=told.get("fonts", False),
                    is_8bit=told.get("8bit", False),
                )
            )
        elif "styles" in told:
            self._styles = [(number_format, font) for number_format, font in told["styles"]]
        elif "end" in told:
            self.sheets[-1].merges = [(a, b, c, d) for a, b, c, d in told["merges"]]
            self.sheets[-1].hidden_columns = frozenset(told["columns"])
            self.sheets[-1].width = told["width"]
        elif "refused" in told:
            _refuse(*told["refused"])
        else:
            self.is_whole = True

    def row(self, told: list[Any]) -> Row:
        """The row that a line tells."""
        number, is_hidden, columns, kinds, values, styles = told[:6]
        name = self.sheets[-1].name
        if isinstance(columns, int):
            columns = range(columns, columns + len(values))
        cells = {}
        for column, letter, value, style in zip(columns, kinds, values, styles, strict=True):
            if letter == "t":
                value = self._one(value)
            elif letter == "d":
                value = day_of(value)
            number_format, font = self._styles[style]
            cells[column] = Cell(name, number, column, KINDS[letter], value, number_format, font)
        for place, more in told[6].items() if len(told) > 6 else ():
            _tell_more(cells[columns[int(place)]], *more)
        return Row(number, bool(is_hidden), cells)

    def _one(self, text: str) -> str:
        """The one object for texts that are equal, as long as few enough are remembered."""
        if len(text) > _LONGEST_REMEMBERED:
            return text
        if len(self._seen) > _MOST_REMEMBERED:
            self._seen.clear()
        return self._seen.setdefault(text, text)


def _tell_more(cell: Cell, font: str | None, runs: list[list[str]], cached: Any, kind: str) -> None:
    if font is not None:
        cell.font = font
    cell.runs = tuple((text, font_of_run) for text, font_of_run in runs)
    cell.cached = day_of(cached) if kind == "d" else cached


def _refuse(code: str, sheet: str, row: int, number: int) -> None:
    problem, message = _REFUSALS[code]
    raise problem(message.format(sheet=sheet, row=row, number=number))
