"""What waits for an account on its front page: what came back, what is to be confirmed or decided,
reviews and when they are due. Nothing here is remembered: it is of now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from accounts import notices
from accounts.models import COMMUNE_ROLES, Notice, Role, User
from daitu_portal import long_write
from intake.models import Proposal, ProposalItem, Review, ReviewUnit
from intake.review_actions import keepers

DUE_DAYS = 7
_SHOWN = 5
_State = ReviewUnit.State
_WAITS_FOR = {_State.OPEN: Role.COMMUNE_CLERK, _State.SENT: Role.COMMUNE_HEAD}


@dataclass(frozen=True)
class Todo:
    """Numbers by what they count, and the first few of what came back and of reviews."""

    numbers: dict[str, int]
    returned: list[ProposalItem]
    units: list[Any]  # review units of a commune, not confirmed yet
    waits_to_confirm: int = 0  # proposals that wait for the head who looks


def todo_of(user: User, today: date, also: Mapping[str, QuerySet[Any]] | None = None) -> Todo:
    """What waits for `user`, with what upper apps count `also`, by its name. One query for the
    district, three for a commune; two more when a review is due so soon that it must be told."""
    numbers = _numbers(user, also or {})
    if user.role not in COMMUNE_ROLES:
        return Todo(numbers, [], [])
    units = list(_open_units(user))
    if not long_write.is_by_another():  # told by a later page
        tell_due([unit for unit in units if not unit.is_told], today, [user])
    waiting = numbers["to_confirm"] if user.role == Role.COMMUNE_HEAD else 0
    return Todo(numbers, list(_returned(user)[:_SHOWN]), units, waiting)


def _count(rows: QuerySet[Any]) -> Any:
    """How many `rows`, as a column: all numbers of a page come in one query."""
    counted = rows.order_by().annotate(_one=Value(1)).values("_one").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0, output_field=IntegerField())


def _numbers(user: User, also: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    proposals, units = Proposal.objects.visible_to(user), ReviewUnit.objects.visible_to(user)
    of_open = units.filter(review__closed_at=None)
    asked = {
        "drafts": proposals.filter(state=Proposal.State.DRAFT, author=user),
        "returned": proposals.filter(state=Proposal.State.RETURNED),
        "to_confirm": proposals.filter(state=Proposal.State.TO_CONFIRM),
        "pending": proposals.filter(state=Proposal.State.PENDING),
        "units": of_open,
        "confirmed": of_open.filter(state=_State.CONFIRMED),
        **also,
    }
    rows = User.objects.filter(pk=user.pk).values(**{k: _count(v) for k, v in asked.items()})
    found: Any = rows.first()
    return dict(found or {})


def _returned(user: User) -> QuerySet[ProposalItem]:
    """The parts that came back and are not sent again, the latest first."""
    seen = Proposal.objects.visible_to(user).filter(state=Proposal.State.RETURNED)
    parts = ProposalItem.objects.filter(proposal__in=seen, state=ProposalItem.State.RETURNED)
    return parts.select_related("proposal").order_by("-decided_at", "-pk")


def _topic(key: Any) -> Any:
    return Concat(Value("review:"), Cast(key, CharField()), Value(":due"))


def _open_units(user: User) -> QuerySet[Any]:
    """The lists of the commune that are not confirmed, the first due first."""
    told = Notice.objects.filter(user=user, topic=_topic(OuterRef("pk")))
    units = ReviewUnit.objects.visible_to(user).filter(review__closed_at=None)
    return (
        units.exclude(state=_State.CONFIRMED)
        .select_related("review", "commune")
        .annotate(is_told=Exists(told))
        .order_by("review__due_on", "pk")
    )


def tell_due(units: Iterable[ReviewUnit], today: date, users: Iterable[User] | None = None) -> int:
    """Tell whoever a list waits for that it is due within DUE_DAYS or overdue, once a list; of
    `users` alone, if given. Return how many notices there are more."""
    told = 0
    for unit in units:
        if unit.review.due_on > today + timedelta(days=DUE_DAYS):
            continue
        role = _WAITS_FOR[_State(unit.state)]
        hearers = keepers(unit, [role]) if users is None else [u for u in users if u.role == role]
        told += notices.tell(
            hearers, Notice.Kind.DUE,
            f"Hạn rà soát {unit.review.due_on:%d/%m/%Y}: {unit.review.title}, {unit.commune.name}",
            unit.get_absolute_url(), f"review:{unit.pk}:due",
        )  # fmt: skip
    return told


def tell_all_due(today: date) -> int:
    """`tell_due` of every open list, for the command that an office may run each morning."""
    soon = Review.objects.filter(closed_at=None, due_on__lte=today + timedelta(days=DUE_DAYS))
    units = ReviewUnit.objects.filter(review__in=soon).exclude(state=_State.CONFIRMED)
    return tell_due(units.select_related("review", "commune"), today)
