"""Training follows a person into another record. Of two participations in one class, or two needs
of one programme, one gives way: what hangs on it goes to the other, or goes as well."""

from collections.abc import Collection, Iterator
from typing import Any

from cadres.merged_tables import same_in
from cadres.person_tables import Moved, Obstacle, RowKey, Settled, register, settle_before
from training.models import (
    Assessment,
    Attendance,
    Candidate,
    Credit,
    Enrolment,
    Need,
    OutsideLearner,
    Study,
    StudyStep,
)

State = Credit.State


def _same_standing(why: str, withdrawn: str, *names: str) -> Any:
    """As `same_in`, where neither row was withdrawn and the first column says something."""
    judge_same = same_in(why, *names)

    def judge(left: Any, right: Any) -> Obstacle | None:
        is_told = getattr(left, names[0]) is not None and withdrawn not in (left.state, right.state)
        return judge_same(left, right) if is_told else None

    return judge


def _of_enrolment(gone: Enrolment, kept: Enrolment, going: Collection[RowKey]) -> Iterator[Settled]:
    """The marks of sittings at which the other was not called, and what came of the class."""
    called = set(Attendance.objects.filter(enrolment=kept).values_list("session", flat=True))
    for mark in Attendance.objects.filter(enrolment=gone).order_by("pk"):
        yield mark, None if mark.session_id in called else {"enrolment": kept}
    is_passed = kept.result == Enrolment.Result.PASSED
    yield from _credit(gone, kept, going, is_passed)


def _of_study(gone: Study, kept: Study, going: Collection[RowKey]) -> Iterator[Settled]:
    """The steps go with the study that they are of; what was proposed may go to the other."""
    for step in StudyStep.objects.filter(study=gone).order_by("-pk"):  # corrections first
        yield step, None
    yield from _credit(gone, kept, going, kept.state == Study.State.GRADUATED)


def _credit(
    gone: Any, kept: Any, going: Collection[RowKey], is_passed: bool
) -> Iterator[Settled]:  # fmt: skip
    """Of what both proposed for the record one stays: what is in the record before what waits.
    Which row stays in the record is decided with the rows of the record themselves."""
    source = gone._meta.model_name
    rows = Credit.objects.filter(**{f"{source}__in": [gone.pk, kept.pk]}).with_standing()
    found = {getattr(each, f"{source}_id"): each for each in rows}
    coming, mine = found.get(gone.pk), found.get(kept.pk)
    if coming is None:
        return
    if not is_passed or (mine and _weight(mine, going) >= _weight(coming, going)):
        yield coming, None
        return
    if mine:
        yield mine, None
    yield coming, {source: kept}
    if source == "enrolment" and coming.state == State.CONFIRMED:
        yield kept, {
            "certificate_number": coming.evidence_number, "certificate_on": coming.awarded_on,
        }  # fmt: skip


def _weight(credit: Any, going: Collection[RowKey]) -> int:
    is_going = (credit.table, credit.row_id) in going
    if credit.state == State.CONFIRMED:
        return 3 if credit.stands and not is_going else 0
    return {State.PROPOSED: 2, State.DROPPED: 1}.get(State(credit.state), 0)


def _of_need(gone: Need, kept: Need, going: Collection[RowKey]) -> Iterator[Settled]:
    """Who was sent for the need was sent for the one that stays."""
    for model in (Enrolment, Study):
        for row in model.objects.filter(need=gone).order_by("pk"):
            yield row, {"need": kept}


def _both_stay() -> dict[str, Any]:
    """Nothing is set: of candidates and their steps none is lost, though two may say the same."""
    return {}


settle_before(Enrolment, _of_enrolment)
settle_before(Study, _of_study)
settle_before(Need, _of_need)
# In this order: what names another row before that one.
register(
    Moved(Enrolment, same_in("hai lượt học trong một lớp", "training_class_id")),
    Moved(Study, same_in("một lượt cử đi học hai lần", "strand", "rank", "begins_on")),
    Moved(Need, _same_standing("một nhu cầu hai lần", "withdrawn", "programme_id", "year")),
    Moved(Credit),
    Moved(
        Assessment,
        _same_standing(
            "một năng lực hai lần một ngày", "withdrawn", "competence_id", "assessed_on"
        ),
    ),
    Moved(Candidate, doubled=_both_stay),
    Moved(OutsideLearner),
)
