"""Who may be sent to what: the rules of training/rules/admission.py asked of people on record."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from accounts.models import User
from cadres.field_groups import FieldGroup, sees
from cadres.models import Cadre, Discipline, Rating, Status
from cadres.models.cadre import CadreQuerySet
from cadres.models.post import LegalCategory
from cadres.people_records import load_records
from cadres.retirement import retirement_of
from cadres.rulebook import Rulebook
from cadres.rules.ratings import rated_year
from cadres.verdicts import facts_from
from daitu_portal.dates import PartialDate
from training.models import Programme
from training.rules.admission import (
    Applicant,
    Course,
    Disciplined,
    Finding,
    PostHeld,
    admission_to_level,
    admit,
)

WITHHELD = "chưa đủ điều kiện; lý do do Phòng Nội vụ giữ"


@dataclass(frozen=True)
class Admission:
    """Whether a person may be sent to a programme on a day. `why` says in plain words which rule
    stands against it. Among it may be discipline, which only the district's staff and the commune
    itself may read. To others one phrase stands for every reason: were the other reasons told, the
    phrase would mark the disciplined. `why_for`, `notes_for`, `retires_soon_for` mind that.

    `notes` is what is to be looked at and refuses nobody; `retires_soon`: not proposed.
    """

    is_admitted: bool = True
    why: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    retires_soon: bool = False
    open_notes: tuple[str, ...] = ()  # of `notes` what tells of no discipline

    @classmethod
    def of(cls, finding: Finding) -> "Admission":
        """What the rule found, with what may be told to whom."""
        why = finding.refusals + finding.sensitive
        return cls(
            is_admitted=not why,
            why=why,
            notes=finding.notes + finding.sensitive_notes,
            retires_soon=finding.retires_soon,
            open_notes=finding.notes,
        )

    def why_for(self, user: User) -> tuple[str, ...]:
        """What stands against it, as far as `user` may read it."""
        return self.why if self._is_told_to(user) else (WITHHELD,)

    def notes_for(self, user: User) -> tuple[str, ...]:
        """What is to be looked at, as far as `user` may read it."""
        if sees(user, FieldGroup.DISCIPLINE):
            return self.notes
        return self.open_notes if self.is_admitted else ()

    def retires_soon_for(self, user: User) -> bool:
        """`retires_soon`, unless it would tell `user` which of the reasons it was."""
        return self.retires_soon and self._is_told_to(user)

    def _is_told_to(self, user: User) -> bool:
        return self.is_admitted or sees(user, FieldGroup.DISCIPLINE)


def course_of(programme: Programme) -> Course:
    """What a programme awards and asks, as the rules read it. One query where it has a field that
    was not loaded."""
    return Course(
        admission=programme.admission,
        strand=programme.strand,
        rank=programme.rank,
        field=programme.field.code if programme.field else "",
        content=programme.content,
        days=programme.days,
        hours=programme.hours,
    )


def course_of_level(strand: str, rank: int | None, *, days: int) -> Course:
    """What the rules read where no programme is followed: the level, "" and None for none, the
    rule that the law ties to it, and how many days it takes."""
    return Course(
        admission=admission_to_level(strand, rank), strand=strand, rank=rank, days=max(days, 0)
    )


def admissions_of(
    programme: Programme, cadre_ids: Iterable[int], day: date
) -> dict[int, Admission]:
    """By key of each person, whether `programme` may take them on `day`. A fixed number of queries.

    Who may be trained: Quy định 57-QĐ/TW (LLCT), NĐ 101/2017 (other programmes); months after
    discipline: Luật CBCC art. 82 as amended (domain §§2, 5).
    """
    return admissions_to(course_of(programme), cadre_ids, day)


def admissions_to(course: Course, cadre_ids: Iterable[int], day: date) -> dict[int, Admission]:
    """The same of a course, which need follow no programme: what holds for every sending (months
    after discipline, retirement, a post on the day) is asked of each."""
    people = applicants_of(cadre_ids, day)
    return {key: Admission.of(admit(course, person)) for key, person in people.items()}


def applicants_of(
    cadre_ids: Iterable[int], day: date, book: Rulebook | None = None
) -> dict[int, Applicant]:
    """What the rules ask of each person as of `day`. Five queries, two more without `book`."""
    people = list(with_admission_facts(Cadre.objects.filter(pk__in=list(cadre_ids)), day))
    return applicants_from(people, day, book or Rulebook()) if people else {}


def with_admission_facts(people: CadreQuerySet, day: date) -> CadreQuerySet:
    """Annotate what the rules ask beside the record: `seat`, how the last two years were rated
    (`rated_last`, `rated_before`), and from when retirement is decided (`retires_from`)."""
    mine, last = {"cadre": OuterRef("pk")}, rated_year(day)
    standing = Q(valid_to=None) | Q(valid_to__gt=day)
    retired = Status.objects.filter(standing, kind=Status.Kind.RETIRED, **mine)

    def rated(year: int) -> Subquery:
        return Subquery(Rating.objects.filter(year=year, **mine).values("level")[:1])

    found: CadreQuerySet = people.with_seat(day).annotate(
        rated_last=rated(last),
        rated_before=rated(last - 1),
        retires_from=Subquery(retired.order_by("valid_from").values("valid_from")[:1]),
    )
    return found


def applicants_from(people: Collection[Any], day: date, book: Rulebook) -> dict[int, Applicant]:
    """The same of people read `with_admission_facts`; loads their records. Four queries."""
    load_records(people, day, book)
    disciplines = _disciplines([person.pk for person in people], day)
    return {
        person.pk: _applicant(person, day, tuple(disciplines.get(person.pk, ())))
        for person in people
    }


def _disciplines(keys: Collection[int], day: date) -> Mapping[int, list[Disciplined]]:
    found: dict[int, list[Disciplined]] = defaultdict(list)
    rows = Discipline.objects.filter(cadre__in=keys, effective_on__lte=day)
    told = rows.order_by("effective_on", "pk")
    for key, *each in told.values_list("cadre", "system", "form", "effective_on"):
        found[key].append(Disciplined._make(each))
    return found


def _applicant(person: Any, day: date, disciplines: tuple[Disciplined, ...]) -> Applicant:
    posts = tuple(
        PostHeld(each.post.code, each.post.category, each.post.group)
        for each in person.posts_on(day)
    )
    last = rated_year(day)
    ratings = {last: person.rated_last, last - 1: person.rated_before}
    return Applicant(
        facts=facts_from(person, day),
        posts=posts,
        has_served=bool(person.career),
        sits=person.seat is not None,
        party_joined=person.party_joined_on,
        ratings={year: level for year, level in ratings.items() if level is not None},
        disciplines=disciplines,
        leaves=_leaves(person, posts),
        is_decided=person.retires_from is not None,
    )


def _leaves(person: Any, posts: tuple[PostHeld, ...]) -> tuple[date, date] | None:
    """The first and the last day that may be the last at work. Officers of the regular police
    have ages of their own law."""
    if person.retires_from:
        last = person.retires_from - timedelta(days=1)
        return last, last
    born = person.born_on
    if born is None or any(post.category == LegalCategory.POLICE for post in posts):
        return None
    first = retirement_of(person.sex, PartialDate.of(born.earliest)).last_day
    return first, retirement_of(person.sex, PartialDate.of(born.latest)).last_day
