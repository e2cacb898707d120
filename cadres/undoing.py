"""Taking changes back: what rests on them, and how the record is given back as it was."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from accounts.models import User
from cadres.changes import MERGE, Ground, StaleVersion, locked, locked_in_order, record
from cadres.edits import RowEdit, RowMoved, model_of, plant, turned_back
from cadres.models import Cadre, Change, CommitteeMembership, Edit, Holding, Status
from cadres.person_tables import left_with
from cadres.soundness import check_beside, refuse_taken_number

_MET = (
    "Chưa tách được: sau khi gộp đã ghi thêm dòng (nhu cầu, lớp học, điểm danh, đánh giá) trùng "
    "với dòng phải trả lại. Rút dòng ghi sau ở hồ sơ được giữ, rồi tách lại."
)
_PERSON = Cadre._meta.label_lower
_STATE = Status._meta.label_lower
_POSTS = {Holding._meta.label_lower, CommitteeMembership._meta.label_lower}


class HasDependants(Exception):
    """Later changes rest on what was to be undone; `changes` are they."""

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__(f"{len(changes)} changes depend on it")
        self.changes = list(changes)


def dependants(change: Change) -> list[Change]:
    """Later changes, still standing, of the same rows: what forbids to undo `change`.

    A later correction of other columns of a row forbids nothing; what a later change did to rows
    that a merge moved and to others besides would be torn in two. Of a person who was entered,
    every later row counts. One query for each edit.
    """
    found: dict[int, Change] = {}
    beside: dict[int, Change] = {}
    edits = list(change.edits.all())
    for edit in edits:
        for each in _standing(_later_of(edit)).exclude(change=change):
            if _touches(edit, each):
                found[each.change_id] = each.change
            elif change.kind == MERGE:
                beside[each.change_id] = each.change
    found |= {each.pk: each for each in beside.values() if _is_torn(each, edits)}
    return [found[key] for key in sorted(found)]


def _is_torn(later: Change, moved: Sequence[Edit]) -> bool:
    """Whether a change is of rows that a merge moved and of others, which stay where they are."""
    rows = {(edit.table, edit.row_id) for edit in moved if "cadre" in edit.after}
    mine = {(edit.table, edit.row_id) for edit in later.edits.all()}
    return bool(mine & rows) and bool(mine - rows)


def _later_of(edit: Edit) -> Any:
    if edit.table == _PERSON and edit.action == Edit.Action.ADD:
        return Edit.objects.filter(cadre=edit.row_id, pk__gt=edit.pk)
    rests = Q(table=edit.table, row_id=edit.row_id)
    is_added = edit.action == Edit.Action.ADD
    if is_added and edit.table == _STATE and edit.after["kind"] in Status.LEFT:
        # a post that was ended with the leaving, because that was to come
        ended = Q(table__in=_POSTS, action=Edit.Action.ADD, cadre=edit.cadre_id)
        rests |= ended & Q(after__valid_to=edit.after["valid_from"])
    return Edit.objects.filter(rests, pk__gt=edit.pk)


def _standing(edits: Any) -> Any:
    """Those of changes that nobody undid and that undo none, with what is told of them."""
    found = edits.filter(change__undone_by=None, change__undoes=None)
    return found.select_related("change__basis", "change__cadre", "change__by")


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
    """`dependants` of changes that are undone together, which do not forbid each other; and the
    merges that set one of their people aside: those are split first."""
    mine = {change.pk for change in changes}
    found = {each.pk: each for change in changes for each in dependants(change)}
    gone = {change.cadre_id for change in changes if not change.cadre.is_kept}
    if gone:
        merges = Change.objects.filter(kind=MERGE, cadre__in=gone, undone_by=None, undoes=None)
        for each in merges.select_related("basis", "cadre", "by"):
            if each.values["gone"] == each.cadre_id:
                found[each.pk] = each
    return [found[key] for key in sorted(found) if key not in mine]


@transaction.atomic
def undo(change_id: int, ground: Ground, *, version: int | None = None) -> Change:
    """Undo a change by another one, which gives back the record as it was; where two records were
    merged, both.

    Raises HasDependants with what rests on it, also where what comes back cannot stand beside a
    later change; ValidationError where the person's number or other rows forbid it; RowMoved,
    StaleVersion; Change.DoesNotExist outside the scope or if it was undone already,
    Cadre.DoesNotExist if the record is gone.
    """
    change = (
        Change.objects.visible_to(ground.by)
        .filter(undone_by=None, undoes=None)
        .select_related("cadre", "basis")
        .get(pk=change_id)
    )
    together = bound_to(change)
    people = _locked_for(change, together, ground.by, version)
    if change.kind != MERGE:
        return _undone(together, people, ground)[change.pk]
    return _split(together, people, ground)[change.pk]


def _split(
    together: Sequence[Change], people: Mapping[int, Cadre], ground: Ground
) -> dict[int, Change]:
    """As `_undone`. Raises ValidationError where a row that comes back meets one that was made
    since outside the history, or misses one that is gone."""
    tables = {table for each in together for table in each.edits.values_list("table", flat=True)}
    try:
        with transaction.atomic():
            done = _undone(together, people, ground)
            connection.check_constraints([model_of(table)._meta.db_table for table in tables])
    except IntegrityError as error:
        raise ValidationError(_MET) from error
    return done


@transaction.atomic
def undo_all(changes: Sequence[Change], ground: Ground) -> list[Change]:
    """Undo changes that were made together, as by one decision, in this order: the latest first.

    Raises as `undo` does; all people are locked in one order, and what forbids any change is asked
    of all at once.
    """
    keys = {change.pk for change in changes}
    if Change.objects.visible_to(ground.by).filter(pk__in=keys).count() < len(keys):
        raise Change.DoesNotExist
    people = locked_in_order(change.cadre_id for change in changes)
    done = _undone(changes, people, ground)
    return [done[change.pk] for change in changes]


def _undone(
    together: Sequence[Change], people: Mapping[int, Cadre], ground: Ground
) -> dict[int, Change]:
    """What undoes each of the changes, by its key."""
    later = dependants_of_all(together)
    if later:
        raise HasDependants(later)
    return {each.pk: _taken_back(each, people[each.cadre_id], ground, together)
            for each in together}  # fmt: skip


def _taken_back(change: Change, cadre: Cadre, ground: Ground, together: Sequence[Change]) -> Change:
    """Give the record back as it was; a conflict that no later change made was there before."""
    try:
        with transaction.atomic():
            return _given_back(change, cadre, ground, check_beside)
    except ValidationError as error:
        later = _later_beside(change, together)
        if later:
            raise HasDependants(later) from error
    return _given_back(change, cadre, ground, None)


def _given_back(
    change: Change, cadre: Cadre, ground: Ground, check: Callable[[Any], None] | None
) -> Change:
    edits = _on(cadre, turned_back(change.edits.all()))
    _stay_with(cadre, change, edits)
    undoing = record(cadre, edits, ground, kind="undo", undoes=change, check=check)
    _leaves_nothing(cadre, change)
    return undoing


def _later_beside(change: Change, together: Sequence[Change]) -> list[Change]:
    """Later changes, still standing, of the same tables of the person."""
    tables = {edit.table for edit in change.edits.all()}
    if tables & _POSTS:
        tables.add(_STATE)  # nothing is held after leaving for good
    later = Edit.objects.filter(cadre=change.cadre_id, table__in=tables, change__gt=change.pk)
    found = {each.change_id: each.change for each in _standing(later.exclude(change__in=together))}
    return [found[key] for key in sorted(found)]


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
def restore(change_id: int, ground: Ground, *, version: int | None = None) -> Change:
    """Give a person's record back as it was before a change, as a new change.

    Raises StaleVersion, RowMoved, ValidationError as `undo` does, Change.DoesNotExist outside the
    scope of `ground.by`.
    """
    change = Change.objects.visible_to(ground.by).select_related("cadre").get(pk=change_id)
    cadre = locked(change.cadre_id, ground.by, version)
    edits = _on(cadre, back_before(change))
    restored = record(cadre, edits, ground, kind="restore", check=None)
    _leaves_nothing(cadre, change)
    return restored


def tried(act: Callable[[], Any]) -> list[Change]:
    """What forbids to take something back, found by doing it; nothing stays written.

    Raises what `act` raises but HasDependants.
    """
    with transaction.atomic():
        try:
            act()
        except HasDependants as refused:
            return refused.changes
        finally:
            transaction.set_rollback(True)
    return []


def _on(cadre: Cadre, edits: Iterable[RowEdit]) -> list[RowEdit]:
    """The edits, those of the person's own row on the locked one. Raises ValidationError if the
    number that comes back is another's by now."""
    found = [_of(edit, cadre) for edit in edits]
    if any(edit.row is cadre and "national_id" in edit.after for edit in found):
        refuse_taken_number(cadre)
    return found


def _of(edit: RowEdit, cadre: Cadre) -> RowEdit:
    if isinstance(edit.row, Cadre) and edit.row.pk == cadre.pk:
        plant(cadre, edit.after)
        return replace(edit, row=cadre)
    return edit


def _stay_with(cadre: Cadre, change: Change, edits: Sequence[RowEdit]) -> None:
    """Raise RowMoved where a row is another person's by now, as after a merge was split."""
    if change.kind == MERGE:
        return
    for edit in edits:
        if getattr(edit.row, "cadre_id", cadre.pk) != cadre.pk:
            raise RowMoved(edit)


def _leaves_nothing(cadre: Cadre, change: Change) -> None:
    """Raise ValidationError where a record that goes away still has rows, such as files or classes,
    that no change put there."""
    left = [] if cadre.is_kept or change.kind == MERGE else left_with(cadre)
    if left:
        raise ValidationError(f"Hồ sơ còn {', '.join(left)}: gỡ trước, hoặc gộp với hồ sơ đúng.")
