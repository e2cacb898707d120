"""How often learners sat in the sittings that were called."""

from collections.abc import Iterable

from django.db.models import Count, Q

from training.models import Attendance, Enrolment

_THERE = (Attendance.Mark.PRESENT, Attendance.Mark.LATE)
_COUNTS = {"there": Count("pk", filter=Q(mark__in=_THERE)), "called": Count("pk")}


def attended_of(enrolments: Iterable[Enrolment]) -> dict[int, str]:
    """ "3/5" by key of the participation: there, of the sittings at which it was called; none for
    who was never called, which is not to say absent. One query."""
    rows = Attendance.objects.filter(enrolment__in=[each.pk for each in enrolments]).order_by()
    counted = rows.values_list("enrolment").annotate(**_COUNTS)
    return {key: f"{there}/{called}" for key, there, called in counted}


def attendance_of(training_class_id: int) -> tuple[int, int, int]:
    """Of a class: sittings called, marks given in them, and those of learners who were there. One
    query."""
    rows = Attendance.objects.filter(session__training_class=training_class_id)
    found = rows.aggregate(sittings=Count("session", distinct=True), **_COUNTS)
    return found["sittings"], found["called"], found["there"]
