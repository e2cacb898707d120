"""Who lacks what, and which programme gives it: of many people in a fixed number of queries.

What is remembered of a day (cadres/record_version.py) are keys, codes and facts by key, and never
names: whoever shows them asks for the names through `visible_to`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import COMMUNE_ROLES, User
from cadres.models import Cadre, CommitteeMembership, Holding
from cadres.rulebook import Rulebook
from cadres.rules.standards import PersonVerdict
from cadres.verdicts import verdict_from
from daitu_portal.text import text_sort_key
from training.admission import Admission, applicants_from, course_of, with_admission_facts
from training.awaited import Awaited, awaited_of, waits_on
from training.models import Programme
from training.rules.admission import Applicant, Course, admit
from training.rules.gaps import Gap, State, backlog, cheapest, lack, standard_gaps

MOST_PEOPLE = 2500  # a page looks through so many people at most


@dataclass(frozen=True)
class Offer:
    """The programmes that can be chosen, as the rules read them, by key."""

    programmes: Mapping[int, Programme]
    courses: Mapping[int, Course]

    @classmethod
    def read(cls) -> "Offer":
        """One query."""
        found = (
            Programme.objects.offered().select_related("field").order_by("content_group", "name")
        )
        programmes = {each.pk: each for each in found}
        return cls(programmes, {key: course_of(each) for key, each in programmes.items()})


@dataclass(frozen=True)
class Serving:
    """Someone who serves on the day: where, as what, what is lacking; no name."""

    key: int
    unit: int
    unit_name: str
    posts: tuple[str, ...]  # in words, the main one first
    groups: frozenset[str]
    applicant: Applicant
    verdict: PersonVerdict
    gaps: tuple[Gap, ...]
    awaited: tuple[Awaited, ...] = ()  # passed, the certificate not confirmed yet


@dataclass(frozen=True)
class Row:
    """A gap of a person, and the programme that would fill it, with who may go there."""

    person: Serving
    gap: Gap
    programme: int | None
    admission: Admission

    @property
    def token(self) -> str:
        """What a form calls the row."""
        return f"{self.person.key}:{self.gap.code}"

    @property
    def awaited(self) -> str:
        """What was passed already that will fill the gap, in words; "" where nothing was."""
        return next((each.words for each in self.person.awaited if each.fills(self.gap)), "")

    @property
    def is_proposed(self) -> bool:
        """Whether the person may and should go: retirement is not near, no certificate waits."""
        admission = self.admission
        return admission.is_admitted and not admission.retires_soon and not self.awaited


@dataclass(frozen=True)
class Roster:
    """Those who serve on a day in the scope of somebody, by key in the order of their names."""

    people: Mapping[int, Serving]
    units: Mapping[int, str]
    is_too_wide: bool = False  # more serve than a page looks through: nobody is in it
    _rows: dict[Any, list[Row]] = field(default_factory=dict)

    def rows(self, offer: Offer, programme: int | None = None) -> list[Row]:
        """The gaps of everyone, or of those who lack what `programme` gives. No query."""
        if programme not in self._rows:
            made = _for_all(self, offer) if programme is None else _for_one(self, offer, programme)
            self._rows[programme] = made
        return self._rows[programme]

    def plain(self, keys: Collection[int]) -> list[Row]:
        """A row without a gap for each of `keys` that serves."""
        nothing = Gap(State.BACKLOG)
        found = (self.people[key] for key in keys if key in self.people)
        return [Row(each, nothing, None, Admission()) for each in found]


def _for_all(roster: Roster, offer: Offer) -> list[Row]:
    rows = []
    for person in roster.people.values():
        for gap in _with_backlog(person, offer.courses):
            key = cheapest(offer.courses, gap, person.applicant.facts)
            rows.append(Row(person, gap, key, _admission(offer.courses.get(key or 0), person)))
    return rows


def _with_backlog(person: Serving, courses: Mapping[int, Course]) -> list[Gap]:
    behind = backlog(courses, person.applicant)
    if behind is None:
        return list(person.gaps)
    same = [gap for gap in person.gaps if gap.strand == behind.strand]
    if any((gap.rank or 0) >= (behind.rank or 0) for gap in same):
        return list(person.gaps)
    return [*(gap for gap in person.gaps if gap not in same), behind]


def _for_one(roster: Roster, offer: Offer, programme: int) -> list[Row]:
    course = offer.courses[programme]
    rows = []
    for person in roster.people.values():
        gap = lack(course, person.gaps, person.applicant.facts)
        if gap is not None:
            rows.append(Row(person, gap, programme, _admission(course, person)))
    return rows


def _admission(course: Course | None, person: Serving) -> Admission:
    return Admission.of(admit(course, person.applicant)) if course else Admission()


def admission_to(offer: Offer, programme: int, person: Serving) -> Admission:
    """Whether `programme` may take `person`. No query."""
    return _admission(offer.courses[programme], person)


def roster_of(
    user: User, day: date, book: Rulebook, unit: int | None = None
) -> tuple[Roster, dict[int, Cadre]]:
    """Those who serve on `day` and whom `user` may see, of one `unit` where it is given; and their
    rows where they were read just now. Five queries, six where certificates wait; none where `book`
    remembers them."""
    scope = user.commune_id if user.role in COMMUNE_ROLES else None
    fresh: dict[int, Cadre] = {}

    def read() -> Roster:
        found = _read(user, day, book, unit)
        fresh.update(found[1])
        return found[0]

    roster: Roster = book.remembered(("needs roster", day, scope, unit), read)
    return roster, fresh


def _read(
    user: User, day: date, book: Rulebook, unit: int | None
) -> tuple[Roster, dict[int, Cadre]]:
    people = list(_serving(user, day, unit)[: MOST_PEOPLE + 1])
    if len(people) > MOST_PEOPLE:
        return Roster({}, {}, is_too_wide=True), {}
    applicants = applicants_from(people, day, book) if people else {}
    awaited = awaited_of([each.pk for each in people if each.awaits], day)
    rules = book.rules_on(day)
    served, units = {}, {}
    for person in people:
        home, name = _home(person, day)
        if unit not in (None, home):
            continue
        verdict = verdict_from(person, day, rules)
        posts = person.posts_on(day)
        served[person.pk] = Serving(
            key=person.pk,
            unit=home,
            unit_name=name,
            posts=tuple(each.post.short_name for each in posts) or _seat_words(person),
            groups=frozenset(each.post.group for each in posts),
            applicant=applicants[person.pk],
            verdict=verdict,
            gaps=tuple(standard_gaps(verdict)),
            awaited=awaited.get(person.pk, ()),
        )
        units[home] = name
    in_order = dict(sorted(units.items(), key=lambda pair: text_sort_key(pair[1])))
    return Roster(served, in_order), {person.pk: person for person in people}


def _serving(user: User, day: date, unit: int | None) -> Any:
    people = Cadre.objects.visible_to(user)
    if unit is None:
        people = people.serving(day)
    else:
        here = Q()
        for model in (Holding, CommitteeMembership):
            rows: Any = model.objects
            here |= Q(Exists(rows.on(day).filter(commune=unit, cadre=OuterRef("pk"))))
        people = people.filter(here)
    people = people.annotate(awaits=waits_on(day))
    return with_admission_facts(people, day).order_by("name_sort_key", "pk")


def _home(person: Any, day: date) -> tuple[int, str]:
    """Where someone serves: the unit of the main post, else that of the seat."""
    for each in person.posts_on(day):
        return each.commune_id, each.commune.name
    return person.seat["commune_id"], person.seat["commune"]


def _seat_words(person: Any) -> tuple[str, ...]:
    return (CommitteeMembership.Role(person.seat["role"]).label,)


@dataclass(frozen=True)
class Sum:
    """How many people lack a level or content, and how many of them may and should be sent."""

    gap: Gap
    lacking: int
    proposed: int


class Sums:
    """The sums over rows, by what is lacking, the most first."""

    def __init__(self, rows: Collection[Row]) -> None:
        self.rows = rows

    @cached_property
    def found(self) -> list[Sum]:
        by_code: dict[str, list[Row]] = {}
        for row in self.rows:
            by_code.setdefault(row.gap.code, []).append(row)
        sums = [self._sum(rows) for rows in by_code.values()]
        return sorted(sums, key=lambda each: (-each.lacking, each.gap.code))

    def _sum(self, rows: list[Row]) -> Sum:
        people = {row.person.key for row in rows}
        proposed = {row.person.key for row in rows if row.is_proposed}
        return Sum(rows[0].gap, len(people), len(proposed))
