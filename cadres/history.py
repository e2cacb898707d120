"""What edits say in words: which row, which field, what it was and what it became.

Labels and names, never keys; the names of other rows are told as they were then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Field, ForeignKey, OuterRef
from django.utils.formats import number_format

from accounts.models import User
from cadres.change_kinds import label_of
from cadres.edits import Action, RowEdit, columns_of, model_of
from cadres.field_groups import NUMBERS, hidden_fields, sees_whole_numbers
from cadres.models import Change, Edit
from cadres.rules.levels import level_label
from cadres.traces import betrays
from daitu_portal.fields import PartialDateField, mask

_LAST_DAY = "Đến hết ngày"
_ENDS = {"valid_to", "ends_on"}  # the day after the last one
# What says only that the row is the person's, or is told elsewhere.
_UNTOLD = {"cadre", "entered_by", "is_kept"}
_ACTIONS = {Action.ADD: "Thêm", Action.CHANGE: "Sửa", Action.REMOVE: "Gỡ"}
WITHHELD = "(không hiển thị với vai trò này)"
WITHHELD_ROW = "mục không hiển thị với vai trò này"  # that there is one is all that is told


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
    def is_withheld(self) -> bool:
        """Whether not even the kind of the row may be known."""
        return self.what == WITHHELD_ROW

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
        "names": edit.names,
    }


def tell_edits(edits: Sequence[Plain], user: User) -> list[ToldEdit]:
    """Each edit in words for `user`, whose role hides some fields. No query."""
    return [_told(edit, user) for edit in edits]


def _told(edit: Plain, user: User) -> ToldEdit:
    model = model_of(edit["table"])
    columns = columns_of(model)
    hidden = hidden_fields(user, edit["table"])
    if "*" in hidden or betrays(edit, user):
        return ToldEdit(edit["table"], edit["action"], WITHHELD_ROW, "", ())
    lines = []
    for name in dict.fromkeys([*edit["before"], *edit["after"]]):
        column, before, after = columns.get(name), edit["before"].get(name), edit["after"].get(name)
        if column is None or name in _UNTOLD or before == after:
            continue
        if name in hidden:
            lines.append(Line(_label(column), WITHHELD, WITHHELD))
            continue
        words = [_words(column, value, edit, user) for value in (before, after)]
        if any(words):
            lines.append(Line(_label(column), *words))
    what = str(model._meta.verbose_name)
    return ToldEdit(edit["table"], edit["action"], what, edit.get("title", ""), tuple(lines))


def _label(column: Field) -> str:
    if column.name in _ENDS:
        return _LAST_DAY
    words = str(column.verbose_name)
    return words[:1].upper() + words[1:]


def _words(column: Field, value: Any, edit: Plain, user: User) -> str:
    """A plain value as the office reads it."""
    if value is None or value == "":
        return ""
    if isinstance(column, ForeignKey):
        return edit.get("names", {}).get(f"{column.name}:{value}", "") or f"số {value}"
    strand = edit["after"].get("strand") or edit["before"].get("strand")
    if column.name == "rank" and strand:
        return level_label(strand, value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if column.name in NUMBERS.get(edit["table"], ()) and not sees_whole_numbers(user):
        return mask(value)
    return _plain_words(column, value)


def _plain_words(column: Field, value: Any) -> str:
    kind = column.get_internal_type()
    if kind == "DateField":
        day = date.fromisoformat(value)
        shown = day - timedelta(days=1) if column.name in _ENDS else day
        return f"{shown:%d/%m/%Y}"
    if isinstance(column, PartialDateField):
        return str(column.to_python(value))
    if kind == "DecimalField":
        return number_format(Decimal(value))
    return str(value)


@dataclass(frozen=True)
class ToldChange:
    """A change with its rows in words."""

    change: Change
    edits: list[ToldEdit]

    @property
    def label(self) -> str:
        """What the change is called; of one that is withheld, only that there was one."""
        return "Thay đổi" if self.is_withheld else label_of(self.change.kind)

    @property
    def is_withheld(self) -> bool:
        """Whether a row of it is: then its kind, ground and reason would tell of what."""
        return any(edit.is_withheld for edit in self.edits)

    @property
    def is_standing(self) -> bool:
        """Whether it may still be undone: not undone yet, and no undoing itself."""
        return bool(self.edits) and self.change.undoes_id is None and not self.was_undone

    @property
    def was_undone(self) -> bool:
        return bool(getattr(self.change, "was_undone", False))


def tell_changes(changes: Iterable[Change], user: User) -> list[ToldChange]:
    """Changes in words for `user`, in their order. Two queries."""
    found = list(changes)
    edits = Edit.objects.filter(change__in=[change.pk for change in found]).order_by("pk")
    stored = list(edits)
    words = tell_edits([plain_of(edit) for edit in stored], user)
    by_change: dict[int, list[ToldEdit]] = {}
    for edit, one in zip(stored, words, strict=True):
        by_change.setdefault(edit.change_id, []).append(one)
    return [ToldChange(change, by_change.get(change.pk, [])) for change in found]


def with_who(changes: Any) -> Any:
    """Load with each change who did it on what, and whether it was undone. One query."""
    undone = Change.objects.filter(undoes=OuterRef("pk"))
    people = changes.select_related("by", "proposed_by", "confirmed_by", "basis", "cadre")
    return people.annotate(was_undone=Exists(undone))
