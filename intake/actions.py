"""Writes what a file brings: people and rows in bulk, and their history, all or nothing."""

import copy
from collections.abc import Collection, Iterator

from accounts.models import User
from cadres.actions import next_codes
from cadres.changes import Ground, record_many
from cadres.citing import cite_rows
from cadres.edits import RowEdit, changed_from, coming
from cadres.models import Cadre, Change
from cadres.new_rows import insert_rows
from cadres.records_people import PEOPLE
from daitu_portal.fields import DerivedCharField
from daitu_portal.garbage import not_collecting
from intake.plan import Change as RowChange
from intake.plan import Plan

_ROWS_AT_ONCE = 200


class StaleImport(Exception):
    """The records changed after the preview, or it was confirmed already: nothing was written."""


@not_collecting()
def write(plan: Plan, *, ground: Ground, codes: Iterator[str] | None = None) -> list[Change]:
    """Write the new and changed records of a plan, and their history on `ground`: one change a
    person. The caller's transaction holds them together; `codes` are those that new people get
    (`free_codes`), where the plan is a piece of a longer one.
    """
    people = [change for change in plan.changes if change.table is PEOPLE]
    rows = [change for change in plan.changes if change.table is not PEOPLE]
    _lock({change.cadre for change in plan.changes if change.before and change.cadre.pk})
    new = [change for change in plan.changes if change.is_new]
    changed = [change for change in plan.changes if change.before and not change.is_new]
    edits = [(change.cadre, edit_of(change)) for change in changed]
    cite_rows((change.row for change in new), ground.basis)
    _create_people(
        [change.row for change in people if change.is_new], ground.proposed_by or ground.by, codes
    )
    _update_rows([change for change in people if change.before and not change.is_new])
    for model in dict.fromkeys(type(change.row) for change in rows):
        mine = [change for change in rows if type(change.row) is model]
        made = [change.row for change in mine if change.is_new]
        insert_rows(model, made)
        _update_rows([change for change in mine if change.before and not change.is_new])
    edits = [*((change.cadre, coming(change.row)) for change in new), *edits]
    return record_many(edits, ground, kind="import")


def edit_of(change: RowChange) -> RowEdit:
    """A changed row as the history tells it."""
    was = copy.copy(change.row)
    for name, value in change.before.items():
        setattr(was, name, value)
    edit = changed_from(was, change.row)
    assert edit is not None, f"{change.row!r} is told to change and does not"
    return edit


def _lock(cadres: set[Cadre]) -> None:
    keys = sorted(cadre.pk for cadre in cadres)
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        chunk = keys[start : start + _ROWS_AT_ONCE]
        found = dict(
            Cadre.objects.select_for_update().filter(pk__in=chunk).values_list("pk", "version")
        )
        for cadre in cadres:
            if cadre.pk in found and found[cadre.pk] != cadre.version:
                raise StaleImport("records")


def free_codes(count: int, given: Collection[str]) -> Iterator[str]:
    """`count` codes for new people that nobody has, and none of those that a file brings."""
    return iter([code for code in next_codes(count + len(given)) if code not in given])


def _create_people(cadres: list[Cadre], by: User | None, codes: Iterator[str] | None) -> None:
    nameless = [cadre for cadre in cadres if not cadre.code]
    if codes is None:
        codes = free_codes(len(nameless), {cadre.code for cadre in cadres if cadre.code})
    for cadre in nameless:
        cadre.code = next(codes)
    for cadre in cadres:
        cadre.entered_by = by
    insert_rows(Cadre, cadres)


def _update_rows(changes: list[RowChange]) -> None:
    if not changes:
        return
    model = type(changes[0].row)
    derived = [f for f in model._meta.concrete_fields if isinstance(f, DerivedCharField)]
    for change in changes:
        for column in derived:
            column.pre_save(change.row, add=False)  # bulk_update does not
    names = {code for change in changes for code in change.before}
    names |= {f.name for f in derived if f.source in names}
    model._default_manager.bulk_update(
        [change.row for change in changes], sorted(names), batch_size=_ROWS_AT_ONCE
    )
