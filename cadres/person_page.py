"""What every tab of a person's pages shares: the person within scope, the head card, the tabs."""

from typing import Any

from django.shortcuts import get_object_or_404

from accounts import audit
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.columns import Row
from cadres.field_groups import FieldGroup, sees
from cadres.models import Cadre
from cadres.rulebook import Rulebook
from cadres.verdicts import verdict_from
from daitu_portal import nav


def person_frame(request, pk: int, active: str) -> dict[str, Any]:
    """The context of a person's page; `active` is the route of its tab. Logs the view.

    404 outside the scope of whoever asks. `row` holds the person with posts, levels and verdict
    of the day.
    """
    day, book = as_of(request), Rulebook()
    people = Cadre.objects.visible_to(request.user).with_record(day).with_seats(day)
    person = get_object_or_404(people, pk=pk)
    audit.record(
        request,
        AuditEvent.Action.VIEW,
        subject_type="cadre",
        subjects=[person.pk],
        detail={"page": active},
    )
    row = Row(person, verdict_from(person, day, book.rules_on(day)), day)
    query = f"?ngay={day.isoformat()}" if request.GET.get("ngay") else ""
    counts = {"cadres:qualifications": len(person.held) + len(person.trainings),
              "cadres:career": len(person.career)}  # fmt: skip
    return {
        "person": person,
        "row": row,
        "day": day,
        "seats": person.current_seats,
        "tabs": nav.person_tabs(person.pk, query, counts),
        "active": active,
        "may_edit": request.user.is_district_hr,
        "sees_identity": sees(request.user, FieldGroup.IDENTITY),
        "sees_contact": sees(request.user, FieldGroup.CONTACT),
        "sees_origin": sees(request.user, FieldGroup.ORIGIN),
        "post_names": book.post_names,
    }
