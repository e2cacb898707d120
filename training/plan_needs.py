"""From registered needs to the lines of a plan: proposed first, then written."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from accounts.models import User
from training.models import CostNorm, Need, PlanLine, Programme, TrainingPlan
from training.planning import COSTS, line_for, resize
from training.rules.planning import Norm, classes_for, cost_of

_NOT_SENT = "không phải cử đi học"


@dataclass
class Group:
    """The needs of a programme in a year, and the line that they would make."""

    year: int
    programme: Programme
    needs: list[Need] = field(default_factory=list)
    line: PlanLine | None = None  # the district's line that they would go into
    cost: int | None = None  # None: no norm says
    registered: int = 0  # participations that communes registered for the programme themselves

    @property
    def participations(self) -> int:
        return len(self.needs)

    @property
    def classes(self) -> int:
        return classes_for(self.participations)

    @property
    def communes(self) -> int:
        return len({need.commune_id for need in self.needs})


@dataclass
class NeedsPlan:
    """What becomes of chosen needs: groups that are written, and those left, with the reason."""

    groups: list[Group]
    left: list[tuple[Need, str]]

    @property
    def participations(self) -> int:
        return sum(group.participations for group in self.groups)


def plan_of_needs(needs: QuerySet[Need]) -> NeedsPlan:
    """Which of `needs` go into which line. A fixed number of queries, whatever their number."""
    told: QuerySet[Need] = needs.with_course(date.max).with_met()  # type: ignore[attr-defined]
    rows = told.select_related(
        "cadre", "commune", "programme__provider", "plan_line__plan", "plan_line__programme"
    ).order_by("cadre__name_sort_key", "pk")
    chosen = list(rows)
    years = {need.year for need in chosen}
    approved = set(
        TrainingPlan.objects.filter(year__in=years, state=TrainingPlan.State.APPROVED).values_list(
            "year", flat=True
        )
    )
    groups: dict[tuple[int, int], Group] = {}
    left = []
    for need in chosen:
        why = _why_left(need, approved)
        if why or need.programme is None:
            left.append((need, why))
            continue
        key = (need.year, need.programme.pk)
        groups.setdefault(key, Group(need.year, need.programme)).needs.append(need)
    _look_up(groups)
    return NeedsPlan(sorted(groups.values(), key=_place), left)


def _place(group: Group) -> tuple[int, str, str]:
    return group.year, group.programme.content_group, group.programme.name


def _why_left(need: Need, approved: Collection[int]) -> str:
    if need.plan_line:
        return f"đã ở {str(need.plan_line.plan).lower()}"
    if need.state == Need.State.WITHDRAWN:
        return "đã rút"
    if need.answer != Need.Answer.SEND:
        return f"{_NOT_SENT}: {need.get_answer_display().lower()}"
    if need.state != Need.State.CONFIRMED:
        return "chờ người đứng đầu xác nhận"
    if need.is_served:  # type: ignore[attr-defined]
        return "đã cử đi học"
    if need.is_met:  # type: ignore[attr-defined]
        return "đã đạt qua lớp khác, theo chứng chỉ"
    if need.year in approved:
        return f"kế hoạch năm {need.year} đã phê duyệt; mở điều chỉnh kế hoạch trước"
    return ""


def _look_up(groups: dict[tuple[int, int], Group]) -> None:
    """The line of each group, what communes registered for it, and what it may cost."""
    years = {year for year, _ in groups}
    programmes = {key for _, key in groups}
    lines = PlanLine.objects.filter(plan__year__in=years, programme__in=programmes).standing()
    for line in lines.of_the_district().select_related("plan").order_by("-pk"):
        if group := groups.get((line.plan.year, line.programme_id)):
            group.line = line  # the first of several, as `line_for` takes it
    rows = lines.registered_ones().order_by().values_list("plan__year", "programme")
    for year, programme, number in rows.annotate(number=Sum("participations")):
        if group := groups.get((year, programme)):
            group.registered = number
    norms = {year: _norms(year) for year in years}
    for group in groups.values():
        group.cost = cost_of(
            _norms_of(norms[group.year], group.programme),
            classes=group.classes, participations=group.participations,
            days=group.programme.days, hours=group.programme.hours,
        )  # fmt: skip


def _norms(year: int) -> list[CostNorm]:
    """Those in force when the year begins."""
    given = CostNorm.objects.exclude(Q(programme=None) & Q(content_group=""))
    return list(given.on(date(year, 1, 1)))


def _norms_of(norms: list[CostNorm], programme: Programme) -> list[Norm]:
    return [
        Norm(norm.unit, norm.amount, is_of_programme=norm.programme_id is not None)
        for norm in norms
        if programme.pk == norm.programme_id
        or (norm.programme_id is None and norm.content_group == programme.content_group)
    ]


@transaction.atomic
def write_plan_of_needs(needs: QuerySet[Need], *, by: User) -> NeedsPlan:
    """Write what `plan_of_needs` proposes and tie the needs to their lines; a year without a plan
    gets one. Sent again, everything is tied already and nothing is written. Raises TooLarge."""
    free = needs.registered().filter(plan_line=None)  # type: ignore[attr-defined]
    years = sorted(set(free.order_by().values_list("year", flat=True)))
    for year in years:
        TrainingPlan.objects.get_or_create(year=year)
    plans = {
        plan.year: plan
        for plan in TrainingPlan.objects.filter(year__in=years).order_by("year")
        .select_for_update(of=("self",))
    }  # fmt: skip
    locked = needs.order_by("pk").select_for_update(of=("self",)).only("pk")
    found = plan_of_needs(Need.objects.filter(pk__in=[need.pk for need in locked]))
    for group in found.groups:
        _write(group, plans[group.year], by)
    return found


def _write(group: Group, plan: TrainingPlan, by: User) -> None:
    line = line_for(plan, group.programme, by=by)
    costs = dict.fromkeys(COSTS, 0) | {"cost_local": group.cost or 0}
    resize(line, people=group.participations, costs=costs.values())
    line.save()
    Need.objects.filter(pk__in=[need.pk for need in group.needs]).update(plan_line=line)
    group.line = line
