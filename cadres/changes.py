"""Changes of the record: on a ground, of a kind, written as edits that tell before and after.

Everything that writes a person's record comes through `record` (one person) or `record_many`
(a file). Kinds of changes are registered in change_kinds.py; undoing.py takes changes back.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F

from accounts.models import User
from cadres.change_kinds import ChangeKind
from cadres.citing import cite, need_decision
from cadres.edits import RowEdit, added, told, write
from cadres.models import Basis, Cadre, Change, Edit
from cadres.new_rows import insert
from cadres.soundness import check_row, refuse

Source = Change.Source
RECORD = "record"  # rows entered or corrected one by one
MERGE = "merge"  # two records of one person (cadres/merging.py): two changes that are one


class StaleVersion(Exception):
    """The person's record was changed after the form was opened; `current` is what it is now."""

    def __init__(self, current: Cadre) -> None:
        super().__init__(f"version is {current.version}")
        self.current = current


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
    check: Callable[[Any], None] | None = check_row,
) -> Change:
    """Write the edits of one person and what they are: the only way into a record.

    The caller has locked `cadre` (see `locked`), unless the person is new. `check` is asked of each
    row as the ones before it left the record, unless it is None. Raises ValidationError;
    PermissionDenied if the person would leave the scope of `ground.by`.
    """
    coming = [edit for edit in edits if edit is not None]
    if kind == RECORD and not coming:
        raise ValidationError({NON_FIELD_ERRORS: "Chưa có gì khác với hồ sơ."})
    cite(coming, ground.basis)
    written = _written(cadre, coming, check)
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
    insert(Edit, (_stored(change, edit) for edit in written))
    return change


def _written(
    cadre: Cadre, edits: list[RowEdit], check: Callable[[Any], None] | None
) -> list[RowEdit]:
    done = []
    for edit in edits:
        if edit.row is not cadre and getattr(edit.row, "cadre_id", None) == cadre.pk:
            edit.row.cadre = cadre
        if check and edit.action != Edit.Action.REMOVE and not isinstance(edit.row, Cadre):
            check(edit.row)
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


def _stored(change: Change, edit: RowEdit) -> dict[str, Any]:
    """The edit as the history keeps it, by attribute; what came to stand, clean and with keys."""
    is_new = edit.action == Edit.Action.ADD
    return {
        "change_id": change.pk,
        "cadre_id": change.cadre_id,
        "table": edit.table,
        "row_id": edit.row.pk,
        "action": edit.action,
        "before": dict(edit.before),
        "after": added(edit.row) if is_new else dict(told(edit.row, edit.after)),
        "title": edit.title,
        "names": dict(edit.names),
    }


def record_many(
    edits: Sequence[tuple[Cadre, RowEdit]], ground: Ground, *, kind: str
) -> list[Change]:
    """Tell of rows of many people that were written in bulk: one change a person, set-based; each
    record is of the next version then, but for those that begin here.

    The rows stand already, with their keys; the caller's transaction holds both together.
    """
    by_cadre: dict[int, list[RowEdit]] = {}
    people: dict[int, Cadre] = {}
    for cadre, edit in edits:
        people[cadre.pk] = cadre
        by_cadre.setdefault(cadre.pk, []).append(edit)
    changes = [_change_of(people[key], ground, kind) for key in by_cadre]
    _raise_versions([key for key, mine in by_cadre.items() if not any(map(_begins, mine))])
    Change.objects.bulk_create(changes, batch_size=500)
    insert(
        Edit, (_stored(change, edit) for change in changes for edit in by_cadre[change.cadre_id])
    )
    return changes


def _begins(edit: RowEdit) -> bool:
    return isinstance(edit.row, Cadre) and edit.action == Edit.Action.ADD


def _raise_versions(keys: Sequence[int]) -> None:
    """Whoever has a form of one of these people open is told that the record changed."""
    for start in range(0, len(keys), 500):
        chunk = Cadre.objects.filter(pk__in=keys[start : start + 500])
        chunk.update(version=F("version") + 1)


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
