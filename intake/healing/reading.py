"""From a file to a reading: what the portal wrote is read strictly, any other list is healed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from accounts.as_of import default_day
from cadres.exports import LIST_KIND
from cadres.records import ABOUT_SHEET, RECORD_SET
from daitu_portal.dates import PartialDate
from daitu_portal.garbage import not_collecting
from daitu_portal.reading.cells import ReadSheet
from daitu_portal.reading.limits import Limits
from daitu_portal.reading.reader import read_rows
from daitu_portal.text import fold
from intake.healing.cell_readers import is_day
from intake.healing.lists import FoundList
from intake.healing.memory import remembered
from intake.healing.recipe import Recipe
from intake.healing.rows import ListRows
from intake.healing.sheets import (
    SheetText,
    found_list,
    heads_read,
    layout_of,
    read_text,
    typed_over,
)
from intake.healing.values import Healer
from intake.healing.words import Words
from intake.reader import VERSION_SHEET, Problem, Reading, head_texts, understand
from intake.rules.day_columns import ColumnDays, column_days
from intake.rules.day_texts import heal_day
from intake.rules.day_uses import PAST
from intake.rules.filling import filled
from intake.rules.grid import Grid
from intake.rules.headers import find_head
from intake.rules.layout import Layout
from intake.rules.mapping import fingerprint
from intake.rules.repairs import CannotHeal
from intake.rules.sheets import SHEET_KIND_LABELS, SheetChoice, SheetKind, best_sheet
from intake.shapes import shapes

_WRITTEN_HERE = (LIST_KIND, RECORD_SET)


def read_file(path: Path, *, recipe: Recipe, today: date, limits: Limits) -> Reading:
    """All that a file says. Raises WorkbookProblem if it cannot be read."""
    sheets = read_rows(path, limits)
    if is_ours(sheets):
        return understand(sheets)
    return heal(sheets, recipe=recipe, today=today)


def is_ours(sheets: Sequence[ReadSheet]) -> bool:
    """Whether the file says that the portal wrote it, or has a sheet whose name and whole head are
    of a shape of the portal's."""
    if any(_tells_of_us(sheet) for sheet in sheets):
        return True
    known = {fold(shape.sheet): shape for shape in shapes()}
    for sheet in sheets:
        shape = known.get(fold(sheet.name))
        head = find_head(head_texts(sheet), shape.headers) if shape else None
        if head and not head.unknown:
            return True
    return False


def _tells_of_us(sheet: ReadSheet) -> bool:
    if fold(sheet.name) == fold(VERSION_SHEET):
        return True
    first = sheet.rows[:4] if fold(sheet.name) == fold(ABOUT_SHEET) else ()
    return any(cell.value in _WRITTEN_HERE for row in first for cell in row.cells.values())


@not_collecting()
def heal(
    sheets: Sequence[ReadSheet], *, recipe: Recipe, today: date,
    known: Mapping[str, FoundList] = MappingProxyType({}),
    stands: dict[str, tuple[Layout, Grid]] | None = None,
) -> Reading:  # fmt: skip
    """The rows of the lists of people in an old workbook, repaired; what nobody can tell is asked.

    A list whose title tells no day is of the portal's reference day, and of no day after `today`.
    Of a long list that comes in parts, `known` is what its columns were found to be, by sheet, and
    `stands` is told where on each sheet this part stands.
    """
    reading = Reading(is_healed=True)
    reading.chosen = _chosen(recipe)
    words = Words.load()
    texts = [read_text(typed_over(sheet, recipe), recipe) for sheet in sheets]
    groups = words.names()
    choice = best_sheet([text.grid for text in texts], groups=groups)
    again = [heads_read(text, choice.chosen.get(number)) for number, text in enumerate(texts)]
    if again != texts:
        texts, choice = again, best_sheet([text.grid for text in again], groups=groups)
    is_decided = bool(recipe.sheets or recipe.heads)
    laid = [
        (text, layout_of(text, recipe, groups) if is_decided else choice.chosen.get(number))
        for number, text in enumerate(texts)
    ]
    chosen = _chosen_sheets(laid, choice, recipe)
    reading.sheets = [
        _sheet_line(text, layout, chosen, choice.others.get(number))
        for number, (text, layout) in enumerate(laid)
    ]
    reading.notices += _left_out(reading.sheets, choice)
    mine = [(text, layout) for text, layout in laid if layout and text.sheet.name in chosen]
    if not mine:
        reading.problems.append(_no_list(sheets))
        return reading
    memory = remembered(fingerprint(layout.columns) for _, layout in mine)
    for text, layout in mine:
        found = found_list(text, layout, recipe, memory).as_known(known.get(text.sheet.name))
        if stands is not None:
            stands[text.sheet.name] = layout, text.grid
        day = _day_of(layout, today)
        found.commune = _commune_of(layout, words, day)
        reading.lists.append(found)
        targets = {column.number: column.target or None for column in found.columns}
        healer = Healer(
            words.on(day), recipe, today, found.commune, _days_of(text.sheet, layout, targets)
        )
        came = filled(text.grid, layout, targets)
        ListRows(text, layout, found, healer, recipe, came, reading, day).go()
        if found.commune and not recipe.constants.get("holding.commune"):
            reading.notices += _unit_told(found, reading)
    _tell_empty(reading)
    return reading


