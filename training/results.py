"""Results of a class: entered and corrected under its lock, with what follows for the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cadres.models import Basis
from training.credits import propose, withdraw
from training.models import Credit, Enrolment, TrainingClass
from training.models.enrolment import FREED
from training.rules.results import BY_DECISION, PASSED, STUDYING, TRANSFERRED, Case, problems
from training.transferring import NotTransferred, transfer

_CERTIFIED = ("certificate_number", "certificate_on")
_TOLD = ["result", "result_on", "result_decision", "result_note", "score", "transferred_to",
         *_CERTIFIED]  # fmt: skip


@dataclass(frozen=True)
class ResultLine:
    """What is entered of one learner. `on`: the day of the result, None to keep the one that
    stands; `note`: why a result that stood is corrected; `transferred_to`: the key of a class."""

    result: str
    on: date | None = None
    score: Decimal | None = None
    note: str = ""
    certificate_number: str = ""
    certificate_on: date | None = None
    transferred_to: int | None = None
    decision: Basis | None = None


@dataclass
class Recorded:
    """How many participations were changed, and what followed of it."""

    changed: list[int] = field(default_factory=list)
    proposed: int = 0
    withdrawn: int = 0  # out of records, where they stood
    transferred: int = 0
    was_recorded: bool = False  # all of it stood already when a form of before was sent


class StaleResults(Exception):
    """Someone else wrote results, certificates or facts of the class since the form was shown."""

    def __init__(self, current: TrainingClass) -> None:
        super().__init__(f"version is {current.version}")
        self.current = current


class ResultsRefused(Exception):
    """Nothing was written; `why` in words, by key of the participation."""

    def __init__(self, why: Mapping[int, str]) -> None:
        super().__init__(f"{len(why)} results refused")
        self.why = dict(why)


@transaction.atomic
def record_results(
    *, training_class_id: int, results: Mapping[int, ResultLine], by: User, version: int
) -> Recorded:
    """Enter results by key of the participation, all or none; lines that say what stands already
    change nothing, also where a form was sent twice.

    Who passed is proposed for the record where the programme awards something; who passed no more
    is taken back from it. Raises StaleResults, ResultsRefused, TrainingClass.DoesNotExist.
    """
    held = _locked(training_class_id, {line.transferred_to for line in results.values()})
    rows = _rows(held, results)
    changed = {
        key: line for key, line in results.items() if key not in rows or _differs(rows[key], line)
    }
    if held.version != version:
        if changed or not results:
            raise StaleResults(held)
        return Recorded(was_recorded=True)
    _refuse(held, rows, changed)
    done = Recorded(list(changed))
    was_passed = [rows[key] for key in changed if rows[key].result == PASSED]
    for key, line in changed.items():
        _set(rows[key], line)
    Enrolment.objects.bulk_update([rows[key] for key in changed], _TOLD, batch_size=200)
    _follow(done, [rows[key] for key in changed], was_passed, by)
    _transfer(done, [(rows[key], line) for key, line in changed.items()], by)
    if changed:
        held.version += 1
        held.save(update_fields=["version"])
    return done


@transaction.atomic
def pass_the_rest(*, training_class_id: int, on: date, by: User, version: int) -> Recorded:
    """Everyone of the class who has no result yet has completed it on the day `on`. Raises as
    `record_results`."""
    _locked(training_class_id, ())
    rest = Enrolment.objects.filter(training_class=training_class_id, result=STUDYING)
    lines = {
        each.pk: ResultLine(
            PASSED, on=on, score=each.score, certificate_number=each.certificate_number,
            certificate_on=each.certificate_on,
        )
        for each in rest
    }  # fmt: skip
    return record_results(
        training_class_id=training_class_id, results=lines, by=by, version=version
    )


def _locked(pk: int, others: Iterable[int | None]) -> TrainingClass:
    """The class, locked with those that learners go to, in the order of their keys."""
    keys = {pk, *(key for key in others if key)}
    rows = TrainingClass.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {each.pk: each for each in rows}
    if pk not in found:
        raise TrainingClass.DoesNotExist
    return found[pk]


def _rows(held: TrainingClass, keys: Iterable[int]) -> dict[int, Enrolment]:
    found = Enrolment.objects.filter(training_class=held, pk__in=list(keys)).select_related(
        "training_class__programme", "training_class__provider", "cadre", "outside_learner"
    )
    return {each.pk: each for each in found}


def _differs(row: Enrolment, line: ResultLine) -> bool:
    """Whether the line says anything else than what stands."""
    return (
        (row.result, row.score, row.certificate_number, row.certificate_on)
        != (line.result, line.score, line.certificate_number, line.certificate_on)
        or line.on not in (None, row.result_on)
    )  # fmt: skip


def _refuse(
    held: TrainingClass, rows: Mapping[int, Enrolment], changed: Mapping[int, ResultLine]
) -> None:
    """Raise ResultsRefused for all that may not be entered."""
    why = {}
    standing = set(
        Credit.objects.in_state(Credit.State.CONFIRMED)
        .filter(enrolment__in=changed)
        .values_list("enrolment", flat=True)
    )
    gone_on = _gone_on([rows[key] for key in changed if key in rows])
    for key, line in changed.items():
        if key not in rows:
            why[key] = "người này không còn trong lớp; tải lại trang"
            continue
        found = problems(_case(held, rows[key], line))
        if key in standing and line.result == PASSED and _recertifies(rows[key], line):
            found.append(
                "chứng chỉ đã vào hồ sơ; sửa ở trang Trình độ của người ấy, hoặc đính chính kết quả"
            )
        if key in gone_on and line.result not in FREED:
            found.append(
                f"đang ở lớp {gone_on[key]} do chuyển lớp; đưa ra khỏi lớp ấy trước khi sửa ở đây"
            )
        if found:
            why[key] = "; ".join(found)
    if why:
        raise ResultsRefused(why)


def _gone_on(rows: Iterable[Enrolment]) -> dict[int, str]:
    """By key, the code of the class where the learner of a participation that was transferred takes
    part still: one seat is enough. One query, or none."""
    moved = [row for row in rows if row.result == TRANSFERRED and row.transferred_to_id]
    if not moved:
        return {}
    there = Enrolment.objects.took_part().filter(
        training_class__in={row.transferred_to_id for row in moved}
    )
    seats = {
        (seat.training_class_id, seat.cadre_id, seat.outside_learner_id): seat.training_class.code
        for seat in there.select_related("training_class")
    }
    learners = {
        row.pk: (row.transferred_to_id, row.cadre_id, row.outside_learner_id) for row in moved
    }
    return {key: seats[learner] for key, learner in learners.items() if learner in seats}


def _case(held: TrainingClass, row: Enrolment, line: ResultLine) -> Case:
    decision = line.decision
    return Case(
        state=held.state, began=held.begins_on, before=row.result, after=line.result,
        on=line.on, today=timezone.localdate(), reason=line.note.strip(),
        ends=held.ends_on, stood_on=row.result_on,
        has_decision=decision is not None and decision.revoked_by_id is None,
        goes_to=line.transferred_to, is_own_class=line.transferred_to == held.pk,
        **_new_certificate(row, line),
    )  # fmt: skip


def _new_certificate(row: Enrolment, line: ResultLine) -> dict[str, Any]:
    """The certificate that the line tells; one that stood goes with the result that it was of."""
    is_left = line.result != PASSED and not _recertifies(row, line)
    return {} if is_left else {name: getattr(line, name) for name in _CERTIFIED}


def _recertifies(row: Enrolment, line: ResultLine) -> bool:
    return any(getattr(row, name) != getattr(line, name) for name in _CERTIFIED)


def _set(row: Enrolment, line: ResultLine) -> None:
    """The row as the line says; what a line does not repeat of a result that stays, stays too."""
    if row.result != line.result:
        row.result, row.result_note = line.result, line.note.strip()[:255]
        row.result_decision = line.decision if line.result in BY_DECISION else None
        goes_on = line.result == TRANSFERRED
        row.transferred_to_id = line.transferred_to if goes_on else None
        row.result_on = line.on
    row.result_on = None if line.result == STUDYING else line.on or row.result_on
    row.score = line.score
    is_passed = line.result == PASSED
    row.certificate_number = line.certificate_number if is_passed else ""
    row.certificate_on = line.certificate_on if is_passed else None


def _follow(
    done: Recorded, changed: list[Enrolment], was_passed: list[Enrolment], by: User
) -> None:
    """What results mean for the record: out of it first, then proposed."""
    lost: dict[int | None, str] = {
        each.pk: each.result_note for each in was_passed if each.result != PASSED
    }
    for credit in Credit.objects.filter(enrolment__in=list(lost)).order_by("pk"):
        done.withdrawn += withdraw(credit, by=by, reason=lost[credit.enrolment_id])
    done.proposed = len(propose([each for each in changed if each.result == PASSED]))


def _transfer(done: Recorded, changed: list[tuple[Enrolment, ResultLine]], by: User) -> None:
    """Enrol those who go to another class there."""
    why = {}
    for row, line in changed:
        if row.result != TRANSFERRED or line.transferred_to is None:
            continue
        try:
            transfer(row, by=by)
            done.transferred += 1
        except NotTransferred as error:
            why[row.pk] = str(error)
    if why:
        raise ResultsRefused(why)
