"""What is missing and what is doubtful: of each commune in numbers, of each person by name."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import COMMUNE_ROLES, AuditEvent, Role
from cadres.models import Cadre, Commune
from daitu_portal.paging import page_of
from intake import findings
from intake.completeness import add_up, moment_of, of_person, of_units
from intake.forms.completeness import FindingsForm
from intake.mending import address
from intake.rules.completeness import Severity
from intake.rules.examination import CHECKS
from intake.rules.record_facts import GROUP_LABELS

Action = AuditEvent.Action
KEEPERS = (Role.DISTRICT_HR, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)
_LINES = 50


@allow(*DATA)
@require_safe
def completeness(request):
    """Communes by groups of fields, in numbers that name nobody; for the front page of a commune,
    which asks for it once it is there, the card with the worst by name."""
    day = as_of(request)
    units = Commune.objects.visible_to(request.user).on(day)
    page = page_of(request, units, per_page=findings.MOST_UNITS)
    found = _found(request, page.object_list, day)
    if request.htmx and request.user.role in COMMUNE_ROLES:
        card = findings.card(request.user, found, page.object_list)
        people = sorted({each.person.pk for each in [*card["doubts"], *card["lacking"]]})
        audit.record(request, Action.LIST, subject_type="cadre", subjects=people)
        return render(request, "intake/_lacks_card.html", {"lacks": card, "day": day})
    everything = findings.total(found)
    audit.record(request, Action.LIST, subject_type="commune", subjects=list(found))
    context = {
        "day": day,
        "page": page,
        "rows": [(unit, _row(found[unit.pk].sum)) for unit in page],
        "total": _row(everything),
        "groups": GROUP_LABELS.items(),
        "kinds": findings.kinds_found(everything),
        "may_list": request.user.role in KEEPERS,
        "active": "intake:completeness",
    }
    return render(request, "intake/completeness.html", context)


def _found(request, units, day):
    moment = moment_of(day, timezone.localdate())
    return of_units([unit.pk for unit in units], moment, request.user)


def _row(of):
    return {"sum": of, "groups": [(group, of.ratio_of(group)) for group in GROUP_LABELS]}


@allow(*KEEPERS)
@require_safe
def completeness_list(request):
    """The findings by name, each with the way to the field that mends it."""
    day = as_of(request)
    units = list(Commune.objects.visible_to(request.user).on(day))
    form = FindingsForm(request.GET, units=units)
    chosen = [unit for unit in units if form.asked("xa") in ("", str(unit.pk))]
    is_too_wide = len(chosen) > findings.MOST_UNITS
    shown = [] if is_too_wide else chosen
    found = _found(request, shown, day)
    asked = findings.Asked(form.asked("loai"), form.asked("muc"), form.asked("phan"))
    places = findings.in_order(request.user, findings.places(found, asked))
    page = page_of(request, places, per_page=_LINES)
    page.object_list = list(findings.lines(request.user, page.object_list, units))
    audit.record(
        request, Action.LIST, subject_type="cadre",
        subjects=sorted({line.person.pk for line in page.object_list}),
        count=len({place.person for place in places}),
    )  # fmt: skip
    context = {
        "day": day,
        "page": page,
        "form": form,
        "people": len({place.person for place in places}),
        "is_too_wide": is_too_wide,
        "is_filtered": any(form.asked(name) for name in form.fields),
        "active": "intake:completeness",
    }
    return render(request, "intake/completeness_list.html", context)


@allow(*KEEPERS)
@require_safe
def person_completeness(request, pk):
    """What to mend in the record of one person: a page, and the card of the overview, which asks
    for it once it is there."""
    people = Cadre.objects.visible_to(request.user).only("full_name", "code")
    person, day = get_object_or_404(people, pk=pk), as_of(request)
    exam = of_person(person, moment_of(day, timezone.localdate()))
    audit.record(
        request, Action.VIEW, subject_type="cadre", subjects=[pk],
        detail={"page": "intake:person_completeness"},
    )  # fmt: skip
    told = [
        (check, address(check, pk, row, request.user.role))
        for check, row in ((CHECKS[each.code], each.row) for each in exam.findings)
    ]
    context = {
        "person": person,
        "ratio": add_up([exam]).ratio,
        "doubtful": [pair for pair in told if pair[0].severity == Severity.DOUBTFUL],
        "missing": [pair for pair in told if pair[0].severity == Severity.MISSING],
    }
    card, page = "intake/_completeness_card.html", "intake/person_completeness.html"
    return render(request, card if request.htmx else page, context)
