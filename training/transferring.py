"""A learner goes on in another class: enrolled there as whoever is sent, or linked to it."""

from django.utils import timezone

from accounts.models import User
from training.models import Enrolment, TrainingClass

_SEATLESS = ("withdrawn", "transferred", "absent")


class NotTransferred(Exception):
    """The other class does not take the learner; `str()` says why in words."""


def transfer(row: Enrolment, *, by: User) -> None:
    """Enrol the learner of `row` in the class it was transferred to, by the same decision; who is
    there already is left as they are. The caller's transaction holds both classes."""
    goes_to = TrainingClass.objects.get(pk=row.transferred_to_id)
    there = Enrolment.objects.filter(training_class=goes_to)
    if there.filter(cadre=row.cadre, outside_learner=row.outside_learner).exists():
        return
    if not goes_to.takes_learners:
        raise NotTransferred(f"lớp {goes_to.code} không nhận thêm học viên; chọn lớp khác")
    if goes_to.capacity is not None:
        taken = there.exclude(result__in=_SEATLESS).count()
        if taken >= goes_to.capacity:
            raise NotTransferred(f"lớp {goes_to.code} đã đủ {goes_to.capacity} chỗ; chọn lớp khác")
    Enrolment.objects.create(
        training_class=goes_to, cadre=row.cadre, outside_learner=row.outside_learner,
        decision=row.result_decision, need=row.need, exception_reason=row.exception_reason,
        enrolled_by=by, enrolled_at=timezone.now(),
    )  # fmt: skip
