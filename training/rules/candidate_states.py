"""The states of a source of cadres, and which step may follow which. Pure.

Being a source is no post and no planning: the states tell what the commune did for the person.
"""

from datetime import date
from enum import StrEnum

# Whoever was recruited is not "elected" as well: both end the preparation.
_RANKS = {"introduced": 0, "training": 1, "recruited": 2, "elected": 2, "ended": 3}
STATES = tuple(_RANKS)


class StepFault(StrEnum):
    """Why a step cannot be written."""

    NOT_FORWARD = "not_forward"
    BEFORE_THE_LAST = "before_the_last"
    NOT_YET = "not_yet"


def next_states(state: str) -> tuple[str, ...]:
    """The states that may follow `state`: only forward, or the end; nothing follows the end."""
    return tuple(each for each in STATES if _RANKS[each] > _RANKS[state])


def fault_of_step(state: str, since: date, *, to: str, on: date, today: date) -> StepFault | None:
    """What forbids the step from `state`, reached on `since`, to `to` on the day `on`.

    A step may be on the day of the one before; it is never written ahead of its day.
    """
    if to not in next_states(state):
        return StepFault.NOT_FORWARD
    if on < since:
        return StepFault.BEFORE_THE_LAST
    return StepFault.NOT_YET if on > today else None


def is_possible_birth(
    born_on: date, introduced_on: date, *, youngest: int = 16, oldest: int = 70
) -> bool:
    """Whether someone born on `born_on` (the first day that it can mean) may be introduced as a
    source on `introduced_on`: at least `youngest` years old by the calendar year, since often only
    the year of birth is known, and at most `oldest`. 16 is the age of joining Đoàn (Điều lệ Đoàn
    art. 1); beyond 70 it is a slip of the keyboard.
    """
    return youngest <= introduced_on.year - born_on.year <= oldest
