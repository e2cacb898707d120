"""A learner goes on in another class: enrolled there as whoever is sent."""

from typing import Any

from accounts.models import User
from training.enrolling import NotEnrolled, Refused, enrol
from training.models import Enrolment


class NotTransferred(Exception):
    """The other class does not take the learner; `str()` says why in words."""


def transfer(row: Any, *, by: User) -> None:
    """Enrol the learner of a participation in the class it was transferred to, by the same
    decision; who is there already is left as they are. Raises NotTransferred.

    The caller's transaction holds both classes. Who was sent to the first class may go on in the
    other: that is no new exception.
    """
    goes_to, learner = row.transferred_to, row.outside_learner_id
    reason = row.exception_reason or f"Chuyển từ lớp {row.training_class.code}"
    try:
        enrol(
            training_class_id=row.transferred_to_id,
            cadre_ids=[row.cadre_id] if row.cadre_id else [],
            learner_ids=[learner] if learner else [],
            by=by,
            decision=row.result_decision,
            exceptions={_official(row): reason},
            on=row.result_on,
            all_or_nobody=True,
        )
    except NotEnrolled as refused:
        why = list(refused.why.values()) if isinstance(refused, Refused) else [str(refused)]
        raise NotTransferred(f"lớp {goes_to.code}: {'; '.join(why)}") from refused


def _official(row: Enrolment) -> int:
    learner = row.outside_learner
    return row.cadre_id or (learner.cadre_id if learner else None) or 0
