"""Whose rows a figure counts on another day than the one a page is about: units come and go."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cadres.models import Commune, CommuneSuccession
from cadres.rulebook import Rulebook
from daitu_portal.ratio import Change, Ratio
from reports.rules.succession import Unit, stood_for

ABSENT = "đơn vị chưa có ngày ấy"
ENDED = "đơn vị không còn ngày ấy"


@dataclass(frozen=True)
class Scope:
    """The communes counted on a day (None: all of them).

    `stand_ins` are the names of those that stand for units which came later; `why_none` says why
    none can, and then nothing is to be counted.
    """

    line: frozenset[int] | None
    stand_ins: tuple[str, ...] = ()
    why_none: str = ""


class Scopes:
    """What stood on other days where the units of `line` stand that are in force on `day`.

    At most one query; none for the whole district, where `book` remembers the units, nor on days
    that know the unit `own`, the one that a clerk or head belongs to: it stands for itself.
    """

    def __init__(
        self,
        line: Collection[int] | None,
        day: date | None,
        book: Rulebook,
        own: Commune | None = None,
    ) -> None:
        self._line = None if line is None else frozenset(line)
        self._day, self._book = day, book
        self._own = own if self._line and own and own.pk in self._line else None

    @cached_property
    def _units(self) -> dict[int, Unit]:
        found: dict[int, Unit] = self._book.remembered("units", _units)
        return found

    def on(self, other: date) -> Scope:
        """Whose rows are counted on the day `other`."""
        if self._line is None or self._day is None or other == self._day:
            return Scope(self._line)
        if self._own and self._own.is_in_force(self._day) and self._own.is_in_force(other):
            return Scope(self._line)
        units = self._units
        now = {key for key in self._line if key in units and units[key].is_in_force(self._day)}
        then = stood_for(now, other, units)
        if then is None:
            return Scope(frozenset(), why_none=ABSENT if other < self._day else ENDED)
        return Scope(then, tuple(sorted(units[key].name for key in then - now)))


def _units() -> dict[int, Unit]:
    """All communes of all days with what they came from. One query."""
    rows = Commune.objects.values_list(
        "pk", "name", "valid_from", "valid_to", "predecessions__old", "predecessions__share"
    ).order_by("pk")
    found: dict[int, Unit] = {}
    came_from: dict[int, dict[int, bool]] = defaultdict(dict)
    for key, name, begins, ends, old, share in rows:
        if old is not None:
            came_from[key][old] = share == CommuneSuccession.Share.WHOLE
        found[key] = Unit(name, begins, ends, came_from[key])
    return found


def change_of(now: Ratio, before: Ratio | None, then: Scope | None) -> Change:
    """`now` against the figure `before`, of the rows of `then`."""
    if then and then.why_none:
        return Change(now, None, then.why_none)
    return Change(now, before)
