"""Which year's rating counts on a day. Pure."""

from datetime import date


def rated_year(day: date) -> int:
    """The last year that is rated by `day`: its own on 31/12, else the one before (NĐ 90/2020)."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1
