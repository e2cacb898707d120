"""What changes the record of a person: each one transaction, all or nothing.

Every write locks the person first (a row lock on PostgreSQL, the writer's lock on SQLite), so that
checks against other rows of the same person hold until the commit.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Length

from accounts.models import User
from cadres.careers import holding_problems, membership_problems
from cadres.models import (
    Cadre,
    CommitteeMembership,
    Holding,
    Qualification,
    Rating,
    ShortTraining,
)
from cadres.rules.careers import Problem

CODE_PREFIX = "DT"
_CODE_ATTEMPTS = 5

RecordRow = Holding | CommitteeMembership | Qualification | ShortTraining | Rating
Row = TypeVar("Row", bound=RecordRow)
Check = Callable[[Any], list[Problem]]


class StaleVersion(Exception):
    """The person's record was changed after the form was opened; `current` is what it is now."""

    def __init__(self, current: Cadre) -> None:
        super().__init__(f"version is {current.version}")
        self.current = current


class DuplicatePeople(Exception):
    """People with the same name and birth date exist whom the user has not been shown."""

    def __init__(self, people: list[Cadre]) -> None:
        super().__init__(f"{len(people)} people alike")
        self.people = people


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


def people_alike(cadre: Cadre) -> list[Cadre]:
    """Others with the same name (accents, case and spaces apart) and the same birth date."""
    if cadre.born_on is None:
        return []
    probe = Cadre._meta.get_field("search_text").derive(cadre.full_name)
    alike = Cadre.objects.filter(search_text=probe, born_on=cadre.born_on).exclude(pk=cadre.pk)
    return list(alike.order_by("pk"))


@transaction.atomic
def create_cadre(cadre: Cadre, *, by: User, alike_seen: Iterable[int] = ()) -> Cadre:
    """Save a new person, with a code of its own, entered by `by`.

    `alike_seen`: keys of the people with the same name and birth date whom the user was shown and
    who are someone else. Raises DuplicatePeople if there are others, which also stops a form that
    is sent twice; ValidationError if the person may not be saved.
    """
    alike = people_alike(cadre)
    if {person.pk for person in alike} - set(alike_seen):
        raise DuplicatePeople(alike)
    cadre.entered_by = by
    cadre.version = 1
    _save_with_code(cadre)
    _check_visible(cadre.pk, by)
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
            _refuse_taken_number(cadre)
            if attempt == _CODE_ATTEMPTS - 1:
                raise


def _refuse_taken_number(cadre: Cadre) -> None:
    """Tell a number that another request took meanwhile from a code that it took."""
    taken = cadre.national_id and Cadre.objects.filter(national_id=cadre.national_id)
    if taken and taken.exclude(pk=cadre.pk).exists():
        raise ValidationError({"national_id": "Số CCCD này đã có trong một hồ sơ khác."})


@transaction.atomic
def change_cadre(cadre_id: int, changes: Mapping[str, Any], *, by: User, version: int) -> Cadre:
    """Set the fields in `changes` on the person, if nobody changed the record since `version`.

    Raises Cadre.DoesNotExist outside the scope of `by`, StaleVersion, ValidationError.
    """
    cadre = _locked(cadre_id, by, version)
    for name, value in changes.items():
        setattr(cadre, name, value)
    cadre.version += 1
    try:
        with transaction.atomic():
            cadre.save()
    except IntegrityError:
        _refuse_taken_number(cadre)
        raise
    _check_visible(cadre.pk, by)
    return cadre


@transaction.atomic
def save_record(row: Row, *, by: User, version: int | None = None) -> Row:
    """Add or change a row of a person's record: a post, seat, qualification, training or rating.

    `version` is the person's version that the form showed; None for a new row, which overwrites
    nothing. Raises Cadre.DoesNotExist outside the scope of `by`, StaleVersion, ValidationError
    with the fields of the form as keys.
    """
    cadre = _locked(row.cadre_id, by, version)
    row.cadre = cadre
    _check(row)
    row.save()
    Cadre.objects.filter(pk=cadre.pk).update(version=cadre.version + 1)
    _check_row_visible(row, by)
    return row


@transaction.atomic
def close_record(
    row: Holding | CommitteeMembership, *, left_on: date, by: User, version: int
) -> Holding | CommitteeMembership:
    """End a post or seat: `left_on` is the first day on which the person no longer has it.

    Raises as `save_record` does; ValidationError also if that is not after the first day.
    """
    row.valid_to = left_on
    return save_record(row, by=by, version=version)


def _locked(cadre_id: int, by: User, version: int | None) -> Cadre:
    cadre = Cadre.objects.visible_to(by).select_for_update().get(pk=cadre_id)
    if version is not None and cadre.version != version:
        raise StaleVersion(cadre)
    return cadre


def _check(row: RecordRow) -> None:
    row.full_clean(exclude=["cadre"], validate_constraints=False)
    row.validate_constraints()
    found = [problem for check in _checks_of(row) for problem in check(row)]
    if found:
        raise ValidationError(_by_field(found))


def _checks_of(row: RecordRow) -> tuple[Check, ...]:
    checks: dict[type, tuple[Check, ...]] = {
        Holding: (holding_problems,),
        CommitteeMembership: (membership_problems,),
        Qualification: (_repeated_row,),
        ShortTraining: (_repeated_row,),
    }
    return checks.get(type(row), ())


_SAME_ROW = {
    Qualification: ("strand", "rank", "awarded_on", "major"),
    ShortTraining: ("content", "completed_on", "certificate_number"),
}


def _repeated_row(row: Qualification | ShortTraining) -> list[Problem]:
    """A row that says the same as another: most often a form that was sent twice."""
    fields = _SAME_ROW[type(row)]
    same = {name: getattr(row, name) for name in fields}
    others = type(row).objects.filter(cadre=row.cadre_id, **same).exclude(pk=row.pk)
    if not others.exists():
        return []
    return [Problem("", "Hồ sơ đã có đúng dòng này", "sửa dòng ấy thay vì thêm lần nữa")]


def _by_field(problems: list[Problem]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in problems:
        messages = found.setdefault(problem.field or "__all__", [])
        if problem.message not in messages:
            messages.append(problem.message)
    return found


def _check_visible(cadre_id: int, by: User) -> None:
    if not Cadre.objects.visible_to(by).filter(pk=cadre_id).exists():
        raise PermissionDenied


def _check_row_visible(row: RecordRow, by: User) -> None:
    if not type(row).objects.visible_to(by).filter(pk=row.pk).exists():
        raise PermissionDenied
