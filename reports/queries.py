"""Figures: every indicator for every commune of a day, in a fixed number of statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from accounts.models import COMMUNE_ROLES, DISTRICT_ROLES, User
from cadres.models import Commune
from cadres.rulebook import Rulebook
from daitu_portal.ratio import Change, Ratio
from reports.figure_sql import Counted, DayStatement, Numbers, run
from reports.models import Indicator
from reports.scope import Scope, Scopes, change_of

NOTHING: Numbers = (0, 0, 0)


def ratio_of(numbers: Numbers, *, is_unruled: bool) -> Ratio:
    """The ratio of what was counted; of the denominator alone where no rule covers it."""
    numerator, denominator, unknown = numbers
    if is_unruled:
        return Ratio(None, denominator, None)
    return Ratio(numerator, denominator, unknown)


@dataclass(frozen=True)
class Matrix:
    """The figures of a day: `numbers` by indicator code and commune key (None: the whole scope).

    `unruled` are the codes whose population no rule covers that day; `scope`: whose rows counted.
    """

    day: date
    indicators: Sequence[Indicator]
    communes: Sequence[Commune]
    numbers: Mapping[tuple[str, int | None], Numbers]
    unruled: frozenset[str] = field(default_factory=frozenset)
    scope: Scope = Scope(None)

    def ratio(self, code: str, commune_id: int | None = None) -> Ratio:
        """The ratio of an indicator in a commune, or in all that the user may see."""
        numbers = self.numbers.get((code, commune_id), NOTHING)
        return ratio_of(numbers, is_unruled=code in self.unruled)

    def ratio_if_any(self, code: str) -> Ratio | None:
        """The ratio of the whole scope; None where the day has no such indicator."""
        return self.ratio(code) if (code, None) in self.numbers else None

    def change(self, code: str, before: "Matrix") -> Change:
        """An indicator of the whole scope against that of an earlier day."""
        return change_of(self.ratio(code), before.ratio_if_any(code), before.scope)

    @property
    def rows(self) -> list[tuple[Commune, list[Ratio]]]:
        """Each commune with its ratios, in the order of `indicators`."""
        return [
            (commune, [self.ratio(each.code, commune.pk) for each in self.indicators])
            for commune in self.communes
        ]

    @property
    def totals(self) -> list[Ratio]:
        return [self.ratio(each.code) for each in self.indicators]


class Figures:
    """What figures need of definitions and scope, loaded once: three queries, two more for a user
    of a commune; all but the first and these are remembered until something is written.

    `user` None is the whole district, for commands that serve no person. A rulebook that is loaded
    already saves its own. `commune_id` narrows the scope to one commune; so does `commune`, one
    that was found in the user's scope already. `day` is the one that the page is about: on other
    days its units are counted by those that stood for them (reports.scope). `every`: indicators
    that are not in force on a day are counted all the same, by their nearest definition.
    """

    def __init__(
        self,
        user: User | None,
        book: Rulebook | None = None,
        *,
        commune_id: int | None = None,
        commune: Commune | None = None,
        day: date | None = None,
        every: bool = False,
    ) -> None:
        self.book, self.every = book or Rulebook.now(), every
        self._day, self._own = day, user.commune if user else None
        self.indicators = indicators_of(self.book)
        if commune is not None:
            # Already found through the user's own door, so that no line need be asked for.
            self.line: set[int] | None = {commune.pk}
            self.communes = [commune]
            return
        self.line = line_of(user)
        if commune_id is not None:
            self.line = {commune_id} if self.line is None else self.line & {commune_id}
        communes = self.book.remembered("communes", _communes)
        self.communes = [each for each in communes if self.line is None or each.pk in self.line]

    def on(self, day: date, codes: Iterable[str] | None = None) -> list[Indicator]:
        """The indicators in force on `day`; only those of `codes`, if given."""
        wanted = None if codes is None else set(codes)
        found = nearest_definitions(self.indicators, day) if self.every else self.indicators
        return [
            each
            for each in found
            if (self.every or each.is_in_force(day)) and (wanted is None or each.code in wanted)
        ]

    @cached_property
    def scopes(self) -> Scopes:
        return Scopes(self.line, self._day, self.book, self._own)

    def stand_ins(self, days: Iterable[date]) -> list[str]:
        """The names of the units that stand on some of `days` for one that came later."""
        return sorted({name for day in days for name in self.scopes.on(day).stand_ins})

    def matrix(
        self, day: date, *, codes: Iterable[str] | None = None, other_unit: bool = False
    ) -> Matrix:
        """All figures of `day`, per commune and in all. One statement."""
        return self.matrices([day], codes=codes, other_unit=other_unit)[day]

    def matrix_without(
        self, day: date, leavers: Collection[int], *, codes: Iterable[str] | None = None
    ) -> Matrix:
        """The figures of `day`, in all, had the people `leavers` (keys) gone: they stand in no
        denominator, everybody else stays as they are. One statement, never remembered."""
        found = self.on(day, codes)
        numbers = self._numbers({day: found}, (), other_unit=False, without=leavers)
        return self._matrix(day, found, numbers[day])

    def matrices(
        self,
        days: Sequence[date],
        *,
        codes: Iterable[str] | Mapping[date, Collection[str]] | None = None,
        other_unit: bool = False,
        per_commune: Collection[date] | None = None,
    ) -> dict[date, Matrix]:
        """The figures of several days; one statement, however many days, asked once for all who
        ask the same until something is written.

        `codes` are the same for all days, or by day (all those of a day it does not name).
        `per_commune` are the days whose communes are counted too (None: all of them).

        `other_unit` counts posts where the definition counts persons, and the reverse.
        """
        by_day = codes if isinstance(codes, Mapping) else dict.fromkeys(days, codes)
        scopes = {day: self.scopes.on(day) for day in days}
        chosen = {
            day: [] if scopes[day].why_none else self.on(day, by_day.get(day)) for day in days
        }
        shown = frozenset(days if per_commune is None else per_commune)
        key = (
            "matrices", other_unit, shown,
            tuple((day, scopes[day].line, *(each.code for each in found))
                  for day, found in chosen.items()),
        )  # fmt: skip
        numbers = self.book.remembered(key, lambda: self._numbers(chosen, shown, other_unit))
        return {day: self._matrix(day, found, numbers[day]) for day, found in chosen.items()}

    def _numbers(
        self,
        chosen: Mapping[date, list[Indicator]],
        per_commune: Collection[date],
        other_unit: bool,
        without: Collection[int] = (),
    ) -> dict[date, dict[tuple[str, int | None], Numbers]]:
        """By day, the numbers of the indicators chosen for it, by code and commune key."""
        counted = [
            (day, part) for day, found in chosen.items() for part in _by_population(found) if part
        ]
        statements = [
            self._statement(day, part, other_unit=other_unit, without=without)
            for day, part in counted
        ]
        shown = [day in per_commune for day, _ in counted]
        numbers: dict[date, dict[tuple[str, int | None], Numbers]] = {day: {} for day in chosen}
        for (day, part), result in zip(counted, run(statements, shown), strict=True):
            for commune, counts in result.items():
                for indicator, each in zip(part, counts, strict=True):
                    numbers[day][indicator.code, commune] = each
        return numbers

    def _statement(
        self,
        day: date,
        indicators: Sequence[Indicator],
        *,
        other_unit: bool,
        without: Collection[int] = (),
    ) -> DayStatement:
        counted = [counted_on(i, day, self.book, other_unit=other_unit) for i in indicators]
        line = self.scopes.on(day).line
        rules, keys = self.book.rules_on(day), self.book.post_keys
        return DayStatement(day, counted, rules, keys, line, without)

    def _matrix(
        self,
        day: date,
        indicators: list[Indicator],
        numbers: dict[tuple[str, int | None], Numbers],
    ) -> Matrix:
        unruled = {each.code for each in indicators if is_unruled(each, day, self.book)}
        communes = [each for each in self.communes if each.is_in_force(day)]
        scope = self.scopes.on(day)
        return Matrix(day, indicators, communes, numbers, frozenset(unruled), scope)


def indicators_of(book: Rulebook) -> list[Indicator]:
    """All definitions of all days. One query; none where `book` remembers them."""
    found: list[Indicator] = book.remembered(
        "indicators", lambda: list(Indicator.objects.order_by("order", "code", "valid_from"))
    )
    return found


def nearest_definitions(indicators: Sequence[Indicator], day: date) -> list[Indicator]:
    """Each indicator once, as defined on `day`; else by its last definition before it, else by its
    first."""
    found: dict[str, Indicator] = {}
    for each in indicators:  # the versions of a code in the order of their days
        if each.code not in found or each.valid_from <= day:
            found[each.code] = each
    return list(found.values())


def _communes() -> list[Commune]:
    return list(Commune.objects.order_by("kind", "sort_key", "pk"))


def line_of(user: User | None) -> set[int] | None:
    """Keys of the communes whose rows `user` may see counted; None: all. At most one query."""
    if user is None or user.role in DISTRICT_ROLES:
        return None
    return Commune.objects.line_of_user(user) if user.role in COMMUNE_ROLES else set()


def _by_population(indicators: Sequence[Indicator]) -> tuple[list[Indicator], list[Indicator]]:
    """Those counted over posts held, and those counted over seats."""
    seats = [each for each in indicators if _is_of_seats(each)]
    return [each for each in indicators if each not in seats], seats


def _is_of_seats(indicator: Indicator) -> bool:
    return indicator.population == Indicator.Population.COMMITTEE


def counted_on(
    indicator: Indicator, day: date, book: Rulebook, *, other_unit: bool = False
) -> Counted:
    """What an indicator counts on `day`; `other_unit`: posts for persons, or the reverse."""
    by_person = (indicator.unit == Indicator.Unit.PERSON) is not other_unit
    posts = None
    if not _is_of_seats(indicator):
        codes = book.title_sets_on(day).get(indicator.title_set, frozenset())
        posts = frozenset(book.post_keys[code] for code in codes)
    return Counted(indicator.code, indicator.predicate, posts, by_person)


def is_unruled(indicator: Indicator, day: date, book: Rulebook) -> bool:
    """Whether the indicator asks for a verdict that no rule of `day` can give."""
    return "verdict" in indicator.predicate and not book.covers(indicator.title_set, day)


def matrix(
    user: User | None,
    day: date,
    *,
    codes: Iterable[str] | None = None,
    other_unit: bool = False,
    every: bool = False,
) -> Matrix:
    """All figures of `day` that `user` may see. Five queries, six for a clerk or head."""
    return Figures(user, every=every).matrix(day, codes=codes, other_unit=other_unit)
