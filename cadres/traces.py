"""Edits whose kind, ground and reason would tell of what a role may not see.

Of discipline: that a decision was one is known from its name alone. Asked of one edit, for the
history, and in SQL, for files; a test compares both.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Q

from accounts.models import User
from cadres.field_groups import ALL, GROUPS, ROWS_THAT_TELL, TELLTALES, FieldGroup, sees

_GROUPS = (FieldGroup.DISCIPLINE,)


class Trace(NamedTuple):
    """What of an edit of `table` tells: any row ("*"), one of `values` in `field`, before or
    after, or the words of one as the row's title; without values any number above none."""

    table: str
    field: str
    values: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Titles of rows that are called by what the field holds."""
        if (self.table, self.field) not in ROWS_THAT_TELL:
            return ()
        labels = dict(apps.get_model(self.table)._meta.get_field(self.field).flatchoices)
        return tuple(str(labels[value]) for value in self.values)

    def is_in(self, value: Any) -> bool:
        """Whether `value` of the field tells."""
        return value in self.values if self.values else bool(value)


def traces(user: User) -> Iterator[Trace]:
    """All that tells of a group that `user` may not see."""
    for (table, group), names in GROUPS.items():
        if group in _GROUPS and not sees(user, group):
            yield from (Trace(table, name) for name in names)
    for (table, name), (group, values) in TELLTALES.items():
        if group in _GROUPS and not sees(user, group):
            yield Trace(table, name, tuple(sorted(values)))


def betrays(edit: Mapping[str, Any], user: User) -> bool:
    """Whether an edit (as `history.plain_of` gives it) tells `user` what is withheld."""
    return any(_is_found(trace, edit) for trace in traces(user) if trace.table == edit["table"])


def _is_found(trace: Trace, edit: Mapping[str, Any]) -> bool:
    if trace.field in ALL or edit.get("title") in trace.titles:
        return True
    return any(trace.is_in(edit[side].get(trace.field)) for side in ("before", "after"))


def betraying(user: User) -> Q:
    """The condition on Edit that says the same as `betrays`."""
    found = Q(pk__in=())
    for trace in traces(user):
        found |= Q(table=trace.table) & _says(trace)
    return found


def _says(trace: Trace) -> Q:
    if trace.field in ALL:
        return Q()
    how, value = ("in", list(trace.values)) if trace.values else ("gt", 0)
    asked = {f"{side}__{trace.field}__{how}": value for side in ("before", "after")}
    return Q(*asked.items(), title__in=trace.titles, _connector=Q.OR)
