"""What stands in plans and what came of it, set-based. Participations are lượt, not people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from training.models import Enrolment, PlanLine, Study, TrainingClass
from training.models.enrolment import COUNTED

_SUMS = ("classes", "participations", "cost_central", "cost_local", "cost_other")


@dataclass
class Planned:
    """Added up over lines: classes, participations, đồng by source."""

    lines: int = 0
    classes: int = 0
    participations: int = 0
    cost_central: int = 0
    cost_local: int = 0
    cost_other: int = 0

    @property
    def cost(self) -> int:
        return self.cost_central + self.cost_local + self.cost_other


@dataclass
class Happened:
    """What was held by a day: classes begun, participations in them, of whom passed; individual
    studies begun, of which ended with the degree."""

    classes: int = 0
    participations: int = 0
    passed: int = 0
    studies: int = 0
    graduated: int = 0

    def __add__(self, other: "Happened") -> "Happened":
        return Happened(*(mine + theirs for mine, theirs in zip(
            vars(self).values(), vars(other).values(), strict=True)))  # fmt: skip


def planned_by(lines: QuerySet[PlanLine], field: str) -> dict[Any, Planned]:
    """The sums of `lines` by a field of theirs. One query."""
    sums = {name: Sum(name) for name in _SUMS}
    rows = lines.order_by().values_list(field).annotate(lines=Count("pk"), **sums)
    return {key: Planned(*numbers) for key, *numbers in rows}


def planned(lines: QuerySet[PlanLine]) -> Planned:
    """The sums of `lines`. One query."""
    found = lines.aggregate(lines=Count("pk"), **{name: Sum(name) for name in _SUMS})
    return Planned(**{name: value or 0 for name, value in found.items()})


def happened_by(lines: QuerySet[PlanLine], day: date, *, field: str = "pk") -> dict[Any, Happened]:
    """What came of `lines` by `day`, by a field of theirs (their key, or their plan). Two
    queries."""
    path = "plan_line" if field == "pk" else f"plan_line__{field}"
    found = held_by(lines, day, path=path)
    sent = Study.objects.filter(plan_line__in=lines.order_by().values("pk"), begins_on__lte=day)
    is_graduated = Q(state=Study.State.GRADUATED, ended_on__lte=day)
    graduated = Count("pk", filter=is_graduated)
    _count(found, sent, path, studies=Count("pk"), graduated=graduated)
    return found


def held_by(
    lines: QuerySet[PlanLine], day: date, *, path: str = "plan_line"
) -> dict[Any, Happened]:
    """The classes of `lines` that began by `day`, and the participations in them of those who took
    part. One query."""
    classes = TrainingClass.objects.begun_by(day).exclude(state=TrainingClass.State.DRAFT)
    mine = classes.filter(plan_line__in=lines.order_by().values("pk"))
    # without a day of its own a result is known from the end of the class
    undated = Q(enrolments__result_on=None, ends_on__lte=day)
    is_known = Q(enrolments__result_on__lte=day) | undated
    is_passed = Q(enrolments__result=Enrolment.Result.PASSED) & is_known
    found: dict[Any, Happened] = {}
    _count(
        found, mine, path, classes=Count("pk", distinct=True),
        participations=Count("enrolments", filter=COUNTED),
        passed=Count("enrolments", filter=is_passed),
    )  # fmt: skip
    return found


def _count(found: dict[Any, Happened], rows: QuerySet, path: str, **counts: Count) -> None:
    for row in rows.order_by().values(by=F(path)).annotate(**counts):
        told = found.setdefault(row.pop("by"), Happened())
        for name, number in row.items():
            setattr(told, name, number)


def all_of(happened: Iterable[Happened]) -> Happened:
    """Added up."""
    return sum(happened, Happened())
