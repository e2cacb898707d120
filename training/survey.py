"""Questionnaires that came back after a class: entered once each, counted."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from accounts.models import User
from daitu_portal.marks import mark_of_sending
from training.classes import CannotBe
from training.models import SurveySheet, TrainingClass

State = TrainingClass.State


@transaction.atomic
def enter_sheet(
    pk: int, *, marks: Mapping[str, int], comment: str, token: str, by: User
) -> SurveySheet | None:
    """Enter a sheet of the class; None where the form of that `token` was sent twice. Sent again
    with other answers it is another sheet.

    Raises CannotBe for a class that nobody has sat in yet.
    """
    found = TrainingClass.objects.select_for_update().get(pk=pk)
    if found.state in (State.DRAFT, State.OPEN):
        raise CannotBe("Lớp chưa học: nhập phiếu hỏi khi lớp đang học hoặc đã học xong.")
    sent = mark_of_sending(token, [marks, comment])
    if SurveySheet.objects.filter(token=sent).exists():
        return None
    try:
        with transaction.atomic():  # another class may be sent the same token at the same time
            return SurveySheet.objects.create(
                training_class=found, marks=dict(marks), comment=comment, token=sent, entered_by=by
            )
    except IntegrityError:
        return None
