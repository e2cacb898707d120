"""What edits say in words: which row, which field, what it was and what it became.

Labels and names, never keys: rows that a value names are looked up together, one query a table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.formats import number_format

from accounts.models import User
from cadres.edits import Action, RowEdit, columns_of, model_of
from cadres.field_groups import hidden_fields, sees_whole_numbers
from cadres.models import Cadre, Edit
from cadres.rules.levels import level_label
from daitu_portal.fields import PartialDateField, mask

_LAST_DAY = "Đến hết ngày"
# What says only that the row is the person's, or is told elsewhere.
_UNTOLD = {"cadre", "entered_by", "is_kept"}
_ACTIONS = {Action.ADD: "Thêm", Action.CHANGE: "Sửa", Action.REMOVE: "Gỡ"}
WITHHELD = "(không hiển thị với vai trò này)"


@dataclass(frozen=True)
class Line:
    """One field of a row: what it was, what it became; "" where there was or is nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ToldEdit:
    """A row's edit in words. `action` is "add", "change" or "remove"."""

    table: str
    action: str
    what: str
    title: str
    lines: tuple[Line, ...]

    @property
    def verb(self) -> str:
        return _ACTIONS[Action(self.action)]


Plain = Mapping[str, Any]


def plain_of(edit: Edit | RowEdit) -> dict[str, Any]:
    """A stored or a coming edit as `tell_edits` reads them."""
    return {
        "table": edit.table,
        "action": edit.action,
        "before": edit.before,
        "after": edit.after,
        "title": edit.title,
    }


def tell_edits(edits: Sequence[Plain], user: User) -> list[ToldEdit]:
    """Each edit in words for `user`, whose role hides some fields. A query for each table that
    values name; none for edits without such values."""
    names = _names_of(edits)
    return [_told(edit, names, user) for edit in edits]


def _told(edit: Plain, names: Mapping[tuple[type[Model], Any], str], user: User) -> ToldEdit:
    model = model_of(edit["table"])
    columns = columns_of(model)
    hidden = hidden_fields(user) if model is Cadre else frozenset()
    lines = []
    for name in dict.fromkeys([*edit["before"], *edit["after"]]):
        column, before, after = columns.get(name), edit["before"].get(name), edit["after"].get(name)
        if column is None or name in _UNTOLD or before == after:
            continue
        if name in hidden:
            lines.append(Line(_label(column), WITHHELD, WITHHELD))
            continue
        of_row = {**edit["before"], **edit["after"]}
        words = [_words(column, value, of_row, names, user) for value in (before, after)]
        if any(words):
            lines.append(Line(_label(column), *words))
    what = str(model._meta.verbose_name)
    return ToldEdit(edit["table"], edit["action"], what, edit.get("title", ""), tuple(lines))


def _label(column: Field) -> str:
    if column.name == "valid_to":
        return _LAST_DAY
    words = str(column.verbose_name)
    return words[:1].upper() + words[1:]


def _words(
    column: Field,
    value: Any,
    of_row: Plain,
    names: Mapping[tuple[type[Model], Any], str],
    user: User,
) -> str:
    """A plain value as the office reads it."""
    if value is None or value == "":
        return ""
    if isinstance(column, ForeignKey):
        return names.get((column.related_model, value), "(không còn)")
    if column.name == "rank" and "strand" in of_row:
        return level_label(of_row["strand"], value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if column.name == "national_id" and not sees_whole_numbers(user):
        return mask(value)
    return _plain_words(column, value)


def _plain_words(column: Field, value: Any) -> str:
    kind = column.get_internal_type()
    if kind == "DateField":
        day = date.fromisoformat(value)
        shown = day - timedelta(days=1) if column.name == "valid_to" else day
        return f"{shown:%d/%m/%Y}"
    if isinstance(column, PartialDateField):
        return str(column.to_python(value))
    if kind == "DecimalField":
        return number_format(Decimal(value))
    return str(value)


def _names_of(edits: Iterable[Plain]) -> dict[tuple[type[Model], Any], str]:
    wanted: dict[type[Model], set[Any]] = {}
    for edit in edits:
        columns = columns_of(model_of(edit["table"]))
        for values in (edit["before"], edit["after"]):
            for name, value in values.items():
                column = columns.get(name)
                if value is None or name in _UNTOLD or not isinstance(column, ForeignKey):
                    continue
                wanted.setdefault(column.related_model, set()).add(value)
    return {
        (model, row.pk): str(row)
        for model, keys in wanted.items()
        for row in model._default_manager.filter(pk__in=keys)
    }
