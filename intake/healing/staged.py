"""Puts what was found in a file where its pages read it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from intake.healing.report import people_of
from intake.healing.staging import Filling, Staging
from intake.plan import Plan
from intake.reader import Problem, Reading


def stage(staging: Staging, reading: Reading, plan: Plan) -> None:
    """Replace what was staged of a file: repairs, problems, whom each row means, its lists."""
    with staging.anew() as filling:
        add_part(filling, reading, plan)
        tell_whole(filling, reading, plan)


def add_part(filling: Filling, reading: Reading, plan: Plan) -> None:
    """What was found in some rows of a file."""
    filling.add("repairs", (
        (r.sheet, r.row, r.ref, r.header, r.kind, r.before, r.after) for r in reading.repairs
    ))  # fmt: skip
    filling.add("problems", map(_problem, [*plan.problems, *plan.warnings]))
    filling.add("people", _people(plan))


def tell_whole(filling: Filling, reading: Reading, plan: Plan) -> None:
    """What is said of the file as a whole."""
    filling.tell({
        "lists": [asdict(each) for each in reading.lists],
        "sheets": reading.sheets,
        "left_out": [_place(problem) for problem in plan.left_out],
    })  # fmt: skip


def _problem(problem: Problem) -> tuple[Any, ...]:
    return (
        problem.sheet, problem.row, problem.ref, problem.column, problem.value, problem.message,
        problem.remedy, problem.kind, problem.is_question,
    )  # fmt: skip


def _place(problem: Problem) -> list[Any]:
    return [problem.sheet, problem.row, problem.ref, f"{problem.message} {problem.remedy}"]


def _people(plan: Plan) -> Iterator[tuple[Any, ...]]:
    for match, told in people_of(plan):
        source = match.source
        name, born_on = told.get("full_name", ""), told.get("born_on", "")
        candidates = [each.pk for each in match.candidates]
        yield (
            source.sheet, source.number, name, born_on, match.kind,
            match.cadre.code if match.cadre else "", json.dumps(candidates),
            json.dumps(told, ensure_ascii=False), json.dumps(match.rows, ensure_ascii=False),
        )  # fmt: skip
