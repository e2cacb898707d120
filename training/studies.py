"""Individual study: people are sent by one decision, then what happens is recorded step by step.

Locks are taken in one order: people, studies, credits. What a study says now (`state`, `ended_on`,
`due_on`) follows its steps, in the same transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from cadres.changes import locked_in_order
from cadres.models import Basis, Cadre, Holding
from daitu_portal.fields import LAST_DAY
from training.credits import propose_for_study, withdraw
from training.models import Credit, PlanLine, Study, StudyStep
from training.rules.spans import study_too_long
from training.rules.study import (
    ENDS,
    Stage,
    Step,
    amount_problem,
    correctable,
    day_problem,
    end_of,
    next_steps,
    standing,
)
from training.study_checks import objections_to, open_needs, overlap_words, overlapping

STALE = (
    "Chưa lưu: lượt cử đi học vừa được người khác ghi thêm hoặc sửa. Xem lại bên dưới rồi ghi lại."
)


@dataclass(frozen=True)
class Sent:
    """The studies written now, and those that the same decision wrote before; `differing` are
    those of them of which something else was typed now, which is not written."""

    new: list[Study]
    standing: list[Study]
    differing: Sequence[Study] = ()


@transaction.atomic
def send_to_study(
    *, people: Iterable[Cadre], terms: Study, by: User, reason: str = ""
) -> Sent:  # fmt: skip
    """Send `people` by one decision. `terms` is an unsaved Study that holds for each of them, with
    its decision; `reason` why someone is sent whom the rules do not admit, or for so short a time.

    Whoever was sent by the same decision already is not sent twice, and stays as it was written.
    Ties the registered need of the person and the line of the plan. Raises ValidationError that
    names each person and why, and then nobody is sent.
    """
    locked = locked_in_order(each.pk for each in people)
    if not locked:
        raise ValidationError("Chưa chọn ai để cử đi học.")
    found = objections_to(list(locked), terms)
    faults = dict(found.refused)
    if not reason:
        faults |= {key: why for key, why in found.unusual.items() if key not in faults}
    if faults:
        raise ValidationError([f"{locked[key].full_name}: {why}." for key, why in faults.items()])
    keys = [key for key in locked if key not in found.standing]
    reasons = dict.fromkeys(found.unusual, reason)
    new = _studies(keys, terms, reasons, by)
    for each in new:
        each.full_clean(exclude=["decision", "commune"])
        each.save()
    old = list(found.standing.values())
    return Sent(new, old, [each for each in old if _differs(each, terms, reason)])


_AGREED = (
    "programme_id", "major", "field_id", "form", "due_on", "support_agreed", "committed_until",
)  # fmt: skip


def _differs(old: Study, terms: Study, reason: str) -> bool:
    """Whether `terms` say something else than `old`; a reason that was not needed is none."""
    other = bool(old.exception_reason) and bool(reason) and old.exception_reason != reason
    return other or any(getattr(old, name) != getattr(terms, name) for name in _AGREED)


def _studies(
    keys: Sequence[int], terms: Study, reasons: Mapping[int, str], by: User
) -> list[Study]:
    needs, units, found = open_needs(keys, terms), _units(keys, terms.begins_on), []
    line = terms.plan_line or _line_of(terms)
    for key in keys:
        study, need = _like(terms), needs.get(key)
        study.cadre_id, study.commune_id, study.entered_by = key, units.get(key), by
        study.need, study.exception_reason = need, reasons.get(key, "")
        study.plan_line = (need and need.plan_line and (need.plan_line.into or need.plan_line)) or (
            line
        )
        found.append(study)
    return found


def _like(terms: Study) -> Study:
    """A row of its own with the same values; a copy would share what is loaded beside the row."""
    columns = [each.attname for each in Study._meta.concrete_fields if not each.primary_key]
    study = Study(**{name: getattr(terms, name) for name in columns})
    study.decision = terms.decision
    return study


def _units(keys: Iterable[int], day: date) -> dict[int, int]:
    held = Holding.objects.on(day).filter(cadre__in=list(keys)).main_first()
    found: dict[int, int] = {}
    for person, unit in held.values_list("cadre", "commune"):
        found.setdefault(person, unit)
    return found


def _line_of(terms: Study) -> PlanLine | None:
    """The district's line for the programme in the year it begins, where there is just one."""
    lines = PlanLine.objects.of_the_district().filter(
        programme=terms.programme, plan__year=terms.begins_on.year
    )
    found = list(lines[:2]) if terms.programme else []
    return found[0] if len(found) == 1 else None


@transaction.atomic
def correct_study(*, study: Study, version: int) -> Study:
    """Store the corrected facts of `study`, read at `version`. Raises ValidationError where it was
    written since, overlaps another study, or does not fit the steps recorded."""
    standing_row = Study.objects.select_for_update().get(pk=study.pk)
    if standing_row.version != version:
        raise ValidationError(STALE)
    for other in overlapping([study.cadre_id], study):
        raise ValidationError({"begins_on": f"Người này {overlap_words(other)}."})
    steps = standing(standing_row.told)
    if steps and steps[0].on < study.begins_on:
        raise ValidationError(
            {"begins_on": f"Đã ghi một bước ngày {steps[0].on:%d/%m/%Y}, trước ngày này."}
        )
    if standing_row.due_on != study.due_on and any(e.kind == Step.EXTENSION for e in steps):
        raise ValidationError({"due_on": "Đã gia hạn: sửa bằng bước đính chính gia hạn."})
    study.version = version + 1
    study.full_clean(exclude=["entered_by"])
    study.save()
    return study


