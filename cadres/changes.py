"""Changes of the record: on a ground, of a kind, written as edits that tell before and after.

Everything that writes a person's record comes through `record` (one person) or `record_many`
(a file). Kinds of changes are registered in change_kinds.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from cadres.change_kinds import ChangeKind
from cadres.citing import cite, need_decision
from cadres.edits import RowEdit, RowMoved, adding, plant, told, turned_back, write
from cadres.models import Basis, Cadre, Change, Edit
from cadres.soundness import check_row, refuse

Source = Change.Source
RECORD = "record"  # rows entered or corrected one by one
MERGE = "merge"  # two records of one person (cadres/merging.py): two changes that are one


class StaleVersion(Exception):
    """The person's record was changed after the form was opened; `current` is what it is now."""

    def __init__(self, current: Cadre) -> None:
        super().__init__(f"version is {current.version}")
        self.current = current


class HasDependants(Exception):
    """Later changes rest on what was to be undone; `changes` are they."""

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__(f"{len(changes)} changes depend on it")
        self.changes = changes


@dataclass(frozen=True)
class Ground:
    """Who changes the record, on which basis, and why; who proposed and confirmed it, if others."""

    by: Any  # a User; None: the command line, which only imports
    basis: Basis | None
    reason: str = ""
    source: str = Source.DIRECT
    proposed_by: User | None = None
    confirmed_by: User | None = None


def locked(cadre_id: int, by: User, version: int | None = None) -> Cadre:
    """The person, locked for this transaction: all checks of other rows hold until the commit.

    Raises Cadre.DoesNotExist outside the scope of `by`, StaleVersion if `version` is not that of
    now.
    """
    cadre = Cadre.objects.visible_to(by).select_for_update().get(pk=cadre_id)
    if version is not None and cadre.version != version:
        raise StaleVersion(cadre)
    return cadre


def locked_in_order(keys: Iterable[int]) -> dict[int, Cadre]:
    """Several people, locked in the order of their keys, so that two requests never wait for each
    other. Asks nothing of scope."""
    people = Cadre.objects.select_for_update().filter(pk__in=set(keys)).order_by("pk")
    return {cadre.pk: cadre for cadre in people}


@transaction.atomic
def record(
    cadre: Cadre,
    edits: Iterable[RowEdit | None],
    ground: Ground,
    *,
    kind: str = RECORD,
    effective_on: date | None = None,
    values: Mapping[str, Any] | None = None,
    undoes: Change | None = None,
    checks: bool = True,
) -> Change:
    """Write the edits of one person and what they are: the only way into a record.

    The caller has locked `cadre` (see `locked`), unless the person is new. Each row is checked as
    the ones before it left the record. Raises ValidationError; PermissionDenied if the person
    would leave the scope of `ground.by`.
    """
    coming = [edit for edit in edits if edit is not None]
    cite(coming, ground.basis)
    written = _written(cadre, coming, checks=checks)
    cadre.version += 1
    Cadre.objects.filter(pk=cadre.pk).update(version=cadre.version)
    change = tell(
        cadre, written, ground,
        kind=kind, effective_on=effective_on, values=values, undoes=undoes,
    )  # fmt: skip
    _stays_visible(cadre, ground.by)
    return change


def _stays_visible(cadre: Cadre, by: Any) -> None:
    """Raise PermissionDenied where the change took the person out of its author's scope; the
    district's reaches everyone."""
    if not cadre.is_kept or by.sees_whole_district:
        return
    if not Cadre.objects.visible_to(by).filter(pk=cadre.pk).exists():
        raise PermissionDenied


def tell(
    cadre: Cadre,
    written: Iterable[RowEdit],
    ground: Ground,
    *,
    kind: str = RECORD,
    effective_on: date | None = None,
    values: Mapping[str, Any] | None = None,
    undoes: Change | None = None,
) -> Change:
    """Store what was done to rows that are written already; the caller's transaction holds both."""
    change = _change_of(cadre, ground, kind)
    change.effective_on, change.values, change.undoes = effective_on, dict(values or {}), undoes
    change.save(force_insert=True)
    rows = [_stored(change, edit) for edit in written]
    if len(rows) == 1:  # spares the savepoint that a bulk write makes
        rows[0].save(force_insert=True)
    else:
        Edit.objects.bulk_create(rows)
    return change


