"""The states of an annual plan: communes register, the district puts together, the plan is
approved, and adjusted by a further decision. One transaction each."""

from django.db import transaction

from cadres.models import Basis
from training.models import PlanLine, TrainingPlan
from training.planning import PlanClosed, State, locked_plan


class AlreadyThere(Exception):
    """The year has a plan; `plan` is it."""

    def __init__(self, plan: TrainingPlan) -> None:
        super().__init__(str(plan.year))
        self.plan = plan


class StalePlan(Exception):
    """Someone else moved the plan since the page was opened."""


class StillWaiting(Exception):
    """Registered lines wait for an answer; `number` of them."""

    def __init__(self, number: int) -> None:
        super().__init__(f"{number} lines")
        self.number = number


class NothingPlanned(Exception):
    """The plan has no line of the district."""


@transaction.atomic
def open_plan(year: int, *, note: str = "") -> TrainingPlan:
    """The plan of a year, open for the communes to register. Raises AlreadyThere."""
    plan, is_new = TrainingPlan.objects.get_or_create(year=year, defaults={"note": note})
    if not is_new:
        raise AlreadyThere(plan)
    return plan


def _moved(plan: TrainingPlan, version: int, **fields) -> TrainingPlan:
    if plan.version != version:
        raise StalePlan
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.version += 1
    plan.save()
    return plan


@transaction.atomic
def close_registration(key: int, *, version: int) -> TrainingPlan:
    """Communes register no more. Raises PlanClosed, StalePlan."""
    return _moved(locked_plan(key, State.REGISTERING), version, state=State.CONSOLIDATING)


@transaction.atomic
def open_registration(key: int, *, version: int) -> TrainingPlan:
    """Communes register again, until the plan was approved once. Raises PlanClosed, StalePlan."""
    plan = locked_plan(key, State.CONSOLIDATING)
    if plan.decision_id:
        raise PlanClosed
    return _moved(plan, version, state=State.REGISTERING)


@transaction.atomic
def approve(key: int, *, version: int, decision: Basis) -> TrainingPlan:
    """Approve the plan by `decision`, for the first time or as it was adjusted. Raises PlanClosed,
    StalePlan, NothingPlanned, StillWaiting."""
    plan = locked_plan(key, State.CONSOLIDATING)
    lines = PlanLine.objects.filter(plan=plan)
    if not lines.of_the_district().standing().exists():
        raise NothingPlanned
    waiting = lines.waiting().count()
    if waiting:
        raise StillWaiting(waiting)
    return _moved(plan, version, state=State.APPROVED, decision=decision)


@transaction.atomic
def adjust(key: int, *, version: int, reason: str) -> TrainingPlan:
    """Open an approved plan for adjusting; its decision stays until the adjusting one. Raises
    PlanClosed, StalePlan."""
    plan = locked_plan(key, State.APPROVED)
    return _moved(plan, version, state=State.CONSOLIDATING, note=f"Điều chỉnh: {reason}"[:255])
