"""One row of the record before and after: told in plain values, written, and turned back.

A plain value is what JSON can hold: dates as ISO text, decimals as text with all their places,
other rows by their key. What is derived or counted (search text, versions) is no part of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from cadres.models import Cadre, Edit, Holding, Qualification
from daitu_portal.dates import PartialDate
from daitu_portal.fields import DerivedCharField

Action = Edit.Action
Row = TypeVar("Row", bound=Model)
_COUNTED = {"version", "created_at"}
_NOTHING = (None, "")
_PLAIN = {str, int, bool}  # what JSON holds as it is
# Columns that mean nothing without another of the row, which is then told with them.
_WITH: dict[tuple[type[Model], str], tuple[str, ...]] = {(Qualification, "rank"): ("strand",)}


class RowMoved(Exception):
    """The row is no longer as the change left it, or as its author saw it."""

    def __init__(self, edit: "RowEdit | Edit") -> None:
        super().__init__(edit.title)
        self.edit = edit


@dataclass(frozen=True)
class RowEdit:
    """What a change does to a row: `row` with the new values (as it is, where it goes away)."""

    row: Any
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    title: str = ""
    names: Mapping[str, str] = field(default_factory=dict)  # of rows that values name

    @property
    def table(self) -> str:
        return self.row._meta.label_lower

    def as_plain(self) -> dict[str, Any]:
        """The edit as a proposal keeps it."""
        return {
            "table": self.table,
            "row": self.row.pk,
            "action": self.action,
            "before": dict(self.before),
            "after": dict(self.after),
            "title": self.title,
            "names": dict(self.names),
        }


def model_of(table: str) -> type[Model]:
    """The model of an edit's `table`, e.g. "cadres.holding". Raises LookupError."""
    return apps.get_model(table)


@cache
def columns_of(model: type[Model]) -> Mapping[str, Field]:
    """The columns that edits tell, by name: all that someone gave."""
    return MappingProxyType({
        column.name: column
        for column in model._meta.concrete_fields
        if not (
            column.primary_key
            or isinstance(column, DerivedCharField)
            or column.name in _COUNTED
        )
    })  # fmt: skip


def plain(column: Field, row: Model) -> Any:
    """The row's value in `column`, as JSON can hold it."""
    return _plain_of(column, getattr(row, column.attname))


def _plain_of(column: Field, value: Any) -> Any:
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.{getattr(column, 'decimal_places', 0)}f}"
    return value


def all_plain(row: Model) -> dict[str, Any]:
    """All told columns of a row."""
    return {name: plain(column, row) for name, column in columns_of(type(row)).items()}


def added(row: Model) -> dict[str, Any]:
    """What the history keeps of a new row: the told columns that hold something."""
    return {name: value for name, value in all_plain(row).items() if value not in _NOTHING}


def plant(row: Model, values: Mapping[str, Any]) -> None:
    """Set plain values on the row."""
    columns = columns_of(type(row))
    for name, value in values.items():
        column = columns[name]
        setattr(row, column.attname, column.to_python(value))


def adding(row: Model) -> RowEdit:
    """A new row."""
    told = added(row)
    return RowEdit(row, Action.ADD, {}, told, title_of(row), names_in(row, told))


def coming(row: Model) -> RowEdit:
    """A new row among many: `record_many` takes what it tells from how it came to stand."""
    others = {name: getattr(row, attname) for name, attname in _other_rows(type(row)).items()}
    return RowEdit(row, Action.ADD, {}, {}, title_of(row), names_in(row, others))


@cache
def _other_rows(model: type[Model]) -> Mapping[str, str]:
    """The told columns that name other rows, with the attribute of the key."""
    columns = columns_of(model).items()
    return {name: each.attname for name, each in columns if isinstance(each, ForeignKey)}


def removing(row: Model) -> RowEdit:
    """A row that goes away: kept whole in the history."""
    was = all_plain(row)
    return RowEdit(row, Action.REMOVE, was, {}, title_of(row), names_in(row, was))


def changing(row: Model, values: Mapping[str, Any]) -> RowEdit | None:
    """Set `values` (by column name) on a stored row; None where all stay as they are."""
    before = all_plain(row)
    title = title_of(row)
    for name, value in values.items():
        setattr(row, name, value)
    return _changed(row, before, title)


def changed_from(before: Model, row: Model) -> RowEdit | None:
    """What `row`, set by a form, changes against what was `before`; None for nothing."""
    return _changed(row, all_plain(before), title_of(before))


def stored(row: Row) -> Row:
    """The row as it stands; whoever asks reached `row` through a door already."""
    return type(row)._default_manager.get(pk=row.pk)


def edit_of(row: Model) -> RowEdit | None:
    """What `row`, as a form left it, is against what stands: a new row, a changed one, or None."""
    return adding(row) if row.pk is None else changed_from(stored(row), row)


def _changed(row: Model, before: Mapping[str, Any], title: str) -> RowEdit | None:
    after = all_plain(row)
    names = [name for name, value in after.items() if value != before[name]]
    if not names:
        return None
    for name in list(names):
        names += [each for each in _WITH.get((type(row), name), ()) if each not in names]
    return RowEdit(
        row,
        Action.CHANGE,
        {name: before[name] for name in names},
        {name: after[name] for name in names},
        title,
        names_in(row, {name: before[name] for name in names}) | names_in(row, after, names),
    )


