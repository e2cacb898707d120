"""Decisions: many changes on one basis, made together, and taken back together by another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cadres.changes import ChangeKind, Ground, HasDependants, apply, dependants, locked, undo
from cadres.edits import RowEdit, turned_back
from cadres.models import Basis, Cadre, Change
from cadres.soundness import refuse


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


@transaction.atomic
def decide(lines: Sequence[Line], ground: Ground) -> list[Change]:
    """Make all changes of a decision or none, each as the ones before it left the record.

    Raises Refused with everything that is wrong in any line.
    """
    made, faults = [], {}
    for number, line in enumerate(lines):
        try:
            with transaction.atomic():
                made.append(
                    apply(
                        line.kind, line.cadre.pk, line.values, line.day, ground,
                        plain_values=line.typed,
                    )
                )  # fmt: skip
        except ValidationError as error:
            faults[number] = error.message_dict
        except Cadre.DoesNotExist:
            faults[number] = {"": ["Người này không có trong phạm vi của bạn."]}
    if faults:
        raise Refused(faults)
    return made


def rehearse(lines: Sequence[Line], ground: Ground) -> list[list[RowEdit]]:
    """The rows that the decision would add and change, line by line; nothing is written.

    Raises Refused as `decide` does.
    """
    found: list[list[RowEdit]] = []
    faults: dict[int, dict[str, list[str]]] = {}
    with transaction.atomic():
        for number, line in enumerate(lines):
            found.append([])
            try:
                with transaction.atomic():
                    cadre = locked(line.cadre.pk, ground.by)
                    refuse(line.kind.problems(cadre, line.values, line.day))
                    edits = line.kind.edits(cadre, line.values, line.day)
                    found[-1] = [edit for edit in edits if edit is not None]
                    apply(line.kind, cadre.pk, line.values, line.day, ground)
            except ValidationError as error:
                faults[number] = error.message_dict
            except Cadre.DoesNotExist:
                faults[number] = {"": ["Người này không có trong phạm vi của bạn."]}
        transaction.set_rollback(True)
    if faults:
        raise Refused(faults)
    return found


def standing(basis: Basis) -> list[Change]:
    """The changes on a basis that were not undone, the latest first. One query."""
    rows = basis.changes.filter(undone_by=None, undoes=None)
    return list(rows.select_related("cadre", "basis").order_by("-pk"))


def what_rests_on(basis: Basis) -> list[Change]:
    """Changes on other bases that rest on those of `basis`: what forbids to revoke it."""
    found = {
        later.pk: later
        for change in standing(basis)
        for later in dependants(change)
        if later.basis_id != basis.pk
    }
    return [found[key] for key in sorted(found)]


def what_it_undoes(basis: Basis) -> list[tuple[Change, list[RowEdit]]]:
    """For each change of the decision, the rows that revoking gives back, the latest first.

    Raises RowMoved where a row was written past the history.
    """
    return [(change, turned_back(change.edits.all())) for change in standing(basis)]


@transaction.atomic
def revoke(basis: Basis, ground: Ground) -> list[Change]:
    """Take back all that a decision changed, by the decision of `ground`.

    Raises HasDependants with what rests on it, ValidationError if it was revoked already or is
    the revoking one itself.
    """
    held = Basis.objects.select_for_update().get(pk=basis.pk)
    if held.revoked_by_id is not None:
        raise ValidationError("Quyết định này đã bị bãi bỏ.")
    if ground.basis is None or ground.basis.pk == held.pk:
        raise ValidationError("Bãi bỏ bằng một quyết định khác.")
    later = what_rests_on(held)
    if later:
        raise HasDependants(later)
    undone = [undo(change.pk, ground) for change in standing(held)]
    held.revoked_by = ground.basis
    held.save(update_fields=["revoked_by"])
    return undone
