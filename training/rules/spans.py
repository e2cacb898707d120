"""How long things last and how far ahead they are planned: beyond, a year was mistyped. Pure."""

from datetime import date

from daitu_portal.dates import add_months

YEARS_AHEAD = 5  # what is planned: classes, needs, plans
_CLASS_YEARS = 6
_STUDY_YEARS = 12


def last_year_ahead(today: date) -> int:
    """The last year for which anything is planned."""
    return today.year + YEARS_AHEAD


def too_far_ahead(begins: date, today: date) -> str:
    """Why nothing begins on that day, in words; "" where it may."""
    if begins <= add_months(today, 12 * YEARS_AHEAD):
        return ""
    return f"Ngày này sau hôm nay hơn {YEARS_AHEAD} năm; kiểm tra lại năm."


def class_too_long(begins: date, ends: date) -> str:
    """Why no class lasts so long, in words; "" where it may."""
    if ends <= add_months(begins, 12 * _CLASS_YEARS):
        return ""
    return f"Lớp kéo dài hơn {_CLASS_YEARS} năm; kiểm tra lại năm."


def study_too_long(begins: date, due: date) -> str:
    """Why no study lasts so long, in words; "" where it may."""
    if due <= add_months(begins, 12 * _STUDY_YEARS):
        return ""
    return f"Sau ngày bắt đầu học ({begins:%d/%m/%Y}) hơn {_STUDY_YEARS} năm; kiểm tra lại năm."