def _written(cadre: Cadre, edits: list[RowEdit], *, checks: bool) -> list[RowEdit]:
    done = []
    for edit in edits:
        if edit.row is not cadre and getattr(edit.row, "cadre_id", None) == cadre.pk:
            edit.row.cadre = cadre
        if checks and edit.action != Edit.Action.REMOVE and not isinstance(edit.row, Cadre):
            check_row(edit.row)
        key = edit.row.pk
        write(edit)
        if edit.action == Edit.Action.REMOVE:
            edit.row.pk = key  # Django forgets it, the history must not
        done.append(edit)
    return done


def _change_of(cadre: Cadre, ground: Ground, kind: str) -> Change:
    return Change(
        kind=kind,
        cadre=cadre,
        basis=ground.basis,
        reason=ground.reason,
        source=ground.source,
        by=ground.by,
        proposed_by=ground.proposed_by,
        confirmed_by=ground.confirmed_by,
    )


def _stored(change: Change, edit: RowEdit) -> Edit:
    """The edit as the history keeps it; what came to stand, cleaned and with its keys."""
    after = adding(edit.row).after if edit.action == Edit.Action.ADD else edit.after
    return Edit(
        change=change,
        cadre_id=change.cadre_id,
        table=edit.table,
        row_id=edit.row.pk,
        action=edit.action,
        before=dict(edit.before),
        after=dict(told(edit.row, after)),
        title=edit.title,
        names=dict(edit.names),
    )


def record_many(
    edits: Sequence[tuple[Cadre, RowEdit]], ground: Ground, *, kind: str
) -> list[Change]:
    """Tell of rows of many people that were written in bulk: one change a person, set-based.

    The rows stand already, with their keys; the caller's transaction holds both together.
    """
    by_cadre: dict[int, list[RowEdit]] = {}
    people: dict[int, Cadre] = {}
    for cadre, edit in edits:
        people[cadre.pk] = cadre
        by_cadre.setdefault(cadre.pk, []).append(edit)
    changes = [_change_of(people[key], ground, kind) for key in by_cadre]
    Change.objects.bulk_create(changes, batch_size=500)
    Edit.objects.bulk_create(
        (_stored(change, edit) for change in changes for edit in by_cadre[change.cadre_id]),
        batch_size=500,
    )
    return changes


def apply(
    kind: ChangeKind, cadre_id: int, values: Mapping[str, Any], day: date, ground: Ground,
    *, version: int | None = None, plain_values: Mapping[str, Any] | None = None,
) -> Change:  # fmt: skip
    """Make a change of a kind. Raises as `locked` and `record` do, and ValidationError with all
    of the kind's own problems, or where the basis is none for it."""
    if kind.needs_decision:
        need_decision(ground.basis)
    with transaction.atomic():
        cadre = locked(cadre_id, ground.by, version)
        refuse(kind.problems(cadre, values, day))
        return record(
            cadre, kind.edits(cadre, values, day), ground,
            kind=kind.code, effective_on=day, values=plain_values,
        )  # fmt: skip


def dependants(change: Change) -> list[Change]:
    """Later changes, still standing, of the same rows: what forbids to undo `change`.

    A later correction of other columns of a row forbids nothing. One query for each edit.
    """
    found: dict[int, Change] = {}
    for edit in change.edits.all():
        later = Edit.objects.filter(
            table=edit.table, row_id=edit.row_id, pk__gt=edit.pk,
            change__undone_by=None, change__undoes=None,
        ).exclude(change=change)  # fmt: skip
        for each in later.select_related("change__basis", "change__cadre", "change__by"):
            if _touches(edit, each):
                found[each.change_id] = each.change
    return [found[key] for key in sorted(found)]


