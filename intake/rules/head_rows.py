"""Finds the head of a table: its rows, and the path of headers over each column. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.rules import group_words as groups
from intake.rules.grid import GridRow, Merge
from intake.rules.header_words import (
    AGES,
    TARGETS,
    UNSUPPORTED,
    is_long_name,
    key,
    target_of,
    without_notes,
)
from intake.rules.row_words import is_index_token, is_number, is_person, is_title, is_total

MOST_HEAD_ROWS = 4
_WORDS = frozenset().union(
    TARGETS, UNSUPPORTED, groups.NEUTRAL, groups.FOREIGN, groups.DERIVED, groups.STRANDS,
    groups.PARTS, groups.DOMAIN_OF, *groups.LEVELS.values(), *groups.LOWEST_LEVELS.values(),
    *groups.DOMAIN_LEAVES.values(),
)  # fmt: skip
_MAY_BE_NAME = re.compile(r"[\W\d]{0,5}[HhTt]")
_NUMBERED = re.compile(r"^[\W\d]+")
_NAME_TARGETS = ("full_name", "name.family")
# A name whose header is broken over two cells.
_BROKEN = frozenset({"ho", "ho chu dem", "ho dem"})

Paths = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table, its row of column numbers, and where names and numbers stand."""

    rows: tuple[int, ...]
    paths: Paths
    index_row: int | None
    name: int
    names: tuple[int, ...]  # more than one: two tables side by side
    numbers: int | None


@lru_cache(maxsize=4096)
def is_head_word(text: str) -> bool:
    """Whether a cell reads like a header that is known, of whatever level."""
    if len(text) > groups.LONGEST_HEADER:
        return False
    whole = key(text)
    is_known = whole in _WORDS or key(without_notes(text)) in _WORDS or _is_band(text, whole)
    return is_known or bool(target_of(text)) or any(_is_known_path(p) for p in groups.parted(text))


def _is_band(text: str, whole: str) -> bool:
    return bool(AGES.match(whole)) and not text.strip().isdigit()


def _is_known_path(path: tuple[str, ...]) -> bool:
    return groups.is_group(path[0]) and key(path[-1]) in _WORDS


@lru_cache(maxsize=4096)
def is_name_header(text: str) -> bool:
    """Whether a cell is the header over people's names."""
    if len(text) > groups.LONGEST_HEADER:
        return False
    text = _NUMBERED.sub("", text)
    found = target_of(text) or target_of(without_notes(text))
    return (
        found in _NAME_TARGETS or is_long_name(text) or any(map(_is_name_path, groups.parted(text)))
    )


def _is_name_path(path: tuple[str, ...]) -> bool:
    """“Họ và tên - Họ đệm” in one cell."""
    leaf = groups.DOMAIN_LEAVES["name"].get(key(path[-1]))
    return leaf in _NAME_TARGETS and groups.DOMAIN_OF.get(key(path[0])) == "name"


@lru_cache(maxsize=512)
def is_index_header(text: str) -> bool:
    """Whether a cell is the header over the numbers of the rows."""
    return TARGETS.get(key(text)) == "index"


def is_index_row(texts: Mapping[int, str]) -> bool:
    """Whether a row numbers the columns: A, B, 1, 2 … or (1), (2) …"""
    if len(texts) < 2 or not all(map(is_index_token, texts.values())):
        return False
    numbers = [int(n[0]) for t in texts.values() if (n := re.search(r"\d+", t))]
    rising = all(a < b for a, b in zip(numbers, numbers[1:], strict=False))
    whole = numbers[-1] - numbers[0] < 2 * len(numbers) if numbers else False
    return rising and whole and numbers[0] <= 3


def find_heads(rows: Sequence[GridRow], merges: Sequence[Merge]) -> list[Head]:
    """All heads of lists of people in the sheet, from above; repeated ones too."""
    found: list[Head] = []
    below = 0
    for at, row in enumerate(rows):
        if row.number <= below:
            continue
        texts = row.texts.items()
        columns = [c for c, t in texts if _MAY_BE_NAME.match(t) and is_name_header(t)]
        columns = columns or _lone_given_names(row)
        if columns:
            head = _head(rows, merges, at, columns, below)
            if head:
                found.append(head)
                below = max(head.rows[-1], head.index_row or 0)
    return found


def _lone_given_names(row: GridRow) -> list[int]:
    """“Tên” alone is the header over names where STT and a third header stand beside it."""
    named = [c for c, t in row.texts.items() if len(t) < 12 and key(t) == "ten"]
    beside = sum(map(is_head_word, row.texts.values())) if named else 0
    has_index = named and any(map(is_index_header, row.texts.values()))
    return named[:1] if has_index and beside >= 3 else []


