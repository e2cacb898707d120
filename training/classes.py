"""The class from draft to closed: made, changed, moved a step at a time. Nothing is removed: a
draft that came to nothing stays one, seen by the district's staff and counted nowhere.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from training.clashes import sitting_now
from training.models import ClassSession, Credit, Enrolment, TrainingClass

State = TrainingClass.State
Result = Enrolment.Result

STEPS = (State.DRAFT, State.OPEN, State.RUNNING, State.RESULTS, State.CLOSED)


class StaleClass(Exception):
    """Someone else changed the class since the form was shown; `current` is what it is now."""

    def __init__(self, current: TrainingClass) -> None:
        super().__init__(f"version is {current.version}")
        self.current = current


class CodeTaken(Exception):
    """Another class, `holder`, has that code."""

    def __init__(self, holder: TrainingClass) -> None:
        super().__init__(holder.code)
        self.holder = holder


class CannotBe(Exception):
    """What is asked contradicts what is there: `field` ("" for none), `words` say what and why."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.words, self.field = words, field


class NotInState(Exception):
    """The class is in another state by now: someone was first; `current` says which."""

    def __init__(self, current: TrainingClass) -> None:
        super().__init__(current.state)
        self.current = current


def next_code(year: int) -> str:
    """The code to propose for a class of `year`: L2024-001 and on. One query."""
    given = TrainingClass.objects.filter(code__startswith=f"L{year}-").values_list("code")
    numbers = [re.fullmatch(rf"L{year}-([0-9]{{1,6}})", code) for (code,) in given]
    last = max((int(number[1]) for number in numbers if number), default=0)
    return f"L{year}-{last + 1:03d}"


def seats_taken(training_class: TrainingClass) -> int:
    """Participations that hold a seat. One query."""
    return sitting_now(Enrolment.objects.filter(training_class=training_class)).count()


@transaction.atomic
def create_class(values: Mapping[str, Any]) -> TrainingClass:
    """A new class, a draft. Raises CodeTaken; a form sent twice stores one class so."""
    _refuse_taken(values["code"])
    try:
        with transaction.atomic():
            return TrainingClass.objects.create(state=State.DRAFT, **values)
    except IntegrityError:
        _refuse_taken(values["code"])
        raise


def _refuse_taken(code: str, but: int | None = None) -> None:
    others = TrainingClass.objects.exclude(pk=but) if but else TrainingClass.objects.all()
    holder = others.filter(code__iexact=code).first()
    if holder is not None:
        raise CodeTaken(holder)


@transaction.atomic
def change_class(pk: int, values: Mapping[str, Any], *, version: int) -> TrainingClass:
    """Change facts of a class that was shown in `version`.

    Raises StaleClass, CodeTaken; CannotBe where those enrolled, the sittings or the results forbid
    it.
    """
    found = TrainingClass.objects.select_for_update().get(pk=pk)
    if found.version != version:
        raise StaleClass(found)
    if "code" in values:
        _refuse_taken(values["code"], but=pk)
    _refuse_programme(found, values)
    _refuse_capacity(found, values)
    _refuse_days(found, values)
    for name, value in values.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    return found


def _refuse_programme(found: TrainingClass, values: Mapping[str, Any]) -> None:
    programme = values.get("programme", found.programme)
    if programme == found.programme:
        return
    credits = Credit.objects.filter(enrolment__training_class=found)
    waiting = credits.filter(state__in=[Credit.State.PROPOSED, Credit.State.CONFIRMED]).count()
    if waiting:
        raise CannotBe(
            f"Đã có {waiting} kết quả chờ hoặc đã ghi vào hồ sơ theo chương trình cũ: đính chính "
            "các kết quả ấy trước, rồi đổi chương trình.",
            "programme",
        )


def _refuse_capacity(found: TrainingClass, values: Mapping[str, Any]) -> None:
    capacity = values.get("capacity", found.capacity)
    taken = seats_taken(found)
    if capacity is not None and capacity < taken:
        raise CannotBe(
            f"Lớp đã ghi danh {taken} người: số chỗ không thể ít hơn. Rút bớt học viên trước, hoặc "
            f"ghi từ {taken} trở lên.",
            "capacity",
        )


def _refuse_days(found: TrainingClass, values: Mapping[str, Any]) -> None:
    begins, ends = values.get("begins_on", found.begins_on), values.get("ends_on", found.ends_on)
    outside = ClassSession.objects.filter(training_class=found)
    number = outside.filter(Q(held_on__lt=begins) | Q(held_on__gt=ends)).count()
    if number:
        raise CannotBe(
            f"Có {number} buổi học ngoài khoảng {begins:%d/%m/%Y} – {ends:%d/%m/%Y}: đổi ngày các "
            "buổi ấy trước, hoặc giữ khoảng ngày cũ.",
            "begins_on" if outside.filter(held_on__lt=begins).exists() else "ends_on",
        )


def neighbours(state: str) -> tuple[TrainingClass.State | None, TrainingClass.State | None]:
    """The state before and the state after; None at the ends."""
    at = STEPS.index(State(state))
    return (STEPS[at - 1] if at else None), (STEPS[at + 1] if at + 1 < len(STEPS) else None)


@transaction.atomic
def move_class(pk: int, *, before: str, to: str, reason: str = "") -> TrainingClass:
    """Take the class from the state `before`, which the page showed, one step on or back to `to`.

    Raises NotInState if it is not in `before`; CannotBe for a step that skips one, a step back
    without a reason, an end while somebody is still studying, a draft that has learners.
    """
    found = TrainingClass.objects.select_for_update().get(pk=pk)
    if found.state != before:
        raise NotInState(found)
    back, on = neighbours(found.state)
    if to not in (back, on):
        raise CannotBe("Lớp chỉ chuyển sang bước liền sau hoặc lùi về bước liền trước.")
    if to == back:
        _refuse_back(found, to, reason)
    elif to == State.CLOSED:
        _refuse_end(found)
    TrainingClass.objects.filter(pk=pk).update(state=to, version=F("version") + 1)
    found.refresh_from_db(fields=["state", "version"])
    return found


def _refuse_back(found: TrainingClass, to: str, reason: str) -> None:
    if not reason.strip():
        raise CannotBe("Ghi lý do lùi lại một bước.")
    enrolled = Enrolment.objects.filter(training_class=found).count()
    if to == State.DRAFT and enrolled:
        raise CannotBe(
            f"Lớp đã có {enrolled} lượt ghi danh, không thành dự thảo lại được: các đơn vị sẽ "
            "không thấy người của mình nữa."
        )


def _refuse_end(found: TrainingClass) -> None:
    studying = Enrolment.objects.filter(training_class=found, result=Result.STUDYING).count()
    if studying:
        raise CannotBe(
            f"Chưa kết thúc được: {studying} học viên chưa có kết quả. Vào kết quả của từng người "
            "rồi kết thúc lớp."
        )


def warnings_of_move(found: TrainingClass, to: str, today: date) -> list[str]:
    """What to mind about the step that was taken; nothing of it forbids the step."""
    told = []
    if to == State.OPEN and found.decision_id is None:
        told.append("Lớp chưa có quyết định mở lớp.")
    if to == State.OPEN and found.capacity is None:
        told.append("Lớp chưa ghi số chỗ: ghi danh sẽ không bị giới hạn.")
    if to == State.RUNNING and today < found.begins_on:
        told.append(f"Lớp đến {found.begins_on:%d/%m/%Y} mới khai giảng.")
    if to == State.RESULTS and today < found.ends_on:
        told.append(f"Lớp đến {found.ends_on:%d/%m/%Y} mới bế giảng.")
    return told
