"""Finds the head of a sheet and says which column is which. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from daitu_portal.text import fold

ROWS_LOOKED_AT = 30


@dataclass(frozen=True)
class Head:
    """The row of the head, the column number of each known header, and what is wrong with it."""

    row: int
    columns: Mapping[str, int]
    unknown: Mapping[int, str] = field(default_factory=dict)
    repeated: Mapping[int, str] = field(default_factory=dict)


def header_key(text: object) -> str:
    """How headers are compared: without accents, case, spaces and the mark of required ones."""
    return fold(str(text))


def find_head(rows: Sequence[tuple[int, Mapping[int, str]]], headers: Sequence[str]) -> Head | None:
    """The first of the leading `rows` in which most of `headers` stand; None if none has two.

    `rows` are (number, text by column). A head of one known column is taken for a title unless
    the table has no other column.
    """
    known = {header_key(header): header for header in headers}
    best: tuple[int, Mapping[int, str]] | None = None
    most = min(2, len(known)) - 1
    for number, texts in rows[:ROWS_LOOKED_AT]:
        matches = len({header_key(text) for text in texts.values()} & set(known))
        if matches > most:
            best, most = (number, texts), matches
    return _head(*best, known) if best else None


def _head(row: int, texts: Mapping[int, str], known: Mapping[str, str]) -> Head:
    columns: dict[str, int] = {}
    unknown, repeated = {}, {}
    for column, text in sorted(texts.items()):
        header = known.get(header_key(text))
        if header is None:
            unknown[column] = text
        elif header in columns:
            repeated[column] = text
        else:
            columns[header] = column
    return Head(row, columns, unknown, repeated)
