"""Days that reports speak of. Pure."""

from datetime import date, timedelta


def year_end_before(day: date) -> date:
    """The last day of the year before."""
    return date(day.year - 1, 12, 31)


def quarter_ends(day: date, number: int) -> list[date]:
    """`day` and the ends of quarters before it, `number` days in all, the earliest first."""
    days, end = [day], date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)
    while len(days) < number:
        days.append(end)
        end = date(end.year, end.month - 2, 1) - timedelta(days=1)
    return sorted(days)


def month_ends(day: date, until: date) -> list[date]:
    """The last days of months after `day` that are not after `until`, the earliest first."""
    found: list[date] = []
    first = date(day.year, day.month, 1)
    while True:
        first = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        end = first - timedelta(days=1)
        if end > until:
            return found
        if end > day:
            found.append(end)
