"""The front page, for each role what it needs first."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import EVERYONE, allow
from accounts.as_of import as_of, parse_day
from accounts.models import COMMUNE_ROLES, AuditEvent
from cadres.models import Cadre
from cadres.retirement import leaving
from cadres.rules.retirement import NOTICE_MONTHS
from daitu_portal.dates import add_months
from intake import findings
from intake.completeness import is_remembered, moment_of, of_units
from intake.todo import todo_of
from reports import notices
from reports.front import TREND, Front, figure_url, heat
from reports.queries import Figures
from reports.rules.days import year_end_before
from reports.staffing import staffing
from training.pipeline import waiting


@allow(*EVERYONE)
@require_safe
def dashboard(request):
    if request.user.is_admin:
        return redirect("accounts:user_list")
    day, compared = as_of(request), parse_day(request.GET.get("so_voi", ""))
    before = compared or year_end_before(day)
    front = Front.of(Figures(request.user, day=day), day, before)
    context = {
        "day": day,
        "before": before,
        "compares": compared is not None,
        "matrix": front.matrix,
        "tiles": front.tiles(headline=True),
        "rest": front.tiles(headline=False),
        "trend": front.trend(),
        "stand_ins": front.stand_ins,
    }
    audit.record(
        request, AuditEvent.Action.LIST, subject_type="figure", count=len(front.matrix.numbers)
    )
    units = front.matrix.communes
    if request.user.role in COMMUNE_ROLES and len(units) == 1:
        return _commune(request, front, units[0], context)
    return _district(request, front, context)


def _district(request, front, context):
    staff = staffing(front.day, front.matrix.communes, front.figures.book)
    context |= {
        "staff": staff,
        "over": [each for each in staff.staff if each.over],
        "lacking": [tile for tile in context["tiles"] + context["rest"] if tile.ratio.unknown],
        "heat": heat(front.matrix),
        "areas": front.areas(),
        "notices": [
            *notices.of_sources(front.matrix, lambda code: figure_url(code, front.day)),
            *_of_figures(front),
            *_of_retirements(request.user, front),
            *notices.of_staff(staff, _units_url(front.day)),
        ],
        "is_commune": request.user.role in COMMUNE_ROLES,
        "todo": todo_of(request.user, timezone.localdate(), waiting(request.user))
        if request.user.is_district_hr
        else None,
    }
    return render(request, "reports/dashboard.html", context)


def _commune(request, front, unit, context):
    """A clerk's or head's own commune: what waits, whose records lack what, the ratios.

    Completeness is shown at once where it is remembered; else the page asks for it afterwards.
    """
    user, today, book = request.user, timezone.localdate(), front.figures.book
    moment, lacks = moment_of(front.day, today), None
    if is_remembered(book, unit.pk, moment, user):
        lacks = findings.card(user, of_units([unit.pk], moment, user, book), [unit])
    context |= {
        "unit": unit,
        "today": today,
        "todo": todo_of(user, today, waiting(user)),
        "lacks": lacks,
        "notices": [*_of_figures(front), *_of_retirements(user, front)],
    }
    return render(request, "reports/dashboard_commune.html", context)


def _units_url(day):
    return f"{reverse('reports:commune_list')}?ngay={day.isoformat()}"


def _of_figures(front):
    day, matrix = front.day, front.matrix
    return [
        *notices.of_rules(front.figures.book.starts_after(day), day, front.moved()),
        *notices.of_missing(matrix, TREND[0], figure_url(TREND[0], day, muc="thieu")),
    ]


def _of_retirements(user, front):
    """What is due to the user's people who retire soon; counted once for all who see the same."""
    day, book = front.day, front.figures.book
    people, soon = Cadre.objects.visible_to(user), add_months(day, NOTICE_MONTHS)
    key = ("retiring soon", day, user.role in COMMUNE_ROLES, user.commune_id)
    told, decided = book.remembered(key, lambda: notices.retiring(leaving(people, day, soon)))
    url = f"{reverse('reports:retirements')}?ngay={day.isoformat()}"
    return notices.of_retirements(told, decided, url)
