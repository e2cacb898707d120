"""The day that a page speaks of: the address, else the installation's day, else today."""

from datetime import date, datetime

from django.contrib import messages
from django.utils import timezone

from accounts.models import Installation

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


def parse_day(text: str) -> date | None:
    """The day that `text` names as 2023-06-08 or 08/06/2023; None where it names none."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007
        except ValueError:
            continue
        return day if EARLIEST <= day <= LATEST else None
    return None


def default_day() -> date:
    """The installation's reference day where one is set, else today. One query."""
    reference_on = Installation.objects.values_list("reference_on", flat=True).first()
    return reference_on or timezone.localdate()


def _default_of(user) -> date:
    if hasattr(user, "reference_on"):
        return user.reference_on or timezone.localdate()
    return default_day()


def as_of(request) -> date:
    """The day of this request, read once and kept on it.

    No query for an account that its backend loaded with the reference day, else at most one.

    A day that cannot be read falls back to the default, and the page says so.
    """
    if not hasattr(request, "_as_of"):
        asked = request.GET.get("ngay", "")
        day = parse_day(asked)
        if asked and day is None:
            messages.warning(
                request,
                "Ngày trên địa chỉ không đọc được; trang lấy ngày mặc định. "
                "Hãy nhập ngày/tháng/năm, ví dụ 08/06/2023.",
            )
        request._as_of = day or _default_of(getattr(request, "user", None))
    return request._as_of
