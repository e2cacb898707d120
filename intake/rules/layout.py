"""Where on a sheet a list of people stands: head, rows, and what every other row is. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from intake.rules.grid import Grid, GridRow, tidy
from intake.rules.head_rows import Head, Paths, find_heads, head_of
from intake.rules.header_words import key
from intake.rules.row_kinds import DataRow, RowKind, read_rows
from intake.rules.row_words import as_of

SIDE_BY_SIDE = "side_by_side"
OTHER_TABLE = "other_table"
HIDDEN_ROWS = "hidden_rows"


@dataclass(frozen=True, slots=True)
class LayoutProblem:
    """What the sender must know of a sheet: of which rows, and whether nothing is read of it."""

    code: str
    message: str
    rows: tuple[int, ...] = ()
    is_refusal: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A list of people on a sheet.

    `columns`: column number -> its headers, outermost first, () where a column has none; `skipped`:
    row number -> why it is no person's. Every row with text stands in `head_rows`, `rows` or
    `skipped`.
    """

    head_rows: tuple[int, ...]
    columns: Mapping[int, tuple[str, ...]]
    index_row: int | None
    rows: Sequence[DataRow]
    skipped: Mapping[int, RowKind]
    title: tuple[str, ...] = ()
    as_of: str = ""
    name_column: int = 0
    number_column: int | None = None
    problems: tuple[LayoutProblem, ...] = field(default=())

    @property
    def is_refused(self) -> bool:
        return any(problem.is_refusal for problem in self.problems)


@dataclass(slots=True)
class _Table:
    """A head, its repetitions, and the rows below each."""

    head: Head
    rows: list[DataRow] = field(default_factory=list)
    skipped: dict[int, RowKind] = field(default_factory=dict)


def find_layout(
    grid: Grid, *, head_rows: Sequence[int] = (), groups: Collection[str] = frozenset()
) -> Layout | None:
    """The list of people on a sheet; None where there is no header over people's names.

    `head_rows`: numbers of the rows that the user says are the head. `groups`: folded names of
    communes and posts, which stand as group rows even where they read like names of people.
    """
    grid = tidy(grid)
    heads = _forced(grid, head_rows) if head_rows else find_heads(grid.rows, grid.merges)
    if not heads:
        return None
    if any(len(head.names) > 1 for head in heads):
        return _side_by_side(grid, heads[0])
    tables = _tables(grid, heads, groups)
    best = max(tables, key=lambda table: len(table.rows))
    return _layout(grid, best, [table for table in tables if table is not best], heads[0])


def _forced(grid: Grid, numbers: Sequence[int]) -> list[Head]:
    chosen = [row for row in grid.rows if min(numbers) <= row.number <= max(numbers)]
    following = next((row for row in grid.rows if row.number > max(numbers)), None)
    if not chosen:
        return []
    head = head_of(chosen, grid.merges, following)
    head = head or head_of(chosen, grid.merges, following, [min(chosen[0].texts)])
    return [head] if head else []


def _tables(grid: Grid, heads: Sequence[Head], groups: Collection[str]) -> list[_Table]:
    """The rows below each head, put together where the heads say the same columns."""
    found: list[_Table] = []
    for at, head in enumerate(heads):
        first = max(head.rows[-1], head.index_row or 0)
        end = heads[at + 1].rows[0] if at + 1 < len(heads) else None
        part = [r for r in grid.rows if r.number > first and (end is None or r.number < end)]
        same = next((t for t in found if _is_same(t.head.paths, head.paths)), None)
        rows, skipped = read_rows(part, head, grid.merges, groups)
        if same:
            rows = _carried(same, rows, skipped)
            skipped.update(dict.fromkeys(head.rows, RowKind.HEAD))
        table = same or _Table(head)
        table.rows += rows
        table.skipped.update(skipped)
        if head.index_row:
            table.skipped[head.index_row] = RowKind.INDEX
        if table not in found:
            found.append(table)
    return found


