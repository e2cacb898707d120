"""What the tab of pay and retirement needs of a record, of five tables, in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, DecimalField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from cadres.models import Allowance, Cadre, Discipline, Rating, SalaryStep, Status
from cadres.models.merit import Award
from cadres.retirement import Decided, first_decided
from cadres.rules.salary import Delay, delays_of


class _Row(NamedTuple):
    """A row of any of the tables; what a table does not have is None."""

    table: str
    key: Any
    begins: Any
    ends: Any
    kind: Any
    code: Any
    name: Any
    number: Any
    coefficient: Any
    percent: Any
    step: Any
    over_frame: Any
    delayed: Any


_DAY, _TEXT, _WHOLE = DateField(), CharField(max_length=255), IntegerField()
_DECIMAL = DecimalField(max_digits=5, decimal_places=2)
_FIELDS: dict[str, Any] = {
    "begins": _DAY, "ends": _DAY, "kind": _TEXT, "code": _TEXT, "name": _TEXT, "number": _TEXT,
    "coefficient": _DECIMAL, "percent": _DECIMAL, "step": _WHOLE, "over_frame": _WHOLE,
    "delayed": _WHOLE,
}  # fmt: skip


def _rows(rows: QuerySet[Any], **columns: str) -> QuerySet[Any]:
    """`rows` with the columns of `_Row`: `columns` says which field stands in which, and all are
    of the same types in every table, which PostgreSQL asks of a union."""
    table = Value(rows.model.__name__, output_field=_TEXT)
    values = [
        Cast(F(columns[name]) if name in columns else Value(None), field)
        for name, field in _FIELDS.items()
    ]
    return rows.order_by().values_list(table, "pk", *values)


@dataclass(frozen=True)
class PayRecord:
    """Steps (the latest first) and allowances, and what bears on raises and on the last day."""

    steps: Sequence[SalaryStep]
    allowances: Sequence[Allowance]  # those of the day
    delays: Sequence[Delay]
    decided: Decided | None


def pay_record_of(person: Cadre, day: date) -> PayRecord:
    """The pay of `person`, and the discipline, failed years and decisions to retire as known on
    `day`. One query. Steps and allowances come without their notes."""
    statements = [
        _rows(
            person.salary_steps.all(), begins="valid_from", ends="valid_to", kind="reason",
            code="grade_code", name="grade_name", number="decision_number", step="step",
            coefficient="coefficient", percent="percent", over_frame="over_frame_percent",
            delayed="delayed_months",
        ),
        _rows(
            person.allowances.on(day), begins="valid_from", ends="valid_to", kind="kind",
            number="decision_number", coefficient="coefficient", percent="percent",
        ),
        _rows(
            person.disciplines.filter(system=Award.System.STATE, effective_on__lte=day),
            begins="effective_on", kind="form",
        ),
        _rows(person.ratings.by(day).filter(level=Rating.Level.FAILED), step="year"),
        _rows(
            person.statuses.filter(kind=Status.Kind.RETIRED), begins="valid_from",
            ends="valid_to", kind="scheme", number="decision_number",
        ),
    ]  # fmt: skip
    found = [_Row(*row) for row in statements[0].union(*statements[1:], all=True)]
    return PayRecord(
        steps=sorted(_steps(found), key=lambda each: each.valid_from, reverse=True),
        allowances=sorted(_allowances(found), key=lambda each: (each.kind, each.valid_from)),
        delays=_delays(found),
        decided=_decided(found, day),
    )


def _of(model: type[Any], rows: Iterable[_Row]) -> list[_Row]:
    return [row for row in rows if row.table == model.__name__]


def _steps(rows: Iterable[_Row]) -> list[SalaryStep]:
    return [
        SalaryStep(
            pk=row.key, valid_from=row.begins, valid_to=row.ends, reason=row.kind,
            grade_code=row.code, grade_name=row.name, decision_number=row.number,
            coefficient=row.coefficient,
            percent=int(row.percent), step=row.step, over_frame_percent=row.over_frame,
            delayed_months=row.delayed,
        )
        for row in _of(SalaryStep, rows)
    ]  # fmt: skip


def _allowances(rows: Iterable[_Row]) -> list[Allowance]:
    return [
        Allowance(
            pk=row.key, valid_from=row.begins, valid_to=row.ends, kind=row.kind,
            percent=row.percent, decision_number=row.number, coefficient=row.coefficient,
        )
        for row in _of(Allowance, rows)
    ]  # fmt: skip


def _delays(rows: Sequence[_Row]) -> list[Delay]:
    words = dict(Discipline.Form.choices)
    faults = [(row.begins, row.kind, words[row.kind]) for row in _of(Discipline, rows)]
    return delays_of(faults, [row.step for row in _of(Rating, rows)])


def _decided(rows: Sequence[_Row], day: date) -> Decided | None:
    ends = [(Decided(row.begins, row.kind, row.number), row.ends) for row in _of(Status, rows)]
    return first_decided(ends, day)
