"""The class from draft to closed: made, changed, moved a step at a time. Nothing is removed: a
draft that came to nothing stays one, seen by the district's staff and counted nowhere.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from training.admission import admissions_of
from training.clashes import sitting_now
from training.models import ClassSession, Credit, Enrolment, Programme, TrainingClass

State = TrainingClass.State
Result = Enrolment.Result

_NAMED = 5  # people that a refusal names
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
    enrolled = Enrolment.objects.filter(training_class=found).took_part()
    if found.programme_id is not None:
        _refuse_another_programme(enrolled.count())
    elif programme is not None:
        begins = values.get("begins_on", found.begins_on)
        _refuse_those_not_admitted(enrolled, programme, min(begins, timezone.localdate()))


def _refuse_another_programme(number: int) -> None:
    """Those enrolled were admitted, and sent for their needs, to the programme that it has."""
    if number:
        raise CannotBe(
            f"Đã ghi danh {number} người theo chương trình đang có: rút hoặc chuyển họ sang lớp "
            "khác trước, hoặc mở lớp mới cho chương trình kia.",
            "programme",
        )


def _refuse_those_not_admitted(enrolled: Any, programme: Programme, day: date) -> None:
    """Whoever was sent with a written reason stays so."""
    people = {
        cadre or linked: name or of_outsider
        for cadre, linked, name, of_outsider in enrolled.filter(exception_reason="").values_list(
            "cadre", "outside_learner__cadre", "cadre__full_name", "outside_learner__full_name"
        )
        if cadre or linked
    }
    admissions = admissions_of(programme, people, day) if people else {}
    told = [
        f"{people[key]} ({'; '.join(each.why)})"
        for key, each in admissions.items()
        if not each.is_admitted
    ]
    if told:
        more = f" và {len(told) - _NAMED} người nữa" if len(told) > _NAMED else ""
        raise CannotBe(
            f"Có {len(told)} người trong lớp chưa đủ điều kiện học chương trình này: "
            f"{', '.join(told[:_NAMED])}{more}. Rút họ khỏi lớp trước, rồi chọn chương trình và "
            "ghi danh lại kèm lý do.",
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
    if begins > found.begins_on:
        _refuse_before(found, begins)


def _refuse_before(found: TrainingClass, begins: date) -> None:
    """Nothing that came of the class stands before it begins. Attendance is of sittings."""
    names = {"result_on": "kết quả", "certificate_on": "chứng chỉ"}
    rows = Enrolment.objects.filter(training_class=found).select_related("cadre", "outside_learner")
    first = [
        (day, what, row)
        for name, what in names.items()
        for row in rows.filter(**{f"{name}__lt": begins}).order_by(name, "pk")[:1]
        for day in [getattr(row, name)]
    ]
    if first:
        day, what, row = min(first, key=lambda each: each[0])
        raise CannotBe(
            f"Đã ghi {what} của {row.learner_name} ngày {day:%d/%m/%Y}, trước ngày khai giảng "
            f"{begins:%d/%m/%Y}: sửa ngày ấy trước, hoặc giữ ngày khai giảng cũ.",
            "begins_on",
        )


def neighbours(state: str) -> tuple[TrainingClass.State | None, TrainingClass.State | None]:
    """The state before and the state after; None at the ends."""
    at = STEPS.index(State(state))
    return (STEPS[at - 1] if at else None), (STEPS[at + 1] if at + 1 < len(STEPS) else None)


@transaction.atomic
def move_class(pk: int, *, before: str, to: str, reason: str = "") -> TrainingClass:
    """Take the class from the state `before`, which the page showed, one step on or back to `to`.

    Raises NotInState if it is not in `before`; CannotBe for a step that skips one, a step back
    without a reason, results before the first day, an end while somebody is still studying, a
    draft that has learners.
    """
    found = TrainingClass.objects.select_for_update().get(pk=pk)
    if found.state != before:
        raise NotInState(found)
    back, on = neighbours(found.state)
    if to not in (back, on):
        raise CannotBe("Lớp chỉ chuyển sang bước liền sau hoặc lùi về bước liền trước.")
    if to == back:
        _refuse_back(found, to, reason)
    elif to == State.RESULTS:
        _refuse_results(found, timezone.localdate())
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


def _refuse_results(found: TrainingClass, today: date) -> None:
    if today < found.begins_on:
        raise CannotBe(
            f"Lớp đến {found.begins_on:%d/%m/%Y} mới khai giảng, chưa vào kết quả được. Nếu lớp đã "
            "học, sửa ngày khai giảng của lớp trước."
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