def _carried(above: _Table, rows: list[DataRow], skipped: Mapping[int, RowKind]) -> list[DataRow]:
    """A head repeated on a new page does not end the group of the page before; a title does."""
    if not above.rows or not rows:
        return rows
    last = above.rows[-1]
    if any(n > last.number and kind == RowKind.TITLE for n, kind in above.skipped.items()):
        return rows
    context = last.context
    ended = [n for n, kind in skipped.items() if kind == RowKind.GROUP]
    first = min(ended, default=rows[-1].number + 1)
    return [
        DataRow(row.number, context, row.continues, row.is_hidden)
        if row.number < first and not row.context
        else row
        for row in rows
    ]


def _is_same(one: Paths, other: Paths) -> bool:
    def folded(paths: Paths) -> dict[int, str]:
        return {column: key(" ".join(path)) for column, path in paths.items() if path}

    return folded(one) == folded(other)


def _layout(grid: Grid, table: _Table, others: Sequence[_Table], first: Head) -> Layout:
    head = table.head
    skipped = dict(table.skipped)
    problems = [_other(other, skipped) for other in others]
    top = min(first.rows[0], head.rows[0])
    above = [row for row in grid.rows if row.number < top]
    skipped.update({row.number: RowKind.TITLE for row in above})
    hidden = tuple(row.number for row in table.rows if row.is_hidden)
    if hidden:
        told = f"Có {len(hidden)} dòng đang ẩn trên trang tính, vẫn được đọc."
        problems.append(LayoutProblem(HIDDEN_ROWS, told, hidden))
    title = tuple(" ".join(text.split()) for row in above for text in row.texts.values())
    return Layout(
        head_rows=head.rows,
        columns=_columns(grid, table),
        index_row=head.index_row,
        rows=tuple(table.rows),
        skipped=MappingProxyType(dict(sorted(skipped.items()))),
        title=title,
        as_of=as_of(title),
        name_column=head.name,
        number_column=head.numbers,
        problems=tuple(problems),
    )


def _other(other: _Table, skipped: dict[int, RowKind]) -> LayoutProblem:
    """Tell of a table that is not read, and put its rows down as skipped."""
    numbers = sorted({*other.head.rows, *other.skipped, *(row.number for row in other.rows)})
    skipped.update(dict.fromkeys(numbers, RowKind.OTHER_TABLE))
    return LayoutProblem(
        OTHER_TABLE,
        f"Trang tính có bảng khác với cột khác ở dòng {numbers[0]}–{numbers[-1]}: chưa đọc "
        f"{len(other.rows)} dòng ở đó. Tách bảng ấy ra trang tính riêng rồi nhập tiếp.",
        tuple(numbers),
    )


def _columns(grid: Grid, table: _Table) -> Mapping[int, tuple[str, ...]]:
    """The columns with a header, and those that hold data without one."""
    numbers = {row.number for row in table.rows}
    used = {c for row in grid.rows if row.number in numbers for c in row.texts}
    paths = table.head.paths
    return MappingProxyType({c: paths.get(c, ()) for c in sorted({*used, *paths})})


def _side_by_side(grid: Grid, head: Head) -> Layout:
    told = (
        "Trang tính có hai bảng đặt cạnh nhau (hai cột họ và tên). Chuyển bảng bên phải xuống dưới "
        "hoặc sang trang tính khác rồi tải lên lại."
    )
    below = [row for row in grid.rows if row.number not in head.rows]
    return Layout(
        head_rows=head.rows,
        columns=MappingProxyType(dict(head.paths)),
        index_row=None,
        rows=(),
        skipped=MappingProxyType({row.number: _beside(row, head) for row in below}),
        name_column=head.name,
        number_column=head.numbers,
        problems=(LayoutProblem(SIDE_BY_SIDE, told, is_refusal=True),),
    )


def _beside(row: GridRow, head: Head) -> RowKind:
    return RowKind.TITLE if row.number < head.rows[0] else RowKind.SIDE_BY_SIDE
