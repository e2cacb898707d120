"""Which sheets of a workbook hold a list of people, and why the others do not. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from intake.rules.grid import Grid
from intake.rules.head_rows import is_head_word
from intake.rules.header_words import key
from intake.rules.layout import Layout, find_layout


class SheetKind(StrEnum):
    """Why a sheet is not read."""

    EMPTY = "empty"
    HIDDEN = "hidden"
    SUMMARY = "summary"
    CATALOGUE = "catalogue"
    HEADER_ONLY = "header_only"
    SIDE_BY_SIDE = "side_by_side"
    NO_LIST = "no_list"


SHEET_KIND_LABELS = MappingProxyType({
    SheetKind.EMPTY: "Trang tính trống",
    SheetKind.HIDDEN: "Trang tính đang ẩn: bỏ ẩn nếu cần đọc",
    SheetKind.SUMMARY: "Bảng tổng hợp số lượng, không có danh sách người",
    SheetKind.CATALOGUE: "Danh mục, không có danh sách người",
    SheetKind.HEADER_ONLY: "Chỉ có tiêu đề cột, chưa có người nào",
    SheetKind.SIDE_BY_SIDE: "Hai bảng đặt cạnh nhau: tách ra rồi nhập",
    SheetKind.NO_LIST: "Không có cột họ và tên",
})  # fmt: skip
_SUMMARY = frozenset(map(key, (
    "Tổng số", "Tổng số biên chế được giao", "Tên đơn vị", "Row Labels", "Grand Total", "Nhãn hàng",
    "Số lượng", "Tổng cộng", "Trong đó", "Count of Họ và tên", "Biên chế được giao",
)))  # fmt: skip
_CATALOGUE = frozenset(map(key, (
    "Mã", "Tên", "Mã xã", "Mã đơn vị", "Mã chức danh", "Tên chức danh", "Danh mục", "Mã ngạch",
    "Ký hiệu", "Diễn giải",
)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """The sheets to read, by their place in the workbook (from 0), and why each other is not."""

    chosen: Mapping[int, Layout]
    others: Mapping[int, SheetKind]


def best_sheet(grids: Sequence[Grid], *, groups: Collection[str] = frozenset()) -> SheetChoice:
    """The visible sheets with a list of people; where none has people, the first with a head."""
    layouts: dict[int, Layout] = {}
    others: dict[int, SheetKind] = {}
    for at, grid in enumerate(grids):
        layout = None if grid.is_hidden else find_layout(grid, groups=groups)
        if layout is None or layout.is_refused or not layout.rows:
            others[at] = _kind(grid, layout)
        if layout is not None and not layout.is_refused:
            layouts[at] = layout
    chosen = {at: layout for at, layout in layouts.items() if layout.rows}
    if not chosen and layouts:
        first = min(layouts)
        chosen = {first: layouts[first]}
        del others[first]
    return SheetChoice(MappingProxyType(chosen), MappingProxyType(others))


def _kind(grid: Grid, layout: Layout | None) -> SheetKind:
    if grid.is_hidden:
        return SheetKind.HIDDEN
    if layout is not None:
        return SheetKind.SIDE_BY_SIDE if layout.is_refused else SheetKind.HEADER_ONLY
    texts = [t for row in grid.rows[:30] for t in row.texts.values() if t.strip()]
    if not texts:
        return SheetKind.EMPTY
    keys = {key(text) for text in texts if len(text) < 60}
    known = sum(map(is_head_word, texts))
    if keys & _SUMMARY and known > 2:
        return SheetKind.SUMMARY
    return SheetKind.CATALOGUE if len(keys & _CATALOGUE) > 1 else SheetKind.NO_LIST
