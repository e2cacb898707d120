"""Hours of training a person and year, against the yearly minimum and maximum (NĐ 101/2017 art. 15,
NĐ 89/2021); and who has had none for years.

A participation that was passed is worth the hours of its class, in the year in which the class
ended. Long programmes (đào tạo) stand apart: the limits are about bồi dưỡng.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import COMMUNE_ROLES, User
from cadres.models import Cadre, Holding
from cadres.record_version import Memory
from daitu_portal.dates import add_months
from training.models import Enrolment, Programme, Study, TrainingClass, TrainingSetting
from training.settings_on import Setting, setting_on
from training.totals import PERSON

Code = TrainingSetting.Code
_HOURS = "training_class__hours"
_LONG = Q(training_class__programme__kind=Programme.Kind.TRAINING)


@dataclass(frozen=True)
class Hours:
    """What a person passed in a year: hours of bồi dưỡng, of long programmes, participations, and
    how many of them are of a class whose hours nobody wrote down."""

    person: int
    short: int = 0
    long: int = 0
    participations: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Limits:
    """The settings of a year; None where none is in force."""

    least: Setting | None
    most: Setting | None

    def is_below(self, hours: Hours) -> bool:
        return self.least is not None and hours.short < self.least.value

    def is_above(self, hours: Hours) -> bool:
        return self.most is not None and hours.short > self.most.value


def limits_on(day: date, memory: Memory | None = None) -> Limits:
    """Yearly minimum and maximum in force on `day`. One query at most."""
    memory = memory or Memory.now()
    return Limits(setting_on(Code.HOURS_MIN, day, memory), setting_on(Code.HOURS_MAX, day, memory))


def last_of(year: int, day: date) -> date:
    """The last day of `year` that `day` knows of."""
    return min(day, date(year, 12, 31))


def passed_in(year: int, day: date) -> QuerySet[Enrolment]:
    """Participations of people of the record, `person`, passed in classes that ended in `year`, by
    `day`."""
    ended = Q(
        training_class__ends_on__gte=date(year, 1, 1),
        training_class__ends_on__lte=last_of(year, day),
    )
    passed = Enrolment.objects.filter(ended, result=Enrolment.Result.PASSED)
    held = passed.exclude(training_class__state=TrainingClass.State.DRAFT)
    mine: Any = held.annotate(person=PERSON)
    found: QuerySet[Enrolment] = mine.exclude(person=None)
    return found


def hours_of(year: int, day: date, people: QuerySet[Cadre] | None = None) -> dict[int, Hours]:
    """By key of the person what was passed in `year` by `day`; who passed nothing is not there.
    `people`: only of these. One query, grouped by the database."""
    rows: Any = passed_in(year, day).order_by()
    if people is not None:
        rows = rows.of_people(people.order_by().values("pk"))
    grouped = rows.values_list("person").annotate(
        short=Coalesce(Sum(_HOURS, filter=~_LONG | Q(training_class__programme=None)), 0),
        long=Coalesce(Sum(_HOURS, filter=_LONG), 0),
        number=Count("pk"),
        unknown=Count("pk", filter=Q(training_class__hours=None)),
    )
    return {row[0]: Hours(*row) for row in grouped}


def on_duty(user: User, day: date, commune: int | None = None) -> QuerySet[Cadre]:
    """Who holds a post on `day`, of those whom `user` may see; of one unit where it is given."""
    held = Holding.objects.on(day).filter(cadre=OuterRef("pk"))
    if commune:
        held = held.filter(commune=commune)
    return Cadre.objects.visible_to(user).filter(Exists(held))


BELOW, ABOVE, ALL = "duoi", "tren", "tat_ca"
_ORDERS = {"ten": lambda hours, name: name, "tiet": lambda hours, name: (hours.short, name)}


@dataclass(frozen=True)
class Listed:
    """The people of a year with their hours, in order, and how many are below and above."""

    lines: list[Hours]
    everyone: int
    below: int
    above: int


def listed(
    user: User, year: int, day: date, limits: Limits, *, which: str, commune: int | None, order: str
) -> Listed:
    """Those on duty on the last day of `year` that `day` knows of. Two queries, whatever the number
    of participations; `order` as the table's head says it."""
    people = on_duty(user, last_of(year, day), commune)
    known = hours_of(year, day, people if user.role in COMMUNE_ROLES or commune else None)
    lines = [
        (known.get(key, Hours(key)), name)
        for key, name in people.order_by().values_list("pk", "name_sort_key")
    ]
    wanted = {BELOW: limits.is_below, ABOVE: limits.is_above}.get(which, lambda hours: True)
    shown = [pair for pair in lines if wanted(pair[0])]
    by = _ORDERS[order.removeprefix("-")]
    shown.sort(key=lambda pair: by(*pair), reverse=order.startswith("-"))
    return Listed(
        [hours for hours, _ in shown],
        len(lines),
        sum(limits.is_below(hours) for hours, _ in lines),
        sum(limits.is_above(hours) for hours, _ in lines),
    )


def since_of(day: date, years: int) -> date:
    """The first of the last `years` years that end with `day`."""
    return add_months(day, -12 * years) + timedelta(days=1)


def untrained(user: User, day: date, years: int, commune: int | None = None) -> QuerySet[Cadre]:
    """Those on duty on `day` who took part in no class, and were in no study, within the last
    `years` years: a day of a class or study in that time is enough."""
    since = since_of(day, years)
    taught = _taught(day).filter(training_class__ends_on__gte=since)
    studied = Study.objects.filter(cadre=OuterRef("pk"), begins_on__lte=day).filter(
        Q(ended_on=None) | Q(ended_on__gte=since)
    )
    return on_duty(user, day, commune).exclude(
        Exists(taught.filter(cadre=OuterRef("pk")))
        | Exists(taught.filter(outside_learner__cadre=OuterRef("pk")))
        | Exists(studied)
    )


def _taught(day: date) -> QuerySet[Enrolment]:
    taken = Enrolment.objects.took_part()
    held = taken.exclude(training_class__state=TrainingClass.State.DRAFT)
    return held.filter(training_class__begins_on__lte=day)


def last_taught(people: Iterable[int], day: date) -> dict[int, date]:
    """By key of the person, when their last class by `day` began. One query."""
    mine: Any = _taught(day)
    rows = mine.of_people(list(people)).annotate(person=PERSON).order_by()
    return dict(rows.values_list("person").annotate(last=Max(F("training_class__begins_on"))))
