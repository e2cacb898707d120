"""Questionnaires that came back after a class: entered once each, counted."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from accounts.models import User
from training.classes import CannotBe
from training.models import SurveySheet, TrainingClass

State = TrainingClass.State


@transaction.atomic
def enter_sheet(
    pk: int, *, marks: Mapping[str, int], comment: str, token: str, by: User
) -> SurveySheet | None:
    """Enter a sheet of the class; None where the sheet of that `token` is there already.

    Raises CannotBe for a class that nobody has sat in yet.
    """
    found = TrainingClass.objects.select_for_update().get(pk=pk)
    if found.state in (State.DRAFT, State.OPEN):
        raise CannotBe("Lớp chưa học: nhập phiếu hỏi khi lớp đang học hoặc đã học xong.")
    if SurveySheet.objects.filter(token=token).exists():
        return None
    try:
        with transaction.atomic():  # another class may be sent the same token at the same time
            return SurveySheet.objects.create(
                training_class=found, marks=dict(marks), comment=comment, token=token, entered_by=by
            )
    except IntegrityError:
        return None
