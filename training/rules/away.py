"""How many people of a commune are away at once. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Away:
    """Somebody is away from `begins_on` to `ends_on`, both days included."""

    person: int
    begins_on: date
    ends_on: date


def peak(stays: Iterable[Away], first: date, last: date) -> tuple[int, date]:
    """The most people away on one day from `first` to `last`, and the first such day. Who is away
    twice on a day counts once; (0, first) where nobody is.

    Only days on which somebody's absence begins can be the first of the most.
    """
    within = [each for each in stays if each.begins_on <= last and each.ends_on >= first]
    most, on = 0, first
    for day in sorted({max(each.begins_on, first) for each in within}):
        away = {each.person for each in within if each.begins_on <= day <= each.ends_on}
        if len(away) > most:
            most, on = len(away), day
    return most, on


def is_too_many(away: int, serving: int, share: int) -> bool:
    """Whether more than `share` per cent of those who serve are away."""
    return away * 100 > serving * share
