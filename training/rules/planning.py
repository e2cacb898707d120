"""From numbers of people to classes and money. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

CLASS_CAPACITY = 60  # people a class, where a programme says nothing else


@dataclass(frozen=True)
class Norm:
    """What may be spent at most: `amount` đồng for each `unit` (participation, class, day, hour).
    `is_of_programme`: given for the programme itself, not for its group of contents."""

    unit: str
    amount: int
    is_of_programme: bool = True


def classes_for(participations: int, capacity: int = CLASS_CAPACITY) -> int:
    """How many classes of `capacity` take so many participations; none for none.

    Raises ValueError for a capacity below one.
    """
    if capacity < 1:
        raise ValueError("a class has at least one seat")
    return -(-participations // capacity)


def cost_of(
    norms: Iterable[Norm], *, classes: int, participations: int, days: int | None, hours: int | None
) -> int | None:
    """The most that the norms allow, in đồng; None where it cannot be told: no norm, or one by the
    day or the hour of a programme whose days or hours are not known.

    Norms of the programme itself go before those of its group. Days and hours are those of one
    class.
    """
    known = list(norms)
    chosen = [norm for norm in known if norm.is_of_programme] or known
    if not chosen:
        return None
    times = {
        "participation": participations,
        "class": classes,
        "day": None if days is None else classes * days,
        "hour": None if hours is None else classes * hours,
    }
    total = 0
    for norm in chosen:
        number = times[norm.unit]
        if number is None:
            return None
        total += norm.amount * number
    return total
