"""Which result may be entered for a learner when. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from training.rules.certificates import Course, forbids

STUDYING, PASSED, TRANSFERRED = "studying", "passed", "transferred"
# A learner leaves the course of the class by somebody's decision, which may come at any time.
BY_DECISION = frozenset({"extended", "suspended", TRANSFERRED, "withdrawn"})
_RUNNING, _CLOSED = "running", "closed"
_TAKES_RESULTS = frozenset({_RUNNING, "results", _CLOSED})


@dataclass(frozen=True)
class Case:
    """What is asked: the class, the learner's result before, and the one that is entered."""

    state: str  # of the class
    began: date
    before: str
    after: str
    on: date | None
    today: date
    ends: date | None = None  # of the class
    stood_on: date | None = None  # the day of the result before
    reason: str = ""
    has_decision: bool = False
    goes_to: int | None = None  # key of another class
    is_own_class: bool = False
    certificate_number: str = ""
    certificate_on: date | None = None


def problems(case: Case) -> list[str]:
    """Why the result may not be entered, each in words with what to do; empty where it may.

    A result that is decided by somebody (kéo dài, tạm dừng, chuyển lớp, rút) needs that decision
    and may come while the class runs; passing and failing come when it is over. A result that
    stands is corrected with a reason alone.
    """
    return [*_of_state(case), *_of_change(case), *_of_day(case), *_of_certificate(case)]


def _of_state(case: Case) -> Iterator[str]:
    if case.before == case.after:
        return
    if case.state not in _TAKES_RESULTS:
        yield "lớp chưa học; chuyển lớp sang “Đang học” trước"
    elif case.state == _RUNNING and case.after not in BY_DECISION | {STUDYING}:
        yield (
            "lớp đang học: lúc này chỉ ghi kéo dài, tạm dừng, chuyển lớp, rút; hoàn thành hay "
            "không thì chuyển lớp sang “Vào kết quả” trước"
        )
    elif case.state == _CLOSED and case.after == STUDYING:
        yield "lớp đã kết thúc nên không còn ai đang học; lùi lớp về “Vào kết quả” trước"


def _of_change(case: Case) -> Iterator[str]:
    if case.before == case.after:
        return
    if (case.before != STUDYING or case.state == _CLOSED) and not case.reason:
        yield "sửa kết quả đã có thì ghi lý do đính chính"
    if case.after in BY_DECISION and not case.has_decision:
        yield "kết quả này phải có quyết định: ghi số, ngày, cơ quan ban hành"
    if case.after == TRANSFERRED and case.goes_to is None:
        yield "chuyển lớp thì chọn lớp chuyển đến"
    if case.after == TRANSFERRED and case.is_own_class:
        yield "lớp chuyển đến phải là lớp khác"


def _of_day(case: Case) -> Iterator[str]:
    if case.after == STUDYING:
        return
    if case.on is None:
        if case.before != case.after:
            yield "ghi ngày có kết quả"
    elif case.on > case.today:
        yield f"ngày có kết quả {case.on:%d/%m/%Y} chưa tới"
    elif case.on < case.began:
        yield f"ngày có kết quả {case.on:%d/%m/%Y} trước ngày khai giảng {case.began:%d/%m/%Y}"


def _of_certificate(case: Case) -> Iterator[str]:
    if case.after != PASSED:
        if case.certificate_number or case.certificate_on:
            yield "chỉ người hoàn thành mới có chứng chỉ; xoá số, ngày chứng chỉ"
    elif case.certificate_on:
        done_on = case.on or case.stood_on or case.ends
        course = Course(case.began, done_on, closed_on=case.ends)
        problem = forbids(case.certificate_on, course, case.today)
        if problem:
            yield problem
