"""What every tab of a person's pages shares: the person within scope, the head card, the tabs."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.shortcuts import get_object_or_404

from accounts import audit
from accounts.access import WRITERS
from accounts.as_of import as_of
from accounts.models import COMMUNE_ROLES, AuditEvent, User
from cadres.columns import rows_of
from cadres.field_groups import FieldGroup, hidden_file_kinds, sees
from cadres.models import Cadre, Commune
from cadres.rulebook import Rulebook
from cadres.rules.ratings import rated_year
from daitu_portal import nav


def person_frame(
    request, pk: int, active: str, page: str = "", *, with_profile: bool = False
) -> dict[str, Any]:
    """The context of a person's page; `active` is the route of its tab. Logs the view, once.

    404 outside the scope of whoever asks. `row` holds the person with posts, levels and verdict
    of the day, `seats` the seats in Party committees that day, `trainings` the short trainings by
    then. `page` is the route for the log where it is not that of the tab. Seven queries, one more
    for a clerk or head; `with_profile` loads the profile, too, by none.
    """
    day, book = as_of(request), Rulebook.now()
    hidden = frozenset(hidden_file_kinds(request.user))
    person = get_object_or_404(_loaded(day, hidden, with_profile).visible_to(request.user), pk=pk)
    audit.record(
        request,
        AuditEvent.Action.VIEW,
        subject_type="cadre",
        subjects=[person.pk],
        detail={"page": page or active},
    )
    rules = book.rules_on(day)
    (row,) = rows_of([person], book, day, rated_year(day))
    trainings = [each for each in person.trainings if _is_by(each.completed_on, day)]
    return {
        "person": person,
        "row": row,
        "day": day,
        "book": book,
        "rules": rules,
        "seats": [seat for seat in person.seats if seat.is_in_force(day)],
        "trainings": trainings,
        "tabs": nav.person_tabs(
            person.pk, as_of_query(request), _counts(person, trainings, request.user)
        ),
        "active": active,
        "may_edit": request.user.role in WRITERS,
        "sees_identity": sees(request.user, FieldGroup.IDENTITY),
        "sees_contact": sees(request.user, FieldGroup.CONTACT),
        "sees_origin": sees(request.user, FieldGroup.ORIGIN),
        "line": line_shown(request.user),
    }


@lru_cache(maxsize=64)
def _loaded(day: date, hidden_kinds: frozenset[str], with_profile: bool) -> Any:
    """People with all that the head and the tabs print. Kept: to put the question together takes
    longer than to ask it."""
    people = Cadre.objects.with_record(day).with_seats().with_seat(day).with_counts(day)
    people = people.with_papers(hidden_kinds)
    return people.with_profile(day) if with_profile else people


def line_shown(user) -> set[int] | None:
    """Keys of the communes whose pages `user` may open; None: all. One query at most."""
    return Commune.objects.line_of_user(user) if user.role in COMMUNE_ROLES else None


def in_order(career: list[Any], day: date) -> list[tuple[Any, str]]:
    """Posts or seats as the tab tells them, each with "held", "ended" or "later": those held on
    `day` first, the main one at the head; then what ended, the latest first; then what begins
    only after `day`."""

    def state(row: Any) -> str:
        if row.valid_from > day:
            return "later"
        return "held" if row.is_in_force(day) else "ended"

    told = [(row, state(row)) for row in career]
    held = [pair for pair in told if pair[1] == "held"]
    ended = [pair for pair in told if pair[1] == "ended"]
    later = [pair for pair in told if pair[1] == "later"]
    ended.sort(key=lambda pair: pair[0].valid_to, reverse=True)
    later.sort(key=lambda pair: pair[0].valid_from)
    return [*held, *ended, *later]


def _is_by(when: Any, day: date) -> bool:
    return when is None or when.earliest <= day


def as_of_query(request) -> str:
    """ "?ngay=2023-06-08" where the address names the day, to be kept in links; else nothing."""
    return f"?ngay={as_of(request).isoformat()}" if request.GET.get("ngay") else ""


def _counts(person: Any, trainings: list[Any], user: User) -> dict[str, int]:
    disciplines = person.discipline_count if sees(user, FieldGroup.DISCIPLINE) else 0
    return {
        "cadres:qualifications": len(person.held) + len(trainings),
        "cadres:career": len(person.career) + len(person.seats),
        "cadres:ratings": person.rating_count,
        "cadres:merits": person.award_count + disciplines,
        "cadres:documents": person.file_count,
    }