def _head(
    rows: Sequence[GridRow], merges: Sequence[Merge], at: int, names: Sequence[int], below: int
) -> Head | None:
    top = at
    while top > 0 and at - top < MOST_HEAD_ROWS - 1 and rows[top - 1].number > below:
        if not _goes_above(rows[top - 1], rows[top], names[0]):
            break
        top -= 1
    name = names[0]
    last = max((m[2] for m in merges if m[0] == rows[at].number and m[1] == name), default=0)
    end = at + 1
    while end < len(rows) and end - top < MOST_HEAD_ROWS + 1:
        row = rows[end]
        if not (row.number <= last or _goes_on(row, rows[top:end], name)):
            break
        end += 1
    chosen = rows[top:end]
    if sum(is_head_word(t) for row in chosen for t in row.texts.values()) < 2:
        return None
    return head_of(chosen, merges, rows[end] if end < len(rows) else None, tuple(names))


def head_of(
    chosen: Sequence[GridRow],
    merges: Sequence[Merge],
    following: GridRow | None,
    names: Sequence[int] = (),
) -> Head | None:
    """The head that `chosen` rows make; None where nothing in them stands over names.

    `following` is the row below, which may number the columns.
    """
    paths = paths_of(chosen, merges)
    numbers = [c for c, path in paths.items() if path and is_index_header(" ".join(path))]
    names = names or [c for c, path in paths.items() if any(map(is_name_header, path))]
    if not names:
        return None
    before = [c for c in numbers if c < names[0]]
    column = before[-1] if before else (numbers[0] if numbers else None)
    is_numbered = following is not None and is_index_row(following.texts)
    return Head(
        rows=tuple(row.number for row in chosen),
        paths=paths,
        index_row=following.number if following and is_numbered else None,
        name=names[0],
        names=tuple(names) if len(numbers) > 1 else (names[0],),
        numbers=column,
    )


def _goes_above(row: GridRow, head: GridRow, name: int) -> bool:
    """Whether the row above the names still belongs to the head: groups of headers, no title, no
    person."""
    if row.number != head.number - 1:
        return False
    texts = list(row.texts.values())
    over = row.texts.get(name, "STT")
    if not is_head_word(over) or is_total(over) or is_total(texts[0]) or is_number(texts[0]):
        return False
    known = sum(map(is_head_word, texts))
    return not any(map(is_title, texts)) and 2 * known >= len(texts) and known > 0


def _goes_on(row: GridRow, above: Sequence[GridRow], name: int) -> bool:
    """Whether a row below the name's header is still head: it has no name, and headers."""
    if row.number != above[-1].number + 1 or is_index_row(row.texts):
        return False
    told = row.texts.get(name, "")
    is_copy = told in {r.texts.get(name) for r in above}
    if (
        told
        and not is_copy
        and not told.startswith("(")
        and key(told) not in ("ten", "khai sinh", "chu in hoa")
    ):
        broken = {key(r.texts.get(name, "")) for r in above} & {"ho ten", "ho ten can bo"}
        if not (broken and key(told) in _BROKEN):
            return False
    if any(not is_head_word(t) and (is_total(t) or is_person(t)) for t in row.texts.values()):
        return False
    first = next(iter(row.texts.values()))
    if is_number(first):
        return False
    known = sum(map(is_head_word, row.texts.values()))
    return 3 * known >= 2 * len(row.texts)


def paths_of(rows: Sequence[GridRow], merges: Sequence[Merge]) -> Paths:
    """The headers over each column, outermost first; merged and missing cells filled in."""
    numbers = {row.number for row in rows}
    lines = [dict(row.texts) for row in rows]
    at = {row.number: i for i, row in enumerate(rows)}
    held: set[tuple[int, int]] = set()
    for first, left, last, right in merges:
        if first in numbers:
            text = rows[at[first]].texts.get(left)
            cells = [(r, c) for r in range(first, last + 1) for c in range(left, right + 1)]
            held.update(cells)
            for row, column in cells:
                if text and row in at:
                    lines[at[row]][column] = text
    for depth in range(len(rows) - 1):
        _inherit(lines, depth, rows[depth].number, held)
    columns = sorted({column for line in lines for column in line})
    return {column: _path(line.get(column, "") for line in lines) for column in columns}


def _inherit(
    lines: list[dict[int, str]], depth: int, number: int, held: set[tuple[int, int]]
) -> None:
    """A blank to the right of a group's header belongs to the group where a header stands below
    both: what is left of a merge that the file does not tell."""
    line, below = lines[depth], lines[depth + 1 :]

    def has_below(column: int) -> bool:
        return any(column in other for other in below)

    def leaf(column: int) -> str:
        return next((other[column] for other in below if column in other), "")

    for column in sorted({c for other in below for c in other}):
        left = line.get(column - 1)
        is_free = column not in line and (number, column) not in held
        is_group = left and (number, column - 1) not in held and has_below(column - 1)
        above = any(column in other for other in lines[:depth]) and not any(
            other.get(column) == other.get(column - 1) for other in lines[:depth]
        )
        if is_free and left and is_group and not above and groups.belongs(left, leaf(column)):
            line[column] = left


def _path(texts: Iterable[str]) -> tuple[str, ...]:
    path: list[str] = []
    for text in texts:
        told = " ".join(text.split())
        if told and (not path or path[-1] != told):
            path.append(told)
    return tuple(path)