def _chosen(recipe: Recipe) -> Mapping[tuple[str, int], str]:
    found = {}
    for place, who in recipe.people.items():
        sheet, _, row = place.rpartition("!")
        found[sheet, int(row)] = who
    return found


def _days_of(
    sheet: ReadSheet, layout: Layout, targets: Mapping[int, str | None]
) -> Mapping[int, ColumnDays]:
    """What the cells of each column of days say together."""
    numbers = {row.number for row in layout.rows}
    rows = [row for row in sheet.rows if row.number in numbers]
    found = {
        column: column_days(
            (cell.value, cell.kind, cell.number_format)
            for row in rows if (cell := row.cells.get(column))
        )
        for column, target in targets.items() if target and is_day(target)
    }  # fmt: skip
    if any(days.has_serials for days in found.values()):  # what happened to one column did to all
        found = {column: replace(days, has_serials=True) for column, days in found.items()}
    return found


def _chosen_sheets(
    layouts: Sequence[tuple[SheetText, Layout | None]], choice: SheetChoice, recipe: Recipe
) -> set[str]:
    """The sheets that the sender chose; else the visible ones with people."""
    if recipe.sheets:
        return {text.sheet.name for text, layout in layouts if layout} & set(recipe.sheets)
    return {layouts[number][0].sheet.name for number in choice.chosen}


def _sheet_line(
    text: SheetText, layout: Layout | None, chosen: set[str], other: SheetKind | None
) -> dict[str, Any]:
    name = text.sheet.name
    return {
        "name": name, "is_chosen": name in chosen,
        "why": SHEET_KIND_LABELS[other] if other else "Danh sách người",
        "rows": len(layout.rows) if layout else len(text.sheet.rows),
    }  # fmt: skip


def _left_out(lines: Sequence[Mapping[str, Any]], choice: SheetChoice) -> list[str]:
    """Sheets that may hold people and are not read, and why."""
    return [
        f"Trang “{lines[number]['name']}” không được đọc: {SHEET_KIND_LABELS[kind]}."
        for number, kind in choice.others.items()
        if kind in (SheetKind.HIDDEN, SheetKind.SIDE_BY_SIDE) and not lines[number]["is_chosen"]
    ]


def _no_list(sheets: Sequence[ReadSheet]) -> Problem:
    found = ", ".join(f"“{sheet.name}”" for sheet in sheets) or "không có trang nào"
    return Problem(
        "", 0, "", "", found, "Không nhận ra danh sách người nào trong tệp.",
        "Tệp cần có dòng tiêu đề với cột Họ và tên; nếu tiêu đề ở dòng khác thường, chọn dòng ấy ở "
        "bước Nhận dạng, hoặc dùng tệp mẫu.",
    )  # fmt: skip


def _commune_of(layout: Layout, words: Words, day: date) -> str:
    """The name of the unit that the title names, "" where it names none or several."""
    codes = {code for text in layout.title if (code := words.on(day).commune_in(text))}
    return codes.pop() if len(codes) == 1 else ""


def _unit_told(found: FoundList, reading: Reading) -> list[str]:
    """That people of a list are taken for the unit of its title, where one tells none."""
    told = {id(row.person) for row in reading.rows if "commune" in row.cells}
    people = [row for row in reading.rows if row.person is None and row.sheet == found.sheet]
    if all(id(row) in told for row in people):
        return []
    return [
        f"Trang “{found.sheet}”: người không ghi đơn vị được xếp vào {found.commune}, theo tiêu đề "
        "của trang. Nếu không phải, chọn đơn vị ở bước Đối chiếu cột."
    ]


def _day_of(layout: Layout, today: date) -> date:
    """The day that the title says the list is of; a day to come is no day of a list."""
    text = layout.as_of[max(layout.as_of.lower().find("ngày"), 0) :]
    try:
        told = heal_day(text, "text", "", use=PAST, today=today).value
    except CannotHeal:
        told = ""
    usual = min(default_day(), today)  # the portal's reference day, where it has one
    return min(PartialDate.parse(told).latest, today) if told else usual


def _tell_empty(reading: Reading) -> None:
    for found in reading.lists:
        if not found.rows and not reading.problems:
            reading.problems.append(Problem(
                found.sheet, 0, "", "", "", "Trang chỉ có tiêu đề, không có dòng dữ liệu nào.",
                "Nhập dữ liệu dưới dòng tiêu đề rồi tải lên.",
            ))  # fmt: skip
