"""Many new rows of a model, for what a file brings: `model(…)` asks each column each time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import Any, TypeVar

from django.db import connections, router
from django.db.models import CharField, Field, ForeignKey, IntegerField, Model, TextField
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)
_MOST_VALUES = 32_000  # of a statement


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


def insert(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that tell all columns but the key, by attribute: for what is only appended."""
    _Insertion(model).write(rows)


def insert_rows(model: type[Model], rows: Sequence[Model]) -> None:
    """Insert new rows, and give each its key, as `bulk_create` does, in a third of the time.

    A row takes over the keys of others that were inserted after it was made.
    """
    insertion = _Insertion(model)
    made = {each.attname: each.pre_save for each in insertion.columns if _is_made(each)}
    others = [each for each in insertion.columns if isinstance(each, ForeignKey)]

    def told(row: Model) -> Mapping[str, Any]:
        for column in others:
            if row.__dict__[column.attname] is None and column.is_cached(row):
                setattr(row, column.name, getattr(row, column.name))
        for make in made.values():
            make(row, add=True)  # it sets what it makes
        return row.__dict__

    keys = insertion.write(map(told, rows), returning=True)
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, insertion.using


def _is_made(column: Field) -> bool:
    """Whether a column makes its value as it is written: cleans it, derives it, tells the time."""
    return type(column).pre_save is not Field.pre_save


def _plain_type(column: Field) -> type | None:
    """What a column hands to any database as it is; None: nothing."""
    if isinstance(column, IntegerField | ForeignKey):
        return int
    is_text = type(column).get_prep_value in (CharField.get_prep_value, TextField.get_prep_value)
    return str if is_text else None


class _Insertion:
    """Statements of as many rows as the database takes at once; nobody is signalled. The caller's
    transaction holds them together."""

    def __init__(self, model: type[Model]) -> None:
        self.using = router.db_for_write(model)
        self.connection = connections[self.using]
        self.columns = [each for each in model._meta.concrete_fields if not each.primary_key]
        self.model, self.plain = model, {each: _plain_type(each) for each in self.columns}

    def write(
        self, rows: Iterable[Mapping[str, Any]], *, returning: bool = False
    ) -> list[tuple[Any]]:
        """The keys of the rows, in their order, if they are asked for."""
        quote, most = self.connection.ops.quote_name, self.connection.features.max_query_params
        names = ", ".join(quote(each.column or "") for each in self.columns)
        into = f"INSERT INTO {quote(self.model._meta.db_table)} ({names}) VALUES "
        marks = f"({', '.join(['%s'] * len(self.columns))})"
        key = quote(_key_of(self.model).column or "")
        at_once, waiting = (most or _MOST_VALUES) // len(self.columns), iter(rows)
        keys: list[tuple[Any]] = []
        with self.connection.cursor() as cursor:
            while chunk := list(islice(waiting, at_once)):
                values = [*chain.from_iterable(map(self._prepared, chunk))]
                statement = into + ", ".join([marks] * len(chunk))
                cursor.execute(statement + (f" RETURNING {key}" if returning else ""), values)
                keys += cursor.fetchall() if returning else ()
        return keys

    def _prepared(self, row: Mapping[str, Any]) -> list[Any]:
        """The values of a row as the database takes them."""
        return [
            value
            if (value := row[column.attname]) is None or type(value) is plain
            else column.get_db_prep_save(value, self.connection)
            for column, plain in self.plain.items()
        ]


def _key_of(model: type[Model]) -> Field:
    assert model._meta.pk is not None
    return model._meta.pk
