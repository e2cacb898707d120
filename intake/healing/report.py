"""What an import found, as plain values: for `import_cadres --format json` and for the staging.

The form of the JSON is in docs/healing.md; values are as the record set's sheets show them.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cadres.records import Field, Kind
from cadres.rules.levels import level_label
from intake.plan import DOUBTFUL, Match, Plan
from intake.reader import Problem, Reading, SourceRow
from intake.shapes import PERSON
from intake.values import ERASE

ERROR, QUESTION, WARNING = "error", "question", "warning"


def report(reading: Reading, plan: Plan) -> dict[str, Any]:
    """{counts, people, repairs, problems} of an import."""
    return {
        "counts": plan.counts,
        "people": [_person(match, told) for match, told in people_of(plan)],
        "repairs": [_repair(repair) for repair in reading.repairs],
        "problems": [
            *(_problem(each, QUESTION if each.is_question else ERROR) for each in plan.problems),
            *(_problem(each, WARNING) for each in plan.warnings),
        ],
    }


def people_of(plan: Plan) -> Iterator[tuple[Match, Mapping[str, Any]]]:
    """Each row of identity with whom it means, and all that its line tells, by field code."""
    beside: dict[int, list[SourceRow]] = {}
    for row in plan.rows:
        if row.person is not None:
            beside.setdefault(id(row.person), []).append(row)
    for match in plan.matches:
        rows = (match.source, *beside.get(id(match.source), ()))
        told: dict[str, Any] = {}
        for code, value in (each for row in rows for each in _values(row)):
            told.setdefault(code, value)  # of several posts the first
        yield match, told


def _values(row: SourceRow) -> Iterator[tuple[str, Any]]:
    front = f"{row.part}." if row.part and row.part != PERSON else ""
    for code, value in row.values.items():
        told = code in row.cells or code in row.defaults
        if told and code != "cadre":
            name = row.values["kind"] if row.part == "allowance" else code
            yield f"{front}{name}", plain(row.table.field(code), value, row.values.get("strand"))


def plain(field: Field, value: Any, strand: Any = None) -> Any:
    """A read value as the sheet of the record set shows it: codes, labels, the last day."""
    if value is ERASE or value is None:
        return None
    if field.kind == Kind.LEVEL and strand and isinstance(value, int):
        return level_label(strand, value)
    if field.choices:
        return field.choices.get(value, str(value))
    return _plain(value - timedelta(days=1) if field.kind == Kind.LAST_DAY else value)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return getattr(value, "code", None) or str(value)


def _person(match: Match, values: Mapping[str, Any]) -> dict[str, Any]:
    person = match.cadre.code if match.cadre else None
    found = {"row": match.source.number, "sheet": match.source.sheet, "match": match.kind,
             "person": person, "values": values}  # fmt: skip
    if match.kind == DOUBTFUL:
        found["candidates"] = [each.code for each in match.candidates]
    return found


def _repair(repair: Any) -> dict[str, Any]:
    return {
        "sheet": repair.sheet, "row": repair.row, "column": repair.letter,
        "header": repair.header, "kind": repair.kind,
        "before": repair.before, "after": repair.after,
    }  # fmt: skip


def _problem(problem: Problem, kind: str) -> dict[str, Any]:
    letter = problem.ref.rstrip("0123456789")
    return {
        "sheet": problem.sheet, "row": problem.row, "column": letter or problem.column,
        "header": problem.column, "value": problem.value, "message": problem.message,
        "remedy": problem.remedy, "kind": kind,
    }  # fmt: skip
