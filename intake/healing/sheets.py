"""Finds the list of people in a sheet of an old workbook: its text, its head, its columns."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from daitu_portal.reading.cells import Cell, ReadSheet, Row
from daitu_portal.reading.places import column_of, is_address, place_of
from intake.healing.lists import CHOSEN, FOUND, REMEMBERED, UNKNOWN, FoundList, ListColumn
from intake.healing.memory import path_words
from intake.healing.recipe import IGNORED, Recipe
from intake.healing.targets import is_target
from intake.rules.encodings import LABELS as ENCODINGS
from intake.rules.encodings import Encoding, from_tcvn3, from_vni
from intake.rules.grid import Grid, GridRow
from intake.rules.layout import Layout, find_layout
from intake.rules.mapping import Suggestion, fingerprint, suggest
from intake.rules.repairs import Healed
from intake.rules.row_kinds import ROW_KIND_LABELS as ROW_KINDS
from intake.rules.text_fonts import TextRun
from intake.rules.text_repair import Question, TextCell, TextRepair, repair_sheet

_SAMPLES = 40  # of a column, to judge what it holds
_SHOWN, _LINES = 3, 14
Place = tuple[int, int]


@dataclass
class SheetText:
    """A sheet with its text read: what of it was repaired, or is asked, by (row, column)."""

    sheet: ReadSheet
    repair: TextRepair
    grid: Grid

    def healed(self, row: int, column: int) -> Healed | Question | None:
        return self.repair.cells.get((row, column))


def typed_over(sheet: ReadSheet, recipe: Recipe) -> ReadSheet:
    """The sheet with what was typed on screen in place of its cells."""
    front = f"{sheet.name}!"
    typed = {ref[len(front) :]: text for ref, text in recipe.typed.items() if ref.startswith(front)}
    if not typed:
        return sheet
    places = {column_of(ref): text for ref, text in typed.items() if is_address(ref)}
    return replace(sheet, rows=[_typed_row(row, sheet.name, places) for row in sheet.rows])


def _typed_row(row: Row, sheet: str, typed: Mapping[Place, str]) -> Row:
    """A row with what was typed in place of its cells, blank ones too."""
    mine = {column: text for (column, number), text in typed.items() if number == row.number}
    if not mine:
        return row
    cells = {
        **row.cells, **{c: Cell(sheet, row.number, c, "text", text) for c, text in mine.items()}
    }  # fmt: skip
    return Row(row.number, row.is_hidden, dict(sorted(cells.items())))


def read_text(sheet: ReadSheet, recipe: Recipe) -> SheetText:
    """The sheet's text as Unicode, by the fonts of its cells or by what its columns tell; repairs
    that were taken back are left out."""
    forced = {
        int(column): Encoding(name) for column, name in recipe.encodings.get(sheet.name, {}).items()
    }
    repair = repair_sheet(_text_cells(sheet), is_8bit=sheet.is_8bit, forced=forced)
    cells = {
        place: told for place, told in repair.cells.items()
        if not _is_taken_back(sheet.name, place, told, recipe)
    }  # fmt: skip
    repair = replace(repair, cells=cells)
    return SheetText(sheet, repair, _grid(sheet, cells))


def _is_taken_back(sheet: str, place: Place, told: Healed | Question, recipe: Recipe) -> bool:
    if isinstance(told, Question):
        return False
    ref = f"{sheet}!{place_of(place[1])}{place[0]}"
    return ref in recipe.kept or bool(set(told.repairs) & set(recipe.off))


def _text_cells(sheet: ReadSheet) -> Iterator[TextCell]:
    for row in sheet.rows:
        for cell in row.cells.values():
            if cell.kind == "text":
                font = cell.font if sheet.has_fonts else None
                runs = tuple(TextRun(*run) for run in cell.runs)
                yield TextCell(row.number, cell.column, str(cell.value), font, runs)


def _grid(sheet: ReadSheet, cells: Mapping[Place, Healed | Question]) -> Grid:
    rows = []
    for row in sheet.rows:
        texts = {}
        for column, cell in row.cells.items():
            told = cells.get((row.number, column))
            texts[column] = told.value if isinstance(told, Healed) else shown(cell)
        rows.append(GridRow(row.number, texts, row.is_hidden))
    return Grid(rows, sheet.merges, sheet.name, sheet.is_hidden)


def shown(cell: Cell) -> str:
    """The text of a cell as its sender sees it, near enough to recognise what it is."""
    value = cell.value
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if cell.kind == "formula":
        return str(cell.cached) if cell.cached is not None else str(value)
    return str(value)


def heads_read(text: SheetText, layout: Layout | None) -> SheetText:
    """The sheet with the headers that nobody knows in the old encoding in which they are known:
    “Sè TT” can be said in Unicode, and is “Số TT” of TCVN3. Headers are a closed vocabulary."""
    heads = layout.head_rows if layout else ()
    rows = [_head_read(row) if row.number in heads else row for row in text.grid.rows]
    if rows == list(text.grid.rows):
        return text
    return replace(text, grid=replace(text.grid, rows=rows))


def _head_read(row: GridRow) -> GridRow:
    return replace(row, texts={column: _header_read(each) for column, each in row.texts.items()})


def _header_read(text: str) -> str:
    if text.isascii() or _is_known(text):
        return text
    others = (decode(text) for decode in (from_tcvn3, from_vni))
    return next((other for other in others if _is_known(other)), text)


def _is_known(header: str) -> bool:
    found = suggest({1: (header,)}, {}).get(1)
    return found is not None and found.target is not None and found.confidence == 1


def layout_of(text: SheetText, recipe: Recipe, groups: Collection[str]) -> Layout | None:
    """The list of people of a sheet; None where there is none."""
    heads = recipe.heads.get(text.sheet.name, ())
    return find_layout(text.grid, head_rows=heads, groups=groups)


def found_list(
    text: SheetText, layout: Layout, recipe: Recipe, memory: Mapping[str, Mapping[str, str]]
) -> FoundList:
    """What the columns are: as chosen, else as remembered of lists of this kind, else as their
    headers and values say."""
    mark = fingerprint(layout.columns)
    samples = _samples(text, layout)
    suggestions = suggest(layout.columns, samples, context=layout.title)
    chosen = recipe.columns.get(text.sheet.name, {})
    columns = [
        _column(number, path, text, chosen.get(str(number)),
                memory.get(mark, {}).get(path_words(path)), suggestions.get(number),
                samples.get(number, ()))
        for number, path in layout.columns.items()
    ]  # fmt: skip
    skipped = Counter(str(ROW_KINDS[kind]) for kind in layout.skipped.values())
    return FoundList(
        sheet=text.sheet.name,
        head_rows=tuple(layout.head_rows),
        columns=columns,
        fingerprint=mark,
        rows=len(layout.rows),
        hidden=sum(row.is_hidden for row in layout.rows),
        title=tuple(layout.title),
        skipped=dict(skipped),
        lines=_lines(text.grid, layout),
    )


def _samples(text: SheetText, layout: Layout) -> dict[int, list[str]]:
    """The first values of each column; formulas and errors tell nothing of it."""
    numbers = {row.number for row in layout.rows}
    kinds = {row.number: row.cells for row in text.sheet.rows}
    found: dict[int, list[str]] = {column: [] for column in layout.columns}
    for row in text.grid.rows:
        for column, told in row.texts.items() if row.number in numbers else ():
            values = found.get(column)
            cell = kinds[row.number].get(column)
            is_value = told.strip() and not (cell and cell.kind in ("formula", "error"))
            if is_value and values is not None and len(values) < _SAMPLES:
                values.append(told)
    return found


def _column(
    number: int, path: tuple[str, ...], text: SheetText, chosen: str | None,
    remembered: str | None, suggestion: Suggestion | None, samples: Sequence[str],
) -> ListColumn:  # fmt: skip
    encoding = text.repair.votes.get(number)
    column = ListColumn(
        number, place_of(number), path, "", UNKNOWN,
        samples=tuple(dict.fromkeys(samples))[:_SHOWN],
        encoding=ENCODINGS[encoding] if encoding and encoding != Encoding.UNICODE else "",
        is_hidden=number in text.sheet.hidden_columns,
    )  # fmt: skip
    for target, how in ((chosen, CHOSEN), (remembered, REMEMBERED)):
        if target is not None and (target in ("", IGNORED) or is_target(target)):
            return replace(column, target=target, how=how, confidence=1.0)
    if suggestion is None or not suggestion.target:
        return replace(column, fault=suggestion.why if suggestion else "")
    return replace(
        column, target=suggestion.target, how=FOUND, confidence=suggestion.confidence,
        given=dict(suggestion.given), is_asked=suggestion.is_question,
        fault=suggestion.why if suggestion.is_question else "",
    )  # fmt: skip


def _lines(grid: Grid, layout: Layout) -> list[tuple[int, str, list[str]]]:
    """The rows of the sheet around its head, with what each was taken for."""
    data = {row.number for row in layout.rows}
    columns = list(layout.columns)
    first = max(0, next(
        (n for n, row in enumerate(grid.rows) if row.number in layout.head_rows), 0
    ) - 3)  # fmt: skip
    found = []
    for row in grid.rows[first : first + _LINES]:
        if row.number in layout.head_rows:
            role = "tiêu đề"
        elif row.number in data:
            role = "người"
        else:
            kind = layout.skipped.get(row.number)
            role = str(ROW_KINDS[kind]) if kind else ""
        found.append((row.number, role, [row.texts.get(column, "") for column in columns]))
    return found
