"""What each row below a head is: a person, a group, a total, a signature … Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from daitu_portal.text import fold
from intake.rules.grid import GridRow, Merge
from intake.rules.head_rows import Head, is_index_row
from intake.rules.row_words import (
    bare_name,
    enumeration,
    is_count,
    is_enumerator,
    is_note,
    is_number,
    is_organisation,
    is_person,
    is_signature,
    is_title,
    is_total,
)


class RowKind(StrEnum):
    """Why a row is not read as a person's."""

    TITLE = "title"
    HEAD = "head"
    INDEX = "index"
    GROUP = "group"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    NUMBER_ONLY = "number_only"
    OTHER_TABLE = "other_table"
    SIDE_BY_SIDE = "side_by_side"


ROW_KIND_LABELS = {
    RowKind.TITLE: "Tiêu đề, quốc hiệu",
    RowKind.HEAD: "Dòng tiêu đề cột",
    RowKind.INDEX: "Dòng đánh số cột",
    RowKind.GROUP: "Dòng nhóm",
    RowKind.TOTAL: "Dòng cộng",
    RowKind.SIGNATURE: "Phần ký",
    RowKind.NOTE: "Ghi chú dưới bảng",
    RowKind.NUMBER_ONLY: "Chỉ có số thứ tự",
    RowKind.OTHER_TABLE: "Bảng khác trên cùng trang tính",
    RowKind.SIDE_BY_SIDE: "Hai bảng đặt cạnh nhau",
}


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row of a person. `context`: the group rows it stands under, outermost first; `continues`:
    the number of the row whose person goes on here."""

    number: int
    context: tuple[str, ...] = ()
    continues: int | None = None
    is_hidden: bool = False


@dataclass(slots=True)
class _Block:
    """What stands under one head (and under its repetitions) while it is read."""

    head: Head
    groups: Collection[str]
    wide: Mapping[int, int]  # row -> columns that a merge beginning at or before the name covers
    joined: Mapping[int, int]  # row -> row above, to which a merge of the name or number joins it
    headers: frozenset[str]
    rows: list[DataRow] = field(default_factory=list)
    skipped: dict[int, RowKind] = field(default_factory=dict)
    stack: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    last: DataRow | None = None  # of a person, since the last group
    width: int = 0  # how many other cells the last person tells
    was_group: bool = False
    is_signed: bool = False
    is_noted: bool = False


@dataclass(frozen=True, slots=True)
class _Cells:
    number: str
    name: str
    others: tuple[str, ...]

    @property
    def is_counted(self) -> bool:
        return bool(self.number) and is_number(self.number)


def read_rows(
    rows: Sequence[GridRow], head: Head, merges: Sequence[Merge], groups: Collection[str]
) -> tuple[list[DataRow], dict[int, RowKind]]:
    """The people among `rows`, which stand below `head`, and why each other row is none.

    `groups`: folded names (of communes, posts) that stand as group rows.
    """
    block = _Block(
        head,
        groups,
        _wide_merges(merges, head),
        _joined(merges, head),
        frozenset(text for path in head.paths.values() for text in path),
    )
    names = [c for c, path in head.paths.items() if path == head.paths.get(head.name)]
    for row in rows:
        _read(block, row, _cells(row.texts, head, names))
    _end_with_signatures(block)
    return block.rows, block.skipped


def _wide_merges(merges: Sequence[Merge], head: Head) -> dict[int, int]:
    return {
        first: right - left + 1
        for first, left, _, right in merges
        if left <= head.name and right > max(left, head.name)
    }


def _joined(merges: Sequence[Merge], head: Head) -> dict[int, int]:
    return {
        row: first
        for first, left, last, right in merges
        if left <= head.name <= right and right - left < 3
        for row in range(first + 1, last + 1)
    }


def _cells(texts: Mapping[int, str], head: Head, names: Sequence[int]) -> _Cells:
    number, name, others = "", "", []
    for column, text in texts.items():
        if column == head.numbers:
            number = text
        elif column == head.name:
            name = text.strip()
        elif column in names and name and head.name < column:
            name = f"{name} {text.strip()}"
        else:
            others.append(text)
    return _Cells(number, name, tuple(others))


def _read(block: _Block, row: GridRow, cells: _Cells) -> None:
    if cells.is_counted and cells.others and is_person(cells.name):
        block.width = len(cells.others)
        _add(block, row)  # nearly all rows of a list
        return
    kind = _kind(block, row, cells)
    if kind is None:
        block.width = len(cells.others)
        _add(block, row)
    elif kind == "continues" and block.last:
        _add(block, row, continues=block.last.continues or block.last.number)
    else:
        block.skipped[row.number] = RowKind(kind)
        if kind == RowKind.GROUP:
            _open_group(block, cells, row.texts)
        elif kind in (RowKind.TITLE, RowKind.SIGNATURE):
            block.last = None
            block.stack = [] if kind == RowKind.TITLE else block.stack


def _add(block: _Block, row: GridRow, continues: int | None = None) -> None:
    context = tuple(text for _, text in block.stack)
    block.last = DataRow(row.number, context, continues, row.is_hidden)
    block.rows.append(block.last)
    block.was_group = block.is_noted = False


def _kind(block: _Block, row: GridRow, cells: _Cells) -> str | None:
    """The kind of a row, "continues" for a person's second line, None for a person's row."""
    texts = row.texts
    if _repeats_head(block, texts):
        return RowKind.HEAD
    if not _is_data(cells) and is_index_row(texts) and len(texts) > 2:
        return RowKind.INDEX
    first = next(iter(texts.values()))
    if not (is_person(cells.name) and (cells.is_counted or len(cells.others) >= 3)):
        found = _aside(block, cells, first, texts)
        if found:
            return found
    return _by_name(block, row, cells) if cells.name else _without_name(block, row, cells, first)


def _is_data(cells: _Cells) -> bool:
    return len(cells.name) > 3 and cells.is_counted


def _repeats_head(block: _Block, texts: Mapping[int, str]) -> bool:
    paths = block.head.paths
    told = [" ".join(t.split()) in paths.get(c, ()) for c, t in texts.items()]
    return 2 * sum(told) > len(told) and (len(told) > 1 or block.head.name in texts)


def _aside(block: _Block, cells: _Cells, first: str, texts: Mapping[int, str]) -> str | None:
    """What is no row of the table at all: total, signature, note, title."""
    if is_total(cells.name or first) and not is_person(cells.name) or is_total(first):
        return RowKind.TOTAL
    named = is_person(cells.name)
    if not cells.is_counted and not named and _is_signing(cells, texts):
        block.is_signed = True
        return RowKind.SIGNATURE
    if is_note(first) and not cells.is_counted:
        block.is_noted = True
        return RowKind.NOTE
    if is_title(first) and len(texts) <= 2 and not cells.is_counted and not named:
        block.is_signed = False
        return RowKind.TITLE
    if block.is_signed and not _is_data_after_all(block, cells):
        return RowKind.SIGNATURE
    if block.is_noted and not cells.is_counted and len(texts) == 1:
        return RowKind.NOTE
    return None


def _is_data_after_all(block: _Block, cells: _Cells) -> bool:
    """Whether a row below signatures is a person's: counted, or named with more than names."""
    if cells.is_counted:
        return bool(cells.name and cells.others)
    more = [text for text in cells.others if not is_person(text) and not is_signature(text)]
    return is_person(cells.name) and len(more) > (block.head.numbers is not None)


