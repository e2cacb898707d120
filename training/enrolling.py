"""Enrolling people in a class: the seats are counted, and everything is checked, under its lock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cadres.models import Basis
from training.clashes import lock_people, sitting_now
from training.enrol_checks import Check, check, officials_of
from training.models import Enrolment, TrainingClass
from training.person_keys import cadre_key, learner_key, parted

Result = Enrolment.Result
_LONGEST = 255  # characters of a note


class NotEnrolled(Exception):
    """Nothing was enrolled; `str()` says in Vietnamese what happened and what to do."""


class NotTaking(NotEnrolled):
    """The class takes nobody any more."""


class NoSeats(NotEnrolled):
    """There are fewer seats than people. `free` are left of `capacity`."""

    def __init__(self, free: int, capacity: int, wanted: int) -> None:
        self.free, self.capacity, self.wanted = free, capacity, wanted
        super().__init__(_no_seats(free, capacity, wanted))


class Refused(NotEnrolled):
    """Some may not be enrolled, and the caller wanted all or nobody. `why` by key of the person."""

    def __init__(self, why: dict[str, str]) -> None:
        self.why = why
        super().__init__(f"{len(why)} người không ghi danh được.")


@dataclass(frozen=True)
class Enrolled:
    """What became of those who were to be enrolled: keys of the new rows, persons who were in the
    class already, and why others were not taken, by key of the person (person_keys.py)."""

    enrolled: tuple[int, ...] = ()
    already: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)


def enrol(
    *,
    training_class_id: int,
    cadre_ids: Iterable[int] = (),
    learner_ids: Iterable[int] = (),
    by: User,
    decision: Basis | None = None,
    exceptions: Mapping[int, str] | None = None,
    on: date,
    all_or_nobody: bool = False,
) -> Enrolled:
    """Enrol officials and outside learners in a class on a day, in one transaction.

    The class is locked, then the people; seats, hours and admission are asked under the locks.
    Who is in the class already is counted and no error; who withdrew comes back by the same row.
    `exceptions`: why an official is sent who is not admitted, by key. Raises
    TrainingClass.DoesNotExist, NotTaking, NoSeats (then nobody is enrolled), and with
    `all_or_nobody` Refused where anyone may not be.
    """
    reasons = exceptions or {}
    with transaction.atomic():
        found = locked_class(training_class_id)
        if not found.takes_learners:
            raise NotTaking(_not_taking(found))
        people = officials_of([*map(cadre_key, cadre_ids), *map(learner_key, learner_ids)])
        lock_people(people)
        seen = check(found, people, on)
        refused = dict(seen.refused) | _without_reason(people, seen, reasons)
        if refused and all_or_nobody:
            raise Refused(refused)
        coming = [key for key in people if key not in refused and key not in seen.already]
        if seen.free is not None and len(coming) > seen.free:
            raise NoSeats(seen.free, found.capacity or 0, len(coming))
        rows = _written(found, coming, seen, reasons, decision, by)
    already = tuple(key for key in people if key in seen.already)
    return Enrolled(tuple(rows), already, refused)


def locked_class(pk: int) -> TrainingClass:
    """The class with its programme, locked until the transaction ends."""
    rows = TrainingClass.objects.select_for_update(of=("self",)).select_related("programme")
    return rows.get(pk=pk)


def _without_reason(people: list[str], seen: Check, reasons: Mapping[int, str]) -> dict[str, str]:
    return {
        key: "ngoài đối tượng (" + "; ".join(seen.admissions[int(key[1:])].why)
        + "): ghi lý do thì mới cử được"
        for key in people
        if seen.needs_reason(key) and key not in seen.already
        and not reasons.get(int(key[1:]), "").strip()
    }  # fmt: skip


def _written(
    training_class: TrainingClass,
    people: list[str],
    seen: Check,
    reasons: Mapping[int, str],
    decision: Basis | None,
    by: User,
) -> list[int]:
    """Write the participations; return their keys."""
    new, back = [], []
    for key in people:
        told = _told(key, seen, reasons) | {
            "decision": decision, "enrolled_by": by, "enrolled_at": timezone.now(),
        }  # fmt: skip
        if key in seen.withdrawn:
            back.append(_brought_back(seen.withdrawn[key], told))
        else:
            new.append(Enrolment(training_class=training_class, **_who(key), **told))
    made = Enrolment.objects.bulk_create(new, batch_size=500)
    return [*back, *(each.pk for each in made)]


def _who(key: str) -> dict[str, int]:
    cadres, learners = parted([key])
    return {"cadre_id": cadres[0]} if cadres else {"outside_learner_id": learners[0]}


def _told(key: str, seen: Check, reasons: Mapping[int, str]) -> dict[str, Any]:
    official = int(key[1:]) if key.startswith("c") else 0
    reason = reasons.get(official, "").strip()[:_LONGEST] if seen.needs_reason(key) else ""
    return {"need_id": seen.needs.get(official), "exception_reason": reason}


def _brought_back(pk: int, told: Mapping[str, Any]) -> int:
    """Let a withdrawn participation count again; its note keeps that and why it was withdrawn."""
    row = Enrolment.objects.get(pk=pk)
    left = f"{row.result_on:%d/%m/%Y}" if row.result_on else "không rõ ngày"
    row.result_note = f"Ghi danh lại; đã rút {left}: {row.result_note}"[:_LONGEST]
    row.result, row.result_on, row.result_decision = Result.STUDYING, None, None
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    return row.pk


class NotLeaving(Exception):
    """The participation was not withdrawn; `str()` says why in Vietnamese."""


@transaction.atomic
def leave(*, enrolment_id: int, reason: str, on: date) -> Enrolment:
    """Take back an enrolment made by mistake, while the class has not begun its lessons: it is
    withdrawn with the reason, and its seat, hours and need are free again.

    Raises Enrolment.DoesNotExist; NotLeaving where the class runs (then the result is entered with
    its decision), or where there is a result already.
    """
    row = Enrolment.objects.only("training_class_id").get(pk=enrolment_id)
    found = locked_class(row.training_class_id)
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment_id)
    if found.state not in (TrainingClass.State.DRAFT, TrainingClass.State.OPEN):
        raise NotLeaving(
            f"Lớp đang ở bước “{found.get_state_display()}”: rút khỏi lớp thì ghi ở phần kết quả, "
            "kèm quyết định."
        )
    if row.result != Result.STUDYING:
        raise NotLeaving(f"Lượt này đã có kết quả “{row.get_result_display()}”.")
    row.result, row.result_on, row.result_note = Result.WITHDRAWN, on, reason[:_LONGEST]
    row.need = None
    row.save(update_fields=["result", "result_on", "result_note", "need"])
    return row


@transaction.atomic
def decide_later(*, training_class_id: int, decision: Basis) -> int:
    """Give the participations of a class that have no decision to send theirs; return how many.
    Those that withdrew stay without."""
    found = locked_class(training_class_id)
    rows = Enrolment.objects.filter(training_class=found, decision=None)
    return sitting_now(rows).update(decision=decision)


def _no_seats(free: int, capacity: int, wanted: int) -> str:
    if not free:
        return (
            f"Lớp đã đủ {capacity} chỗ nên chưa ghi danh ai. Tăng số chỗ của lớp, hoặc chọn lớp "
            "khác."
        )
    return (
        f"Lớp còn {free} chỗ trong {capacity}, không đủ cho {wanted} người nên chưa ghi danh ai. "
        "Bỏ bớt người, hoặc tăng số chỗ của lớp."
    )


def _not_taking(training_class: TrainingClass) -> str:
    return (
        f"Lớp đang ở bước “{training_class.get_state_display()}” nên không nhận thêm học viên; "
        "chưa ghi danh ai."
    )