def _touches(edit: Edit, later: Edit) -> bool:
    if edit.action == Edit.Action.ADD or later.action == Edit.Action.REMOVE:
        return True
    return bool(set(edit.after) & set(later.after))


def bound_to(change: Change) -> list[Change]:
    """The change and those of other people that were made as one with it: they are undone
    together, the record that stays first. One query, none for what stands alone."""
    pair = change.values.get("pair") if change.kind == MERGE else None
    if pair is None:
        return [change]
    people = (change.values["into"], change.values["gone"])
    found = Change.objects.filter(kind=MERGE, cadre__in=people, values__pair=pair)
    return sorted(
        found.select_related("cadre", "basis"), key=lambda each: people.index(each.cadre_id)
    )


def dependants_of_all(changes: Sequence[Change]) -> list[Change]:
    """`dependants` of changes that are undone together; they do not forbid each other."""
    mine = {change.pk for change in changes}
    found = {each.pk: each for change in changes for each in dependants(change)}
    return [found[key] for key in sorted(found) if key not in mine]


@transaction.atomic
def undo(change_id: int, ground: Ground, *, version: int | None = None) -> Change:
    """Undo a change by another one, which gives back the record as it was; where two records were
    merged, both.

    Raises HasDependants with what rests on it, RowMoved, StaleVersion, Change.DoesNotExist
    outside the scope or if it was undone already, Cadre.DoesNotExist if the record is gone.
    """
    change = (
        Change.objects.visible_to(ground.by)
        .filter(undone_by=None, undoes=None)
        .select_related("cadre", "basis")
        .get(pk=change_id)
    )
    together = bound_to(change)
    people = _locked_for(change, together, ground.by, version)
    later = dependants_of_all(together)
    if later:
        raise HasDependants(later)
    done = {}
    for each in together:
        cadre = people[each.cadre_id]
        edits = [_of(edit, cadre) for edit in turned_back(each.edits.all())]
        done[each.pk] = record(cadre, edits, ground, kind="undo", undoes=each, checks=False)
    return done[change.pk]


def _locked_for(
    change: Change, together: Sequence[Change], by: User, version: int | None
) -> dict[int, Cadre]:
    """The people of changes that are undone together, locked in the order of their keys; that the
    record is in scope is asked of the one that stays."""
    if len(together) == 1:
        return {change.cadre_id: locked(change.cadre_id, by, version)}
    keys = [each.cadre_id for each in together]
    people = locked_in_order(keys)
    Cadre.objects.visible_to(by).get(pk=keys[0])
    if version is not None and people[change.cadre_id].version != version:
        raise StaleVersion(people[change.cadre_id])
    return people


def back_before(change: Change) -> list[RowEdit]:
    """What gives the whole record of the person back as it was before `change`: everything since,
    that change included, turned back. Raises RowMoved, also where two records were merged since:
    those are split first, lest rows go back to a record that is set aside."""
    first = change.edits.order_by("pk").first()
    since = Edit.objects.filter(cadre=change.cadre_id, pk__gte=first.pk if first else 0)
    merges = since.filter(change__kind=MERGE, change__undone_by=None).first() if first else None
    if merges is not None:
        raise RowMoved(merges)
    return turned_back(since if first else ())


@transaction.atomic
def restore(change_id: int, ground: Ground, *, version: int) -> Change:
    """Give a person's record back as it was before a change, as a new change.

    Raises StaleVersion, RowMoved, Change.DoesNotExist outside the scope of `ground.by`.
    """
    change = Change.objects.visible_to(ground.by).select_related("cadre").get(pk=change_id)
    cadre = locked(change.cadre_id, ground.by, version)
    edits = [_of(edit, cadre) for edit in back_before(change)]
    return record(cadre, edits, ground, kind="restore", checks=False)


def _of(edit: RowEdit, cadre: Cadre) -> RowEdit:
    """The edit on the locked person where it is the person's own row."""
    if isinstance(edit.row, Cadre) and edit.row.pk == cadre.pk:
        plant(cadre, edit.after)
        return replace(edit, row=cadre)
    return edit
