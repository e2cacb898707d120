"""Sittings of a class (buổi học): added, corrected, taken out before anybody was called.

Each writes under the lock of its class: within the days of the class, no two at the same hour, and
nobody enrolled may sit elsewhere at that hour.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from daitu_portal.marks import mark_of_value
from training.clashes import Clash, clashes_of_sessions
from training.classes import CannotBe
from training.models import Attendance, ClassSession, TrainingClass
from training.rules.meeting import meet, meeting
from training.rules.series import Planned

FIELDS = ("held_on", "begins_at", "ends_at", "topic", "venue", "hours")
_CAME = (Attendance.Mark.PRESENT, Attendance.Mark.LATE)


class Clashing(Exception):
    """People enrolled sit in another class at the same hour: `clashes`, one a person."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(f"{len(clashes)} people")
        self.clashes = clashes


class StaleSitting(Exception):
    """Someone changed the sitting since it was shown; `current` is what it is now."""

    def __init__(self, current: ClassSession) -> None:
        super().__init__(str(current))
        self.current = current


def with_calls(sittings: QuerySet[ClassSession]) -> QuerySet[ClassSession]:
    """Each with how many were `called` and how many of them `came`."""
    return sittings.annotate(
        called=Count("attendances"),
        came=Count("attendances", filter=Q(attendances__mark__in=_CAME)),
    )


def mark_of(sitting: ClassSession) -> str:
    """By which a form says which state of the sitting it showed."""
    return mark_of_value([getattr(sitting, name) for name in FIELDS])


def _locked(pk: int) -> TrainingClass:
    return TrainingClass.objects.select_for_update().get(pk=pk)


def _refuse_closed(found: TrainingClass) -> None:
    if found.state == TrainingClass.State.CLOSED:
        raise CannotBe("Lớp đã kết thúc: lùi lớp về “Vào kết quả” (ghi lý do) rồi sửa buổi học.")


def standing_in_the_way(
    planned: Iterable[Planned], there: Iterable[ClassSession]
) -> dict[date, ClassSession]:
    """By day of each of `planned`, the sitting of the same class that is at that hour already."""
    known: dict[date, list[ClassSession]] = {}
    for each in there:
        known.setdefault(each.held_on, []).append(each)
    found = {}
    for one in planned:
        at_that_hour = [each for each in known.get(one.held_on, []) if meet(one, each)]
        if at_that_hour:
            found[one.held_on] = at_that_hour[0]
    return found


@transaction.atomic
def add_sittings(pk: int, planned: Sequence[Planned]) -> list[ClassSession]:
    """Add those of `planned` whose hour is free in the class: sent twice, they are there once.

    Raises CannotBe outside the days of the class or after its end, Clashing.
    """
    found = _locked(pk)
    _refuse_closed(found)
    _refuse_outside(found, planned)
    taken = standing_in_the_way(planned, found.sessions.all())
    free = [each for each in planned if each.held_on not in taken]
    _refuse_clashes(found, free)
    told = ({name: getattr(each, name) for name in FIELDS} for each in free)
    return ClassSession.objects.bulk_create(
        [ClassSession(training_class=found, **fields) for fields in told], batch_size=200
    )


def _refuse_outside(found: TrainingClass, sittings: Iterable[Any]) -> None:
    if any(not found.begins_on <= each.held_on <= found.ends_on for each in sittings):
        raise CannotBe(
            f"Buổi học phải trong thời gian của lớp, {found.begins_on:%d/%m/%Y} – "
            f"{found.ends_on:%d/%m/%Y}.",
            "held_on",
        )


def _refuse_clashes(found: TrainingClass, sittings: Sequence[Any]) -> None:
    clashes = clashes_of_sessions(found, sittings) if sittings else {}
    if clashes:
        raise Clashing(list(clashes.values()))


@transaction.atomic
def change_sitting(
    pk: int, session_id: int, values: Mapping[str, Any], *, seen: str
) -> ClassSession:
    """Correct a sitting that was shown as `seen` (`mark_of`).

    Raises StaleSitting, CannotBe, Clashing; ClassSession.DoesNotExist where it was taken out.
    """
    found = _locked(pk)
    _refuse_closed(found)
    sitting = found.sessions.get(pk=session_id)
    if mark_of(sitting) != seen:
        raise StaleSitting(sitting)
    for name in FIELDS:
        setattr(sitting, name, values[name])
    _refuse_outside(found, [sitting])
    if meeting(found.sessions.exclude(pk=session_id), sitting):
        raise CannotBe("Lớp đã có một buổi khác vào giờ này.", "begins_at")
    _refuse_clashes(found, [sitting])
    sitting.save()
    return sitting


@transaction.atomic
def remove_sitting(pk: int, session_id: int) -> ClassSession:
    """Take a sitting out of the class while nobody was called in it. Raises CannotBe;
    ClassSession.DoesNotExist where somebody else took it out before."""
    found = _locked(pk)
    _refuse_closed(found)
    sitting = found.sessions.get(pk=session_id)
    called = sitting.attendances.count()
    if called:
        raise CannotBe(
            f"Buổi này đã điểm danh {called} người nên không bỏ được; sửa ngày giờ nếu ghi nhầm."
        )
    sitting.delete()
    sitting.pk = session_id  # what was taken out is still told by its key
    return sitting
