"""Cells that nobody can read surely: they must be told of, and never guessed."""

from random import Random

from tests.heal.grid import Grid
from tests.heal.plan import Plan
from tests.heal.truth import BookTruth, CellTruth, PersonTruth, Unreadable

_NEVER_A_DAY = ("31/02/1975", "20/13/1970", "32/01/1980", "00/00/0000", "19??")
_NEVER_A_NUMBER = ("0191750O1234", "0190750", "01907500123499", "đang làm lại")
_NEVER_A_POST = ("Tổ trưởng tổ xe", "Phụ trách chung", "Bảo vệ")
_NEVER_A_LEVEL = ("Khá", "???", "Đang học")
_NEVER_A_COEFFICIENT = ("2,3,4", "hai phẩy tám", "2,x7")
_WORDS: dict[str, tuple[str, ...]] = {
    "born_on": _NEVER_A_DAY,
    "party_joined_on": _NEVER_A_DAY,
    "recruited_on": _NEVER_A_DAY,
    "national_id": _NEVER_A_NUMBER,
    "holding.post": _NEVER_A_POST,
    "political.text": _NEVER_A_LEVEL,
    "professional.text": _NEVER_A_LEVEL,
    "salary.coefficient": _NEVER_A_COEFFICIENT,
}
_ERRORS = ("#N/A", "#REF!", "#VALUE!")


def spoil(rng: Random, plan: Plan, truth: BookTruth, grid: Grid) -> None:
    """Spoils one to three cells of people who are new; what stood there is no longer true."""
    targets = {n: c.target for n, c in enumerate(plan.layout.columns, start=1)}
    merged = {(top, left) for top, left, _, _ in grid.merges}
    fitting = [
        (person, cell)
        for person in truth.people
        for cell in person.cells
        if targets.get(cell.column) in _WORDS
        and cell.row == person.row
        and person.match == "new"
        and not any(known.facts["full_name"] == person.facts["full_name"] for known in truth.known)
        and (cell.row, cell.column) not in merged
    ]
    for person, cell in rng.sample(fitting, min(len(fitting), rng.randint(1, 3))):
        _spoil_cell(rng, plan, truth, grid, (person, cell, targets[cell.column]))


def _spoil_cell(
    rng: Random, plan: Plan, truth: BookTruth, grid: Grid, what: tuple[PersonTruth, CellTruth, str]
) -> None:
    person, cell, target = what
    text, why = rng.choice(_WORDS[target]), "no such value"
    if plan.suffix == "xlsx" and rng.random() < 0.2:
        text, why = rng.choice(_ERRORS), "error of a formula"
    grid.put(cell.row, cell.column, text)
    person.cells.remove(cell)
    person.facts = {key: told for key, told in person.facts.items() if key not in cell.values}
    truth.unreadable.append(Unreadable(person.sheet, cell.row, cell.column, text, why))
