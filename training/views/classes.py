"""The list of classes."""

from django.db.models import Count
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.record_version import Memory
from daitu_portal.addresses import address
from daitu_portal.paging import page_of
from daitu_portal.tables import PARAMETER, sorted_by
from daitu_portal.text import has_personal_number
from training.filters import ClassFilter
from training.hands_on import sessions_by
from training.models import Enrolment
from training.models.enrolment import COUNTED
from training.totals import totals_of

Action = AuditEvent.Action
_SORTS = {
    "ngay": ("begins_on", "code"),
    "ma": "code",
    "ten": "search_text",
    "luot": ("participations", "code"),
}


@allow(*DATA)
@require_safe
def class_list(request):
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    day, memory = as_of(request), Memory.now()
    filters = ClassFilter(request.GET, user=request.user, day=day)
    classes = filters.qs.select_related("provider")
    if "luot" in request.GET.get(PARAMETER, ""):
        classes = classes.annotate(participations=Count("enrolments", filter=COUNTED))
    classes = sorted_by(request, classes, _SORTS, "ngay" if filters.when else "-ngay")
    totals = _totals(request.user, filters, day, memory)
    page = page_of(request, classes, counted=totals.classes)
    found = list(page)
    counts = Enrolment.objects.count_by_class(found)
    context = {
        "day": day,
        "filters": filters,
        "page": page,
        "classes": [
            (each, address("training:class", each.pk), *counts.get(each.pk, (0, 0)))
            for each in found
        ],
        "totals": totals,
        "sessions": sessions_by(day, memory),
        "is_filtered": bool(set(request.GET) - {"ngay", "trang", "sap"}),
        "is_district": request.user.sees_whole_district,
    }
    audit.record(request, Action.LIST, subject_type="class", count=totals.classes)
    return render(request, "training/class_list.html", context)


def _totals(user, filters, day, memory):
    """Of the whole list, in the scope of `user`; not remembered where something is typed."""
    asked = {name: filters.data.getlist(name) for name in filters.form.fields}
    key = ("class totals", day, user.role, user.commune_id, str(asked))
    mine = Enrolment.objects.visible_to(user).took_part()
    return memory.remembered(
        key, lambda: totals_of(filters.qs, mine), keeps=lambda found: not filters.data.get("q")
    )
