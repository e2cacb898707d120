"""A series of sittings: the days of a class that fall on certain weekdays. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

MOST = 200  # sittings that one series may have
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@dataclass(frozen=True)
class Planned:
    """A sitting that is not stored yet."""

    held_on: date
    begins_at: time
    ends_at: time
    topic: str = ""
    venue: str = ""
    hours: int | None = None


def days_of_series(first: date, last: date, weekdays: Collection[int]) -> list[date]:
    """The days from `first` to `last`, both included, whose weekday (Monday is 0) is one of
    `weekdays`; none where `last` is before `first`."""
    length = (last - first).days + 1
    days = (first + timedelta(days=number) for number in range(max(length, 0)))
    return [day for day in days if day.weekday() in weekdays]


def weekday_words(weekdays: Sequence[int]) -> str:
    """ "thứ hai, thứ tư", in the order of the week."""
    return ", ".join(WEEKDAYS[each].lower() for each in sorted(set(weekdays)))
