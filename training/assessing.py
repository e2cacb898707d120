"""Assessments of competences: entered from a paper, confirmed by the head, withdrawn with a reason.

Whoever enters, the head confirms; nobody else can. Each step claims its rows by the state they come
from: of two requests one wins.
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import notices
from accounts.models import Notice, Role, User
from cadres.models import Cadre, Commune
from training.models import Assessment, Competence

State = Assessment.State


class Assessed(Exception):
    """The person was assessed in one of the competences on that day already."""


class NotYours(Exception):
    """Somebody else may withdraw it, or nobody any more."""


@transaction.atomic
def enter(
    cadre: Cadre, levels: Mapping[Competence, int], *, by: User, on: date, note: str = ""
) -> list[Assessment]:
    """Enter what a paper of day `on` says of a person: a level (0 for below the first) of each
    competence. They wait for the head of the commune, who is told.

    Raises Assessed where one of them is there for that day, ValueError for a level that the
    competence has not.
    """
    for competence, level in levels.items():
        if not 0 <= level <= len(competence.levels):
            raise ValueError(f"{competence.code} has no level {level}")
    rows = [
        Assessment(
            cadre=cadre, competence=competence, level=level, assessed_on=on, note=note,
            entered_by=by,
        )
        for competence, level in levels.items()
    ]  # fmt: skip
    try:
        with transaction.atomic():
            made = Assessment.objects.bulk_create(rows)
    except IntegrityError as error:  # the same paper sent twice, at once too
        raise Assessed from error
    _tell_the_head(cadre, timezone.localdate())
    return made


def _tell_the_head(cadre: Cadre, today: date) -> None:
    """Once a day and commune, however many people were entered."""
    units = set(cadre.holdings.on(today).values_list("commune", flat=True))
    for unit in units:
        heads = notices.accounts_of([Role.COMMUNE_HEAD], [unit])
        url = reverse("training:assessment_list") + "?chi=cho"
        topic = f"assessments:{unit}:{today.isoformat()}"
        notices.tell(heads, Notice.Kind.TASK, "Đánh giá năng lực chờ xác nhận", url, topic)


@transaction.atomic
def confirm(keys: Collection[int], *, by: User) -> list[Assessment]:
    """Confirm those of `keys` that `by`, a head, sees and that still wait; return them.
    Raises PermissionError where `by` is no head."""
    if by.role != Role.COMMUNE_HEAD:
        raise PermissionError("only the head of a commune confirms")
    mine = Assessment.objects.visible_to(by).filter(pk__in=keys, state=State.ENTERED)
    waiting = list(mine.select_for_update().order_by("pk"))
    now = timezone.now()
    # Asked again by state: where no row can be locked, the one who writes first has confirmed.
    claimed = Assessment.objects.filter(pk__in=[each.pk for each in waiting], state=State.ENTERED)
    claimed.update(state=State.CONFIRMED, confirmed_by=by, confirmed_at=now)
    return waiting


def may_withdraw(assessment: Assessment, user: User) -> bool:
    """Whether `user` may take it back: who entered it until it is confirmed, the head always."""
    if assessment.state == State.WITHDRAWN:
        return False
    if user.role == Role.COMMUNE_HEAD:
        return True
    return assessment.state == State.ENTERED and assessment.entered_by_id == user.pk


@transaction.atomic
def withdraw(assessment: Assessment, *, by: User, reason: str) -> None:
    """Take an assessment back; the row stays, with who, when and why. Raises NotYours."""
    if not may_withdraw(assessment, by):
        raise NotYours
    # Claimed in the state that was judged: what the head confirmed meanwhile stays.
    standing = Q(pk=assessment.pk, state=assessment.state)
    if not Assessment.objects.filter(standing).update(
        state=State.WITHDRAWN, withdrawn_by=by, withdrawn_at=timezone.now(),
        withdrawn_reason=reason,
    ):  # fmt: skip
        raise NotYours


def units_of(user: User, day: date) -> list[Commune]:
    """The units whose people `user` may choose on `day`, in their order."""
    return list(Commune.objects.visible_to(user).on(day).order_by("kind", "sort_key"))
