"""What a career may not contain: two things at once, or a post where or when there is none. Pure.

Periods are half-open: `valid_from` is the first day, `valid_to` the day after the last, or None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """The days between which something exists, with the name to call it by."""

    name: str
    valid_from: date
    valid_to: date | None = None

    @property
    def words(self) -> str:
        """E.g. "từ ngày 01/01/2004 đến hết ngày 31/07/2023"."""
        begin = f"từ ngày {self.valid_from:%d/%m/%Y}"
        if self.valid_to is None:
            return begin
        return f"{begin} đến hết ngày {self.valid_to - timedelta(days=1):%d/%m/%Y}"

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share a day."""
        return (self.valid_to is None or other.valid_from < self.valid_to) and (
            other.valid_to is None or self.valid_from < other.valid_to
        )


@dataclass(frozen=True)
class Stay(Span):
    """A post held, or a seat taken, in a place; `what` and `where` are keys."""

    what: int | None = None
    where: int | None = None
    is_main: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong, at which field of the form, and what to do about it."""

    field: str
    message: str


def order_problems(stay: Span) -> list[Problem]:
    """The period must have at least one day."""
    if stay.valid_to is None or stay.valid_from < stay.valid_to:
        return []
    return [
        Problem(
            "last_on",
            f"Ngày cuối phải không trước ngày đầu ({stay.valid_from:%d/%m/%Y}).",
        )
    ]


def existence_problems(stay: Span, holder: Span, field: str) -> list[Problem]:
    """The period must lie within that of `holder`, a post or a unit."""
    if stay.valid_from < holder.valid_from:
        return [
            Problem(
                field, f"{holder.name} chỉ có {holder.words}; nhập từ ngày muộn hơn hoặc chọn khác."
            )
        ]
    if holder.valid_to is None:
        return []
    last = holder.valid_to - timedelta(days=1)
    if stay.valid_from >= holder.valid_to:
        return [
            Problem(field, f"{holder.name} chỉ có {holder.words}; chọn nơi hoặc chức danh khác.")
        ]
    if stay.valid_to is None or stay.valid_to > holder.valid_to:
        return [
            Problem(
                "last_on",
                f"{holder.name} chỉ có đến hết ngày {last:%d/%m/%Y}: nhập “đến hết ngày” không quá "
                "ngày ấy, phần sau thêm thành dòng mới.",
            )
        ]
    return []


def repetition_problems(stay: Stay, others: Iterable[Stay]) -> list[Problem]:
    """The same person may not hold the same post twice on one day."""
    return [
        Problem(
            "valid_from",
            f"Người này đã giữ {other.name} {other.words}; sửa hoặc kết thúc dòng ấy trước.",
        )
        for other in others
        if other.what == stay.what and stay.overlaps(other)
    ]


def main_post_problems(stay: Stay, others: Iterable[Stay]) -> list[Problem]:
    """One main post at a time."""
    if not stay.is_main:
        return []
    return [
        Problem(
            "is_main",
            f"{other.name} ({other.words}) đang là chức vụ chính; bỏ dấu chính ở đó hoặc ở đây.",
        )
        for other in others
        if other.is_main and stay.overlaps(other)
    ]
