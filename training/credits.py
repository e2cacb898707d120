"""From a result to the record: proposed, confirmed by its certificate, dropped, withdrawn.

A confirmed credit is a change of the person's record like any other, on the certificate as its
basis: figures, verdicts and history follow by themselves. Locks are taken in one order: classes,
credits, people.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from cadres.changes import Ground, locked_in_order, record
from cadres.edits import adding
from cadres.models import Basis, Cadre
from training.credit_rows import is_on_record, reason_of, row_for, take_out
from training.models import Credit, Enrolment, Study, TrainingClass
from training.rules.certificates import Course, forbids, usual_evidence

State = Credit.State
_NOT_LINKED = (
    "học viên của lượt này không nối với hồ sơ của người này; nối lại ở Học viên ngoài danh sách "
    "thì được đề nghị lại"
)
_TOO_LONG = "số hiệu dài quá 60 ký tự; ghi đúng số trên văn bằng, chứng chỉ"


@dataclass(frozen=True)
class Certificate:
    """What a paper says: its number and day, and what it is ("" for what was proposed)."""

    number: str
    awarded_on: date
    evidence: str = ""


@dataclass(frozen=True)
class Confirmed:
    """The credits that went into records, and those that did not, each with why."""

    done: list[Credit]
    refused: list[tuple[Credit, str]]


def propose(enrolments: Iterable[Enrolment]) -> list[Credit]:
    """Propose what each passed participation of an official leads to, a linked outside learner's
    too; what is proposed already follows its certificate. Those new or proposed again.

    The caller's transaction holds the class. What was dropped stays so until somebody proposes it
    again, unless it was dropped for somebody else whom the learner was taken for; what stands in a
    record is not touched. Three queries.
    """
    passed = {each.pk: each for each in enrolments if _leads_to_something(each)}
    standing = {
        each.enrolment_id: each
        for each in Credit.objects.select_for_update().filter(enrolment__in=passed)
    }
    new: list[Credit] = []
    again: list[Credit] = []
    for key, enrolment in passed.items():
        credit = standing.get(key) or Credit(enrolment=enrolment)
        was_anothers = credit.pk and credit.cadre_id != _person_of(enrolment)
        if credit.state == State.CONFIRMED or credit.state == State.DROPPED and not was_anothers:
            continue
        (again if credit.pk else new).append(_from_class(credit, enrolment))
    before = {each.pk for each in again if each.state == State.PROPOSED}
    for each in again:
        _wait(each)
    Credit.objects.bulk_create(new, batch_size=500)
    Credit.objects.bulk_update(again, _PROPOSED, batch_size=200)
    return new + [each for each in again if each.pk not in before]


def _leads_to_something(enrolment: Enrolment) -> bool:
    programme = enrolment.training_class.programme
    is_passed = enrolment.result == Enrolment.Result.PASSED
    return bool(is_passed and programme and programme.awards and _person_of(enrolment))


def _person_of(enrolment: Enrolment) -> int | None:
    learner = enrolment.outside_learner
    return enrolment.cadre_id or (learner.cadre_id if learner else None)


_PROPOSED = ["cadre", "strand", "rank", "field", "content", "awarded_on", "evidence",
             "evidence_number", "institution", "hours", "state", "reason", "decided_by",
             "decided_at"]  # fmt: skip


def _from_class(credit: Any, enrolment: Any) -> Credit:
    """The credit with what its class leads to, and what is known of the certificate."""
    held = enrolment.training_class
    programme = held.programme
    credit.cadre_id = _person_of(enrolment)
    credit.strand, credit.rank, credit.content = programme.strand, programme.rank, programme.content
    credit.field_id = programme.field_id
    credit.awarded_on = enrolment.certificate_on or enrolment.result_on or held.ends_on
    credit.evidence = usual_evidence(programme.strand)
    credit.evidence_number = enrolment.certificate_number
    credit.institution = held.provider.name
    credit.hours = held.hours
    return credit


def _wait(credit: Credit) -> None:
    credit.state, credit.reason = State.PROPOSED, ""
    credit.decided_by = credit.decided_at = None


@transaction.atomic
def propose_for_study(
    study: Study, *, awarded_on: date, evidence_number: str = "", evidence: str = ""
) -> Credit:
    """Propose the level that a study led to, or propose it again after a correction. The caller
    holds the study. What stands in a record, or was dropped, is not touched."""
    credit = Credit.objects.select_for_update().filter(study=study).first() or Credit(study=study)
    if credit.state not in (State.PROPOSED, State.WITHDRAWN):
        return credit
    credit.cadre_id = study.cadre_id
    credit.strand, credit.rank, credit.field_id = study.strand, study.rank, study.field_id
    credit.major, credit.institution = study.major, study.school
    credit.awarded_on, credit.evidence_number = awarded_on, evidence_number
    credit.evidence = evidence or usual_evidence(study.strand)
    _wait(credit)
    credit.save()
    return credit


@transaction.atomic
def confirm_credits(certificates: Mapping[int, Certificate], *, by: User) -> Confirmed:
    """Write what the certificates prove into the records, by key of the credit: each on its own
    certificate as basis. One that cannot be written says why and keeps none of the others back.
    """
    _lock_classes(certificates)
    credits = list(_locked(certificates))
    people = locked_in_order(each.cadre_id for each in credits)
    outcome = Confirmed([], [])
    for credit in credits:
        try:
            with transaction.atomic():
                _confirm(credit, certificates[credit.pk], people[credit.cadre_id], by)
            outcome.done.append(credit)
        except ValidationError as error:
            outcome.refused.append((credit, " ".join(error.messages)))
    _mark_classes(outcome.done)
    return outcome


def _lock_classes(keys: Iterable[int]) -> None:
    """Lock the classes that the credits `keys` come of."""
    held = Enrolment.objects.filter(credit__in=list(keys)).values_list("training_class", flat=True)
    found = TrainingClass.objects.filter(pk__in=list(held))
    list(found.select_for_update().order_by("pk"))


def _locked(keys: Iterable[int]) -> Any:
    found = Credit.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk")
    return found.select_related(
        "cadre",
        "enrolment__training_class",
        "enrolment__cadre",
        "enrolment__outside_learner",
        "study",
        "change__basis",
        "decided_by",
    )


def _mark_classes(credits: Iterable[Credit]) -> None:
    """Whoever has the results of these classes open is told that certificates changed."""
    keys = {each.enrolment.training_class_id for each in credits if each.enrolment}
    TrainingClass.objects.filter(pk__in=keys).update(version=F("version") + 1)


def _confirm(credit: Any, paper: Certificate, person: Cadre, by: User) -> None:
    _check(credit, paper, person)
    credit.evidence_number, credit.awarded_on = paper.number, paper.awarded_on
    credit.evidence = paper.evidence or credit.evidence
    row = row_for(credit)
    basis = Basis.objects.create(  # of this row alone, so nobody's to choose for other changes
        kind=Basis.Kind.CERTIFICATE, number=paper.number, signed_on=paper.awarded_on,
        issuer=credit.institution,
    )  # fmt: skip
    ground = Ground(by=by, basis=basis, reason=reason_of(credit))
    credit.change = record(person, [adding(row)], ground)
    credit.table, credit.row_id = row._meta.label_lower, row.pk
    _decide(credit, State.CONFIRMED, by)
    if credit.enrolment:
        Enrolment.objects.filter(pk=credit.enrolment_id).update(
            certificate_number=paper.number, certificate_on=paper.awarded_on
        )


def _check(credit: Credit, paper: Certificate, person: Cadre) -> None:
    """Raise ValidationError for what keeps a credit out of the record."""
    if credit.state != State.PROPOSED:
        raise ValidationError(_decided(credit))
    if _is_anothers(credit):
        raise ValidationError(_NOT_LINKED)
    if not person.is_kept:
        raise ValidationError("hồ sơ đã gộp hoặc không còn; mở hồ sơ đúng của người này")
    if not paper.number:
        raise ValidationError("chưa có số hiệu; ghi số trên văn bằng, chứng chỉ")
    if len(paper.number) > 60:
        raise ValidationError(_TOO_LONG)
    problem = forbids(paper.awarded_on, _course_of(credit), timezone.localdate())
    if problem:
        raise ValidationError(problem)
    if is_on_record(credit, paper.awarded_on):
        raise ValidationError(
            f"hồ sơ đã có {credit.what} cấp ngày {paper.awarded_on:%d/%m/%Y}; nếu là một, bấm "
            "Không ghi nhận"
        )


def _is_anothers(credit: Credit) -> bool:
    """Whether its participation is not, or no longer, one of the person whom it would credit."""
    return credit.enrolment is not None and _person_of(credit.enrolment) != credit.cadre_id


def _course_of(credit: Any) -> Course:
    """When what a credit comes of began and was completed."""
    study = credit.study
    if study:
        return Course(study.begins_on, study.ended_on, done_words="ngày tốt nghiệp")
    held = credit.enrolment.training_class
    done_on = credit.enrolment.result_on or held.ends_on
    return Course(held.begins_on, done_on, closed_on=held.ends_on)


def _decided(credit: Credit) -> str:
    who = f"{credit.decided_by.full_name}, " if credit.decided_by else ""
    at = f" ({who}{timezone.localtime(credit.decided_at):%H:%M %d/%m/%Y})" if who else ""
    return f"không còn chờ xác nhận: {credit.state_words}{at}; tải lại danh sách"


def _decide(credit: Credit, state: str, by: User, reason: str = "") -> None:
    credit.state, credit.reason = state, reason
    credit.decided_by, credit.decided_at = by, timezone.now()
    credit.save()


def _needed(reason: str) -> str:
    """Raises ValidationError for a reason that says nothing."""
    told = " ".join(reason.split())
    if not told:
        raise ValidationError("Ghi lý do.")
    return told[:255]


@transaction.atomic
def drop(credit_id: int, *, by: User, reason: str) -> Credit:
    """Decide that a proposed credit does not go into the record. Raises ValidationError where it
    waits no more or no reason is given, Credit.DoesNotExist."""
    credit: Credit = _locked([credit_id]).get()
    if credit.state != State.PROPOSED:
        raise ValidationError(f"{credit.cadre.full_name}: {_decided(credit)}.")
    _decide(credit, State.DROPPED, by, _needed(reason))
    return credit


@transaction.atomic
def propose_again(credit_id: int) -> Credit:
    """Let a credit wait for its certificate again that was dropped, or that left the record while
    its result still stands. Raises ValidationError else, Credit.DoesNotExist."""
    credit: Credit = _locked([credit_id]).get()
    if credit.state_now not in (State.DROPPED, State.WITHDRAWN):
        raise ValidationError(f"{credit.cadre.full_name}: {credit.state_words}, không cần đề nghị.")
    if _is_anothers(credit):
        raise ValidationError(f"{credit.cadre.full_name}: {_NOT_LINKED}.")
    if not _is_passed(credit):
        raise ValidationError(
            f"{credit.cadre.full_name}: kết quả hiện nay không phải hoàn thành; sửa kết quả trước."
        )
    _wait(credit)
    credit.save()
    return credit


def _is_passed(credit: Credit) -> bool:
    if credit.enrolment:
        return credit.enrolment.result == Enrolment.Result.PASSED
    return bool(credit.study and credit.study.state == Study.State.GRADUATED)


@transaction.atomic
def withdraw(credit: Credit, *, by: User, reason: str) -> bool:
    """Take a credit back because its result was corrected, or because its learner is somebody else;
    whether it stood in the record.

    Its change is undone where nothing rests on it, else its row is removed; what the record's own
    history took back already is left as it is. Raises ValidationError without a reason.
    """
    credit = _locked([credit.pk]).get()
    if credit.state not in (State.PROPOSED, State.CONFIRMED):
        return False
    told = _needed(reason)
    stood = credit.state_now == State.CONFIRMED
    if stood:
        take_out(credit, by, told)
    _decide(credit, State.WITHDRAWN, by, told)
    return stood
