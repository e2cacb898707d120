"""Draws ugly workbooks from a seed, each with its truth."""

from pathlib import Path
from random import Random

from tests.heal.dress import Dressing, hide, merge_alike
from tests.heal.files import write_file
from tests.heal.matches import draw_matches
from tests.heal.people import draw_person
from tests.heal.plan import Plan, draw_plan
from tests.heal.sheet import SheetWriter, let_neighbours_agree
from tests.heal.spoil import spoil
from tests.heal.truth import BookTruth

_SHEETS = ("Sheet1", "Danh sách", "DS CBCC", "Trang tính1", "Biểu 02")


def draw_book(seed: int, number: int, folder: Path) -> BookTruth:
    """Write workbook `number` of `seed` into `folder`; the same numbers give the same file."""
    rng = Random(f"{seed}/{number}")
    plan = draw_plan(rng)
    truth = BookTruth(seed, number, f"{number:04d}.{plan.suffix}", plan.layout.name, plan.unit.code)
    people = [draw_person(rng, plan.unit) for _ in range(plan.size)]
    let_neighbours_agree(rng, people)
    truth.known, right = draw_matches(rng, people, {c.target for c in plan.layout.columns})
    name = rng.choice(_SHEETS) if plan.suffix == "xlsx" else ""
    grid = SheetWriter(rng, plan, truth, name).write(people, right)
    if plan.has("vertical_merge"):
        merge_alike(rng, plan, truth, grid)
    if rng.random() < 0.4:
        spoil(rng, plan, truth, grid)
    Dressing(rng, plan, truth, grid).go()
    hide(rng, plan, truth, grid)
    truth.defects = _defects(plan, truth)
    write_file(grid, plan, folder / truth.file)
    return truth


def _defects(plan: Plan, truth: BookTruth) -> tuple[str, ...]:
    """What is ugly about it: what was switched on, and every repair that some cell needs."""
    kinds = {kind for person in truth.people for cell in person.cells for kind in cell.kinds}
    without = {"fonts_absent"} if plan.encoding and not plan.fonts else set()
    return tuple(sorted(plan.switches | kinds | without))
