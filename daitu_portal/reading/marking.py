"""Gives a file back with what is wrong in it: cells filled, messages in a column “Lỗi”.

An .xlsx keeps all its formats and is written in the limited process that also reads; of another
kind of file the values become a new .xlsx.
"""

import json
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from daitu_portal.reading.child import Child
from daitu_portal.reading.container import check_container
from daitu_portal.reading.limits import INTERACTIVE, Limits
from daitu_portal.reading.plain_book import write_plain
from daitu_portal.reading.reader import rows_of_kind, sheets_of
from daitu_portal.reading.worker import MARK
from daitu_portal.reading.xlsx_marks import load_marks


class Mark(NamedTuple):
    """What is wrong at a place. `column` 0 is the row as a whole."""

    sheet: str
    row: int
    column: int
    message: str


def marked_copy(
    path: Path,
    marks: Iterable[Mark],
    *,
    heads: Mapping[str, int] | None = None,
    keep_rows: Mapping[str, Collection[int]] | None = None,
    limits: Limits = INTERACTIVE,
) -> IO[bytes]:
    """The file at `path` as an .xlsx with the marks, open at its start; whoever takes it closes it.

    Marked cells are filled; behind the last column of a sheet that has marks stands what is wrong
    in each row, as text. `heads` says in which row of a sheet that column gets its head. With
    `keep_rows`, {sheet: numbers of rows}, only those rows of these sheets stay (name the rows of
    the head too), one below the other, and formulas become what they gave. Marks of rows that are
    not there say nothing.

    Raises a WorkbookProblem as `read_rows` does.
    """
    kind = check_container(path, limits)
    with tempfile.TemporaryDirectory(prefix="portal-marking-") as folder:
        told, made = Path(folder) / "marks.json", Path(folder) / "marked.xlsx"
        _save(told, marks, heads or {}, keep_rows)
        if kind == "xlsx":
            with Child(MARK, path, limits, str(told), str(made)) as child:
                sheets_of(child.lines())
        else:
            with made.open("wb") as out:
                write_plain(rows_of_kind(kind, path, limits), load_marks(told), out)
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked closes it
        with made.open("rb") as done:
            shutil.copyfileobj(done, copy)
    copy.seek(0)
    return copy


def _save(
    path: Path,
    marks: Iterable[Mark],
    heads: Mapping[str, int],
    keep_rows: Mapping[str, Collection[int]] | None,
) -> None:
    """As the process that marks reads it (xlsx_marks.load_marks)."""
    keep = None if keep_rows is None else {name: list(rows) for name, rows in keep_rows.items()}
    told = {"marks": [list(mark) for mark in marks], "heads": dict(heads), "keep": keep}
    path.write_text(json.dumps(told), encoding="utf-8")
