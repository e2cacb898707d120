"""How many numbers of people out of sight a file may be told to be taken: each answer is a search
by number, and counted as such."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from accounts.models import AuditEvent, User
from daitu_portal.reading.problems import WorkbookProblem

MOST_OF_A_FILE = 20
MOST_A_DAY = 60


class TooManyTaken(WorkbookProblem):
    """More numbers of people out of sight than a sender is told; `people` are keys of theirs."""

    remedy = (
        "Kiểm tra cột số CCCD của tệp (có lệch dòng không). Nếu số đúng, gửi tệp cho Tổ chức – Nội "
        "vụ huyện nhập, hoặc chia tệp và tải tiếp vào ngày mai."
    )

    def __init__(self, people: Sequence[int]) -> None:
        super().__init__(
            "Tệp có quá nhiều số CCCD đã có trong hồ sơ ngoài đơn vị của bạn, nên không báo là "
            "những dòng nào."
        )
        self.people = people


def check_told(people: Sequence[int], *, by: User | None) -> None:
    """Raise TooManyTaken where a file, or the files of `by` in 24 hours, would be told of more
    people than that. One query, none where nobody's number is taken."""
    if people and (len(people) > MOST_OF_A_FILE or len(people) + _told_today(by) > MOST_A_DAY):
        raise TooManyTaken(people)


def _told_today(by: User | None) -> int:
    since = timezone.now() - timedelta(days=1)
    told = AuditEvent.objects.filter(
        actor=by, action=AuditEvent.Action.SEARCH_NUMBER, at__gte=since, detail__batch__isnull=False
    )
    return told.aggregate(number=Sum("subject_count"))["number"] or 0
