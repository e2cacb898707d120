"""Sets what the product read beside what is true: right, asked, or wrong without a word.

The product's answer: {people: [{sheet?, row, match, person, values}], problems: [{sheet, row,
column, kind: error|question|warning}], …}. A column may be told by number, letters or head.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from tests.heal.truth import BookTruth, CellTruth, PersonTruth

RIGHT, ASKED, WRONG = "right", "asked", "wrong"
# What a reading may add that the list does not say: the unit chosen by whoever brings it in, the
# group of fields that a subject belongs to, the portal's own number.
_MAY_BE_ADDED = ("holding.commune", "code")
_ADDED_PARTS = (".field",)
_SAYS_NOTHING = ("mark.", "index", "info")  # of a column that no field of the record takes
_SHOWN = 20_000  # how many faults are kept in words


@dataclass
class Score:
    """`kinds`: {repair: counts of right, asked, wrong}; "plain" is a cell that needed none."""

    kinds: dict[str, Counter[str]] = field(default_factory=dict)
    cells: Counter[str] = field(default_factory=Counter)
    matches: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, kinds: Iterable[str], verdict: str) -> None:
        self.cells[verdict] += 1
        for kind in kinds or ("plain",):
            self.kinds.setdefault(kind, Counter())[verdict] += 1

    def fault(self, text: str) -> None:
        if len(self.faults) < _SHOWN:
            self.faults.append(text)


class Comparison:
    """One workbook."""

    def __init__(self, truth: BookTruth, told: dict[str, Any], score: Score) -> None:
        self.truth, self.score = truth, score
        self.people = {int(each["row"]): each for each in told["people"]}
        self.twice = len(told["people"]) - len(self.people)
        self.problems: dict[int, list[dict[str, Any]]] = {}
        for problem in told["problems"]:
            if problem.get("kind") != "warning":
                self.problems.setdefault(int(problem["row"]), []).append(problem)

    def go(self) -> None:
        if self.twice:
            self._wrong("-", f"{self.twice} rows told twice")
        for person in self.truth.people:
            self._person(person)
        rows = {person.row for person in self.truth.people}
        for row in sorted(set(self.people) - rows):
            self._wrong(str(row), f"a person where there is none: {self.people[row]['values']}")
        self._unreadable()

    def _person(self, person: PersonTruth) -> None:
        found = self.people.get(person.row)
        values = found["values"] if found else {}
        for cell in person.cells:
            verdict = self._cell(person, cell, values)
            self.score.add(cell.kinds, verdict)
        self._match(person, found)
        told = {code for cell in person.cells for code in cell.values}
        for code in sorted(set(values) - told):
            if not self._is_fair(person, code, values[code]):
                self._wrong(f"{person.row}", f"{code} = {values[code]!r}, which no cell says")

    def _cell(self, person: PersonTruth, cell: CellTruth, values: dict[str, str]) -> str:
        bad = {
            c: values.get(c, "") for c, t in cell.values.items() if not same(c, t, values.get(c))
        }
        if not bad:
            return RIGHT
        # A name in two columns, a birth in three: told of at any of them.
        places = [(each.row, each.column) for each in person.cells if set(each.values) & set(bad)]
        told = any(self._is_told(*place) for place in [*places, (person.row, 0)])
        if told and not any(bad.values()):
            self.score.fault(f"asked: {self._place(cell)} {cell.shown!r} {cell.values}")
            return ASKED
        self.score.fault(f"WRONG: {self._place(cell)} {cell.shown!r} is {cell.values}, read {bad}")
        return WRONG

    def _place(self, cell: CellTruth) -> str:
        return f"{self.truth.file}!{get_column_letter(cell.column)}{cell.row}"

    def _match(self, person: PersonTruth, found: dict[str, Any] | None) -> None:
        """Doubt where there is none is a question; a wrong person is never."""
        match = found["match"] if found else "none"
        right = match == person.match
        if match == "exact" and right:
            right = str(found["person"] if found else "") == person.person
        if right:
            self.score.matches[RIGHT] += 1
            return
        is_question = match == "doubtful" or (match == "none" and person.row in self.problems)
        self.score.matches[ASKED if is_question else WRONG] += 1
        self.score.fault(
            f"{'asked' if is_question else 'WRONG'}: {self.truth.file} row {person.row}, who: "
            f"{match} for {person.match} {person.person}"
        )

    def _is_fair(self, person: PersonTruth, code: str, value: str) -> bool:
        if code.startswith(_SAYS_NOTHING):
            return True
        if not value or code in _MAY_BE_ADDED or code.endswith(_ADDED_PARTS):
            return True
        return code in person.facts and same(code, person.facts[code], value)

    def _unreadable(self) -> None:
        for cell in self.truth.unreadable:
            is_told = self._is_told(cell.row, cell.column)
            self.score.unreadable["told" if is_told else "untold"] += 1
            if not is_told:
                self.score.fault(
                    f"UNTOLD: {self.truth.file} {get_column_letter(cell.column)}{cell.row} "
                    f"{cell.shown!r}"
                )

    def _is_told(self, row: int, column: int) -> bool:
        """Whether a problem names the cell; column 0: the row as a whole. A problem that names
        its column by the head cannot be told apart here and counts for its row."""
        for problem in self.problems.get(row, ()):
            named = str(problem.get("column", "")).strip()
            if named in ("", "0") or named in (str(column), get_column_letter(max(column, 1))):
                return True
            if column and not named.isdigit() and not (named.isupper() and len(named) <= 2):
                return True
        return False

    def _wrong(self, place: str, text: str) -> None:
        self.score.cells[WRONG] += 1
        self.score.fault(f"WRONG: {self.truth.file} row {place}: {text}")


def same(code: str, truth: str, read: object) -> bool:
    """Whether two texts say one thing: numbers by value, a language with or without "tiếng"."""
    if not isinstance(read, str):
        return False
    if code.startswith(("salary.coefficient", "allowance.", "salary.step", "rating.year")):
        return _number(truth) == _number(read)
    if code == "language.language":
        return _language(truth) == _language(read)
    return truth == read


def _number(text: str) -> float | str:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def _language(text: str) -> str:
    return text.lower().removeprefix("tiếng ").strip()
