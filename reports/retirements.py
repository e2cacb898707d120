"""Who retires month by month, which posts fall vacant, and what becomes of the ratios.

The figures afterwards are those of the same day counted without the people who go: they leave
denominator and numerator, everybody else stays with the levels of today, and no successor is
assumed. So they say what is to be filled, not what will be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from cadres.filter_choices import COMMITTEE
from cadres.legal_tables import retirement_ages
from cadres.models import Cadre, Commune, Holding
from cadres.models.standard import Confidence
from cadres.retirement import Leaver, Leaving, Place, leaving
from daitu_portal.ratio import Change
from reports.forms.retirement import RetirementForm
from reports.queries import Figures

BY_MONTH, VACANT, RATIOS = "theo-thang", "cho-khuyet", "ty-le"
OVERDUE, UNKNOWN, BASIS = "qua-tuoi", "thieu-ngay-sinh", "can-cu"
_TABS = (
    (BY_MONTH, "Theo tháng"), (VACANT, "Chỗ khuyết"), (RATIOS, "Tỷ lệ sau khi nghỉ"),
    (OVERDUE, "Quá tuổi nghỉ hưu"), (UNKNOWN, "Thiếu ngày sinh"), (BASIS, "Căn cứ"),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what cannot be read counts as not asked."""

    day: date
    form: RetirementForm
    tab: str
    names_day: bool  # whether the address names the day

    @classmethod
    def of(cls, query: Mapping[str, Any], day: date, communes: Sequence[Commune]) -> "Asked":
        """Read `query` (request.GET); `communes` are those that may be chosen."""
        tab = query.get("muc", "")
        known = tab in dict(_TABS)
        form = RetirementForm(query, day, communes)
        return cls(day, form, tab if known else BY_MONTH, bool(query.get("ngay")))

    @property
    def commune_id(self) -> int | None:
        chosen: int | None = self.form.asked.get("xa")
        return chosen

    @property
    def window(self) -> tuple[date, date]:
        return self.form.window

    def url(self, **changes: Any) -> str:
        """The address with `changes`; None takes a parameter away."""
        query: dict[str, Any] = {"ngay": self.day} if self.names_day else {}
        query |= {"muc": self.tab, **self.form.asked, **changes}
        kept = {name: value for name, value in query.items() if value is not None}
        return f"{reverse('reports:retirements')}?{urlencode(kept)}"

    @property
    def plain_url(self) -> str:
        return self.url(**dict.fromkeys(self.form.asked))

    @property
    def chips(self) -> list[dict[str, str]]:
        return [
            {"label": label, "value": value, "url": self.url(**{name: None})}
            for name, label, value in self.form.told()
        ]

    def has(self, person: Leaver) -> bool:
        """Whether `person` is of the commune and group asked for."""
        commune, group = self.commune_id, self.form.asked.get("nhom")
        return any(
            (commune is None or place.commune_id == commune)
            and (not group or (place.group or COMMITTEE) == group)
            for place in person.places
        )


@dataclass(frozen=True)
class Found:
    """Everybody whom the page speaks of, as it was asked."""

    asked: Asked
    everyone: Leaving

    @cached_property
    def leavers(self) -> list[Leaver]:
        """Those who go within the days asked for, the earliest first."""
        first, last = self.asked.window
        return [
            each
            for each in self.everyone.leavers
            if each.last_day and first <= each.last_day <= last and self.asked.has(each)
        ]

    @cached_property
    def overdue(self) -> list[Leaver]:
        return [each for each in self.everyone.overdue if self.asked.has(each)]

    @cached_property
    def unknown(self) -> list[Leaver]:
        return [each for each in self.everyone.unknown if self.asked.has(each)]

    @property
    def listed(self) -> list[Leaver]:
        """Whom the tab lists by name."""
        by_tab = {OVERDUE: self.overdue, UNKNOWN: self.unknown}
        return by_tab.get(self.asked.tab, self.leavers)

    @property
    def years(self) -> list[tuple[int, int, str]]:
        """(year, how many go, address of that year)."""
        counted = Counter(each.last_day.year for each in self.leavers if each.last_day)
        return [(year, counted[year], self.asked.url(nam=year, muc=BY_MONTH))
                for year in sorted(counted)]  # fmt: skip

    @property
    def tabs(self) -> list[dict[str, Any]]:
        counts = {BY_MONTH: len(self.leavers), OVERDUE: len(self.overdue),
                  UNKNOWN: len(self.unknown)}  # fmt: skip
        return [
            {"key": key, "label": label, "url": self.asked.url(muc=key), "count": counts.get(key)}
            for key, label in _TABS
        ]