def _is_signing(cells: _Cells, texts: Mapping[int, str]) -> bool:
    """Whether a row opens the signatures: not a group (“Chủ tịch”), not a person's second line."""
    word = next(filter(is_signature, texts.values()), "") if len(texts) <= 4 else ""
    is_post = is_organisation(word) and (word in (cells.name, cells.number) or not word.isupper())
    return bool(word) and not is_post


_NUMBERED_STYLES = ("roman", "upper", "number", "lower")


def _by_name(block: _Block, row: GridRow, cells: _Cells) -> str | None:
    is_short = all(map(is_count, cells.others))
    style, label = enumeration(cells.number, cells.name)
    folded = fold(label)
    person = is_person(cells.name) and folded not in block.groups
    if is_enumerator(cells.number):
        is_unit = is_short or (not person and len(cells.others) <= 2)
        return RowKind.GROUP if is_unit else None
    if not is_short:
        return None
    unit = not person and (is_organisation(label) or folded in block.groups)
    unit = unit or is_organisation(label) and not cells.others
    wide = block.wide.get(row.number, 0) > 1 and not cells.others
    if unit or wide and not cells.is_counted:
        return RowKind.GROUP
    if person or cells.is_counted:
        return None
    # One word more may be the end of a name that stands on two lines: that must be seen.
    is_lone = not cells.others and len(label.split()) > 1
    return RowKind.GROUP if is_lone or style in _NUMBERED_STYLES else None


