"""Who of the people serving on a day retires when, by age or by a decision. Set-based."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from cadres.legal_tables import retirement_ages
from cadres.models import CommitteeMembership, Holding, Status
from cadres.models.cadre import CadreQuerySet
from cadres.models.post import LegalCategory
from cadres.rules.retirement import Retirement, last_birth_month, retirement
from daitu_portal.dates import PartialDate, add_months

# Whom Luật CBCC 2008, art. 60, speaks of when it asks for a notice and a decision.
_TOLD = {LegalCategory.CADRE, LegalCategory.CIVIL_SERVANT}
_PLAIN_SEATS = {CommitteeMembership.Role.STANDING, CommitteeMembership.Role.MEMBER}


class Place(NamedTuple):
    """A post held on the day, or a seat, which has no post. `short` is how lists tell it; that of
    a secretary's seat is empty, since the post says it."""

    words: str
    commune_id: int
    commune: str
    post_id: int | None = None
    group: str = ""
    category: str = ""
    short: str = ""


class Decided(NamedTuple):
    """A retirement that a decision has set: the first day retired, the scheme, its number."""

    begins: date
    scheme: str
    number: str

    @property
    def last_day(self) -> date:
        return self.begins - timedelta(days=1)

    @property
    def scheme_words(self) -> str:
        return Status.Scheme(self.scheme).label if self.scheme else ""


@dataclass(frozen=True)
class Leaver:
    """Someone serving, with what the age says and what was decided."""

    key: int
    name: str
    sex: str
    born: PartialDate | None
    by_age: Retirement | None
    decided: Decided | None
    places: Sequence[Place]  # the main post first, then other posts, then the seat

    @property
    def last_day(self) -> date | None:
        """The last day at work: as decided, else by age; None where neither is known."""
        if self.decided:
            return self.decided.last_day
        return self.by_age.last_day if self.by_age else None

    @property
    def pension_on(self) -> date | None:
        return self.last_day + timedelta(days=1) if self.last_day else None

    @property
    def words(self) -> str:
        """What the person holds, as short as lists tell it."""
        told = [place.short for place in self.places if place.short]
        return ", ".join(told or [place.words for place in self.places])

    @property
    def is_told(self) -> bool:
        """Whether notice and decision are owed: of cadres and civil servants, not yet decided."""
        return not self.decided and any(place.category in _TOLD for place in self.places)

    @property
    def why_not_told(self) -> str:
        """Why neither notice nor decision is owed any more, in words; "" where they are."""
        if self.is_told:
            return ""
        return "đã có quyết định" if self.decided else "không nêu hạn"

    @property
    def notice_on(self) -> date | None:
        return self.by_age.notice_on if self.by_age and self.is_told else None

    @property
    def decision_on(self) -> date | None:
        return self.by_age.decision_on if self.by_age and self.is_told else None


@dataclass(frozen=True)
class Leaving:
    """Those serving on `day` who retire by `until`, the earliest first, and whom to look at."""

    day: date
    until: date
    leavers: list[Leaver] = field(default_factory=list)  # whose last day is `day` or later
    overdue: list[Leaver] = field(default_factory=list)  # who passed it and still serve
    unknown: list[Leaver] = field(default_factory=list)  # without a birth date

    def within(self, months: int) -> list[Leaver]:
        """Those whose last day lies at most so many months ahead."""
        end = add_months(self.day, months)
        return [each for each in self.leavers if each.last_day and each.last_day <= end]


@lru_cache(maxsize=16_384)  # a whole country has no more days of birth that matter
def retirement_of(sex: str, born: PartialDate) -> Retirement:
    """When someone of `sex` born on `born` retires by age, by the table of the portal."""
    return retirement(retirement_ages(), sex, born)


def leaving(people: CadreQuerySet, day: date, until: date) -> Leaving:
    """Who of `people` serves on `day` and retires by `until`. Two queries, however many.

    Officers of the regular police have ages of their own law and are left out.
    """
    chosen = _candidates(people, day, until)
    rows = chosen.with_seat(day).annotate(retires=_decision(day))
    rows = rows.order_by("name_sort_key", "pk")
    places, found = _posts(chosen, day), Leaving(day, until)
    for key, name, sex, born, seat, retires in rows.values_list(
        "pk", "full_name", "sex", "born_on", "seat", "retires"
    ):
        held = places.get(key, []) + _seats(seat)
        if any(place.category == LegalCategory.POLICE for place in held):
            continue
        by_age, decided = (retirement_of(sex, born) if born else None), _decided(retires)
        _sort_in(found, Leaver(key, name, sex, born, by_age, decided, held))
    found.leavers.sort(key=lambda each: each.last_day or date.max)  # stable: then by name
    found.overdue.sort(key=lambda each: each.last_day or date.max)
    return found


def _sort_in(found: Leaving, person: Leaver) -> None:
    last = person.last_day
    if last is None:
        found.unknown.append(person)
    elif last < found.day:
        found.overdue.append(person)
    elif last <= found.until:
        found.leavers.append(person)


def _retired(day: date) -> Any:
    """Decisions to retire that stand on `day` or begin later."""
    ends_later = Q(valid_to=None) | Q(valid_to__gt=day)
    return Status.objects.filter(ends_later, kind=Status.Kind.RETIRED)


def _candidates(people: CadreQuerySet, day: date, until: date) -> CadreQuerySet:
    """Those who may retire by `until`: born early enough, on an unknown day, or by decision.

    A bare year or month sorts before its first day, so a few more are found than go.
    """
    ages = retirement_ages()
    old = Q(born_on=None) | Q(Exists(_retired(day).filter(cadre=OuterRef("pk"))))
    for sex in ("M", "F"):
        first_to_stay = add_months(last_birth_month(ages, sex, until), 1)
        old |= Q(sex=sex, born_on__lt=first_to_stay)
    return people.serving(day).filter(old)


def _posts(people: CadreQuerySet, day: date) -> dict[int, list[Place]]:
    """The posts that each of `people` holds on `day`, the main one first. One query."""
    found: dict[int, list[Place]] = defaultdict(list)
    held = Holding.objects.on(day).filter(cadre__in=people.order_by().values("pk")).main_first()
    for key, *told in held.values_list(
        "cadre", "post__name", "commune", "commune__name", "post", "post__group",
        "post__category", "post__short_name",
    ):  # fmt: skip
        found[key].append(Place(*told))
    return found


def _seats(seat: dict[str, Any] | None) -> list[Place]:
    """The seat in a Party committee as `CadreQuerySet.with_seat` tells it."""
    if not seat:
        return []
    words = CommitteeMembership.Role(seat["role"]).label
    short = words if seat["role"] in _PLAIN_SEATS else ""
    return [Place(words, seat["commune_id"], seat["commune"], short=short)]


def _decision(day: date) -> Subquery:
    """The decision to retire of a person, the first to begin of those that stand."""
    rows = _retired(day).filter(cadre=OuterRef("pk")).order_by("valid_from")
    told = JSONObject(begins="valid_from", scheme="scheme", number="decision_number")
    return Subquery(rows.values_list(told)[:1])


def _decided(told: dict[str, Any] | None) -> Decided | None:
    if not told:
        return None
    return Decided(date.fromisoformat(told["begins"]), told["scheme"], told["number"])


def first_decided(ends: Iterable[tuple[Decided, date | None]], day: date) -> Decided | None:
    """Of decisions to retire, each with the day from which it stands no more (None: it stands),
    the first to begin of those that stand on `day` or later."""
    standing = [decided for decided, until in ends if until is None or until > day]
    return min(standing, default=None)
