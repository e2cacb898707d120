"""What a class came to, on one sheet: results by unit, attendance, costs, lượt and people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from cadres.models import Holding
from training.attended import attendance_of
from training.class_steps import Results, results_of
from training.models import Enrolment, SurveySheet, TrainingClass
from training.totals import Totals, totals_of

_NOBODYS = "Ngoài các xã, thị trấn"
_MARKS = range(1, 6)


@dataclass
class UnitResults:
    """How the participations of a unit ended."""

    unit: str
    total: int = 0
    passed: int = 0
    failed: int = 0

    @property
    def others(self) -> int:
        """Still studying, extended, suspended."""
        return self.total - self.passed - self.failed


@dataclass(frozen=True)
class ClassReport:
    """Numbers of the whole class, of those who took part; the units are those that the reader may
    see."""

    totals: Totals
    results: Results
    units: list[UnitResults]
    sittings: int
    sittings_called: int
    marks: int
    there: int
    sheets: int
    mean: Decimal | None  # of all marks of all sheets, 1 to 5
    costs: list[tuple[str, int]] = field(default_factory=list)

    @property
    def mean_words(self) -> str:
        return "" if self.mean is None else str(self.mean).replace(".", ",")


def report_of(held: TrainingClass, user: User) -> ClassReport:
    """The report of a class. Eight queries, however many learners."""
    everybody = Enrolment.objects.filter(training_class=held)
    seen = everybody.visible_to(user).took_part()
    called, marks, there = attendance_of(held.pk)
    sheets = list(SurveySheet.objects.filter(training_class=held).values_list("marks", flat=True))
    return ClassReport(
        totals=totals_of(TrainingClass.objects.filter(pk=held.pk), everybody.took_part()),
        results=results_of(everybody.count_by_result()),
        units=by_unit(held, seen),
        sittings=held.sessions.count(),
        sittings_called=called,
        marks=marks,
        there=there,
        sheets=len(sheets),
        mean=mean_of(sheets),
        costs=[
            ("Ngân sách trung ương", held.cost_central),
            ("Ngân sách địa phương", held.cost_local),
            ("Nguồn khác", held.cost_other),
        ],
    )


def by_unit(held: TrainingClass, enrolments: QuerySet[Enrolment]) -> list[UnitResults]:
    """The participations by the unit of the main post on the first day of the class, or the
    commune of an outside learner, by name; who has none comes last. Two queries."""
    rows = list(
        enrolments.order_by().values_list("cadre", "outside_learner__commune__name", "result")
    )
    units = Holding.objects.main_units([key for key, _, _ in rows if key], held.begins_on)
    found: dict[str, UnitResults] = {}
    for key, commune, result in rows:
        name = (units.get(key) if key else commune) or _NOBODYS
        line = found.setdefault(name, UnitResults(name))
        line.total += 1
        line.passed += result == Enrolment.Result.PASSED
        line.failed += result == Enrolment.Result.FAILED
    return sorted(found.values(), key=lambda line: (line.unit == _NOBODYS, line.unit))


def mean_of(sheets: Iterable[Any]) -> Decimal | None:
    """The mean of all marks to two places, halves up; None where nobody gave any."""
    marks = [
        mark for sheet in sheets for mark in (sheet or {}).values() if mark in _MARKS
    ]  # fmt: skip
    if not marks:
        return None
    return (Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.01"), ROUND_HALF_UP)
