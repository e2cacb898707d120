"""Roll call: a mark for each learner of a sitting; no mark: not called yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from training.classes import CannotBe
from training.models import Attendance, ClassSession, Enrolment, TrainingClass
from training.models.enrolment import FREED

State = TrainingClass.State


@dataclass(frozen=True)
class Conflict:
    """A learner whom somebody else marked since the form was shown."""

    enrolment: Enrolment
    stored: Attendance | None
    typed: str


class StaleMarks(Exception):
    """Others marked meanwhile: `conflicts`, one a learner; nothing was stored."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(f"{len(conflicts)} learners")
        self.conflicts = conflicts


@dataclass(frozen=True)
class Marked:
    """How many marks were given, changed and taken back."""

    given: int
    changed: int
    taken: int

    @property
    def total(self) -> int:
        return self.given + self.changed + self.taken


def learners_of(sitting: ClassSession) -> QuerySet[Enrolment]:
    """Whom to call: those who hold a seat, and those marked before they left. With their names, in
    the order of names."""
    rows = Enrolment.objects.filter(training_class=sitting.training_class_id)
    sitting_there = rows.exclude(result__in=FREED).values("pk")
    marked = Attendance.objects.filter(session=sitting).values("enrolment")
    called = rows.filter(pk__in=sitting_there) | rows.filter(pk__in=marked)
    named = called.select_related("cadre", "outside_learner").with_sort_key()
    return named.order_by("sort_key", "pk")


def why_not(found: TrainingClass, sitting: ClassSession, today: date) -> str:
    """Why nobody can be called now, and what to do; "" where they can."""
    if found.state == State.DRAFT:
        return "Lớp còn là dự thảo: mở ghi danh rồi điểm danh."
    if found.state == State.CLOSED:
        return "Lớp đã kết thúc: lùi lớp về “Vào kết quả” (ghi lý do) rồi sửa điểm danh."
    if sitting.held_on > today:
        return f"Buổi này đến {sitting.held_on:%d/%m/%Y} mới học: điểm danh từ ngày ấy."
    return ""


@transaction.atomic
def call_roll(
    pk: int, session_id: int, *, typed: Mapping[int, str], seen: Mapping[int, str], by: User,
    today: date,
) -> Marked:  # fmt: skip
    """Store what `by` changed: the marks in `typed` that differ from those `seen`, by key of the
    enrolment; "" takes a mark back. What others marked and `by` left alone stays.

    Raises CannotBe; StaleMarks where someone else marked a learner otherwise meanwhile;
    ClassSession.DoesNotExist where the sitting was taken out.
    """
    found = TrainingClass.objects.select_for_update().get(pk=pk)
    sitting = found.sessions.get(pk=session_id)
    fault = why_not(found, sitting, today)
    if fault:
        raise CannotBe(fault)
    learners = {each.pk: each for each in learners_of(sitting)}
    stored = {each.enrolment_id: each for each in sitting.attendances.select_related("marked_by")}
    wanted = {key: mark for key, mark in typed.items()
              if key in learners and mark != seen.get(key, "")}  # fmt: skip
    conflicts = [
        Conflict(learners[key], stored.get(key), mark)
        for key, mark in wanted.items()
        if _mark(stored, key) not in (seen.get(key, ""), mark)
    ]
    if conflicts:
        raise StaleMarks(conflicts)
    return _store(sitting, {k: m for k, m in wanted.items() if m != _mark(stored, k)}, stored, by)


def _mark(stored: Mapping[int, Attendance], key: int) -> str:
    return stored[key].mark if key in stored else ""


def _store(
    sitting: ClassSession, wanted: Mapping[int, str], stored: Mapping[int, Attendance], by: User
) -> Marked:
    taken = [stored[key].pk for key, mark in wanted.items() if not mark]
    changed = [stored[key] for key, mark in wanted.items() if mark and key in stored]
    now = timezone.now()
    for each in changed:
        each.mark, each.marked_by, each.marked_at = wanted[each.enrolment_id], by, now
    given = [
        Attendance(session=sitting, enrolment_id=key, mark=mark, marked_by=by, marked_at=now)
        for key, mark in wanted.items()
        if mark and key not in stored
    ]
    Attendance.objects.filter(pk__in=taken).delete()
    Attendance.objects.bulk_update(changed, ["mark", "marked_by", "marked_at"], batch_size=100)
    Attendance.objects.bulk_create(given, batch_size=200)
    return Marked(len(given), len(changed), len(taken))
