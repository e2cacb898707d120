"""The parts of a long old list: each is healed with the top of its sheet, as a list of that length.

What the columns are is found once, in the first part. A part ends before its last person, with
whom the next one begins: under the same groups, or the file is refused.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NoReturn

from daitu_portal.reading.cells import ReadSheet, Row
from daitu_portal.reading.problems import TooLarge
from intake.healing.lists import FoundList
from intake.healing.reading import heal
from intake.healing.recipe import Recipe
from intake.reader import Reading
from intake.rules.grid import Grid
from intake.rules.layout import Layout
from intake.rules.row_kinds import DataRow, RowKind

_MOST_UNCUT = 20_000  # rows with fewer than two people among them
_UNCUT = (
    "Danh sách dài này có các nhóm lồng nhau hoặc tiêu đề lặp lại khác nhau nên không chia được"
)


class ListParts:
    """One long list; `main` is the place of its sheet."""

    def __init__(self, sheets: Sequence[ReadSheet], main: int, recipe: Recipe, today: date) -> None:
        self.sheets, self.main, self.recipe, self.today = sheets, main, recipe, today
        self.sheet = sheets[main]
        self.known: dict[str, FoundList] = {}
        self.top: list[Row] = []  # title and head
        self.groups: list[Row] = []  # those that the next part begins under
        self.context: tuple[str, ...] = ()
        self.head_rows: tuple[int, ...] = ()
        self.found: FoundList | None = None

    def readings(self, pieces: Iterable[list[Row]]) -> Iterator[Reading]:
        """The readings of all parts, each of its own rows alone."""
        rest: list[Row] = []
        waiting: list[Row] | None = None
        for piece in pieces:
            if waiting is not None:
                reading, rest = self._part([*rest, *waiting], is_last=False)
                if reading is not None:
                    yield reading
                    if self.found is None:  # no list, as that reading says
                        return
            waiting = piece
        reading, _ = self._part([*rest, *(waiting or [])], is_last=True)
        if reading is not None:
            yield reading

    def _part(self, rows: list[Row], *, is_last: bool) -> tuple[Reading | None, list[Row]]:
        """The reading of `rows`, and those of them that the next part begins with; no reading
        where they hold too few people to be cut."""
        is_first = self.found is None
        layouts: dict[str, tuple[Layout, Grid]] = {}
        reading = heal(
            self._sheets([*self.top, *self.groups, *rows], is_first=is_first), recipe=self.recipe,
            today=self.today, known=self.known, stands=layouts,
        )  # fmt: skip
        if self.name not in layouts:
            if not is_first:
                self._refuse()
            return reading, []
        layout, grid = layouts[self.name]
        cut = next((row for row in reversed(layout.rows) if row.continues is None), None)
        if not is_last and (cut is None or cut is layout.rows[0]):
            if len(rows) > _MOST_UNCUT:
                self._refuse()
            return None, rows
        self._check(layout, reading, is_first=is_first)
        if is_last or cut is None:
            return self._own(reading, layout, None, is_first=is_first), []
        self._begin_next(layout, grid, cut, rows)
        own = self._own(reading, layout, cut.number, is_first=is_first)
        return own, [row for row in rows if row.number >= cut.number]

    def _sheets(self, rows: list[Row], *, is_first: bool) -> list[ReadSheet]:
        """The workbook with these rows alone; other sheets come with the first part."""
        if not is_first:
            sheets = [replace(sheet, rows=[]) for sheet in self.sheets]
        else:
            sheets = list(self.sheets)
        numbers = {row.number for row in rows}
        first, last = min(numbers, default=0), max(numbers, default=0)
        begins = min((row.number for row in rows if row.number > self._top_row()), default=first)
        merges = [
            merge for merge in self.sheet.merges
            if merge[0] <= last and (merge[0] >= begins or merge[0] <= self._top_row())
            or merge[0] in numbers
        ]  # fmt: skip
        sheets[self.main] = replace(self.sheet, rows=rows, merges=merges)
        return sheets

    def _top_row(self) -> int:
        return self.top[-1].number if self.top else 0

    def _check(self, layout: Layout, reading: Reading, *, is_first: bool) -> None:
        if is_first:
            self.head_rows = layout.head_rows
            found = next(each for each in reading.lists if each.sheet == self.name)
            self.found = found
            self.known = {self.name: found}
        elif layout.head_rows != self.head_rows or layout.rows[0].context != self.context:
            self._refuse()

    def _begin_next(self, layout: Layout, grid: Grid, cut: DataRow, rows: list[Row]) -> None:
        """Keep what the next part stands under: the top of the sheet, and the groups."""
        end = max(layout.head_rows[-1], layout.index_row or 0)
        if not self.top:
            self.top = [row for row in rows if row.number <= end]
        above = [*self.groups, *(row for row in rows if row.number < cut.number)]
        kinds = layout.skipped
        texts = {row.number: " ".join(" ".join(row.texts.values()).split()) for row in grid.rows}
        named = [row for row in above if kinds.get(row.number) == RowKind.GROUP]
        self.groups, self.context = [], cut.context
        for text in cut.context:
            told = [row for row in named if text.strip() in texts.get(row.number, "")]
            if not told:
                self._refuse()
            self.groups.append(told[-1])
        if [row.number for row in self.groups] != sorted(row.number for row in self.groups):
            self._refuse()

    def _own(self, reading: Reading, layout: Layout, cut: int | None, *, is_first: bool) -> Reading:
        """What the reading says of its own rows: not of the head again, nor of the next part's."""
        end = cut or max((row.number for row in layout.rows), default=0) + 10**9
        begin = 0 if is_first else layout.rows[0].number
        mine = [row for row in layout.rows if row.number < end]
        reading.rows = [row for row in reading.rows if row.number < end or row.sheet != self.name]
        reading.repairs = [each for each in reading.repairs if begin <= each.row < end]
        reading.problems = [p for p in reading.problems if self._is_own(p.row, begin, end)]
        reading.warnings = [w for w in reading.warnings if self._is_own(w.row, begin, end)]
        reading.lines = {
            place: line for place, line in reading.lines.items()
            if place[1] < end or place[0] != self.name
        }  # fmt: skip
        reading.read = len(set(reading.lines.values()))
        reading.hidden = sum(row.is_hidden for row in mine)
        if not is_first:
            reading.notices, reading.lists, reading.sheets = [], [], []
            assert self.found is not None
            self.found.rows += len(mine)
        elif self.found is not None:
            self.found.rows = len(mine)
        return reading

    def _is_own(self, row: int, begin: int, end: int) -> bool:
        return (begin == 0 or row > 0) and begin <= row < end

    @property
    def name(self) -> str:
        return self.sheet.name

    def _refuse(self) -> NoReturn:
        raise TooLarge(_UNCUT, remedy="Chia danh sách thành nhiều tệp, mỗi tệp dưới 5 000 dòng.")
