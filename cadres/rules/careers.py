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
class Gone(Span):
    """The days on which someone has left for good, until taken on again; `name` says how, e.g.
    "nghỉ hưu", and `ended` what a post ends with then. The dead are gone without an end."""

    ended: str = ""
    may_return: bool = True


@dataclass(frozen=True)
class Problem:
    """What is wrong, at which field of the form, and what to do about it."""

    field: str
    fault: str
    remedy: str

    @property
    def message(self) -> str:
        """Both in one sentence, as a form prints it."""
        return f"{self.fault}; {self.remedy}."


def order_problems(stay: Span) -> list[Problem]:
    """The period must have at least one day."""
    if stay.valid_to is None or stay.valid_from < stay.valid_to:
        return []
    return [
        Problem(
            "last_on",
            f"Ngày cuối phải không trước ngày đầu ({stay.valid_from:%d/%m/%Y})",
            "kiểm tra lại cả hai ngày",
        )
    ]


def existence_problems(stay: Span, holder: Span, field: str) -> list[Problem]:
    """The period must lie within that of `holder`, a post or a unit; both ends are judged."""
    fault = f"{holder.name} chỉ có {holder.words}"
    if holder.valid_to and stay.valid_from >= holder.valid_to:
        return [Problem(field, fault, "chọn nơi hoặc chức danh khác")]
    found = []
    if stay.valid_from < holder.valid_from:
        found.append(Problem(field, fault, "nhập từ ngày muộn hơn hoặc chọn khác"))
    if holder.valid_to and (stay.valid_to is None or stay.valid_to > holder.valid_to):
        found.append(_too_long(holder.name, holder.valid_to - timedelta(days=1)))
    return found


def _too_long(name: str, last: date) -> Problem:
    return Problem(
        "last_on",
        f"{name} chỉ có đến hết ngày {last:%d/%m/%Y}",
        "nhập “đến hết ngày” không quá ngày ấy, phần sau thêm thành dòng mới",
    )


def term_problems(stay: Span, term: Span) -> list[Problem]:
    """A stay is of the term in which it began, however long it then lasts."""
    has_ended = term.valid_to is not None and stay.valid_from >= term.valid_to
    if term.valid_from <= stay.valid_from and not has_ended:
        return []
    return [
        Problem(
            "term",
            f"Nhiệm kỳ {term.name} {term.words}, ngày bắt đầu {stay.valid_from:%d/%m/%Y} nằm ngoài",
            "chọn nhiệm kỳ có ngày bắt đầu ấy, để trống, hoặc sửa ngày",
        )
    ]


def end_of(stay: Span, holders: Iterable[Span]) -> Span | None:
    """Which of `holders` (the unit, the post) ends a stay without an end of its own: the first
    to end. None where no end is in sight, or where the stay begins only after it."""
    ending = [each for each in holders if each.valid_to]
    if stay.valid_to or not ending:
        return None
    first = min(ending, key=lambda each: each.valid_to or date.max)
    return first if first.overlaps(stay) else None


def gone_problems(stay: Span, gone: Iterable[Gone]) -> list[Problem]:
    """Nothing is held on a day on which the person has left for good."""
    return [
        _begun_too_late(each) if each.valid_from <= stay.valid_from else _outlasts(each)
        for each in gone
        if stay.overlaps(each)
    ]


def _begun_too_late(gone: Gone) -> Problem:
    remedy = (
        "được nhận lại thì nhập bằng quyết định tuyển dụng, tiếp nhận, bầu cử hoặc chỉ định, "
        "hoặc ghi “đến hết ngày” của tình trạng ấy"
        if gone.may_return
        else "chọn ngày trước ngày ấy; nếu ghi nhầm người thì bãi bỏ hoặc sửa tình trạng ấy trước"
    )
    return Problem("valid_from", f"Người này đã {gone.name} {gone.words}", remedy)


def _outlasts(gone: Gone) -> Problem:
    last = gone.valid_from - timedelta(days=1)
    return Problem(
        "last_on",
        f"Người này {gone.name} {gone.words}",
        f"nhập “đến hết ngày” không quá {last:%d/%m/%Y}",
    )


def first_to_end(stay: Span, gone: Iterable[Gone]) -> Gone | None:
    """How the person leaves next after `stay` begins; None where nothing says so."""
    later = [each for each in gone if each.valid_from > stay.valid_from]
    return min(later, key=lambda each: each.valid_from, default=None)


def most_at_once(stay: Stay, others: Iterable[Stay]) -> int:
    """How many of `others` share one and the same day of `stay`, at most."""
    beside = [other for other in others if other.overlaps(stay)]
    days = {max(other.valid_from, stay.valid_from) for other in beside}
    return max((sum(_covers(other, day) for other in beside) for day in days), default=0)


def _covers(span: Span, day: date) -> bool:
    return span.valid_from <= day and (span.valid_to is None or day < span.valid_to)


def repetition_problems(stay: Stay, others: Iterable[Stay]) -> list[Problem]:
    """The same person may not hold the same post twice on one day."""
    return [
        Problem(
            "valid_from",
            f"Người này đã giữ {other.name} {other.words}",
            "sửa hoặc kết thúc dòng ấy trước",
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
            f"{other.name} ({other.words}) đang là chức vụ chính",
            "bỏ dấu chính ở đó hoặc ở đây",
        )
        for other in others
        if other.is_main and stay.overlaps(other)
    ]
