"""Asks the check constraints of a model about a row in memory, as the database would.

`CheckConstraint.validate` asks the database, one statement each: too many for the rows of a file.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.db.models import CheckConstraint, F, Model, Q

from daitu_portal.dates import PartialDate

Answer = bool | None  # None: not known, as a comparison with NULL in SQL

_LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda value, other: bool(value == other),
    "gt": lambda value, other: bool(value > other),
    "gte": lambda value, other: bool(value >= other),
    "lt": lambda value, other: bool(value < other),
    "lte": lambda value, other: bool(value <= other),
    "range": lambda value, other: bool(other[0] <= value <= other[1]),
    "in": lambda value, other: value in other,
    "startswith": lambda value, other: bool(value.startswith(other)),
}


def broken(row: Model) -> Iterator[CheckConstraint]:
    """The check constraints of the row's model that the row does not keep."""
    for constraint in row._meta.constraints:
        if isinstance(constraint, CheckConstraint) and holds(constraint.condition, row) is False:
            yield constraint


def fields_of(condition: Any) -> list[str]:
    """The fields that a condition speaks of, in its order."""
    found: list[str] = []
    for child in condition.children:
        found += fields_of(child) if isinstance(child, Q) else [_parts(child[0])[0]]
    return list(dict.fromkeys(found))


def holds(condition: Any, row: Model) -> Answer:
    """Whether a condition of fields and constants holds for the row; None is not known, which a
    CHECK lets pass. Raises KeyError for a lookup that no constraint of a record uses."""
    answers = [
        holds(child, row) if isinstance(child, Q) else _asked(child[0], child[1], row)
        for child in condition.children
    ]
    found = _all(answers) if condition.connector == Q.AND else _any(answers)
    return found if not condition.negated or found is None else not found


def _all(answers: list[Answer]) -> Answer:
    return False if False in answers else None if None in answers else True


def _any(answers: list[Answer]) -> Answer:
    return True if True in answers else None if None in answers else False


@cache
def _parts(key: str) -> tuple[str, str]:
    name, _, lookup = key.partition("__")
    return name, lookup or "exact"


def _asked(key: str, other: Any, row: Model) -> Answer:
    name, lookup = _parts(key)
    value = _value(row, name)
    if isinstance(other, F):
        other = _value(row, other.name)  # type: ignore[attr-defined]  # the stub leaves it out
        if other is None:
            return None
    if lookup == "isnull" or (lookup == "exact" and other is None):
        return (value is None) == (other is not False)
    return None if value is None else _LOOKUPS[lookup](value, other)


def _value(row: Model, name: str) -> Any:
    value = getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]  # a column
    return value.iso if isinstance(value, PartialDate) else value