def names_in(
    row: Model, values: Mapping[str, Any], only: Iterable[str] | None = None
) -> dict[str, str]:
    """What the rows are called that `values` of `row` name, by column and key ("post:3").

    Told with the edit, so that the history says what they were called then and asks nothing. A
    query for each that the row has not loaded.
    """
    columns = columns_of(type(row))
    found = {}
    for name in values if only is None else only:
        column, key = columns.get(name), values.get(name)
        if key is None or name == "cadre" or not isinstance(column, ForeignKey):
            continue
        found[f"{name}:{key}"] = _called(row, column, key)
    return found


def _called(row: Model, column: ForeignKey, key: Any) -> str:
    if getattr(row, column.attname) == key and column.is_cached(row):
        return str(getattr(row, column.name))[:120]
    # asked for, not followed: where rows come back together, the other may not stand yet
    other = column.related_model._default_manager.filter(pk=key).first()
    return str(other)[:120] if other else ""


def title_of(row: Model) -> str:
    """What a line of the history calls the row."""
    return str(row)[:200]


def write(edit: RowEdit) -> None:
    """Write the row, or take it out of its table. The caller's transaction holds it."""
    if edit.action == Action.ADD:
        edit.row.save(force_insert=True)
    elif edit.action == Action.REMOVE:
        edit.row.delete()
    else:
        edit.row.save()


def turned_back(edits: Iterable[Edit]) -> list[RowEdit]:
    """What gives the record back as it was before `edits`, stored ones in the order of writing.

    Whole and minimal: a row that ends as it stands is not told. Rows that go away come first,
    then those that change, then those that come back. A person is never taken away: the record is
    set aside. Raises RowMoved where what an edit wrote is not what stands. A query for each table.
    """
    latest_first = sorted(edits, key=lambda edit: -edit.pk)
    rows = loaded((edit.table, edit.row_id) for edit in latest_first)
    was: dict[tuple[str, int], dict[str, Any] | None] = {
        key: all_plain(row) for key, row in rows.items()
    }
    for edit in latest_first:
        _turn_back(edit, was)
    found = [_difference(key, rows.get(key), values) for key, values in was.items()]
    order: list[str] = [Action.REMOVE, Action.CHANGE, Action.ADD]
    return sorted((each for each in found if each), key=lambda each: order.index(each.action))


def _turn_back(edit: Edit, was: dict[tuple[str, int], dict[str, Any] | None]) -> None:
    key = (edit.table, edit.row_id)
    values = was.get(key)
    if edit.action == Action.REMOVE:
        if values is not None:
            raise RowMoved(edit)
        was[key] = dict(edit.before)
        return
    if values is None or any(values[name] != value for name, value in edit.after.items()):
        raise RowMoved(edit)
    if edit.action == Action.ADD:
        was[key] = None
    else:
        values.update(edit.before)


def _difference(
    key: tuple[str, int], row: Model | None, values: dict[str, Any] | None
) -> RowEdit | None:
    if values is None:
        if row is None:
            return None
        return set_aside(row) if isinstance(row, Cadre) else removing(row)
    if row is None:
        again = model_of(key[0])(pk=key[1])
        plant(again, values)
        return adding(again)
    was, title = all_plain(row), title_of(row)
    plant(row, values)
    return _changed(row, was, title)


def set_aside(cadre: Cadre, into: Cadre | None = None) -> RowEdit | None:
    """A person's record that is nobody's any more; its number is free for another."""
    return changing(cadre, {"is_kept": False, "national_id": None, "merged_into": into})


def told(row: Model, names: Iterable[str]) -> list[tuple[str, Any]]:
    """The plain values that the row has now in the columns `names`."""
    columns = columns_of(type(row))
    return [(name, plain(columns[name], row)) for name in names]


def from_plain(kept: Mapping[str, Any], row: Model | None, cadre: Cadre | None = None) -> RowEdit:
    """The edit that a proposal kept, made anew on `row`, the row as it stands (None for a new one).

    `cadre` is whose it is, for a row of someone who was new then. Raises RowMoved if `row` is not
    as the author saw it.
    """
    action, title, names = kept["action"], kept.get("title", ""), kept.get("names", {})
    if action == Action.ADD:
        made = model_of(kept["table"])()
        plant(made, kept["after"])
        if cadre is not None and not isinstance(made, Cadre):
            made.cadre = cadre  # type: ignore[attr-defined]  # all but people belong to someone
        return RowEdit(made, action, {}, kept["after"], title, names)
    standing = row or model_of(kept["table"])()
    seen = RowEdit(standing, action, kept["before"], kept["after"], title, names)
    if row is None or any(
        value != kept["before"][name] for name, value in told(row, kept["before"])
    ):
        raise RowMoved(seen)
    if action == Action.REMOVE:
        return removing(row)
    plant(row, kept["after"])
    return RowEdit(row, action, kept["before"], kept["after"], title, names)


def loaded(pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Model]:
    """The rows that stand, by table and key: one query a table."""
    keys: dict[str, set[int]] = {}
    for table, key in pairs:
        keys.setdefault(table, set()).add(key)
    found: dict[tuple[str, int], Model] = {}
    for table, wanted in keys.items():
        rows = model_of(table)._default_manager.filter(pk__in=wanted)
        for row in with_titles(rows):
            found[table, row.pk] = row
    return found


def with_titles(rows: Any) -> Any:
    """Load with rows of any table of the record what their titles print."""
    if rows.model is Holding:
        return rows.select_related("post", "commune", "term")
    names = {column.name for column in rows.model._meta.concrete_fields if column.is_relation}
    return rows.select_related(*(names & {"commune", "term", "field"}))
