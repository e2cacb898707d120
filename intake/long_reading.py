"""A long file read in parts: what `read_file` says of it, so many rows at a time.

Each part is the top of the sheet, title and head, with some of its rows, and is read by the same
code as a file of that length. Parts end between two people; a workbook with several long sheets
cannot be cut so, and is read in one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from cadres.records_people import PEOPLE
from daitu_portal.reading.cells import ReadSheet, Row
from daitu_portal.reading.limits import Limits
from daitu_portal.reading.problems import TooLarge
from daitu_portal.reading.reader import HEAD_ROWS, LongFile, long_file
from intake.healing.reading import heal, is_ours
from intake.healing.recipe import Recipe
from intake.long_lists import ListParts
from intake.reader import Reading, head_texts, meant_sheets, shape_in, told_of_masked, understand
from intake.rules.headers import find_head

ROWS_AT_ONCE = 5_000
MOST_IN_ONE = 60_000  # rows of a workbook that cannot be cut: about 3 GB of memory
_IN_ONE = (
    f"Tệp có hơn {MOST_IN_ONE} dòng mà không chia theo từng người được: nhiều trang dài, hoặc "
    "trang của bộ dữ liệu."
)


@contextmanager
def reading_in_parts(
    path: Path, *, recipe: Recipe, today: date, limits: Limits
) -> Iterator[Iterator[Reading]]:
    """The readings of the parts of a file, in its order; of a file that is not long, one.

    Raises WorkbookProblem if the file cannot be read, or is too long to be read in one.
    """
    with long_file(path, limits) as file:
        yield _parts(file, recipe, today)


def _parts(file: LongFile, recipe: Recipe, today: date) -> Iterator[Reading]:
    main = _long_sheet(file)
    is_own = is_ours(file.heads)
    if main is None or (is_own and not _is_of_people(file.heads, main)):
        yield _in_one(file, recipe, today, is_own=is_own)
    elif is_own:
        yield from _of_shape(file, main)
    else:
        pieces = _pieces(file.rows(main))
        yield from ListParts(file.heads, main, recipe, today).readings(pieces)


def _long_sheet(file: LongFile) -> int | None:
    """The place of the only sheet with many rows, if all others are short."""
    long = [place for place, count in enumerate(file.counts) if count > ROWS_AT_ONCE]
    others = [count for place, count in enumerate(file.counts) if place not in long]
    if len(long) != 1 or any(count > HEAD_ROWS for count in others):
        return None
    return long[0]


def _is_of_people(sheets: Sequence[ReadSheet], main: int) -> bool:
    """Whether each row of the long sheet is of a person, and no other sheet tells of people."""
    shape = shape_in(sheets[main], sheets)
    others = [sheet for sheet in meant_sheets(sheets) if sheet is not sheets[main]]
    return (
        shape is not None and shape.parts[0].table is PEOPLE
        and not any(sheet.rows for sheet in others)
        and find_head(head_texts(sheets[main]), shape.headers) is not None
    )  # fmt: skip


def _in_one(file: LongFile, recipe: Recipe, today: date, *, is_own: bool) -> Reading:
    if sum(file.counts) > MOST_IN_ONE:
        raise TooLarge(_IN_ONE, remedy="Chia tệp thành nhiều tệp, mỗi tệp một phần số người.")
    sheets = file.whole()
    return understand(sheets) if is_own else heal(sheets, recipe=recipe, today=today)


def _pieces(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while piece := list(islice(rows, ROWS_AT_ONCE)):
        yield piece


def _of_shape(file: LongFile, main: int) -> Iterator[Reading]:
    """The parts of a sheet of the portal's own shape: the head comes with each of them."""
    sheet = file.heads[main]
    shape = shape_in(sheet, file.heads)
    assert shape is not None
    head = find_head(head_texts(sheet), shape.headers)
    assert head is not None
    top = [row for row in sheet.rows if row.number <= head.row]
    below = (row for row in file.rows(main) if row.number > head.row)
    masked = 0
    for part, rows in enumerate(_pieces(below)):
        sheets = list(file.heads)
        sheets[main] = replace(sheet, rows=[*top, *rows])
        reading = understand(sheets)
        masked += reading.masked
        reading.notices = [n for n in reading.notices if n not in told_of_masked(reading.masked)]
        yield reading if part == 0 else _without_head(reading, head.row)
    yield Reading(notices=told_of_masked(masked))


def _without_head(reading: Reading, head_row: int) -> Reading:
    """What a later part says of its own rows: the head was told of with the first part."""
    reading.notices = []
    reading.problems = [each for each in reading.problems if each.row > head_row]
    reading.warnings = [each for each in reading.warnings if each.row > head_row]
    return reading
