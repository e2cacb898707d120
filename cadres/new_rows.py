"""Many new rows of a model, for what a file brings: `model(…)` asks each column each time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db.models import ForeignKey, Model
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class _Blank:
    """An empty row of a model, by attribute, and what of it each row has its own of; `others` are
    the columns that name other rows, with the attribute of the key."""

    values: Mapping[str, Any]
    made: Mapping[str, Callable[[], Any]]
    others: Mapping[str, str]


def new_row(model: type[Row], told: Mapping[str, Any]) -> Row:
    """The row that `model(**told)` makes, in a fifth of the time; nobody is signalled.

    `told` by the names of columns, other rows as rows.
    """
    blank = _blank(model)
    row = model.__new__(model)
    row._state = ModelState()
    values = row.__dict__
    values.update(blank.values)
    for name, make in blank.made.items():
        values[name] = make()
    for name, value in told.items():
        if name in blank.others and isinstance(value, Model):
            values[blank.others[name]] = value.pk
            row._state.fields_cache[name] = value
        else:
            setattr(row, name, value)
    return row


@cache
def _blank(model: type[Model]) -> _Blank:
    row, columns = model(), model._meta.concrete_fields
    made = {
        each.attname: each.get_default
        for each in columns
        if each.has_default() and callable(each.default)
    }
    return _Blank(
        {each.attname: getattr(row, each.attname) for each in columns if each.attname not in made},
        made,
        # by the very key: a column of one to one tells the other row, too
        {each.name: each.attname for each in columns if type(each) is ForeignKey},
    )
