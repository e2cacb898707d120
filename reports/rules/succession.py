"""Which units stood on a day where those of another day stand. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Unit:
    """A commune between two days (`valid_to` is the day after the last), and the units that went
    into it, each with whether it did as a whole."""

    name: str
    valid_from: date
    valid_to: date | None
    came_from: Mapping[int, bool]

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def is_made_of_wholes(self, day: date) -> bool:
        """Whether it came after `day` out of units that went into it whole."""
        return day < self.valid_from and bool(self.came_from) and all(self.came_from.values())


def stood_for(keys: Iterable[int], day: date, units: Mapping[int, Unit]) -> frozenset[int] | None:
    """The units that on `day` were what `keys` are: each itself, or else those it was made of.

    None where one had nothing to compare with: it came out of parts of others or out of none that
    is recorded, or it had ended.
    """
    found: set[int] = set()
    asked, wanted = set(), set(keys)
    while wanted:
        standing = {key for key in wanted if units[key].is_in_force(day)}
        found |= standing
        later = wanted - standing
        if not all(units[key].is_made_of_wholes(day) for key in later):
            return None
        asked |= later
        wanted = {old for key in later for old in units[key].came_from} - asked
    return frozenset(found)
