"""What the pages of reviews show: progress, a list as it is now, lists as they were confirmed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.dateparse import parse_datetime

from accounts.models import AuditEvent, Role, User
from cadres.models import Cadre
from intake.completeness import facts_of, moment_of
from intake.mending import address
from intake.models import Review, ReviewLine, ReviewUnit
from intake.review_actions import fingerprint_of, lines_of, told_of
from intake.review_values import fingerprint
from intake.rules.completeness import Check
from intake.rules.examination import CHECKS, examine
from intake.rules.record_facts import GROUP_LABELS, Group

State = ReviewUnit.State


def reviews_of(user: User) -> QuerySet[Review]:
    """The reviews in which `user` has a unit, the latest first, with how many units, and confirmed
    ones, there are in the user's scope."""
    seen = Q(units__in=ReviewUnit.objects.visible_to(user))
    confirmed = seen & Q(units__state=State.CONFIRMED)
    counted = Review.objects.filter(seen).annotate(
        unit_count=Count("units", filter=seen, distinct=True),
        confirmed_count=Count("units", filter=confirmed, distinct=True),
    )
    return counted.order_by("-pk")


def units_of(review: Review, user: User) -> QuerySet[ReviewUnit]:
    """The units of a review that `user` may see, with how many people and ticks each has."""
    units = ReviewUnit.objects.visible_to(user).filter(review=review)
    return (
        units.select_related("review", "commune", "confirmed_by")
        .annotate(
            people=Count("lines"), ticked=Count("lines", filter=Q(lines__checked_at__isnull=False))
        )
        .order_by(F("commune__kind"), F("commune__sort_key"), "pk")
    )


def group_words(review: Review) -> list[str]:
    """The scope of a review in words."""
    return [words for group, words in GROUP_LABELS.items() if group in review.groups]


@dataclass(frozen=True)
class Line:
    """A person of a list as the page shows it now."""

    row: ReviewLine
    said: dict[str, Any]
    is_seen: bool  # whether who looks may open the person's pages
    findings: list[tuple[Check, str]]


def shown_lines(
    unit: ReviewUnit, rows: Collection[ReviewLine], user: User, today: date
) -> list[Line]:
    """The lines of a page with what the records say and lack now. Fifteen queries however many."""
    said = told_of(unit, rows, user)
    found = _findings(unit, [row.cadre_id for row in rows], user, today)
    return [
        Line(row, said[row.pk], row.cadre_id in found, found.get(row.cadre_id, [])) for row in rows
    ]


def _findings(
    unit: ReviewUnit, keys: Collection[int], user: User, today: date
) -> dict[int, list[tuple[Check, str]]]:
    """By key of those of `keys` whom `user` may see, the findings in the scope of the review."""
    people, day = Cadre.objects.visible_to(user).filter(pk__in=keys), unit.review.as_of
    moment, scope = moment_of(day, today), {Group(group) for group in unit.review.groups}
    return {
        facts.key: [
            (CHECKS[each.code], address(CHECKS[each.code], facts.key, each.row, user.role))
            for each in examine(facts, moment).findings
            if CHECKS[each.code].group in scope
        ]
        for facts in facts_of(people, day)
    }


def mark_to_confirm(unit: ReviewUnit, user: User) -> str:
    """The fingerprint of the list as the head sees it, for the form that confirms; "" for whoever
    has nothing to confirm. Ten queries."""
    if user.role != Role.COMMUNE_HEAD or unit.state != State.SENT or unit.review.closed_at:
        return ""
    return fingerprint_of(told_of(unit, lines_of(unit), user))


def opened_again(unit: ReviewUnit) -> AuditEvent | None:
    """Who gave back or opened again a list that was sent before, when and why, from the log; None
    where it was not. One query at most."""
    if unit.state != State.OPEN or unit.sent_at is None:
        return None
    steps = AuditEvent.objects.filter(
        action__in=(AuditEvent.Action.RETURN, AuditEvent.Action.REVOKE),
        subject_type="review",
        detail__unit=unit.pk,
    )
    return steps.select_related("actor").order_by("-pk").first()


@dataclass(frozen=True)
class Confirmed:
    """A list as it was confirmed: by whom, when, its mark, what it said of each person."""

    by: str
    at: datetime | None
    mark: str
    is_sound: bool  # whether what is kept still has its mark
    people: list[dict[str, Any]]


def confirmed_lists(unit: ReviewUnit) -> list[Confirmed]:
    """The lists of a unit that were ever confirmed, the latest first. One query."""
    found: dict[str, list[dict[str, Any]]] = {}
    for frozen in unit.lines.order_by("pk").values_list("frozen", flat=True):
        for each in frozen or []:
            found.setdefault(each["confirmed_at"], []).append(each)
    return [_confirmed(at, found[at]) for at in sorted(found, reverse=True)]


def _confirmed(at: str, kept: list[dict[str, Any]]) -> Confirmed:
    people, mark = [each["said"] for each in kept], kept[0]["fingerprint"]
    return Confirmed(
        by=kept[0]["confirmed_by"],
        at=parse_datetime(at),
        mark=mark,
        is_sound=fingerprint(people) == mark,
        people=people,
    )
