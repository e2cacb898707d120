"""Individual study: what its steps say of a day, what money is open, what may be recorded next.

A step is never changed. One that was wrong is taken back by a correction that names it; what is
taken back never happened, on no day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from daitu_portal.dates import add_months, months_between

DEGREE_MONTHS = 12  # the shortest study that ends with a degree


class Step(StrEnum):
    PROGRESS = "progress"
    EXTENSION = "extension"
    SUPPORT = "support"
    GRADUATED = "graduated"
    FAILED = "failed"
    STOPPED = "stopped"
    BROKEN = "broken"
    REPAYMENT = "repayment"
    CORRECTION = "correction"


class Stage(StrEnum):
    """Where a study stands on a day."""

    UPCOMING = "upcoming"
    STUDYING = "studying"
    EXTENDED = "extended"
    GRADUATED = "graduated"
    FAILED = "failed"
    STOPPED = "stopped"


STAGE_LABELS = {
    Stage.UPCOMING: "Chưa nhập học",
    Stage.STUDYING: "Đang học",
    Stage.EXTENDED: "Gia hạn",
    Stage.GRADUATED: "Đã tốt nghiệp",
    Stage.FAILED: "Không tốt nghiệp",
    Stage.STOPPED: "Thôi học",
}
ENDS = (Step.GRADUATED, Step.FAILED, Step.STOPPED)
GOING_ON = (Stage.UPCOMING, Stage.STUDYING, Stage.EXTENDED)
# what a correction may take back; of the others the last that still stands
TAKEN_BACK = (*ENDS, Step.BROKEN, Step.EXTENSION, Step.SUPPORT, Step.REPAYMENT, Step.PROGRESS)


@dataclass(frozen=True)
class Told:
    """A step as the rules read it. `key` orders what was recorded; `corrects` is the key of the
    step that a correction takes back; `due_before` the day an extension replaced."""

    key: int
    kind: str
    on: date
    amount: int = 0
    corrects: int | None = None
    due_before: date | None = None


@dataclass(frozen=True)
class Agreed:
    """What holds for a study whatever happens: its days and what was agreed (đồng)."""

    begins_on: date
    due_on: date
    support: int = 0
    committed_until: date | None = None


@dataclass(frozen=True)
class Money:
    """Sums in đồng: agreed, paid, to be repaid since the commitment was broken, repaid."""

    agreed: int
    paid: int
    owed: int
    repaid: int

    @property
    def left_to_repay(self) -> int:
        return max(self.owed - self.repaid, 0)


def standing(steps: Iterable[Told]) -> list[Told]:
    """The steps that were not taken back, corrections left out, in the order of their days."""
    told = list(steps)
    gone = {each.corrects for each in told if each.kind == Step.CORRECTION}
    left = [each for each in told if each.kind != Step.CORRECTION and each.key not in gone]
    return sorted(left, key=lambda each: (each.on, each.key))


def end_of(steps: Iterable[Told]) -> Told | None:
    """The step that ended the study and still stands."""
    ends = [each for each in standing(steps) if each.kind in ENDS]
    return ends[-1] if ends else None


def stage_on(day: date, begins_on: date, steps: Iterable[Told]) -> Stage:
    """Where a study that begins on `begins_on` stood on `day`, read back from its steps."""
    by_then = [each for each in standing(steps) if each.on <= day]
    end = end_of(by_then)
    if end:
        return Stage(end.kind)
    if day < begins_on:
        return Stage.UPCOMING
    is_extended = any(each.kind == Step.EXTENSION for each in by_then)
    return Stage.EXTENDED if is_extended else Stage.STUDYING


def due_on_day(day: date, due_on: date, steps: Iterable[Told]) -> date:
    """The day by which the study was to end, as it stood on `day`; `due_on` is what stands now."""
    later = [e for e in standing(steps) if e.kind == Step.EXTENSION and e.on > day and e.due_before]
    return later[0].due_before or due_on if later else due_on


def money_of(agreed: int, steps: Iterable[Told]) -> Money:
    """The sums of all steps that stand."""
    sums = dict.fromkeys(Step, 0)
    for each in standing(steps):
        sums[Step(each.kind)] += each.amount
    return Money(agreed, sums[Step.SUPPORT], sums[Step.BROKEN], sums[Step.REPAYMENT])


def compensation(cost: int, ended_on: date, committed_until: date, left_on: date) -> int:
    """What is to be repaid by whoever leaves before the commitment ends (NĐ 101/2017 art. 14):
    the cost, in đồng, × months not served / months committed; all of it who leaves at once."""
    committed = max(months_between(ended_on, committed_until), 1)
    served = min(max(months_between(ended_on, left_on), 0), committed)
    return cost * (committed - served) // committed


def short_for_a_degree(strand: str, rank: int, begins_on: date, due_on: date) -> bool:
    """Whether it takes less than 12 months and yet leads to a degree (from trung cấp up)."""
    is_degree = strand == "professional" and rank >= 2
    return is_degree and due_on < add_months(begins_on, DEGREE_MONTHS)


def next_steps(agreed: Agreed, steps: Iterable[Told]) -> tuple[Step, ...]:
    """What can be recorded now, in the order in which pages offer it."""
    told = list(steps)
    end, money = end_of(told), money_of(agreed.support, told)
    found: list[Step] = []
    if end is None:
        found += [Step.PROGRESS, Step.EXTENSION, Step.SUPPORT, *ENDS]
    else:
        found += [Step.SUPPORT]
        if not _broken(told) and (end.kind != Step.GRADUATED or agreed.committed_until):
            found += [Step.BROKEN]
        if money.left_to_repay:
            found += [Step.REPAYMENT]
    return (*found, Step.CORRECTION) if standing(told) else tuple(found)


def _broken(steps: Iterable[Told]) -> Told | None:
    return next((each for each in standing(steps) if each.kind == Step.BROKEN), None)


def correctable(steps: Iterable[Told]) -> list[Told]:
    """What a correction may take back, the latest first: not a step on which another rests. A
    broken commitment rests on the end, a repayment on the broken commitment, an extension on the
    one before it."""
    told = standing(steps)
    broken = _broken(told)
    has_repaid = any(each.kind == Step.REPAYMENT for each in told)
    extensions = [each for each in told if each.kind == Step.EXTENSION]
    end = end_of(told)

    def is_held(each: Told) -> bool:
        if each.kind in ENDS:
            return broken is not None
        if each.kind == Step.BROKEN:
            return has_repaid
        if each.kind == Step.EXTENSION:
            return end is not None or each != extensions[-1]
        return False

    return [each for each in reversed(told) if not is_held(each)]


def day_problem(kind: Step, on: date, agreed: Agreed, steps: Iterable[Told]) -> str:
    """Why a step of `kind` cannot be on the day `on`, in words; "" where it can."""
    told = standing(steps)
    if on < agreed.begins_on:
        return f"Ngày này trước khi học ({agreed.begins_on:%d/%m/%Y}); kiểm tra lại năm."
    before = [each for each in told if each.kind in _AFTER.get(kind, ())]
    last = max((each.on for each in before), default=None)
    if last and on < last:
        return f"Ngày này trước bước đã ghi ngày {last:%d/%m/%Y}; các bước phải theo thứ tự."
    if kind == Step.BROKEN:
        return _not_within_the_commitment(on, agreed, told)
    return ""


_GOING = (Step.PROGRESS, Step.EXTENSION)
# a step of this kind is not before those that stand of these
_AFTER: dict[Step, Sequence[Step]] = {
    Step.EXTENSION: (Step.EXTENSION,),
    Step.GRADUATED: _GOING,
    Step.FAILED: _GOING,
    Step.STOPPED: _GOING,
    Step.BROKEN: ENDS,
    Step.REPAYMENT: (Step.BROKEN,),
}


def _not_within_the_commitment(on: date, agreed: Agreed, told: Sequence[Told]) -> str:
    end, until = end_of(told), agreed.committed_until
    if end and end.kind == Step.GRADUATED and until and on > until:
        return f"Cam kết đã hết ngày {until:%d/%m/%Y}: thôi việc sau ngày ấy không vi phạm."
    return ""


def amount_problem(
    kind: Step, amount: int | None, reason: str, agreed: Agreed, steps: Iterable[Told]
) -> str:
    """Why a sum (đồng) cannot be recorded, in words; "" where it can or none is asked."""
    if kind not in (Step.SUPPORT, Step.BROKEN, Step.REPAYMENT):
        return ""
    if not amount:
        return "Nhập số tiền, lớn hơn 0."
    money = money_of(agreed.support, steps)
    if kind == Step.REPAYMENT and amount > money.left_to_repay:
        return f"Chỉ còn phải bồi hoàn {_dong(money.left_to_repay)}; không thu quá số ấy."
    if reason:
        return ""
    if kind == Step.SUPPORT and money.paid + amount > money.agreed:
        return (
            f"Đã trả {_dong(money.paid)}, cộng lần này vượt mức đã thỏa thuận "
            f"{_dong(money.agreed)}: ghi lý do ở ô Nội dung, hoặc sửa số tiền."
        )
    if kind == Step.BROKEN and amount > money.paid:
        return (
            f"Nhiều hơn số đã hỗ trợ {_dong(money.paid)}: ghi lý do ở ô Nội dung, hoặc sửa số tiền."
        )
    return ""


def _dong(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")
