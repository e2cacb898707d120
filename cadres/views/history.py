"""What happened to a record, who looked at it, and the same for all records."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent, Role
from cadres.changes_filter import ChangeFilter
from cadres.history import tell_changes, with_who
from cadres.merged_address import merged_with
from cadres.models import Cadre, Change, JournalNote
from cadres.person_page import person_frame
from cadres.viewers import visits_of
from daitu_portal.paging import page_of

_CHANGES_A_PAGE, _LOOKS_A_PAGE = 30, 100


@allow(*DATA)
@require_safe
def cadre_history(request, pk):
    """The person's changes, the latest first, and the offices' notes beside them."""
    context = person_frame(request, pk, "cadres:history")
    person, user = context["person"], request.user
    own = Change.objects.visible_to(user).filter(cadre__in=merged_with(person))
    changes = with_who(own).order_by("-pk")
    told = tell_changes(_from(request, changes)[: _CHANGES_A_PAGE + 1], user)
    context |= {
        "changes": told[:_CHANGES_A_PAGE],
        "older": told[_CHANGES_A_PAGE - 1].change.pk if len(told) > _CHANGES_A_PAGE else None,
        "may_undo": user.is_district_hr,
        "may_note": context["may_edit"],
        "may_see_viewers": user.role in (Role.DISTRICT_HR, Role.COMMUNE_HEAD),
        "notes": _notes(person, user),
    }
    return render(request, "cadres/cadre_history.html", context)


def _notes(person, user):
    """The offices' notes; leaders read the record, not what offices say to each other."""
    if user.role == Role.LEADER or not person.note_count:
        return ()
    return JournalNote.objects.visible_to(user).filter(cadre=person).select_related("by")


def _from(request, changes):
    """Those before the change that the address names: a log is leafed through by where one is."""
    before = request.GET.get("truoc", "")
    return (
        changes.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 16 else changes
    )


@allow(*HR, Role.COMMUNE_HEAD)
@require_safe
def cadre_viewers(request, pk):
    """“Ai đã xem hồ sơ này”: looks, searches, exports and prints of one person's data."""
    person = get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)
    audit.record(
        request, AuditEvent.Action.VIEW, subject_type="cadre", subjects=[person.pk],
        detail={"page": "cadres:viewers"},
    )  # fmt: skip
    events = AuditEvent.objects.about_person(person.pk).select_related("actor").order_by("-pk")
    page = page_of(request, events, per_page=_LOOKS_A_PAGE)
    context = {"person": person, "page": page, "visits": visits_of(page)}
    return render(request, "cadres/cadre_viewers.html", context)


@allow(*HR, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)
@require_safe
def change_list(request):
    """The changes of all records in one's scope, the latest first."""
    user = request.user
    rows = with_who(Change.objects.visible_to(user))
    filters = ChangeFilter(request.GET, rows, user=user, day=as_of(request))
    page = page_of(request, filters.qs.order_by("-pk"), per_page=_CHANGES_A_PAGE)
    changes = tell_changes(page, user)
    audit.record(
        request, AuditEvent.Action.LIST, subject_type="cadre",
        subjects={told.change.cadre_id for told in changes}, detail={"page": "cadres:changes"},
    )  # fmt: skip
    context = {
        "filters": filters,
        "page": page,
        "changes": changes,
        "is_filtered": bool(set(request.GET) - {"trang"}),
    }
    return render(request, "cadres/change_list.html", context)
