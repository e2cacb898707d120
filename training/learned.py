"""The people behind a number of the totals: who took part, how often, for how many hours."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from cadres.models import Cadre, Holding
from daitu_portal.excel import TEXT_FORMAT, Column
from training.models import Enrolment, OutsideLearner
from training.totals import NO_UNIT, NUMBERS, Period, in_post, taken_part

# with a record; in a post when the class began; without a record
OFFICIALS, IN_POST, STRANGERS = "can_bo", "chuc_danh", "ngoai"


@dataclass(frozen=True)
class Wanted:
    """Which participations, and of whom; "" for all."""

    period: Period
    group: str = ""
    form: str = ""
    year: int | None = None
    unit: str = ""  # the key of a unit, or NO_UNIT
    kind: str = ""


def chosen(user: User, wanted: Wanted) -> QuerySet[Enrolment]:
    """The participations that `wanted` speaks of, with `person` and `stranger`."""
    found: Any = taken_part(user, wanted.period)
    if wanted.group:
        found = found.filter(training_class__content_group=wanted.group)
    if wanted.form:
        found = found.filter(training_class__form=wanted.form)
    if wanted.year:
        found = found.filter(training_class__begins_on__year=wanted.year)
    if wanted.kind == IN_POST:
        found = in_post(found)
    elif wanted.kind:
        found = found.filter(person__isnull=wanted.kind == STRANGERS)
    return _of_unit(found, wanted) if wanted.unit else found


def _of_unit(found: Any, wanted: Wanted) -> QuerySet[Enrolment]:
    """By the unit of the main post on the last day of the period, as the totals count."""
    mains = Holding.objects.on(wanted.period.last).filter(cadre=OuterRef("cadre")).main_first()
    held = Holding.objects.filter(pk=Subquery(mains.values("pk")[:1]))
    if wanted.unit == NO_UNIT:
        anywhere = Holding.objects.on(wanted.period.last).filter(cadre=OuterRef("person"))
        nowhere = ~Exists(anywhere) & Q(person__isnull=False)
        return found.filter(nowhere | Q(person=None, outside_learner__commune=None))
    here = held.filter(commune=int(wanted.unit)).values("cadre")
    return found.filter(
        Q(person__in=here) | Q(person=None, outside_learner__commune=int(wanted.unit))
    )


_NAME = Coalesce(
    "cadre__name_sort_key",
    "outside_learner__cadre__name_sort_key",
    "outside_learner__name_sort_key",
)


def numbers_of(enrolments: QuerySet[Enrolment]) -> dict[str, int]:
    """Participations, and the distinct people of them: with a record and others. One query."""
    return enrolments.order_by().aggregate(**NUMBERS)


def people_of(enrolments: QuerySet[Enrolment], *, is_named: bool = True) -> QuerySet[Any, Any]:
    """A row a person of those who took part: `person` or `stranger`, `number` of participations,
    `hours` of their classes; `sort_key` where they are to stand by name, which takes the names of
    every participation. Grouped by the database."""
    found: Any = enrolments.order_by()
    keys = ["person", "stranger"]
    if is_named:
        found = found.annotate(sort_key=_NAME)
        keys.append("sort_key")
    rows = found.values(*keys)
    return rows.annotate(number=Count("pk"), hours=Coalesce(Sum("training_class__hours"), 0))


def told(rows: list[dict[str, Any]], user: User, period: Period) -> list[dict[str, Any]]:
    """`rows` of `people_of` with names, codes and units. Three queries."""
    keys = [row["person"] for row in rows if row["person"]]
    people = Cadre.objects.only("full_name", "code").in_bulk(keys)
    units = Holding.objects.visible_to(user).main_units(keys, period.last)
    others = OutsideLearner.objects.select_related("commune").in_bulk(
        [row["stranger"] for row in rows if row["stranger"]]
    )
    return [
        _of_person(row, people[row["person"]], units)
        if row["person"]
        else _of_stranger(row, others[row["stranger"]])
        for row in rows
    ]


def _of_person(row: dict[str, Any], person: Cadre, units: dict[int, str]) -> dict[str, Any]:
    unit = units.get(person.pk, "")
    return row | {
        "name": person.full_name,
        "code": person.code,
        "unit": unit,
        "kind": "có hồ sơ trên cổng",
    }


def _of_stranger(row: dict[str, Any], learner: OutsideLearner) -> dict[str, Any]:
    return row | {
        "name": learner.full_name,
        "code": learner.code,
        "unit": learner.workplace or (learner.commune.name if learner.commune else ""),
        "kind": learner.get_kind_display(),
    }


COLUMNS = (
    Column("Họ và tên", width=28, number_format=TEXT_FORMAT),
    Column("Số hiệu, mã", width=14, number_format=TEXT_FORMAT),
    Column("Đối tượng", width=20, says="Có hồ sơ trên cổng, hoặc loại học viên ngoài"),
    Column("Đơn vị", width=34, says="Nơi giữ chức vụ chính vào ngày cuối kỳ, hoặc nơi công tác"),
    Column("Lượt", width=8, says="Số lượt học trong kỳ, theo điều kiện lọc"),
    Column("Số tiết", width=10, says="Cộng số tiết của các lớp, đạt hay không"),
)
