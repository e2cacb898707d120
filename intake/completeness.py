"""How full and how sound the records of many people are, in a fixed number of queries.

What is remembered of a commune (cadres/record_version.py) are keys and codes, which name nobody;
whoever shows them asks for the names through `visible_to`.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import COMMUNE_ROLES, User
from cadres.legal_tables import retirement_ages
from cadres.models import (
    Cadre,
    CommitteeMembership,
    FamilyMember,
    Holding,
    Qualification,
    Rating,
    SalaryStep,
    Status,
    WorkPeriod,
)
from cadres.record_version import Memory
from cadres.rules.ratings import rated_year
from daitu_portal.ratio import Ratio
from intake.rules.completeness import Exam, Moment, Severity
from intake.rules.examination import CHECKS, examine
from intake.rules.record_facts import (
    DegreeLine,
    Facts,
    Group,
    PostLine,
    RelativeLine,
    kinds_on,
)

_OF_PERSON = (
    "sex", "born_on", "national_id", "phone", "ethnicity", "religion", "birthplace", "home_town",
    "residence", "recruited_on", "recruited_by", "party_joined_on", "party_official_on",
)  # fmt: skip
_OF_PROFILE = (
    "national_id_issued_on", "insurance_number", "insured_from", "permanent_residence",
    "family_class", "prior_job", "agency_joined_on", "main_work", "health", "blood_type",
)  # fmt: skip
_PERIOD = ("valid_from", "valid_to", "commune__valid_from", "commune__valid_to")


@dataclass(frozen=True)
class Sum:
    """The records of some people taken together."""

    people: int = 0
    whole: int = 0  # people of whom nothing that is asked is missing
    required: Counter[Group] = field(default_factory=Counter)
    filled: Counter[Group] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)  # findings by code

    @property
    def ratio(self) -> Ratio:
        """What is there of all that is asked."""
        return Ratio(self.filled.total(), self.required.total())

    def ratio_of(self, group: Group) -> Ratio:
        return Ratio(self.filled[group], self.required[group])

    def number(self, severity: Severity) -> int:
        return sum(n for code, n in self.found.items() if CHECKS[code].severity == severity)

    @property
    def missing(self) -> int:
        return self.number(Severity.MISSING)

    @property
    def doubtful(self) -> int:
        return self.number(Severity.DOUBTFUL)


def add_up(exams: Iterable[Exam]) -> Sum:
    """The sum of `exams`, one of a person each."""
    people, whole = 0, 0
    required: Counter[Group] = Counter()
    filled: Counter[Group] = Counter()
    found: Counter[str] = Counter()
    for exam in exams:
        people += 1
        whole += exam.required == exam.filled
        required.update(exam.required)
        filled.update(exam.filled)
        found.update(each.code for each in exam.findings)
    return Sum(people, whole, required, filled, found)


@dataclass(frozen=True)
class UnitExams:
    """What was found of those who serve in a unit on a day, by key of the person, and its sum."""

    exams: Mapping[int, Exam]
    sum: Sum

    @classmethod
    def of(cls, exams: Mapping[int, Exam]) -> "UnitExams":
        return cls(exams, add_up(exams.values()))


def moment_of(day: date, today: date) -> Moment:
    """The moment at which records are looked at: what is after `day` and after `today` is still
    to come."""
    return Moment(day, max(day, today), retirement_ages())


def of_units(
    units: Collection[int], moment: Moment, user: User | None = None, memory: Any = None
) -> dict[int, UnitExams]:
    """By key of the unit, what was found of those who serve there on the day and whom `user` may
    see; None: whatever the scope. Someone serves where the main post is, else where the seat is,
    so nobody is counted twice.

    Six queries however many people, none where `memory` (of this version, or a book of it)
    remembers all units.
    """
    memory = memory or Memory.now()
    asked = [unit for unit in units if not memory.knows(_name(unit, moment, user))]
    found = _examined(asked, moment, user) if asked else {}
    return {unit: _kept(memory, unit, moment, user, found) for unit in units}


def is_remembered(memory: Any, unit: int, moment: Moment, user: User) -> bool:
    """Whether `memory` (or a book of it) remembers what `of_units` gives for `unit`."""
    return bool(memory.knows(_name(unit, moment, user)))


def _name(unit: int, moment: Moment, user: User | None) -> tuple[Any, ...]:
    """All accounts of a commune see the same people of a unit, and so does the district."""
    scope = user.commune_id if user and user.role in COMMUNE_ROLES else None
    return "completeness", unit, moment.day, moment.today, scope


def _kept(
    memory: Any, unit: int, moment: Moment, user: User | None, found: Mapping[int, UnitExams]
) -> UnitExams:
    kept: UnitExams = memory.remembered(_name(unit, moment, user), lambda: found[unit])
    return kept


def _examined(units: Collection[int], moment: Moment, user: User | None) -> dict[int, UnitExams]:
    by_unit: dict[int, dict[int, Exam]] = {unit: {} for unit in units}
    for facts in facts_of(_serving_in(units, moment.day, user), moment.day):
        home = _home(facts, moment.day)
        if home in by_unit:
            by_unit[home][facts.key] = examine(facts, moment)
    return {unit: UnitExams.of(exams) for unit, exams in by_unit.items()}


def of_person(person: Cadre, moment: Moment) -> Exam:
    """What was found of one person; nothing where no record is kept. Five queries."""
    facts = next(iter(facts_of(Cadre.objects.filter(pk=person.pk), moment.day)), None)
    return examine(facts, moment) if facts else Exam()


def serving_in(units: Collection[int], day: date) -> dict[int, list[int]]:
    """By key of each unit, the keys of those who serve there on `day`. Three queries."""
    keys = list(_serving_in(units, day).values_list("pk", flat=True))
    posts, seats = _posts(keys), _seats(keys)
    found: dict[int, list[int]] = {unit: [] for unit in units}
    for key in keys:
        home = _home(Facts(key, {}, tuple(posts[key]), tuple(seats[key])), day)
        if home in found:
            found[home].append(key)
    return found


def _serving_in(units: Collection[int], day: date, user: User | None = None) -> QuerySet[Cadre]:
    here: Q = Q()
    for model in (Holding, CommitteeMembership):
        rows: Any = model.objects
        here |= Q(Exists(rows.on(day).filter(commune__in=units, cadre=OuterRef("pk"))))
    people = Cadre.objects.visible_to(user) if user else Cadre.objects.filter(is_kept=True)
    return people.filter(here)


def _home(facts: Facts, day: date) -> int | None:
    held = [each for each in (*facts.posts, *facts.seats) if each.is_in_force(day)]
    return held[0].unit if held else None


def facts_of(people: QuerySet[Cadre], day: date) -> list[Facts]:
    """What is on record of `people` as of `day`. Five queries however many."""
    rows = list(_own(people, day))
    keys = [row["pk"] for row in rows]
    posts, seats, degrees, family = _posts(keys), _seats(keys), _degrees(keys), _family(keys)
    return [
        Facts(
            key=row["pk"],
            own=row,
            posts=tuple(posts[row["pk"]]),
            seats=tuple(seats[row["pk"]]),
            degrees=tuple(degrees[row["pk"]]),
            family=tuple(family[row["pk"]]),
            is_rated=row["is_rated"],
            has_pay=row["has_pay"],
            has_work=row["has_work"],
            has_left=row["has_left"],
            rated_year=rated_year(day),
            kinds=kinds_on(posts[row["pk"]], seats[row["pk"]], day),
        )
        for row in rows
    ]


def _own(people: QuerySet[Cadre], day: date) -> Iterable[dict[str, Any]]:
    mine = {"cadre": OuterRef("pk")}
    left = Status.objects.on(day).filter(kind__in=Status.LEFT, **mine)
    return people.order_by("pk").values(
        "pk",
        *_OF_PERSON,
        **{name: F(f"profile__{name}") for name in _OF_PROFILE},
        is_rated=Exists(Rating.objects.filter(year=rated_year(day), **mine)),
        has_pay=Exists(SalaryStep.objects.on(day).filter(**mine)),
        has_work=Exists(WorkPeriod.objects.filter(**mine)),
        has_left=Exists(left),
    )


def _grouped(rows: Iterable[tuple[Any, ...]], made: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(made(row[1:]))
    return found


def _posts(keys: Collection[int]) -> dict[int, list[PostLine]]:
    """The main posts first, then by rank of the post."""
    rows = Holding.objects.filter(cadre__in=keys).main_first()
    told = rows.values_list(
        "cadre", "pk", "post__category", "post", "commune", "is_main", *_PERIOD, "decision_number"
    )
    return _grouped(told, PostLine._make)


def _seats(keys: Collection[int]) -> dict[int, list[PostLine]]:
    rows = CommitteeMembership.objects.filter(cadre__in=keys).order_by("valid_from", "pk")
    told = rows.values_list("cadre", "pk", "commune", *_PERIOD)

    def made(row: tuple[Any, ...]) -> PostLine:
        return PostLine._make([row[0], "", 0, row[1], False, *row[2:], ""])

    return _grouped(told, made)


def _degrees(keys: Collection[int]) -> dict[int, list[DegreeLine]]:
    rows = Qualification.objects.filter(cadre__in=keys).order_by("pk")
    told = rows.values_list(
        "cadre", "pk", "strand", "rank", "awarded_on", "evidence", "evidence_number", "major"
    )
    return _grouped(told, DegreeLine._make)


def _family(keys: Collection[int]) -> dict[int, list[RelativeLine]]:
    rows = FamilyMember.objects.filter(cadre__in=keys).order_by("pk")
    return _grouped(
        rows.values_list("cadre", "pk", "relation", "full_name", "born_on"), RelativeLine._make
    )