def retirements(user: User, asked: Asked) -> Found:
    """Who retires, within the scope of `user`. Two queries."""
    _, last = asked.window
    return Found(asked, leaving(Cadre.objects.visible_to(user), asked.day, last))


def by_month(told: Iterable[tuple[Leaver, str]]) -> list[tuple[date, list[tuple[Leaver, str]]]]:
    """Leavers, the earliest first, each with the notes about them, by their last month."""
    known = ((each.last_day, (each, notes)) for each, notes in told if each.last_day)
    return [
        (month, [pair for _, pair in group])
        for month, group in groupby(known, lambda dated: dated[0].replace(day=1))
    ]


@dataclass(frozen=True)
class VacantPost:
    """A post of a commune: who leaves it, of how many who hold it today."""

    name: str
    leavers: Sequence[Leaver]
    holders: int

    @property
    def is_left_empty(self) -> bool:
        return len(self.leavers) >= self.holders


@dataclass(frozen=True)
class Vacancies:
    """The posts and seats of one commune that people retire from."""

    commune_id: int
    commune: str
    people: int
    posts: Sequence[VacantPost]
    seats: int


@dataclass
class _Left:
    """What is left in a commune, while it is gathered."""

    name: str
    people: set[int] = field(default_factory=set)
    posts: dict[int, list[tuple[Place, Leaver]]] = field(default_factory=lambda: defaultdict(list))
    seats: int = 0


def vacancies(user: User, leavers: Iterable[Leaver], day: date) -> list[Vacancies]:
    """What falls vacant by commune, most people first. One query for who holds the posts."""
    left: dict[int, _Left] = {}
    for person in leavers:
        for place in person.places:
            here = left.setdefault(place.commune_id, _Left(place.commune))
            here.people.add(person.key)
            if place.post_id:
                here.posts[place.post_id].append((place, person))
            else:
                here.seats += 1
    holders = _holders(user, left, day)
    found = [
        Vacancies(key, here.name, len(here.people), _vacant(key, here, holders), here.seats)
        for key, here in left.items()
    ]
    return sorted(found, key=lambda each: (-each.people, each.commune))


def _holders(user: User, communes: Iterable[int], day: date) -> dict[tuple[int, int], int]:
    """How many hold each post of `communes` on `day`, by commune and post."""
    held = Holding.objects.visible_to(user).on(day).filter(commune__in=list(communes))
    counted = held.order_by().values("commune", "post").annotate(number=Count("pk"))
    return {(row["commune"], row["post"]): row["number"] for row in counted}


def _vacant(key: int, here: _Left, holders: Mapping[tuple[int, int], int]) -> list[VacantPost]:
    return [
        VacantPost(rows[0][0].words, [person for _, person in rows], holders[key, post])
        for post, rows in here.posts.items()
    ]


def changes_of_ratios(
    figures: Figures, day: date, leavers: Iterable[Leaver]
) -> list[tuple[Any, Change]]:
    """(indicator, change) of each headline ratio of the scope of `figures`: today, and once the
    people `leavers` are gone. Two statements."""
    headline = [each for each in figures.on(day) if each.is_headline]
    codes = [each.code for each in headline]
    now = figures.matrix(day, codes=codes)
    then = figures.matrix_without(day, {each.key for each in leavers}, codes=codes)
    return [(each, Change(then.ratio(each.code), now.ratio(each.code))) for each in headline]


def basis() -> list[tuple[Any, str]]:
    """Each row of the table of ages with how sure we are of it, in words."""
    return [(row, Confidence(row.confidence).label) for row in retirement_ages()]


def notes_of(person: Leaver) -> str:
    """What is to be minded with the dates of someone, in one line; "" where nothing."""
    notes = []
    if person.decided:
        number = f" {person.decided.number}" if person.decided.number else ""
        scheme = f": {person.decided.scheme_words}" if person.decided.scheme else ""
        notes.append(f"đã có quyết định nghỉ hưu{number}{scheme}")
    if person.by_age and person.by_age.is_of_year_alone and not person.decided:
        notes.append(f"chỉ có năm sinh, tính là 01/01/{person.by_age.born.year}")
    if person.by_age and person.by_age.row.born and not person.decided:
        notes.append(f"{person.by_age.row.source}; {_confidence(person.by_age.row.confidence)}")
    return "; ".join(notes)


def _confidence(tag: str) -> str:
    return Confidence(tag).label
