"""A person's training on a day: classes and studies, what is needed, competences. A part a page, so
that none asks more than a page may."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from training.competences import competences_of
from training.hours import Hours, Limits, limits_on
from training.models import Candidate, Credit, Enrolment, Need, Programme, Study, TrainingClass

CLASSES, NEEDS, COMPETENCES = "lop", "nhu-cau", "nang-luc"
PARTS = {
    CLASSES: "Lớp và cử đi học",
    NEEDS: "Nhu cầu và nguồn",
    COMPETENCES: "Năng lực theo chức danh",
}


@dataclass(frozen=True)
class Taken:
    """A participation as it was known on a day, and the credit that its certificate proposed."""

    enrolment: Enrolment
    result: str
    certificate: str
    credit: Credit | None

    @property
    def words(self) -> str:
        return Enrolment.Result(self.result).label

    @property
    def is_long(self) -> bool:
        programme = self.enrolment.training_class.programme
        return programme is not None and programme.kind == Programme.Kind.TRAINING


def taken_by(cadre_id: int, day: date, user: User) -> list[Taken]:
    """Participations of a person in classes begun by `day`, those as a linked outside learner too,
    the latest first. The caller has found the person in the scope of `user`. One query."""
    stands = Credit.objects.in_state(Credit.State.CONFIRMED).filter(enrolment=OuterRef("pk"))
    found: Any = Enrolment.objects.of_people([cadre_id])
    found = found.filter(training_class__begins_on__lte=day).annotate(stands=Exists(stands))
    if not user.is_district_hr:
        found = found.exclude(training_class__state=TrainingClass.State.DRAFT)
    loaded = found.select_related(
        "training_class__provider", "training_class__programme", "credit"
    ).order_by("-training_class__begins_on", "pk")
    return [_known(each, day) for each in loaded]


def _known(enrolment: Any, day: date) -> Taken:
    is_known = (enrolment.result_on or enrolment.training_class.ends_on) <= day
    paper_on, credit = enrolment.certificate_on, getattr(enrolment, "credit", None)
    if credit:
        credit.stands = enrolment.stands
    return Taken(
        enrolment,
        enrolment.result if is_known else Enrolment.Result.STUDYING,
        enrolment.certificate_number if is_known and (not paper_on or paper_on <= day) else "",
        credit if credit and is_known and credit.awarded_on <= day else None,
    )


def hours_this_year(cadre_id: int, taken: list[Taken], day: date) -> Hours:
    """What of `taken` was passed in the year of `day`, by `day`. No query."""
    passed = [
        each
        for each in taken
        if each.result == Enrolment.Result.PASSED
        and date(day.year, 1, 1) <= each.enrolment.training_class.ends_on <= day
    ]
    worth = [(each.enrolment.training_class.hours, each.is_long) for each in passed]
    return Hours(
        cadre_id,
        sum(hours or 0 for hours, is_long in worth if not is_long),
        sum(hours or 0 for hours, is_long in worth if is_long),
        len(worth),
        sum(hours is None for hours, _ in worth),
    )


def studies_of(cadre_id: int, day: date, user: User) -> QuerySet[Study]:
    """The studies of a person known by `day`, with where they stood. One query."""
    mine = Study.objects.filter(cadre=cadre_id).known_by(day).with_stage(day)
    return mine.order_by("-begins_on", "pk")


def part_of(part: str, cadre_id: int, day: date, user: User, book: Any) -> dict[str, Any]:
    """What a part of the tab prints, in two queries, three where the settings are not remembered:
    `book` (Rulebook) remembers. The caller has found the person in the scope of `user`."""
    if part == NEEDS:
        needs = Need.objects.standing().filter(cadre=cadre_id)
        return {
            "needs": needs.select_related("programme", "commune").order_by("-year", "pk"),
            "candidacies": Candidate.objects.filter(cadre=cadre_id, introduced_on__lte=day)
            .select_related("commune").order_by("introduced_on", "pk"),
        }  # fmt: skip
    if part == COMPETENCES:
        return {"competences": competences_of(cadre_id, day)}
    taken = taken_by(cadre_id, day, user)
    limits: Limits = limits_on(day, book)
    hours = hours_this_year(cadre_id, taken, day)
    return {
        "taken": taken,
        "studies": studies_of(cadre_id, day, user),
        "hours": hours,
        "limits": limits,
        "is_below": limits.is_below(hours),
        "is_above": limits.is_above(hours),
    }
