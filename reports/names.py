"""The people behind a figure: who is in the numerator, who is not, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from cadres.models import Cadre, Rating
from cadres.models.holding import cadres_last_in
from cadres.people_records import load_records
from cadres.rulebook import Rulebook
from cadres.rules.ratings import rated_year
from cadres.rules.standards import MEETING, PersonVerdict, PostVerdict, Verdict
from cadres.standards_sql import IN, OUT, UNKNOWN
from cadres.verdict_sql import VERDICT_AT
from cadres.verdicts import facts_from, verdict_by
from daitu_portal.addresses import address
from daitu_portal.ratio import Ratio
from reports import names_sql
from reports.figure_sql import Counted
from reports.models import Indicator
from reports.names_sql import Asked, Found
from reports.queries import counted_on, is_unruled, ratio_of
from reports.rules import reasons
from reports.rules.reasons import Reason
from reports.scope import Scope

NOT_IN = (OUT, UNKNOWN)
EVERY_STATE = (IN, UNKNOWN, OUT)
_MOST_REMEMBERED = 1000


class Name(NamedTuple):
    """One unit that a figure counts: a post held, a seat, or a person by the first row of theirs.

    `verdict` is that of the post where posts are counted, else the person's; None where not asked.
    """

    row: Found
    state: int
    verdict: Verdict | None


@dataclass(frozen=True)
class Names:
    """Everyone behind a figure on a day, in the order of their names."""

    indicator: Indicator
    day: date
    counted: Counted
    is_unruled: bool
    everyone: Sequence[Name]
    earlier: Ratio | None = None

    @cached_property
    def count(self) -> Counter[int]:
        """How many there are in each state."""
        return Counter(name.state for name in self.everyone)

    @property
    def is_of_ratings(self) -> bool:
        return "rating" in self.counted.predicate

    @cached_property
    def ratio(self) -> Ratio:
        """The figure itself; those not rated stand outside the denominator."""
        whole = self.count.total() - (self.count[UNKNOWN] if self.is_of_ratings else 0)
        numbers = (self.count[IN], whole, self.count[UNKNOWN])
        return ratio_of(numbers, is_unruled=self.is_unruled)

    def within(self, states: Iterable[int], verdict: Verdict | None = None) -> list[Name]:
        """Those in one of `states`; only those with `verdict`, if given."""
        wanted = set(states)
        return [
            name
            for name in self.everyone
            if name.state in wanted and (verdict is None or name.verdict == verdict)
        ]


def names_of(
    indicator: Indicator,
    line: set[int] | None,
    day: date,
    book: Rulebook,
    *,
    commune_id: int | None = None,
    other_unit: bool = False,
    judged: Iterable[int] = EVERY_STATE,
    earlier: date | None = None,
    then: Scope | None = None,
) -> Names:
    """Who is behind the figure of `indicator` on `day` in the communes `line` (None: all).

    `line` is that of the user, from `line_of`; `commune_id` narrows it to one commune. Verdicts are
    asked only of those in the states `judged`; `earlier` adds the figure of that day, of the rows
    of `then` (None: of the same communes). One query.

    Rows are chosen by commune, not by person: someone who moved away since stays a name in the
    commune's own past figures.
    """
    counted = counted_on(indicator, day, book, other_unit=other_unit)
    if commune_id is not None:
        line = {commune_id} if line is None or commune_id in line else set()
    lines = None if line is None else frozenset(line)
    if then and then.why_none:
        earlier = None
    line_then = then.line if then else lines
    asked = Asked(counted, day, lines, tuple(judged), earlier, line_then)
    # Keys of rows and people, no names; too many of a whole country to keep.
    key = ("names", indicator.pk, other_unit, day, lines, asked.judged, earlier, line_then)
    rows, numbers = book.remembered(key, lambda: names_sql.run(asked, book), keeps=_is_small)
    before = None
    if earlier and numbers:
        before = ratio_of(numbers, is_unruled=is_unruled(indicator, earlier, book))
    unruled = is_unruled(indicator, day, book)
    return Names(indicator, day, counted, unruled, _units(rows, counted), before)


def _is_small(found: tuple[Sequence[Found], object]) -> bool:
    return len(found[0]) <= _MOST_REMEMBERED


def _units(rows: Sequence[Found], counted: Counted) -> list[Name]:
    """What is counted: each row, or each person once, by the first of their rows."""
    by_person = counted.by_person
    if by_person:
        first: dict[int, Found] = {}
        for row in rows:
            first.setdefault(row.cadre_id, row)
        rows = list(first.values())
    is_of_person = by_person or counted.posts is None
    places = [row.person_place if is_of_person else row.place for row in rows]
    verdicts = [None if place is None else VERDICT_AT[place] for place in places]
    if "verdict" in counted.predicate:
        return [Name(row, _state(said), said) for row, said in zip(rows, verdicts, strict=True)]
    return [Name(row, row.state, said) for row, said in zip(rows, verdicts, strict=True)]


def _state(verdict: Verdict | None) -> int:
    if verdict == Verdict.MISSING:
        return UNKNOWN
    return IN if verdict in MEETING else OUT


@dataclass(frozen=True)
class Line:
    """A name as a page or workbook prints it; `url` is "" where the person is out of scope now."""

    name: Name
    person: Cadre
    url: str
    posts: str
    commune: str
    reason: Reason
    verdict: PersonVerdict | PostVerdict

    @property
    def state(self) -> int:
        return self.name.state


class LineWriter:
    """Makes the lines of some names of a figure: four queries for each call of `lines`."""

    def __init__(self, names: Names, book: Rulebook, line: set[int] | None) -> None:
        self.names, self._book, self._line = names, book, line

    def lines(self, chosen: Sequence[Name]) -> list[Line]:
        """The lines of `chosen`, in their order."""
        if not chosen:
            return []
        found = Cadre.objects.filter(pk__in={name.row.cadre_id for name in chosen})
        if self._line is not None:
            mine = Cadre.objects.filter(cadres_last_in(self._line), pk=OuterRef("pk"))
            found = found.annotate(in_scope=Exists(mine))
        people = found.in_bulk()
        load_records(people.values(), self.names.day, self._book)
        return [self._line_of(name, people[name.row.cadre_id]) for name in chosen]

    def _line_of(self, name: Name, person: Cadre) -> Line:
        day, counted = self.names.day, self.names.counted
        whole = verdict_by(self._book, person, day)
        verdict: PersonVerdict | PostVerdict = whole
        if not counted.by_person and counted.posts is not None:
            verdict = next(post for post in whole.posts if post.holding_id == name.row.row_id)
        is_seen = self._line is None or person.in_scope  # type: ignore[attr-defined]
        return Line(
            name=name,
            person=person,
            url=address("cadres:detail", person.pk) if is_seen else "",
            posts=self._posts_of(name, person),
            commune=name.row.commune,
            reason=self._reason(name, person, verdict),
            verdict=verdict,
        )

    def _posts_of(self, name: Name, person: Cadre) -> str:
        """The post counted; where persons or seats are, all those of the day that belong."""
        counted = self.names.counted
        held = [
            holding.post.short_name
            for holding in person.posts_on(self.names.day)
            if counted.posts is None
            or (holding.post.pk in counted.posts if counted.by_person else
                holding.pk == name.row.row_id)
        ]  # fmt: skip
        return "; ".join(dict.fromkeys(held)) or "Cấp ủy viên"

    def _reason(self, name: Name, person: Cadre, verdict: PersonVerdict | PostVerdict) -> Reason:
        predicate = self.names.counted.predicate
        facts = facts_from(person, self.names.day)
        if "verdict" in predicate:
            return reasons.of_verdict(verdict, facts)
        if "rating" in predicate:
            words = Rating.Level(name.row.value).label if name.row.value else ""
            year = rated_year(self.names.day)
            return reasons.of_rating(words, year, is_in=name.state == IN)
        found = reasons.of_level(predicate, facts)
        return reasons.beside_standard(found, verdict, predicate, facts)
