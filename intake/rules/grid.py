"""A sheet as the layout sees it: repaired text by row and column, and its merges. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

Merge = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: its number in the sheet (from 1) and its texts by column number (from 1)."""

    number: int
    texts: Mapping[int, str]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet in order. `merges` may be absent: csv, ods and xls tell none."""

    rows: Sequence[GridRow]
    merges: Sequence[Merge] = ()
    name: str = ""
    is_hidden: bool = False


MOST_MERGED_CELLS = 1_000_000  # of a sheet; what merges say beyond is not looked at


def tidy(grid: Grid) -> Grid:
    """The rows that hold text, without blank cells and without the copies that some programs write
    into every cell of a merge: only its first cell speaks. Merges end where the text ends."""
    merges = list(_within(grid))
    covered = {
        (row, column)
        for first, left, last, right in merges
        for row in range(first, last + 1)
        for column in range(left, right + 1)
        if (row, column) != (first, left)
    }
    rows = [_tidy_row(row, covered) for row in grid.rows]
    return replace(grid, rows=[row for row in rows if row.texts], merges=merges)


def _within(grid: Grid) -> Iterator[Merge]:
    bottom = max((row.number for row in grid.rows), default=0)
    edge = max((column for row in grid.rows for column in row.texts), default=0)
    cells = 0
    for first, left, last, right in grid.merges:
        merge = (first, left, min(last, bottom), min(right, edge + 1))
        cells += max(merge[2] - first + 1, 0) * max(merge[3] - left + 1, 0)
        if cells > MOST_MERGED_CELLS:
            return
        yield merge


def _tidy_row(row: GridRow, covered: set[tuple[int, int]]) -> GridRow:
    number = row.number
    texts = {
        column: text
        for column, text in sorted(row.texts.items())
        if text and not text.isspace() and (number, column) not in covered
    }
    if len(texts) > 2 and len(set(texts.values())) == 1 and len(next(iter(texts.values()))) > 3:
        texts = dict([next(iter(texts.items()))])  # one merged text, told once a cell
    return GridRow(number, texts, row.is_hidden)
