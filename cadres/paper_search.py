"""People by the number of a paper in their record: a decision, a diploma, a certificate.

Typed as far as it is known, in any case, with or without accents: "123/qd" finds 123/QĐ-UBND, and
"123" alone finds it too, but not 1234/QĐ-UBND. What a role may not see finds nobody.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from accounts.models import User
from cadres.field_groups import TELLTALES, hides, sees
from cadres.models import (
    Allowance,
    Award,
    Basis,
    Change,
    Discipline,
    Holding,
    Qualification,
    Rating,
    SalaryStep,
    ShortTraining,
    Status,
)
from daitu_portal.text import clean, fold

MOST_ROWS = 2_000  # of one number: a decision about more people is looked for on its own page
_AFTER_DIGITS = "/-. "
_LAST_OF_ALL = "\U0010ffff"  # no text goes on after it
_LAST = 60  # characters of a number, as the fields have it
# (table, its column, whether the row itself may tell what a role may not see)
_PAPERS: tuple[tuple[Any, str, str], ...] = (
    (Holding, "decision_number", ""),
    (Qualification, "evidence_number", ""),
    (ShortTraining, "certificate_number", ""),
    (Rating, "decision_number", ""),
    (SalaryStep, "decision_number", "reason"),
    (Allowance, "decision_number", ""),
    (Status, "decision_number", "kind"),
    (Award, "decision_number", ""),
    (Discipline, "decision_number", ""),
)


def people_of_paper(user: User, text: str) -> list[int]:
    """Keys of the people whom `user` may see and in whose record a paper has this number, or one
    that begins with it. One query; none for text without a digit."""
    wanted = clean(text)[:_LAST]
    if not any(char.isdigit() for char in wanted):
        return []
    first, *others = (rows.order_by() for rows in _rows(user, wanted))
    found = first.union(*others, all=True)[:MOST_ROWS]
    return sorted({key for key, number in found if _fits(number, wanted)})


def _rows(user: User, wanted: str) -> Iterator[QuerySet[Any]]:
    """(key of the person, number) of rows whose number may fit, for each table."""
    for model, column, telling in _PAPERS:
        table = model._meta.label_lower
        if hides(user, table, column):
            continue
        rows = model.objects.visible_to(user).filter(_begins(column, wanted))
        group, values = TELLTALES.get((table, telling), (None, ()))
        if group is not None and not sees(user, group):
            rows = rows.exclude(**{f"{telling}__in": values})
        yield rows.values_list("cadre", column)
    bases = Basis.objects.visible_to(user).filter(_begins("number", wanted))
    changes = Change.objects.visible_to(user).filter(basis__in=bases)
    yield changes.values_list("cadre", "basis__number")


def _begins(column: str, wanted: str) -> Q:
    """What the index of numbers can answer; letters and accents are compared afterwards."""
    found = Q()
    for start in _starts(wanted):
        found |= _after(column, start)
    return found | Q(**{column: wanted})


def _starts(wanted: str) -> set[str]:
    """Beginnings that every fitting number has, in whichever case it is written."""
    digits = re.match(r"[0-9]*", wanted)[0]  # type: ignore[index]  # matches always
    rest = wanted[len(digits) :].lstrip()
    if not digits:
        return {wanted, wanted.upper()}
    if not rest:
        return {f"{digits}{char}" for char in _AFTER_DIGITS}
    return {f"{digits}{space}{char}" for space in ("", " ") for char in (rest[0], rest[0].upper())}


def _after(column: str, start: str) -> Q:
    """Numbers that begin so. SQLite reads an index for a range and for no LIKE with an escape;
    PostgreSQL for a LIKE, while a range there follows the order of a language."""
    if connection.vendor != "sqlite":
        return Q(**{f"{column}__startswith": start})
    return Q(**{f"{column}__gte": start, f"{column}__lt": f"{start}{_LAST_OF_ALL}"})


def _fits(number: str, wanted: str) -> bool:
    told, asked = fold(number), fold(wanted)
    whole = told == asked or told.startswith(f"{asked} ")
    return whole or (not wanted.isdigit() and told.startswith(asked))
