"""The whole record of people, loaded for print in a number of queries that does not depend on how
many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from cadres.models import (
    Affiliation,
    Allowance,
    Attachment,
    Award,
    Cadre,
    CommitteeMembership,
    Discipline,
    FamilyMember,
    Holding,
    Profile,
    Qualification,
    Rating,
    SalaryStep,
    ShortTraining,
    Status,
    WorkPeriod,
)
from cadres.printing.sight import hides_table, leave_blank

FAMILY, DISCIPLINE = "cadres.familymember", "cadres.discipline"
_SENSITIVE = (FAMILY, DISCIPLINE)


@dataclass(frozen=True)
class Dossier:
    """What is on record of a person by `day`, and may be seen: rows of after it are left out,
    and those of the `hidden` tables."""

    person: Cadre
    day: date
    hidden: frozenset[str]
    profile: Profile
    photo: Attachment | None
    holdings: list[Holding]
    seats: list[CommitteeMembership]
    qualifications: list[Qualification]
    trainings: list[ShortTraining]
    steps: list[SalaryStep]
    allowances: list[Allowance]
    awards: list[Award]
    disciplines: list[Discipline]
    statuses: list[Status]
    family: list[FamilyMember]
    work: list[WorkPeriod]
    affiliations: list[Affiliation]
    ratings: list[Rating]

    @property
    def managed_by(self) -> str | None:
        """Who manages the main post of the day, by the code of the level."""
        found: str | None = getattr(self.person, "managed_by", None)
        return found

    @property
    def posts(self) -> list[Holding]:
        """The posts held on the day, the main one first."""
        return [holding for holding in self.holdings if holding.is_in_force(self.day)]

    @property
    def seats_held(self) -> list[CommitteeMembership]:
        return [seat for seat in self.seats if seat.is_in_force(self.day)]


def dossiers(user: User, keys: Sequence[int], day: date) -> list[Dossier]:
    """The records by `day` of those of `keys` whom `user` may see, in the order of `keys`, without
    the fields and tables that `user` may not see.

    Sixteen queries, one or two more for a clerk or head.
    """
    found = Cadre.objects.visible_to(user).filter(pk__in=keys).with_managing_level(day)
    hidden = frozenset(table for table in _SENSITIVE if hides_table(user, table))
    rows = _rows(day, hidden)
    people = found.select_related("profile").prefetch_related(*rows).in_bulk()
    return [_dossier(people[key], day, user, hidden) for key in keys if key in people]


def _rows(day: date, hidden: frozenset[str]) -> list[Any]:
    by_start = {"valid_from__lte": day}
    posts = Holding.objects.with_post_and_commune().main_first().filter(**by_start)
    seats = CommitteeMembership.objects.select_related("commune", "term").filter(**by_start)
    disciplines = Discipline.objects.filter(effective_on__lte=day).order_by("effective_on", "pk")
    photos = Attachment.objects.kept().filter(kind=Attachment.Kind.PHOTO)
    return [
        Prefetch("holdings", posts),
        Prefetch("memberships", seats.order_by("valid_from", "pk")),
        Prefetch("qualifications", Qualification.objects.by(day)),
        Prefetch("short_trainings", ShortTraining.objects.order_by("completed_on", "pk")),
        Prefetch("salary_steps", SalaryStep.objects.filter(**by_start).order_by("valid_from")),
        Prefetch("allowances", Allowance.objects.filter(**by_start).order_by("valid_from", "pk")),
        Prefetch("awards", Award.objects.filter(year__lte=day.year).order_by("year", "pk")),
        Prefetch("disciplines", _unless(DISCIPLINE in hidden, disciplines)),
        Prefetch("statuses", Status.objects.filter(**by_start).order_by("valid_from", "pk")),
        Prefetch("family", _unless(FAMILY in hidden, FamilyMember.objects.all())),
        "work_periods",
        "affiliations",
        Prefetch("ratings", Rating.objects.by(day)),
        Prefetch("attachments", photos.order_by("-pk")),
    ]


def _unless(hidden: bool, rows: Any) -> Any:
    return rows.none() if hidden else rows


def _dossier(person: Any, day: date, user: User, hidden: frozenset[str]) -> Dossier:
    """`person` with everything loaded. No query."""
    profile = getattr(person, "profile", None) or Profile()
    for row in (person, profile):
        leave_blank(row, user)

    def by_day(rows: Any, field: str) -> list[Any]:
        return [row for row in rows.all() if _is_by(getattr(row, field), day)]

    return Dossier(
        person=person,
        day=day,
        hidden=hidden,
        profile=profile,
        photo=next(iter(person.attachments.all()), None),
        holdings=list(person.holdings.all()),
        seats=list(person.memberships.all()),
        qualifications=list(person.qualifications.all()),
        trainings=by_day(person.short_trainings, "completed_on"),
        steps=list(person.salary_steps.all()),
        allowances=list(person.allowances.all()),
        awards=list(person.awards.all()),
        disciplines=list(person.disciplines.all()),
        statuses=list(person.statuses.all()),
        family=list(person.family.all()),
        work=by_day(person.work_periods, "from_on"),
        affiliations=by_day(person.affiliations, "joined_on"),
        ratings=list(person.ratings.all()),
    )


def _is_by(when: Any, day: date) -> bool:
    return when is None or when.earliest <= day
