"""When two sittings are at the same hour: one person cannot sit in both. Pure."""

from collections.abc import Iterable
from datetime import date, time
from typing import Protocol


class Sitting(Protocol):
    """A sitting of a class (buổi học)."""

    @property
    def held_on(self) -> date: ...
    @property
    def begins_at(self) -> time: ...
    @property
    def ends_at(self) -> time: ...


def meet(one: Sitting, other: Sitting) -> bool:
    """Whether they share a moment; one that begins when the other ends does not."""
    return (
        one.held_on == other.held_on
        and one.begins_at < other.ends_at
        and other.begins_at < one.ends_at
    )


def meeting(mine: Iterable[Sitting], other: Sitting) -> bool:
    """Whether `other` meets any of `mine`."""
    return any(meet(each, other) for each in mine)
