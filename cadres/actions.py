"""What changes the record of a person: each one transaction, all or nothing.

Every write locks the person first (a row lock on PostgreSQL, the writer's lock on SQLite), so that
checks against other rows of the same person hold until the commit; and tells its history on its
ground (cadres/changes.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.db.models.functions import Length

from accounts.models import User
from cadres.alike import Alike, alike_to
from cadres.changes import Ground, locked, record, tell
from cadres.edits import RowEdit, adding, changed_from, changing, removing
from cadres.models import Cadre, CommitteeMembership, Holding, JournalNote
from cadres.soundness import refuse_taken_number
from cadres.steps import following

CODE_PREFIX = "DT"
_CODE_ATTEMPTS = 5

Row = TypeVar("Row", bound=Model)


class DuplicatePeople(Exception):
    """People exist who may be the new one, and whom the user has not been shown."""

    def __init__(self, alike: Sequence[Alike]) -> None:
        super().__init__(f"{len(alike)} people alike")
        self.alike = list(alike)
        self.people = [each.cadre for each in alike]


def next_codes(count: int = 1) -> list[str]:
    """`count` codes that no person has yet, e.g. "DT000713".

    Another transaction may take them first: the unique constraint then refuses, and the caller
    tries again (see `create_cadre`).
    """
    found = (
        Cadre.objects.filter(code__regex=rf"^{CODE_PREFIX}[0-9]+$")
        .order_by(Length("code").desc(), "-code")
        .values_list("code", flat=True)
        .first()
    )
    last = int(found.removeprefix(CODE_PREFIX)) if found else 0
    return [f"{CODE_PREFIX}{number:06d}" for number in range(last + 1, last + 1 + count)]


@transaction.atomic
def create_cadre(cadre: Cadre, *, ground: Ground, alike_seen: Iterable[int] | None = ()) -> Cadre:
    """Save a new person, with a code of its own, entered by whoever proposed it, else `ground.by`.

    `alike_seen`: keys of the people who may be this one, whom the user was shown and who are
    someone else; None where whoever decides was shown them all. Raises DuplicatePeople if there
    are others, which also stops a form that is sent twice; ValidationError if the person may not
    be saved.
    """
    alike = [] if alike_seen is None else alike_to(cadre)
    if {each.cadre.pk for each in alike} - set(alike_seen or ()):
        raise DuplicatePeople(alike)
    cadre.entered_by = ground.proposed_by or ground.by
    cadre.version = 1
    _save_with_code(cadre)
    tell(cadre, [adding(cadre)], ground)
    _check_visible(cadre.pk, ground.by)
    return cadre


def _save_with_code(cadre: Cadre) -> None:
    for attempt in range(_CODE_ATTEMPTS):
        cadre.code = next_codes()[0]
        try:
            with transaction.atomic():
                cadre.save(force_insert=True)
            return
        except IntegrityError:
            cadre.pk = None
            refuse_taken_number(cadre)
            if attempt == _CODE_ATTEMPTS - 1:
                raise


@transaction.atomic
def change_cadre(
    cadre_id: int, changes: Mapping[str, Any], *, ground: Ground, version: int
) -> Cadre:
    """Set the fields in `changes` on the person, if nobody changed the record since `version`.

    Raises Cadre.DoesNotExist outside the scope of `ground.by`, StaleVersion, ValidationError.
    """
    cadre = locked(cadre_id, ground.by, version)
    try:
        with transaction.atomic():
            record(cadre, [changing(cadre, changes)], ground)
    except IntegrityError:
        refuse_taken_number(cadre)
        raise
    return cadre


@transaction.atomic
def save_record(row: Row, *, ground: Ground, version: int | None = None) -> Row:
    """Add or change a row of a person's record: a post, seat, qualification, step of pay, …

    `version` is the person's version that the form showed; None for a new row, which overwrites
    nothing. Raises Cadre.DoesNotExist outside the scope of `ground.by`, StaleVersion,
    ValidationError with the fields of the form as keys.
    """
    cadre = locked(row.cadre_id, ground.by, version)  # type: ignore[attr-defined]
    if row.pk is None:
        edit: RowEdit | None = adding(row)
    else:
        was = type(row)._default_manager.get(pk=row.pk, cadre=cadre.pk)
        edit = changed_from(was, row)
    record(cadre, [edit], ground)
    return row


@transaction.atomic
def add_step(row: Row, *, ground: Ground) -> Row:
    """Add a step of pay or an allowance; the one before ends with it. Raises as `save_record`."""
    cadre = locked(row.cadre_id, ground.by)  # type: ignore[attr-defined]
    record(cadre, following(row), ground)
    return row


@transaction.atomic
def remove_record(row: Row, *, ground: Ground, version: int) -> None:
    """Take a row that is wrong out of a person's record; the history keeps it whole.

    Raises as `save_record` does.
    """
    cadre = locked(row.cadre_id, ground.by, version)  # type: ignore[attr-defined]
    was = type(row)._default_manager.get(pk=row.pk, cadre=cadre.pk)
    record(cadre, [removing(was)], ground)


@transaction.atomic
def close_record(
    row: Holding | CommitteeMembership, *, left_on: date, ground: Ground, version: int
) -> Holding | CommitteeMembership:
    """End a post or seat: `left_on` is the first day on which the person no longer has it.

    Raises as `save_record` does; ValidationError also if that is not after the first day.
    """
    row.valid_to = left_on
    return save_record(row, ground=ground, version=version)


@transaction.atomic
def add_note(cadre_id: int, text: str, *, by: User) -> JournalNote | None:
    """Keep a remark beside the history of a person. None where the newest one says the same by
    the same author: a form that was sent twice.

    Raises Cadre.DoesNotExist outside the scope of `by`.
    """
    cadre = locked(cadre_id, by)
    newest = JournalNote.objects.filter(cadre=cadre).order_by("-pk").first()
    if newest is not None and (newest.by_id, newest.text) == (by.pk, text):
        return None
    return JournalNote.objects.create(cadre=cadre, text=text, by=by)


def _check_visible(cadre_id: int, by: User) -> None:
    if not Cadre.objects.visible_to(by).filter(pk=cadre_id).exists():
        raise PermissionDenied
