"""Makes the rows of an old list rows of the record: each cell as its column means it, repaired or
asked; what a row says of one person in parts, as the strict reader would have read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from cadres.records import Field
from daitu_portal.reading.cells import Cell, Row
from daitu_portal.reading.places import place_of
from daitu_portal.text import clean
from intake.healing.lists import FoundList, ListColumn, Repair
from intake.healing.meaning import FIRST, LAST, Facts, Meaning
from intake.healing.memory import path_words
from intake.healing.recipe import IGNORED, Recipe
from intake.healing.sheets import SheetText, shown
from intake.healing.targets import part_of, targets
from intake.healing.unread import sentence, tell_columns
from intake.healing.values import Healer
from intake.reader import Problem, Reading, SourceRow
from intake.rules.filling import Filled
from intake.rules.layout import Layout
from intake.rules.repairs import CannotHeal, Healed, RepairKind
from intake.rules.row_kinds import DataRow, RowKind
from intake.rules.text_repair import Question
from intake.shapes import PERSON, Part
from intake.values import ValueProblem, shown_value, value_of
from intake.warnings import UNREAD

_NOT_READ = {"", IGNORED, "index", "info"}
_AS_IT_IS = {  # kinds of cells that nothing heals
    "formula": CannotHeal(
        "Ô chứa công thức.", "Chép ô, dán lại bằng “Dán giá trị” (Paste Values)."
    ),
    "error": CannotHeal("Ô báo lỗi của Excel.", "Gõ lại giá trị hoặc để trống."),
}
_MUST = {PERSON, "holding"}  # parts that are asked for what they lack; others are left out


@dataclass(slots=True)
class _Told:
    """A cell of a row on its way: the column it stands in, the cell, its text, and how the text
    came about."""

    column: ListColumn
    cell: Cell
    text: str
    repairs: tuple[RepairKind, ...] = ()


@dataclass(slots=True)
class _Value:
    """What a field of a part is, and which cell says so."""

    text: str
    told: _Told
    is_raw: bool = False  # the cell as it is, for the strict reader to judge
    is_assumed: bool = False  # the sender chose for all cells what this one leaves open


@dataclass(slots=True)
class _Line:
    """A row of the list: its parts, each with its fields."""

    number: int
    is_asked: bool = False  # whether a cell of it must be told by somebody
    parts: dict[tuple[str, int], dict[str, _Value]] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)

    def put(self, code: str, index: int, value: _Value) -> _Value:
        """Put a field in its part, unless a cell said it before; what stands there then."""
        part, name = _place_of(code)
        mine = self.parts.get((part, index))
        if mine is None:
            mine = self.parts[part, index] = {}
        return mine.setdefault(name, value)


@cache
def _place_of(code: str) -> tuple[str, str]:
    """The part of the record and the field that a target writes to; each allowance is a part."""
    part, _, name = code.rpartition(".")
    return (f"allowance.{name}", "coefficient") if part == "allowance" else (part or PERSON, name)


class ListRows:
    """The rows of one list, put into a reading."""

    def __init__(
        self, text: SheetText, layout: Layout, found: FoundList, healer: Healer, recipe: Recipe,
        filled: Filled, reading: Reading, day: date,
    ) -> None:  # fmt: skip
        self.text, self.layout, self.found, self.day = text, layout, found, day
        self.healer, self.recipe, self.filled, self.reading = healer, recipe, filled, reading
        self.sheet = text.sheet.name
        self.columns = [each for each in found.columns if each.target not in _NOT_READ]
        self.columns.sort(key=lambda each: _turn(each.target))
        self.headers = {each.number: path_words(each.path) for each in found.columns}
        self.needed = _needed(self.columns)
        self.rows = {row.number: row for row in text.sheet.rows}
        self.fields: dict[tuple[str, str, int], Field] = {}
        self.known: dict[tuple[str, str, str], Any] = {}  # values read before, by field and text
        self.odd = {*text.repair.cells, *filled.cells, *filled.questions}

    def go(self) -> None:
        tell_columns(self.found, self.layout, self.headers, self.reading)
        self._ask_groups()
        lines: dict[int, SourceRow] = {}
        for data in self.layout.rows:
            person = self._row(data, self.rows[data.number], lines.get(data.continues or 0))
            if person is not None:
                lines[data.number] = person
                self.reading.lines[self.sheet, data.number] = person.place

    def _ask_groups(self) -> None:
        """A row of a group whose text can be read in two ways: the rows below hang on it."""
        for (row, column), told in self.text.repair.cells.items():
            if isinstance(told, Question) and self.layout.skipped.get(row) == RowKind.GROUP:
                cell = Cell(self.sheet, row, column, "text", told.choices[0][1])
                place = replace(_NOWHERE, number=column, letter=place_of(column))
                self._ask(cell, place, told.message, told.remedy, True)

    def _row(self, data: DataRow, row: Row, above: SourceRow | None) -> SourceRow | None:
        line = _Line(data.number)
        for column in self.columns:
            told = self._told(column, row)
            if isinstance(told, CannotHeal):
                self._unhealed(line, column, row, told)
            elif told is not None:
                self._heal(line, column, row, told)
        if not line.parts and not line.is_asked:
            return None
        self.reading.hidden += data.is_hidden
        if above is None:
            self.reading.read += 1
        self._from_outside(line, data)
        return self._records(line, above)

    def _told(self, column: ListColumn, row: Row) -> _Told | CannotHeal | None:
        """The cell of a row in a column as text; None where it is empty, why where it is asked."""
        place = (row.number, column.number)
        cell = row.cells.get(column.number)
        if place not in self.odd:
            return _Told(column, cell, shown(cell)) if cell is not None else None
        asked = self.filled.questions.get(place)
        if asked is not None:
            return CannotHeal(asked, "Ghi rõ giá trị vào ô.", is_question=True)
        came = self.filled.cells.get(place)
        if came is not None and not self._is_taken_back(*place, came[1]):
            cell = cell or _blank(self.sheet, *place)
            return _Told(column, replace(cell, kind="text", value=came[0]), came[0], (came[1],))
        if cell is None:
            return None
        healed = self.text.healed(*place)
        if isinstance(healed, Question):
            return CannotHeal(healed.message, healed.remedy, is_question=True)
        if isinstance(healed, Healed):
            return _Told(column, cell, healed.value, healed.repairs)
        return _Told(column, cell, shown(cell))

    def _heal(self, line: _Line, column: ListColumn, row: Row, told: _Told) -> None:
        if told.cell.kind in _AS_IT_IS:
            self._unhealed(line, column, row, _AS_IT_IS[told.cell.kind])
            return
        value = told.cell.value if told.cell.kind != "text" else told.text
        try:
            meanings = self.healer.heal(column.target, value, told.cell, line.facts)
        except CannotHeal as problem:
            self._unhealed(line, column, row, problem)
            return
        kept = [meaning for meaning in meanings if self._put(line, meaning, told)]
        if told.repairs or any(meaning.repairs for meaning in kept):
            self._tell_repairs(told, kept)

    def _tell_repairs(self, told: _Told, kept: Sequence[Meaning]) -> None:
        """Each repair of a cell once: of its text first, then of what it means."""
        place = told.cell.row, told.cell.column
        for kind in told.repairs:
            self._repaired(*place, kind, self._before(told), told.text)
        for kind in dict.fromkeys(kind for meaning in kept for kind in meaning.repairs):
            after = dict.fromkeys(self.healer.called(m) for m in kept if kind in m.repairs)
            self._repaired(*place, kind, self._before(told), "; ".join(after))

    def _unhealed(self, line: _Line, column: ListColumn, row: Row, problem: CannotHeal) -> None:
        line.is_asked = True
        cell = row.cells.get(column.number) or _blank(self.sheet, row.number, column.number)
        self._ask(cell, column, str(problem), problem.remedy, problem.is_question)
        line.facts.parts[column.target] = problem
        if column.target in targets():  # the row is not judged for lacking what was asked
            line.put(column.target, FIRST, _Value("", _Told(column, cell, shown(cell))))

    def _put(self, line: _Line, meaning: Meaning, told: _Told) -> bool:
        """Put what a cell means into the row; False where its repair was taken back."""
        if meaning.warning:
            self.reading.warnings.append(self._warned(told, *meaning.warning))
        if meaning.repairs and self._is_taken_back(
            told.cell.row, told.cell.column, *meaning.repairs
        ):
            line.put(meaning.code, meaning.index, _Value(told.text, told, is_raw=True))
            return False
        if meaning.code and meaning.text:
            value = _Value(meaning.text, told, is_assumed=RepairKind.CONSTANT in meaning.repairs)
            stands = line.put(meaning.code, meaning.index, value)
            if stands.text not in ("", meaning.text):
                self._contradicted(told, meaning, stands.told.cell)
                return False
            line.facts.learn(meaning.code, meaning.text)
        return True

    def _is_taken_back(self, row: int, column: int, *kinds: RepairKind) -> bool:
        recipe = self.recipe
        if not (recipe.kept or recipe.off):
            return False
        is_kept = f"{self.sheet}!{place_of(column)}{row}" in recipe.kept
        return is_kept or bool(set(kinds) & set(recipe.off))

    def _contradicted(self, told: _Told, meaning: Meaning, other: Cell) -> None:
        """Two cells of a row that say one thing in two ways: somebody must say which is right."""
        here, there = self.healer.called(meaning), other.ref
        self._ask(
            told.cell, told.column, f"Ô này là “{here}”, mà ô {there} nói khác.",
            "Xóa một trong hai ô, hoặc gõ lại cho khớp.", True,
        )  # fmt: skip

    def _repaired(self, row: int, column: int, kind: RepairKind, before: str, after: str) -> None:
        self.reading.repairs.append(Repair(
            self.sheet, row, place_of(column), self.headers.get(column, ""), kind.value, before,
            after,
        ))  # fmt: skip

    def _before(self, told: _Told) -> str:
        """The cell as it stands in the file, whatever was put over it; "" where it is blank."""
        cell = self.rows[told.cell.row].cells.get(told.cell.column)
        return shown_value(shown(cell)) if cell else ""

    def _ask(
        self, cell: Cell, column: ListColumn, message: str, remedy: str, is_question: bool
    ) -> None:
        self.reading.problems.append(Problem(
            self.sheet, cell.row, self.headers.get(column.number, ""), cell.ref,
            shown_value(shown(cell)), sentence(message), sentence(remedy),
            is_question=is_question,
        ))  # fmt: skip

    def _warned(self, told: _Told, message: str, remedy: str) -> Problem:
        return Problem(
            self.sheet, told.cell.row, self.headers[told.column.number], told.cell.ref,
            shown_value(told.text), message, remedy, UNREAD,
        )  # fmt: skip

    def _from_outside(self, line: _Line, data: DataRow) -> None:
        """What the groups above, the title and the sender say of the row, where it does not."""
        for column in self.columns:
            for code, text in column.given.items():
                part = code.rpartition(".")[0] or PERSON
                if (part, FIRST) in line.parts:
                    blank = _blank(self.sheet, data.number, column.number)
                    line.put(code, FIRST, _Value(text, _Told(column, blank, text)))
        for meaning, words in self.healer.of_context(data.context, line.facts):
            told = _Told(_NOWHERE, _blank(self.sheet, data.number, 0), words)
            has = meaning.code.rpartition(".")[2] in line.parts.get(("holding", FIRST), {})
            if not has and not self._is_taken_back(data.number, 0, RepairKind.GROUP):
                line.put(meaning.code, FIRST, _Value(meaning.text, told))
                after = self.healer.called(meaning)
                self._repaired(data.number, 0, RepairKind.GROUP, words, after)

    def _records(self, line: _Line, above: SourceRow | None) -> SourceRow | None:
        person = above
        mine = line.parts.pop((PERSON, FIRST), {})
        if above is not None:
            self._go_on(above, mine)
        else:
            person = self._source(PERSON, line.number, mine, None)
            person.unit = self.healer.unit
            self.reading.rows.append(person)
        for (part, _), values in sorted(line.parts.items(), key=_order):
            if part == "holding" and "post" not in values:
                continue
            self.reading.rows.append(self._source(part, line.number, values, person))
        return person

    def _go_on(self, above: SourceRow, values: Mapping[str, _Value]) -> None:
        """What the second row of a person adds to the first; what it says otherwise is asked."""
        for code, each in values.items():
            if code not in above.cells:
                own = self._named(above.table, PERSON, code, each.told.column)
                above.fields = {**above.fields, code: own}
                above.cells = {**above.cells, code: self._cell(each)}
                above.originals = {**above.originals, code: each.told.cell}
                self._read(above, code, each)
            elif clean(str(above.cells[code].value)) != clean(each.text):
                self._contradicted(each.told, Meaning(code, each.text), above.originals[code])

    def _source(
        self, name: str, number: int, values: Mapping[str, _Value], person: SourceRow | None
    ) -> SourceRow:
        part, given = _part_of(name)
        columns = {code: each.told.column for code, each in values.items()}
        originals = {code: each.told.cell for code, each in values.items()}
        for code, column in self.needed.get(name, {}).items():
            if code not in values:  # what the row lacks is told at the cell where it should stand
                columns[code] = column
                originals[code] = _blank(self.sheet, number, column.number)
        source = SourceRow(
            part.table, self.sheet, number,
            {code: self._named(part.table, name, code, each) for code, each in columns.items()},
            {code: self._cell(each) for code, each in values.items()}, dict(given), person,
            defaults=self.healer.defaults(name), is_by_the_way=name not in _MUST,
            part=part.name, originals=originals, told_on=self.day,
            assumed=frozenset(code for code, each in values.items() if each.is_assumed),
        )  # fmt: skip
        if name == "holding":
            self._complete_holding(source)
        for code, each in values.items():
            self._read(source, code, each)
        return source

    def _complete_holding(self, source: SourceRow) -> None:
        """The unit of a post is the row's, else what the sender said of all, else the title's."""
        if "commune" not in source.cells and self.healer.unit:
            source.values["commune"] = self.healer.unit

    def _named(self, table: Any, name: str, code: str, column: ListColumn) -> Field:
        """A field of the record as the list calls it."""
        key = (name, code, column.number)
        found = self.fields.get(key)
        if found is None:
            own = table.field(code)
            found = self.fields[key] = replace(own, header=self.headers.get(key[2]) or own.header)
        return found

    def _cell(self, value: _Value) -> Cell:
        cell = value.told.cell
        if value.is_raw or cell.value == value.text:
            return cell
        return Cell(cell.sheet, cell.row, cell.column, "text", value.text)

    def _read(self, source: SourceRow, code: str, value: _Value) -> None:
        if not value.text and not value.is_raw:
            source.bad.add(code)  # asked already
            return
        key = (source.table.code, code, value.text)
        if not value.is_raw and key in self.known:
            source.values[code] = self.known[key]
            return
        try:
            found = value_of(source.table.field(code), source.cells[code])
        except ValueProblem as problem:
            source.bad.add(code)
            self.reading.problems.append(source.problem(code, str(problem), problem.remedy))
            return
        if found is not None:
            source.values[code] = self.known[key] = found


@cache
def _part_of(name: str) -> tuple[Part, Mapping[str, Any]]:
    """The part of the record of this name, and what all its rows have in common."""
    kind = name.partition("allowance.")[2]
    part = part_of("allowance" if kind else name)
    return part, {**part.given, **({"kind": kind} if kind else {})}


_NEEDED = {  # what a new record must have, by the columns that tell it
    "full_name": "full_name", "name.given": "full_name", "sex": "sex", "mark.sex.M": "sex",
    "born.male": "sex", "holding.post": "holding.post", "holding.commune": "holding.commune",
    "holding.valid_from": "holding.valid_from", "holding.period": "holding.valid_from",
}  # fmt: skip


def _needed(columns: Iterable[ListColumn]) -> Mapping[str, Mapping[str, ListColumn]]:
    """The columns of a list that must tell something, by part and field."""
    found: dict[str, dict[str, ListColumn]] = {}
    for column in columns:
        if column.target in _NEEDED:
            part, _, code = _NEEDED[column.target].rpartition(".")
            found.setdefault(part or PERSON, {}).setdefault(code, column)
    return found


_NOWHERE = ListColumn(0, "", (), "", "")


def _blank(sheet: str, row: int, column: int) -> Cell:
    return Cell(sheet, row, column, "text", "")


def _turn(target: str) -> int:
    """When a column is read: what others are judged by first (birth, sex, unit), CCCD last."""
    if target in LAST:
        return 2
    return 0 if target.startswith(("born", "sex", "mark.sex", "holding.commune")) else 1


def _order(item: tuple[tuple[str, int], Any]) -> tuple[bool, str, int]:
    (part, index), _ = item
    return part != "holding", part, index
