"""Asks the check constraints of a model about a row in memory, as the database would.

`CheckConstraint.validate` asks the database, one statement each: too many for the rows of a file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from django.db.models import CheckConstraint, F, Model, Q

from daitu_portal.dates import PartialDate

Answer = bool | None  # None: not known, as a comparison with NULL in SQL
Values = tuple[Any, ...]  # of the columns that a condition speaks of, in the order of `_columns`
Question = Callable[[Values], Answer]

_REMEMBERED = 4_096  # answers to each constraint: rows of a file say the same again and again

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
    for constraint, ask in _asked_of(type(row)):
        if ask(row) is False:
            yield constraint


def fields_of(condition: Any) -> list[str]:
    """The fields that a condition speaks of, in its order."""
    return list(dict.fromkeys(name for name, _, _ in _comparisons(condition)))


def holds(condition: Any, row: Model) -> Answer:
    """Whether a condition of fields and constants holds for the row; None is not known, which a
    CHECK lets pass. Raises KeyError for a lookup that no constraint of a record uses."""
    return _asking(condition, type(row))(row)


@cache
def _asked_of(
    model: type[Model],
) -> Sequence[tuple[CheckConstraint, Callable[[Model], Answer]]]:
    """The check constraints of a model, put together once: a file asks them of each of its rows."""
    return [
        (constraint, _asking(constraint.condition, model))
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
    ]


def _asking(condition: Any, model: type[Model]) -> Callable[[Model], Answer]:
    columns = _columns(condition)
    names = [model._meta.get_field(name).attname for name in columns]  # type: ignore[union-attr]  # columns
    places = {name: number for number, name in enumerate(columns)}
    answer = lru_cache(_REMEMBERED)(_question(condition, places))
    if len(names) != 1:
        read: Callable[[Model], Values] = attrgetter(*names)
        return lambda row: answer(read(row))
    read_one = attrgetter(names[0])
    return lambda row: answer((read_one(row),))


def _comparisons(condition: Any) -> Iterator[tuple[str, str, Any]]:
    """Field, lookup and what it is compared with."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from _comparisons(child)
        else:
            name, _, lookup = child[0].partition("__")
            yield name, lookup or "exact", child[1]


def _columns(condition: Any) -> list[str]:
    """The fields on either side of a comparison."""
    others = [_named(other) for _, _, other in _comparisons(condition) if isinstance(other, F)]
    return list(dict.fromkeys([*fields_of(condition), *others]))


def _named(other: F) -> str:
    return str(other.name)  # type: ignore[attr-defined]  # the stub leaves it out


def _question(condition: Any, places: Mapping[str, int]) -> Question:
    parts = []
    for child in condition.children:
        if isinstance(child, Q):
            parts.append(_question(child, places))
        else:
            parts += [_compared(*each, places) for each in _comparisons(Q(child))]
    found = _all(parts) if condition.connector == Q.AND else _any(parts)
    return _not(found) if condition.negated else found


def _all(parts: Sequence[Question]) -> Question:
    def ask(values: Values) -> Answer:
        found: Answer = True
        for part in parts:
            answer = part(values)
            if answer is False:
                return False
            if answer is None:
                found = None
        return found

    return ask


def _any(parts: Sequence[Question]) -> Question:
    return _not(_all([_not(part) for part in parts]))


def _not(part: Question) -> Question:
    def ask(values: Values) -> Answer:
        answer = part(values)
        return None if answer is None else not answer

    return ask


def _compared(name: str, lookup: str, other: Any, places: Mapping[str, int]) -> Question:
    place = places[name]
    if lookup == "isnull" or (lookup == "exact" and other is None):
        is_empty = other is not False
        return lambda values: (values[place] is None) == is_empty
    compare = _LOOKUPS[lookup]
    if isinstance(other, F):
        beside = places[_named(other)]
        return lambda values: _answer(compare, values[place], values[beside])
    return lambda values: _answer(compare, values[place], other)


def _answer(compare: Callable[[Any, Any], bool], value: Any, other: Any) -> Answer:
    return None if value is None or other is None else compare(_stored(value), _stored(other))


def _stored(value: Any) -> Any:
    return value.iso if isinstance(value, PartialDate) else value
