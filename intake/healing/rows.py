"""Makes the rows of an old list rows of the record: each cell as its column means it, repaired or
asked; what a row says of one person in parts, as the strict reader would have read them."""

from collections.abc import Mapping, Sequence
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
from intake.healing.values import Healer
from intake.reader import Problem, Reading, SourceRow
from intake.rules.filling import Filled
from intake.rules.layout import Layout
from intake.rules.repairs import CannotHeal, Healed, RepairKind
from intake.rules.row_kinds import DataRow
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


@dataclass(slots=True)
class _Line:
    """A row of the list: its parts, each with its fields."""

    number: int
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
        self.fields: dict[tuple[str, str, int], Field] = {}
        self.known: dict[tuple[str, str, str], Any] = {}  # values read before, by field and text
        self.odd = {*text.repair.cells, *filled.cells, *filled.questions}

    def go(self) -> None:
        self._tell_columns()
        rows = {row.number: row for row in self.text.sheet.rows}
        lines: dict[int, SourceRow] = {}
        for data in self.layout.rows:
            person = self._row(data, rows[data.number], lines.get(data.continues or 0))
            if person is not None:
                lines[data.number] = person

    def _tell_columns(self) -> None:
        """What of the sheet is not read: columns nobody recognised, and those that are derived."""
        for column in self.found.columns:
            self.reading.places[self.sheet, self.headers[column.number]] = column.number
            if not column.target and column.samples and column.how != "chosen":
                self.reading.warnings.append(self._unread(column))
            if column.is_asked and column.samples:
                self.reading.problems.append(self._to_confirm(column))
        derived = [f"“{self.headers[c.number]}”" for c in self.found.columns if c.target == "info"]
        if derived:
            self.reading.notices.append(
                f"Trang “{self.sheet}”: các cột {', '.join(derived)} do cổng tính ra nên không đọc."
            )
        for problem in self.layout.problems:
            self.reading.notices.append(f"Trang “{self.sheet}”: {problem.message}")

    def _unread(self, column: ListColumn) -> Problem:
        header, row = self.headers[column.number], self.layout.head_rows[-1]
        return Problem(
            self.sheet, row, header or column.letter, f"{column.letter}{row}", header,
            column.fault or f"Chưa rõ cột {column.letter} là mục nào nên chưa đọc cột này.",
            "Ở bước Đối chiếu cột, chọn mục của hồ sơ hoặc “Không nhập cột này”.", UNREAD,
        )  # fmt: skip

    def _to_confirm(self, column: ListColumn) -> Problem:
        header = self.headers[column.number]
        return Problem(
            self.sheet, 0, header or column.letter, "", header, _sentence(column.fault),
            f"Ở bước Đối chiếu cột, chọn cột {column.letter} là mục nào.", is_question=True,
        )  # fmt: skip

    def _row(self, data: DataRow, row: Row, above: SourceRow | None) -> SourceRow | None:
        line = _Line(data.number)
        for column in self.columns:
            told = self._told(column, row)
            if told is not None:
                self._heal(line, column.target, told)
        if not line.parts:
            return None
        self.reading.hidden += data.is_hidden
        if above is None:
            self.reading.read += 1
        self._from_outside(line, data)
        return self._records(line, above)

    def _told(self, column: ListColumn, row: Row) -> _Told | None:
        """The cell of a row in a column as text; None where it is empty or asked."""
        place = (row.number, column.number)
        cell = row.cells.get(column.number)
        if place not in self.odd:
            return _Told(column, cell, shown(cell)) if cell is not None else None
        asked = self.filled.questions.get(place)
        if asked is not None:
            blank = cell or _blank(self.sheet, *place)
            self._ask(blank, column, asked, "Ghi rõ giá trị vào ô.", True)
            return None
        came = self.filled.cells.get(place)
        if came is not None:
            cell = cell or _blank(self.sheet, *place)
            return _Told(column, replace(cell, kind="text", value=came[0]), came[0], (came[1],))
        if cell is None:
            return None
        healed = self.text.healed(*place)
        if isinstance(healed, Question):
            self._ask(cell, column, healed.message, healed.remedy, True)
            return None
        if isinstance(healed, Healed):
            return _Told(column, cell, healed.value, healed.repairs)
        return _Told(column, cell, shown(cell))

    def _heal(self, line: _Line, target: str, told: _Told) -> None:
        if told.cell.kind in _AS_IT_IS:
            self._unhealed(line, target, told, _AS_IT_IS[told.cell.kind])
            return
        value = told.cell.value if told.cell.kind != "text" else told.text
        try:
            meanings = self.healer.heal(target, value, told.cell, line.facts)
        except CannotHeal as problem:
            self._unhealed(line, target, told, problem)
            return
        kept = [meaning for meaning in meanings if self._put(line, meaning, told)]
        if told.repairs or any(meaning.repairs for meaning in kept):
            self._tell_repairs(told, kept)

    def _tell_repairs(self, told: _Told, kept: Sequence[Meaning]) -> None:
        """Each repair of a cell once: of its text first, then of what it means."""
        for kind in told.repairs:
            self._repaired(told, kind, told.text)
        for kind in dict.fromkeys(kind for meaning in kept for kind in meaning.repairs):
            after = dict.fromkeys(self.healer.called(m) for m in kept if kind in m.repairs)
            self._repaired(told, kind, "; ".join(after))

    def _unhealed(self, line: _Line, target: str, told: _Told, problem: CannotHeal) -> None:
        self._ask(told.cell, told.column, str(problem), problem.remedy, problem.is_question)
        if target in targets():  # the row is not judged for lacking what was asked
            line.put(target, FIRST, _Value("", told))

    def _put(self, line: _Line, meaning: Meaning, told: _Told) -> bool:
        """Put what a cell means into the row; False where its repair was taken back."""
        if meaning.warning:
            self.reading.warnings.append(self._warned(told, *meaning.warning))
        if meaning.repairs and self._is_taken_back(meaning, told):
            line.put(meaning.code, meaning.index, _Value(told.text, told, is_raw=True))
            return False
        if meaning.code and meaning.text:
            stands = line.put(meaning.code, meaning.index, _Value(meaning.text, told))
            if stands.text not in ("", meaning.text):
                self._contradicted(told, meaning, stands.told.cell)
                return False
            line.facts.learn(meaning.code, meaning.text)
        return True

    def _is_taken_back(self, meaning: Meaning, told: _Told) -> bool:
        recipe = self.recipe
        if not (recipe.kept or recipe.off):
            return False
        is_kept = f"{self.sheet}!{told.cell.ref}" in recipe.kept
        return is_kept or bool(set(meaning.repairs) & set(recipe.off))

    def _contradicted(self, told: _Told, meaning: Meaning, other: Cell) -> None:
        """Two cells of a row that say one thing in two ways: somebody must say which is right."""
        here, there = self.healer.called(meaning), other.ref
        self._ask(
            told.cell, told.column, f"Ô này là “{here}”, mà ô {there} nói khác.",
            "Xóa một trong hai ô, hoặc gõ lại cho khớp.", True,
        )  # fmt: skip

    def _repaired(self, told: _Told, kind: RepairKind, after: str) -> None:
        self.reading.repairs.append(Repair(
            self.sheet, told.cell.row, place_of(told.cell.column),
            self.headers.get(told.cell.column, ""), kind.value,
            self._before(told.cell), after,
        ))  # fmt: skip

    def _before(self, cell: Cell) -> str:
        """The cell as it stands in the file, whatever was put over it."""
        return shown_value(shown(cell)) if cell.value != "" else ""

    def _ask(
        self, cell: Cell, column: ListColumn, message: str, remedy: str, is_question: bool
    ) -> None:
        self.reading.problems.append(Problem(
            self.sheet, cell.row, self.headers[column.number], cell.ref,
            shown_value(shown(cell)), _sentence(message), _sentence(remedy),
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
            told = _Told(_NOWHERE, _blank(self.sheet, data.number, 1), words)
            has = meaning.code.rpartition(".")[2] in line.parts.get(("holding", FIRST), {})
            if not has:
                line.put(meaning.code, FIRST, _Value(meaning.text, told))

    def _records(self, line: _Line, above: SourceRow | None) -> SourceRow | None:
        person = above
        mine = line.parts.pop((PERSON, FIRST), {})
        if above is not None:
            self._go_on(above, mine)
        else:
            person = self._source(PERSON, line.number, mine, None)
            person.unit = self.found.commune or self.recipe.constants.get("holding.commune", "")
            self.reading.rows.append(person)
        for (part, _), values in sorted(line.parts.items(), key=_order):
            if part == "holding" and "post" not in values:
                continue
            self.reading.rows.append(self._source(part, line.number, values, person))
        return person

    def _go_on(self, above: SourceRow, values: Mapping[str, _Value]) -> None:
        """What the second row of a person adds to the first; what it says otherwise is asked."""
        for code, each in values.items():
            if code not in above.fields:
                above.fields = {**above.fields, code: self._field(above.table, PERSON, code, each)}
                above.cells = {**above.cells, code: self._cell(each)}
                above.originals = {**above.originals, code: each.told.cell}
                self._read(above, code, each)
            elif clean(str(above.cells[code].value)) != clean(each.text):
                self._contradicted(each.told, Meaning(code, each.text), above.originals[code])

    def _source(
        self, name: str, number: int, values: Mapping[str, _Value], person: SourceRow | None
    ) -> SourceRow:
        part, given = _part_of(name)
        fields = {code: self._field(part.table, name, code, each) for code, each in values.items()}
        source = SourceRow(
            part.table, self.sheet, number, fields,
            {code: self._cell(each) for code, each in values.items()}, dict(given), person,
            defaults=self.healer.defaults(name), is_by_the_way=name not in _MUST,
            part=part.name,
            originals={code: each.told.cell for code, each in values.items()},
            told_on=self.day,
        )  # fmt: skip
        if name == "holding":
            self._complete_holding(source)
        for code, each in values.items():
            self._read(source, code, each)
        return source

    def _complete_holding(self, source: SourceRow) -> None:
        """The unit of a post is the row's, else the title's, else what the sender said of all."""
        unit = self.recipe.constants.get("holding.commune") or self.found.commune
        if "commune" not in source.fields and unit:
            source.values["commune"] = unit
            source.defaults = {**source.defaults}

    def _field(self, table: Any, name: str, code: str, value: _Value) -> Field:
        key = (name, code, value.told.column.number)
        found = self.fields.get(key)
        if found is None:
            own, header = table.field(code), self.headers.get(value.told.column.number)
            found = self.fields[key] = replace(own, header=header or own.header)
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


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."
