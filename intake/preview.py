"""What the preview of an import tells: its changes cell by cell, and of whom it speaks."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from intake.plan import UNCHANGED, Change, Plan
from intake.values import shown_value


def described(plan: Plan, limit: int) -> Iterator[dict[str, Any]]:
    """The first `limit` changes, cell by cell, for the preview."""
    marks = defaultdict(list)
    for warning in plan.warnings:
        marks[warning.sheet, warning.row].append(warning.message)
    for change in islice(_moving(plan), limit):
        yield {
            "sheet": change.source.sheet,
            "row": change.source.number,
            "who": change.cadre.full_name,
            "table": change.table.sheet,
            "is_new": change.is_new,
            "cells": [_cell(change, code) for code in change.before if code != "cadre"],
            "note": change.note,
            "warnings": marks.pop(change.source.place, []),
        }


def _moving(plan: Plan) -> Iterator[Change]:
    return (change for change in plan.changes if change.action != UNCHANGED)


def people_told(plan: Plan, changes: int, problems: int) -> list[int]:
    """Keys of those on record of whom the first `changes`, `problems` and as many warnings tell."""
    told = {change.cadre.pk for change in islice(_moving(plan), changes)}
    for problem in (*plan.problems[:problems], *plan.warnings[:problems]):
        told |= set(problem.about)
    return sorted(told - {None})


def _cell(change: Change, code: str) -> list[str]:
    each = change.table.field(code)
    values = (change.before[code], getattr(change.row, code))
    return [each.header, *(_words(each.told(change.row, value)) for value in values)]


def _words(told: Any) -> str:
    if isinstance(told, bool):
        return "Có" if told else "Không"
    return "" if told is None else shown_value(told)
