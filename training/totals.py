"""How many participations, of how many people: each total says which. Set-based.

A participation is counted where somebody took part: not who stayed away, left the class or went
on in another (there the participation is counted). A linked outside learner is the person.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from accounts.models import COMMUNE_ROLES, User
from cadres.models import Commune, Holding
from cadres.models.post import LegalCategory
from cadres.record_version import Memory
from training.models import ClassForm, ContentGroup, Enrolment, HandsOnSession, TrainingClass
from training.result_report import category_on

# whose participation it is: the person of the record, or the outside learner without one
PERSON = Coalesce("cadre", "outside_learner__cadre")
STRANGER = Case(When(outside_learner__cadre=None, then=F("outside_learner")))


@dataclass(frozen=True)
class Totals:
    """Classes, participations (lượt), distinct people, and those with a record among them
    (`officials`: village staff with a file too; by post see `in_post`)."""

    classes: int
    participations: int
    people: int
    officials: int
    of_officials: int  # participations of officials

    @property
    def outsiders(self) -> int:
        """The people without a record among them."""
        return self.people - self.officials

    @property
    def of_outsiders(self) -> int:
        """The participations of those without a record."""
        return self.participations - self.of_officials


def totals_of(classes: QuerySet[TrainingClass], enrolments: QuerySet[Enrolment]) -> Totals:
    """The totals of `classes`, over those of `enrolments` in them. Two queries."""
    chosen = enrolments.filter(training_class__in=classes.order_by().values("pk"))
    found = chosen.aggregate(**NUMBERS)
    return Totals(
        classes=classes.count(),
        participations=found["participations"],
        people=found["officials"] + found["strangers"],
        officials=found["officials"],
        of_officials=found["of_officials"],
    )


NUMBERS = {
    "participations": Count("pk"),
    "officials": Count(PERSON, distinct=True),
    "strangers": Count(STRANGER, distinct=True),
    "of_officials": Count(PERSON),
}


@dataclass(frozen=True)
class Period:
    """From a day to a day, both counted: a class is of the day on which it began."""

    first: date
    last: date

    @property
    def condition(self) -> Q:
        return Q(begins_on__gte=self.first, begins_on__lte=self.last)


def held_in(period: Period) -> QuerySet[TrainingClass]:
    """Classes that began in `period`; a draft is none."""
    return TrainingClass.objects.exclude(state=TrainingClass.State.DRAFT).filter(period.condition)


def taken_part(user: User, period: Period) -> QuerySet[Enrolment]:
    """Participations in `period` that `user` may see, with whose they are: `person` (key of the
    record) or `stranger` (key of an outside learner without one)."""
    begun = Q(
        training_class__begins_on__gte=period.first, training_class__begins_on__lte=period.last
    )
    seen = Enrolment.objects.visible_to(user).took_part()
    held = seen.exclude(training_class__state=TrainingClass.State.DRAFT).filter(begun)
    return held.annotate(person=PERSON, stranger=STRANGER)


@dataclass(frozen=True)
class InPost:
    """Those who held a post of the commune when their class began: participations and people."""

    participations: int
    people: int


_IN_POST = (LegalCategory.CADRE, LegalCategory.CIVIL_SERVANT, LegalCategory.PART_TIME)


def in_post(enrolments: Any) -> QuerySet[Enrolment]:
    """Of `enrolments` with `person` those of cán bộ, công chức and không chuyên trách by the main
    post on the day the class began: the rows 5a, 5b and 6 of the result template."""
    held = enrolments.annotate(category=category_on("person", "training_class__begins_on"))
    found: QuerySet[Enrolment] = held.filter(category__in=_IN_POST)
    return found


def in_post_totals(user: User, period: Period, memory: Memory) -> InPost:
    """Those of a period. One query, none where `memory` has it."""

    def count() -> InPost:
        found = in_post(taken_part(user, period)).aggregate(
            participations=Count("pk"), people=Count("person", distinct=True)
        )
        return InPost(**found)

    scope = user.commune_id if user.role in COMMUNE_ROLES else None
    key = ("totals in post", user.role, scope, period)
    found: InPost = memory.remembered(key, count)
    return found


def period_totals(user: User, period: Period) -> Totals:
    """All of a period. Two queries."""
    found = taken_part(user, period).aggregate(**NUMBERS)
    return Totals(
        classes=held_in(period).count(),
        participations=found["participations"],
        people=found["officials"] + found["strangers"],
        officials=found["officials"],
        of_officials=found["of_officials"],
    )


@dataclass(frozen=True)
class Line:
    """A line of a breakdown. `key` is what addresses call it; people of two lines may be the same,
    participations never are. `classes` is None where a class is of no one line."""

    key: str
    words: str
    classes: int | None
    participations: int
    of_officials: int
    people: int
    officials: int


_COLUMNS = {"nhom": "content_group", "hinh_thuc": "form"}
_WORDS = {
    "nhom": dict(ContentGroup.choices),
    "hinh_thuc": dict(ClassForm.choices),
}


def lines_by(what: str, user: User, period: Period) -> list[Line]:
    """The breakdown by content group ("nhom"), form ("hinh_thuc"), year ("nam") or unit ("xa").
    Two queries, three by unit."""
    if what == "xa":
        return _by_unit(user, period)
    classes: Any = held_in(period)
    enrolments: Any = taken_part(user, period)
    if what == "nam":
        classes = classes.annotate(key=ExtractYear("begins_on"))
        enrolments = enrolments.annotate(key=_year_of(period))
    else:
        classes = classes.annotate(key=F(_COLUMNS[what]))
        enrolments = enrolments.annotate(key=F(f"training_class__{_COLUMNS[what]}"))
    counted = dict(classes.order_by().values_list("key").annotate(number=Count("pk")))
    rows = {row["key"]: row for row in enrolments.order_by().values("key").annotate(**NUMBERS)}
    words = _WORDS.get(what, {key: f"Năm {key}" for key in counted})
    keys = [key for key in words if key in counted or key in rows]
    if what == "nam":
        keys = sorted(keys, reverse=True)
    return [_line(key, words[key], counted.get(key, 0), rows.get(key)) for key in keys]


def _year_of(period: Period) -> Case:
    """The year in which the class began, by comparing days: SQLite takes a year out of a day three
    times slower."""
    years = range(min(period.first.year, period.last.year), period.last.year + 1)
    whens = [When(training_class__begins_on__year=year, then=Value(year)) for year in years]
    return Case(*whens, output_field=IntegerField())


def _line(key: Any, words: str, classes: int, row: Mapping[str, Any] | None) -> Line:
    if row is None:
        return Line(str(key), words, classes, 0, 0, 0, 0)
    people = row["officials"] + row["strangers"]
    return Line(
        str(key), words, classes, row["participations"], row["of_officials"], people,
        row["officials"],
    )  # fmt: skip


NO_UNIT = "khong"


def _by_unit(user: User, period: Period) -> list[Line]:
    """By the unit of the main post on the last day of the period; of an outside learner without a
    record, the unit that it named. Three queries, whatever the number of participations."""
    enrolments: Any = taken_part(user, period).order_by()
    rows = enrolments.values_list("person", "stranger", "outside_learner__commune")
    units = main_units_on(period.last)
    lots, of_officials, people, officials = (Counter[int | None]() for _ in range(4))
    seen: set[tuple[int | None, int | None]] = set()
    for person, stranger, commune, number in rows.annotate(number=Count("pk")):
        unit = units.get(person) if person else commune
        lots[unit] += number
        of_officials[unit] += number if person else 0
        if (person, stranger) not in seen:
            seen.add((person, stranger))
            people[unit] += 1
            officials[unit] += 1 if person else 0
    return [
        Line(str(key or NO_UNIT), words, None, lots[key], of_officials[key], people[key],
             officials[key])
        for key, words in _units_named(lots)
    ]  # fmt: skip


def main_units_on(day: date) -> dict[int, int]:
    """By key of the person, the unit of the main post held on `day`. One query."""
    found: dict[int, int] = {}
    held = Holding.objects.on(day).main_first().values_list("cadre", "commune")
    for person, unit in held:
        found.setdefault(person, unit)
    return found


def _units_named(keys: Iterable[int | None]) -> list[tuple[int | None, str]]:
    wanted = set(keys)
    units = Commune.objects.filter(pk__in=[key for key in wanted if key]).order_by(
        "kind", "sort_key"
    )
    named: list[tuple[int | None, str]] = list(units.values_list("pk", "name"))
    if None in wanted:
        named.append((None, "Không giữ chức vụ vào ngày cuối kỳ, hoặc không rõ đơn vị"))
    return named


def sessions_in(period: Period) -> QuerySet[HandsOnSession]:
    """Hands-on sessions of a period; they stand beside the classes."""
    return HandsOnSession.objects.filter(held_on__gte=period.first, held_on__lte=period.last)