def _without_name(block: _Block, row: GridRow, cells: _Cells, first: str) -> str | None:
    if cells.number:
        if cells.is_counted:
            return None if cells.others else RowKind.NUMBER_ONLY
        return RowKind.GROUP if all(map(is_count, cells.others)) else None
    is_joined = row.number in block.joined
    if is_joined and block.last:
        return "continues"
    lone = len(row.texts) == 1
    if lone and (block.wide.get(row.number, 0) > 2 or _looks_like_group(first)):
        return RowKind.GROUP
    if block.last and 2 * len(cells.others) <= max(block.width, 4):
        return "continues"
    return RowKind.GROUP if lone else None  # as much as a person tells: one without a name


def _looks_like_group(text: str) -> bool:
    style, _ = enumeration("", text)
    return style in ("roman", "upper") or (text.isupper() and len(text.split()) > 1)


def _open_group(block: _Block, cells: _Cells, texts: Mapping[int, str]) -> None:
    """Put a group row on the stack: below the one above it, or in the place of its like."""
    label = cells.name or cells.number or next(iter(texts.values()))
    style, text = enumeration(cells.number if cells.name else "", label)
    style = _letter(block, style, cells, label)
    word = _class_of(text) if style in ("", "dash") else ""
    is_title = word == "other" and text.isupper()
    kind = (style, word, "capitals" if is_title else "")
    known = [each for each, _ in block.stack]
    if kind in known:
        del block.stack[known.index(kind) :]
    elif not block.was_group:
        _leave_groups(block, kind)
    block.stack.append((kind, text))
    block.was_group, block.last = True, None
    block.is_signed = block.is_noted = False


_DEPTHS = {"upper": 0, "roman": 1, "number": 2, "lower": 3, "dash": 4}


def _leave_groups(block: _Block, kind: tuple[str, ...]) -> None:
    """A new kind of group after people: it stands inside what is numbered from farther out, beside
    what is numbered deeper or not at all."""
    depth = _DEPTHS.get(kind[0])
    while block.stack:
        above = _DEPTHS.get(block.stack[-1][0][0])
        if depth is not None and above is not None and above < depth:
            return
        was_capitals = block.stack[-1][0][2] == "capitals" or above in (0, 1)
        if depth is None and was_capitals and kind[2] != "capitals":
            return
        block.stack.pop()


def _letter(block: _Block, style: str, cells: _Cells, label: str) -> str:
    """“I”, “V”, “X” after H, U, W are letters; else they are Roman."""
    if style != "roman":
        return style
    told = (cells.number or label).strip()[:2].rstrip(".)/: ")
    letters = [each[0] for each, _ in block.stack]
    is_only_letters = "upper" in letters and "roman" not in letters
    return "upper" if told in ("V", "X") and is_only_letters and not block.was_group else style


_PLACES = ("xa ", "thi tran", "phuong ", "tt ", "huyen ")


def _class_of(text: str) -> str:
    folded = fold(bare_name(text))
    if folded.startswith(_PLACES):
        return "place"
    return "block" if folded.startswith(("khoi ", "nhom ", "can bo", "cong chuc")) else "other"


def _end_with_signatures(block: _Block) -> None:
    """Groups under which nobody stands, at the very end, are posts and names of those who sign."""
    last = max((row.number for row in block.rows), default=None)
    if last is None:
        return
    for number, kind in block.skipped.items():
        if number > last and kind == RowKind.GROUP:
            block.skipped[number] = RowKind.SIGNATURE
