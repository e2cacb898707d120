"""Who would sit in two classes at the same hour, and who would be in two on the same days.

Only sittings (buổi học) say the hour: a class without them clashes with nothing, and what can be
told of it is that its days overlap. Withdrawn, transferred and absent people do not sit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from cadres.changes import locked_in_order
from training.models import ClassSession, Enrolment, OutsideLearner, TrainingClass
from training.person_keys import key_of, parted
from training.rules.meeting import Sitting, meeting

Result = Enrolment.Result


@dataclass(frozen=True)
class Clash:
    """A sitting of another class at an hour of this one, of one person."""

    key: str
    name: str
    training_class: str
    held_on: date
    begins_at: time
    ends_at: time

    @property
    def words(self) -> str:
        return (
            f"trùng giờ với lớp “{self.training_class}”, buổi {self.held_on:%d/%m/%Y} "
            f"{self.begins_at:%H:%M}–{self.ends_at:%H:%M}"
        )


def sitting_now(enrolments: Any) -> Any:
    """Those of `enrolments` that hold a seat: no hour of the others is taken."""
    return enrolments.took_part()


def lock_people(keys: Iterable[str]) -> None:
    """Lock people until the transaction ends, officials before outsiders, each in the order of
    their keys: two who send the same person to two classes come one after the other."""
    cadres, learners = parted(keys)
    locked_in_order(cadres)
    rows = OutsideLearner.objects.select_for_update().filter(pk__in=learners).order_by("pk")
    list(rows.values_list("pk"))


def clashes_of_people(training_class: TrainingClass, people: Iterable[str]) -> dict[str, Clash]:
    """By key of each person who sits elsewhere at an hour of `training_class`, the first such
    sitting. Two queries. Called inside the transaction that enrols, with the people locked."""
    sittings = list(training_class.sessions.all())
    return _clashes(training_class, _of_people(people), sittings)


def clashes_of_sessions(
    training_class: TrainingClass, sittings: Iterable[Sitting]
) -> dict[str, Clash]:
    """The same for those enrolled in `training_class`, if it had `sittings` (unsaved ones, too).

    Inside a transaction it locks them first: nobody sends them elsewhere until it ends. The caller
    has locked the class. Four queries.
    """
    enrolled = sitting_now(Enrolment.objects.filter(training_class=training_class))
    columns = ("cadre", "outside_learner__cadre", "outside_learner")
    keys = {key_of(*row) for row in enrolled.values_list(*columns)}
    lock_people(keys)
    return _clashes(training_class, _of_people(keys), list(sittings))


def mind_of_people(training_class: TrainingClass, people: Iterable[str]) -> dict[str, list[str]]:
    """By key of each person who is in another class, what to mind of it: that it is on days of
    `training_class`, where one of the two has no sittings, so that nobody can say whether the hours
    meet; that its programme is the same and is being studied. The first of each. One query."""
    elsewhere = _elsewhere(training_class, _of_people(people)).annotate(
        meets=_true_where(_may_meet(training_class)), repeats=_true_where(_repeats(training_class))
    )
    rows = elsewhere.filter(Q(meets=True) | Q(repeats=True)).order_by(
        "training_class__begins_on", "pk"
    )
    columns = (
        "cadre", "outside_learner__cadre", "outside_learner", "training_class__name",
        "training_class__begins_on", "training_class__ends_on", "meets", "repeats",
    )  # fmt: skip
    found: dict[str, dict[str, str]] = {}
    for *who, name, first, last, meets, repeats in rows.values_list(*columns):
        told = found.setdefault(key_of(*who), {})
        if meets:
            days = f"{first:%d/%m/%Y}–{last:%d/%m/%Y}"
            told.setdefault("meets", f"đang ở lớp “{name}” {days}, chưa có đủ giờ học để so")
        if repeats:
            told.setdefault("repeats", f"đang học lớp “{name}” cùng chương trình")
    return {key: list(told.values()) for key, told in found.items()}


def _may_meet(training_class: TrainingClass) -> Q:
    theirs = ClassSession.objects.filter(training_class=OuterRef("training_class"))
    mine = ClassSession.objects.filter(training_class=training_class.pk)
    same_days = Q(
        training_class__begins_on__lte=training_class.ends_on,
        training_class__ends_on__gte=training_class.begins_on,
    )
    return same_days & ~(Q(Exists(theirs)) & Q(Exists(mine)))


def _repeats(training_class: TrainingClass) -> Q:
    if training_class.programme_id is None:
        return Q(pk__in=[])
    same = Q(training_class__programme=training_class.programme_id)
    return same & Q(result__in=[Result.STUDYING, Result.EXTENDED])


def _true_where(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _of_people(keys: Iterable[str]) -> Q:
    """The condition that a participation is one of these people's."""
    cadres, learners = parted(keys)
    return (
        Q(cadre__in=cadres) | Q(outside_learner__cadre__in=cadres) | Q(outside_learner__in=learners)
    )


def _elsewhere(training_class: TrainingClass, people: Q) -> QuerySet[Enrolment]:
    others = Enrolment.objects.filter(people).exclude(training_class=training_class.pk)
    return sitting_now(others)


def _clashes(training_class: TrainingClass, people: Q, sittings: list[Any]) -> dict[str, Clash]:
    if not sittings:
        return {}
    days = {each.held_on for each in sittings}
    sat = "training_class__sessions__"
    rows = (
        _elsewhere(training_class, people)
        .filter(**{f"{sat}held_on__in": days})
        .order_by(f"{sat}held_on", f"{sat}begins_at", "pk")
        .values_list(
            "cadre",
            "outside_learner__cadre",
            "outside_learner",
            "cadre__full_name",
            "outside_learner__full_name",
            "training_class__name",
            f"{sat}held_on",
            f"{sat}begins_at",
            f"{sat}ends_at",
        )  # fmt: skip
    )
    found: dict[str, Clash] = {}
    for cadre, linked, learner, name, other_name, taught, held_on, begins_at, ends_at in rows:
        key = key_of(cadre, linked, learner)
        clash = Clash(key, name or other_name, taught, held_on, begins_at, ends_at)
        if key not in found and meeting(sittings, clash):
            found[key] = clash
    return found
