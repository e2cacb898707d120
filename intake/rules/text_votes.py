"""What the neighbours of a text say about its encoding, where it can be read in several. Pure.

A text that is sure by itself votes, in its column and in its row. Of a column of one encoding the
votes are taken; in a column that mixes encodings a neighbour proves nothing, unless the column is
made of whole blocks (lists pasted one under the other) or the sheet of whole rows.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from intake.rules.encodings import Encoding
from intake.rules.text_readings import Verdict

_BLOCK = 5  # so many votes alike in one column are no accident
_SHORTEST = 3  # of the other blocks of the column
_PURE_ROWS = 5  # so many rows with two votes and more, all alike: rows are of one encoding


class Vote(NamedTuple):
    """A cell that is sure of its encoding."""

    row: int
    column: int
    encoding: Encoding


class Votes:
    """The votes of a sheet, asked by cell."""

    def __init__(self, votes: Iterable[Vote]) -> None:
        self._columns: dict[int, list[tuple[int, Encoding]]] = defaultdict(list)
        self._rows: dict[int, list[Encoding]] = defaultdict(list)
        for vote in votes:
            self._columns[vote.column].append((vote.row, vote.encoding))
            self._rows[vote.row].append(vote.encoding)
        for column in self._columns.values():
            column.sort()
        self._all = Counter(each for column in self._rows.values() for each in column)
        self._has_pure_rows = self._are_rows_pure()
        self._blocks = {column: _blocks(votes) for column, votes in self._columns.items()}
        self._told = {
            column: {each for _, each in votes} for column, votes in self._columns.items()
        }

    def _are_rows_pure(self) -> bool:
        told = [set(row) for row in self._rows.values() if len(row) > 1]
        return len(told) >= _PURE_ROWS and all(len(row) == 1 for row in told)

    def has_old(self, column: int) -> bool:
        """Whether some cell of a column is surely not Unicode."""
        return bool(self._told.get(column, set()) - {Encoding.UNICODE})

    def majority(self, column: int) -> Encoding | None:
        """What most cells of a column are sure to be; None without votes."""
        votes = Counter(encoding for _, encoding in self._columns.get(column, ()))
        return votes.most_common(1)[0][0] if votes else None

    def most(self) -> Encoding | None:
        """What most cells of the whole sheet that are not Unicode are sure to be."""
        old = Counter({each: n for each, n in self._all.items() if each is not Encoding.UNICODE})
        return old.most_common(1)[0][0] if old else None

    def near(self, row: int, column: int) -> Encoding | None:
        """The encoding that the neighbours of a cell prove; None where they prove nothing."""
        told = self._told.get(column, set())
        of_row = self._of_row(row)
        if len(told) > 1:
            return self._of_block(row, column) or of_row
        for encoding in told:
            is_enough = len(self._all) == 1 or len(self._columns[column]) >= _BLOCK
            return encoding if is_enough and of_row in (None, encoding) else of_row
        return of_row or self._of_sheet()

    def _of_row(self, row: int) -> Encoding | None:
        told = self._rows.get(row)
        return told[0] if told and self._has_pure_rows else None

    def _of_sheet(self) -> Encoding | None:
        return next(iter(self._all)) if len(self._all) == 1 else None

    def _of_block(self, row: int, column: int) -> Encoding | None:
        blocks = self._blocks[column]
        at = bisect(blocks, row, key=lambda block: block.first) - 1
        if at < 0 or (row > blocks[at].last and at + 1 < len(blocks)):
            return None
        return blocks[at].encoding if blocks[at].size >= _BLOCK else None


class _Block(NamedTuple):
    first: int
    last: int
    size: int
    encoding: Encoding


def _blocks(votes: list[tuple[int, Encoding]]) -> list[_Block]:
    """The votes of a column, from top to bottom, as blocks of one encoding. The first may be short:
    the head of a list is often typed later, in Unicode."""
    blocks: list[_Block] = []
    for row, encoding in votes:
        if blocks and blocks[-1].encoding is encoding:
            blocks[-1] = blocks[-1]._replace(last=row, size=blocks[-1].size + 1)
        else:
            blocks.append(_Block(row, row, 1, encoding))
    return blocks if all(each.size >= _SHORTEST for each in blocks[1:]) else []


def decide(verdict: Verdict, near: Encoding | None) -> Encoding | None:
    """The encoding of a text that can be read in several, given what its neighbours prove; None
    where it must be asked: the neighbours are silent and the words are alike, or both disagree."""
    preferred = verdict.preferred
    if near is None or verdict.of(near) is None:
        return preferred
    if preferred in (None, near):
        return near
    return None