@dataclass(frozen=True)
class Diploma:
    """What the paper says that a study ended with: its number, and what it is ("" for usual)."""

    number: str = ""
    evidence: str = ""


@transaction.atomic
def record_step(
    *,
    study: Study,
    kind: str,
    on: date,
    by: User,
    until: date | None = None,
    amount: int | None = None,
    text: str = "",
    decision: Basis | None = None,
    corrects: int | None = None,
    diploma: Diploma | None = None,
    version: int | None = None,
) -> StudyStep:
    """Record what happened in `study` on the day `on`; `amount` in đồng.

    Graduating proposes the level for the record (a Credit); a correction (`corrects`: key of the
    step) takes the step back, and what it proposed or wrote with it. The same step sent twice at
    one `version` is stored once. Raises ValidationError, by field, for what cannot be so.
    """
    locked = Study.objects.select_for_update().get(pk=study.pk)
    step = StudyStep(
        study=locked, kind=kind, on=on, until=until, amount=amount, text=text, decision=decision,
        corrects_id=corrects, by=by,
    )  # fmt: skip
    if version is not None and version != locked.version:
        return _stored_before(step, diploma or Diploma())
    _check(locked, step)
    if kind == Step.EXTENSION:
        step.due_before = locked.due_on
    step.full_clean(exclude=["study", "decision", "by", "corrects"])
    step.save()
    _follow(locked, step, diploma or Diploma(), by)
    return step


def _stored_before(step: StudyStep, diploma: Diploma) -> StudyStep:
    """The last step, where it says the same: the button was pressed twice."""
    last = StudyStep.objects.filter(study=step.study).order_by("-pk").first()
    told = ("kind", "on", "until", "amount", "text", "decision_id", "corrects_id", "by_id")
    is_same = last and all(getattr(last, name) == getattr(step, name) for name in told)
    if last and is_same and (step.kind != Step.GRADUATED or _is_proposed(step.study, diploma)):
        return last
    raise ValidationError(STALE)


def _is_proposed(study: Study, diploma: Diploma) -> bool:
    """Whether what the study proposed for the record has the number of `diploma`, and is it."""
    credit = Credit.objects.filter(study=study).order_by("-pk").first()
    is_same = credit is not None and credit.evidence_number == diploma.number
    return is_same and diploma.evidence in ("", credit.evidence if credit else "")


def _check(study: Study, step: StudyStep) -> None:
    kind, told, faults = Step(step.kind), study.told, dict[str, str]()
    if kind not in next_steps(study.agreed, told):
        raise ValidationError(_NOT_NOW.get(kind, "Bước này không còn ghi được: tải lại trang."))
    if kind == Step.CORRECTION and step.corrects_id not in {e.key for e in correctable(told)}:
        raise ValidationError({"corrects": "Chọn bước cần đính chính trong danh sách."})
    faults["on"] = "" if kind == Step.CORRECTION else day_problem(kind, step.on, study.agreed, told)
    if step.on > LAST_DAY:
        faults["on"] = "Ngày này quá xa; kiểm tra lại năm."
    faults["amount"] = amount_problem(kind, step.amount, step.text, study.agreed, told)
    faults["until"] = _extension_problem(study, step)
    if not step.text and kind in _SAYS_WHY:
        faults["text"] = _SAYS_WHY[kind]
    if kind == Step.EXTENSION and step.decision is None:
        faults["decision_number"] = "Gia hạn phải có quyết định: nhập số, ngày, cơ quan ban hành."
    if told_faults := {name: words for name, words in faults.items() if words}:
        raise ValidationError(told_faults)


_NOT_NOW = {
    Step.CORRECTION: "Chưa có bước nào để đính chính.",
    Step.BROKEN: (
        "Chưa ghi được vi phạm cam kết: ghi kết thúc học trước, và cam kết phải có ngày kết thúc."
    ),
    Step.REPAYMENT: "Không còn khoản nào phải bồi hoàn.",
}
_SAYS_WHY = {
    Step.PROGRESS: "Ghi kết quả năm học, ví dụ: năm thứ hai, khá.",
    Step.FAILED: "Ghi vì sao không tốt nghiệp.",
    Step.STOPPED: "Ghi vì sao thôi học.",
    Step.BROKEN: "Ghi vi phạm thế nào, ví dụ: xin thôi việc.",
    Step.CORRECTION: "Ghi vì sao đính chính.",
}


def _extension_problem(study: Study, step: StudyStep) -> str:
    if step.kind != Step.EXTENSION:
        return ""
    if step.until is None:
        return "Nhập ngày dự kiến tốt nghiệp mới."
    if step.until <= study.due_on:
        return f"Hạn mới phải sau hạn hiện nay {study.due_on:%d/%m/%Y}."
    return study_too_long(study.begins_on, step.until)


def _follow(study: Study, step: StudyStep, diploma: Diploma, by: User) -> None:
    """What the study says now, and what of it is proposed for the record."""
    taken: Any = step.corrects
    until: Any = step.until
    study.__dict__.pop("told", None)
    if step.kind == Step.EXTENSION:
        study.due_on = until
    elif taken and taken.kind == Step.EXTENSION:
        study.due_on = taken.due_before
    end = end_of(study.told)
    study.ended_on = end.on if end else None
    study.state = study.stage_on(LAST_DAY)
    if study.state == Stage.UPCOMING:
        study.state = Stage.STUDYING
    study.version += 1
    study.save()
    if step.kind == Step.GRADUATED:
        propose_for_study(
            study, awarded_on=step.on, evidence_number=diploma.number, evidence=diploma.evidence
        )
    elif taken and taken.kind in ENDS:
        for credit in Credit.objects.filter(study=study):
            withdraw(credit, by=by, reason=step.text)
