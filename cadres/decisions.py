"""Decisions: many changes on one basis, made together, and taken back together by another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cadres.careers import crowding_on_record, crowding_words
from cadres.change_kinds import ChangeKind
from cadres.changes import Ground, apply, locked, locked_in_order
from cadres.edits import RowEdit, turned_back
from cadres.models import Basis, Cadre, Change, Edit, Holding
from cadres.soundness import refuse
from cadres.undoing import tried, undo_all

Faults = Mapping[int, dict[str, list[str]]]
_NOT_YOURS = "Người này không có trong phạm vi của bạn."
_GOES = "Việc này đưa người ấy ra khỏi phạm vi của bạn: nhờ Tổ chức – Nội vụ huyện nhập."
_TWICE = "Trùng với một dòng đã có trong hồ sơ."


@dataclass(frozen=True)
class Line:
    """One change of one person by a decision. `typed` is what stands in the history of it."""

    kind: ChangeKind
    cadre: Cadre
    values: Mapping[str, Any]
    day: date
    typed: Mapping[str, Any]


class Refused(Exception):
    """Lines that cannot be made; `faults` are their messages by field, by number of the line."""

    def __init__(self, faults: Mapping[int, dict[str, list[str]]]) -> None:
        super().__init__(f"{len(faults)} lines")
        self.faults = faults


@dataclass(frozen=True)
class Rehearsed:
    """What a line would do: its rows, and what to know before it is made."""

    edits: list[RowEdit]
    warnings: list[str]


@transaction.atomic
def decide(lines: Sequence[Line], ground: Ground) -> list[Change]:
    """Make all changes of a decision or none, each as the ones before it left the record.

    Raises Refused with everything that is wrong in any line.
    """
    made: list[Change] = []
    _each(lines, lambda line: made.append(_make(line, ground)))
    return made


def rehearse(lines: Sequence[Line], ground: Ground) -> list[Rehearsed]:
    """What the decision would do, line by line; nothing is written. A basis that is not stored
    yet, or is not known yet, is stored for the time of it.

    Raises Refused as `decide` does.
    """
    found: list[Rehearsed] = []
    with transaction.atomic():
        tried = replace(ground, basis=basis_to_try(ground.basis))
        try:
            _each(lines, lambda line: found.append(_rehearsed(line, tried)))
            for each in found:
                each.warnings.extend(_crowding(each.edits))
        finally:
            transaction.set_rollback(True)
    return found


def basis_to_try(basis: Basis | None) -> Basis:
    """A stored basis for a decision that is only tried: itself, or a copy, in a transaction that
    is undone."""
    if basis is not None and basis.pk:
        return basis
    if basis is None:
        basis = Basis(kind=Basis.Kind.DECISION, number="…", issuer="…")
        basis.signed_on = timezone.localdate()
    return Basis.objects.create(
        kind=basis.kind, number=basis.number, issuer=basis.issuer, signed_on=basis.signed_on
    )


def _each(lines: Sequence[Line], act: Any) -> None:
    """Do `act` with every line; the people are locked in one order for all. Raises Refused."""
    locked_in_order(line.cadre.pk for line in lines)
    faults: dict[int, dict[str, list[str]]] = {}
    for number, line in enumerate(lines):
        try:
            with transaction.atomic():
                act(line)
        except ValidationError as error:
            faults[number] = _by_field(error)
        except Cadre.DoesNotExist:
            faults[number] = {"": [_NOT_YOURS]}
        except PermissionDenied:
            faults[number] = {"": [_GOES]}
        except IntegrityError:
            faults[number] = {"": [_TWICE]}
    if faults:
        raise Refused(faults)


def _by_field(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def _make(line: Line, ground: Ground) -> Change:
    return apply(
        line.kind, line.cadre.pk, line.values, line.day, ground, plain_values=line.typed
    )  # fmt: skip


def _rehearsed(line: Line, ground: Ground) -> Rehearsed:
    cadre = locked(line.cadre.pk, ground.by)
    refuse(line.kind.problems(cadre, line.values, line.day))
    edits = line.kind.edits(cadre, line.values, line.day)
    warnings = line.kind.warnings(cadre, line.values, line.day)
    _make(line, ground)
    return Rehearsed([edit for edit in edits if edit is not None], list(warnings))


def _crowding(edits: Sequence[RowEdit]) -> list[str]:
    """Of posts that would have more holders than there are places, once all lines are made."""
    rows = [edit.row for edit in edits if edit.action == Edit.Action.ADD]
    found = []
    for row in rows:
        others = crowding_on_record(row) if isinstance(row, Holding) else []
        if others:
            found.append(crowding_words(row, others))
    return found


def standing(basis: Basis) -> list[Change]:
    """The changes on a basis that were not undone, the latest first. One query."""
    rows = basis.changes.filter(undone_by=None, undoes=None)
    return list(rows.select_related("cadre", "basis").order_by("-pk"))


def what_rests_on(basis: Basis, by: Any) -> list[Change]:
    """Changes on other bases that rest on those of `basis`: what forbids to revoke it. Found by
    taking it back for a moment; raises what that raises, but HasDependants."""
    ground = Ground(by=by, basis=None, source=Change.Source.RESTORED)
    return tried(lambda: undo_all(standing(basis), ground))


@dataclass(frozen=True)
class Undoing:
    """What revoking a decision gives back to one person."""

    cadre: Cadre
    changes: list[Change]
    edits: list[RowEdit]


def what_it_undoes(basis: Basis) -> list[Undoing]:
    """For each person of a decision, what revoking it gives back: all its changes as one.

    Raises RowMoved where a row was written past the history.
    """
    by_person: dict[int, list[Change]] = {}
    for change in standing(basis):
        by_person.setdefault(change.cadre_id, []).append(change)
    return [
        Undoing(changes[0].cadre, changes, turned_back(Edit.objects.filter(change__in=changes)))
        for changes in by_person.values()
    ]


@transaction.atomic
def revoke(basis: Basis, ground: Ground) -> list[Change]:
    """Take back all that a decision changed, by the decision of `ground`.

    Raises HasDependants with what rests on it; RowMoved; ValidationError if it was revoked
    already, is the revoking one itself, or has nothing to take back.
    """
    held = Basis.objects.select_for_update().get(pk=basis.pk)
    if held.revoked_by_id is not None:
        raise ValidationError("Quyết định này đã bị bãi bỏ.")
    if ground.basis is None or ground.basis.pk == held.pk:
        raise ValidationError("Bãi bỏ bằng một quyết định khác.")
    if held.signed_on and ground.basis.signed_on and ground.basis.signed_on < held.signed_on:
        raise ValidationError(
            f"Quyết định bãi bỏ phải ký từ ngày {held.signed_on:%d/%m/%Y}, ngày của quyết định này."
        )
    changes = standing(held)
    if not changes:
        raise ValidationError("Quyết định này không còn thay đổi nào để bãi bỏ.")
    undone = undo_all(changes, ground)
    held.revoked_by = ground.basis
    held.save(update_fields=["revoked_by"])
    return undone
