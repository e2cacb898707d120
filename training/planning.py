"""The lines of an annual plan: registered by communes, put together by the district.

One transaction each; what is written is decided under a lock of the plan. Once a plan is approved
its lines stand still until it is adjusted (training/plan_steps.py).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.models import COMMUNE_ROLES, User
from daitu_portal.marks import mark_of_sending, mark_of_value, marks_begin
from training.models import PlanLine, Programme, TrainingPlan
from training.models.ceilings import MONEY
from training.rules.planning import classes_for

State = TrainingPlan.State
COSTS = ("cost_central", "cost_local", "cost_other")
PLAN_IS_OPEN = (State.REGISTERING, State.CONSOLIDATING)
TYPED = (
    "programme", "target_group", "classes", "participations", "hours", "days", "period_from",
    "period_to", "provider", *COSTS, "lead", "note",
)  # fmt: skip
_COLUMNS = {"programme": "programme_id", "provider": "provider_id"}
_MOST_CLASSES, _MOST_PARTICIPATIONS = 1000, 1_000_000  # as the table's own check says


class PlanClosed(Exception):
    """The plan is not in a state in which this may be written."""


class StaleLine(Exception):
    """Someone else changed the line since the form was opened."""


class TooLarge(Exception):
    """Added up, a line would hold more than a line can mean."""


class InUse(Exception):
    """Something still hangs on the line: registered lines, classes, studies."""


@dataclass(frozen=True)
class Added:
    """What came of a form: its line; whether it was there already, the form being sent twice; or
    whether it stands beside another one of the same form, which was sent with other values."""

    line: PlanLine
    is_old: bool = False
    is_further: bool = False


def locked_plan(key: int, *states: str) -> TrainingPlan:
    """The plan for this transaction alone. Raises PlanClosed if it is in none of `states`."""
    plan = TrainingPlan.objects.select_for_update(of=("self",)).get(pk=key)
    if plan.state not in states:
        raise PlanClosed
    return plan


def states_to_write(user: User) -> tuple[str, ...]:
    """In which states of a plan `user` writes lines: communes while they register."""
    if user.is_district_hr:
        return State.REGISTERING, State.CONSOLIDATING
    return (State.REGISTERING,)


def may_write(user: User, plan: TrainingPlan, line: PlanLine | None = None) -> bool:
    """Whether `user`, who writes lines at all, may write one of `plan`, or this one: a commune
    only its own, while nothing became of it."""
    if plan.state not in states_to_write(user):
        return False
    if line is None or user.role not in COMMUNE_ROLES:
        return True
    return line.commune_id is not None and line.into_id is None


def mark_of_line(line: PlanLine) -> str:
    """By which a form says what its user has seen of the line."""
    return mark_of_value([getattr(line, _COLUMNS.get(name, name)) for name in TYPED])


@transaction.atomic
def add_line(line: PlanLine, *, by: User, token: str) -> Added:
    """Store a new line of `line.plan`: a commune's own for its clerk, the district's for its staff.
    What is left empty comes from the programme. A form sent twice stores one line; with other
    values it stores another. Raises PlanClosed."""
    locked_plan(line.plan_id, *states_to_write(by))
    sent = mark_of_sending(token, [line.plan_id, by.pk, mark_of_line(line)])
    of_form = PlanLine.objects.filter(token__startswith=marks_begin(token), entered_by=by)
    earlier = list(of_form) if token else []
    for each in earlier:
        if each.token == sent:
            return Added(each, is_old=True)
    line.commune_id = by.commune_id if by.role in COMMUNE_ROLES else None
    _fill_from_programme(line)
    line.entered_by, line.token = by, sent
    line.save()
    return Added(line, is_further=bool(earlier))


def _fill_from_programme(line: PlanLine) -> None:
    programme = line.programme
    line.hours = programme.hours if line.hours is None else line.hours
    line.days = programme.days if line.days is None else line.days
    line.provider_id = line.provider_id or programme.provider_id


@transaction.atomic
def correct_line(line: PlanLine, *, by: User, seen: str) -> PlanLine:
    """Store what a form changed of a line; one that went into a district's line takes its numbers
    there along and keeps its programme. Raises PlanClosed, StaleLine, InUse, TooLarge."""
    locked_plan(line.plan_id, *states_to_write(by))
    stored = PlanLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    if mark_of_line(stored) != seen:
        raise StaleLine
    if stored.into_id and stored.programme_id != line.programme_id:
        raise InUse
    if stored.into_id:
        target = PlanLine.objects.select_for_update(of=("self",)).get(pk=stored.into_id)
        resize(target, people=-stored.participations, costs=[-cost for cost in _costs(stored)])
        resize(target, people=line.participations, costs=_costs(line))
        target.save()
    line.save(update_fields=TYPED)
    return line


def _costs(line: PlanLine) -> list[int]:
    return [getattr(line, name) for name in COSTS]


def resize(line: PlanLine, *, people: int, costs: Iterable[int]) -> None:
    """Change the participations of a line by `people` and its costs, by source, by `costs`; not
    saved. Classes follow where they were as many as the capacity asks, or are too few now. Raises
    TooLarge."""
    was_counted = line.classes == classes_for(line.participations)
    line.participations = max(line.participations + people, 0)
    fits = classes_for(line.participations)
    line.classes = fits if was_counted else max(line.classes, fits)
    for name, cost in zip(COSTS, costs, strict=True):
        setattr(line, name, max(getattr(line, name) + cost, 0))
    is_possible = (
        line.participations <= _MOST_PARTICIPATIONS
        and line.classes <= _MOST_CLASSES
        and max(_costs(line)) <= MONEY
    )
    if not is_possible:
        raise TooLarge


def take_need_out(line: PlanLine) -> PlanLine:
    """Count one participation less in `line`, of a plan that is locked, and in the line that it
    went into, if any; money stays as it was typed. Return the line, saved."""
    for key in filter(None, (line.pk, line.into_id)):
        each = PlanLine.objects.select_for_update(of=("self",)).get(pk=key)
        resize(each, people=-1, costs=(0, 0, 0))
        each.save()
    return PlanLine.objects.select_related("plan", "programme").get(pk=line.pk)


def line_for(plan: TrainingPlan, programme: Programme, *, by: User) -> PlanLine:
    """The district's line of a programme that more goes into: the first that stands, or a new one,
    empty and not saved."""
    mine = PlanLine.objects.standing().of_the_district().filter(plan=plan, programme=programme)
    found = mine.select_for_update(of=("self",)).order_by("pk").first()
    if found:
        return found
    new = PlanLine(plan=plan, programme=programme, classes=0, participations=0, entered_by=by)
    _fill_from_programme(new)
    return new


@transaction.atomic
def consolidate(plan_id: int, keys: Collection[int] | None, *, by: User) -> list[PlanLine]:
    """Put registered lines together, those with `keys` or with None all that wait: one line of the
    district a programme, numbers and money added up. Return the district's lines; none where
    nothing waited. Raises PlanClosed, TooLarge."""
    plan = locked_plan(plan_id, State.REGISTERING, State.CONSOLIDATING)
    waiting = PlanLine.objects.filter(plan=plan).waiting().select_for_update(of=("self",))
    if keys is not None:
        waiting = waiting.filter(pk__in=keys)
    targets: dict[int, PlanLine] = {}
    for line in waiting.select_related("programme").order_by("pk"):
        target = targets.get(line.programme_id)
        if target is None:
            target = targets[line.programme_id] = line_for(plan, line.programme, by=by)
        resize(target, people=line.participations, costs=_costs(line))
        target.save()
        line.into = target
        line.save(update_fields=["into"])
    return list(targets.values())


@transaction.atomic
def leave_out(plan_id: int, keys: Collection[int], *, reason: str, by: User) -> int:
    """Leave lines out of the plan with a reason: registered ones that wait, and lines of the
    district on which nothing hangs but needs, which become free again. A commune withdraws its own
    so. Return how many. Raises PlanClosed, InUse."""
    locked_plan(plan_id, *states_to_write(by))
    lines = PlanLine.objects.filter(plan=plan_id, pk__in=keys).standing()
    if by.role in COMMUNE_ROLES:
        lines = lines.visible_to(by).exclude(commune=None)
    chosen = list(lines.filter(into=None).select_for_update(of=("self",)))
    for line in chosen:
        _check_free(line)
        line.needs.update(plan_line=None)
        line.left_out_because = reason
        line.save(update_fields=["left_out_because"])
    return len(chosen)


def _check_free(line: PlanLine) -> None:
    hanging = (line.registered, line.training_classes, line.studies)
    if any(rows.exists() for rows in hanging):
        raise InUse


@transaction.atomic
def release(plan_id: int, key: int, *, by: User) -> PlanLine:
    """Undo what became of a line: out of the district's line, which gives its numbers back, or no
    longer left out. Raises PlanClosed, and PlanLine.DoesNotExist."""
    locked_plan(plan_id, *states_to_write(by))
    line = PlanLine.objects.select_for_update(of=("self",)).get(plan=plan_id, pk=key)
    if line.into_id:
        target = PlanLine.objects.select_for_update(of=("self",)).get(pk=line.into_id)
        resize(target, people=-line.participations, costs=[-cost for cost in _costs(line)])
        target.save()
    line.into, line.left_out_because = None, ""
    line.save(update_fields=["into", "left_out_because"])
    return line
