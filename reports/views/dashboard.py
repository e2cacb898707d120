"""The front page, for each role what it needs first."""

from datetime import date, timedelta

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import EVERYONE, allow
from accounts.as_of import as_of, parse_day
from accounts.models import COMMUNE_ROLES, AuditEvent
from daitu_portal.charts import Series
from reports import notices
from reports.queries import Figures
from reports.staffing import staffing

TREND = ("civil_servants_degree", "civil_servants_political")
TREND_STEPS = 8
HEAT_EXTRA = ("rated_good",)
UNITS_SHOWN = 50


def trend_days(day: date) -> list[date]:
    """Ends of quarters before `day`, and the day itself."""
    days, end = [day], date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)
    while len(days) < TREND_STEPS:
        days.append(end)
        end = date(end.year, end.month - 2, 1) - timedelta(days=1)
    return sorted(days)


def compared_day(request, day: date) -> date:
    """The day asked for to compare with, else the last of the year before."""
    return parse_day(request.GET.get("so_voi", "")) or date(day.year - 1, 12, 31)


@allow(*EVERYONE)
@require_safe
def dashboard(request):
    if request.user.is_admin:
        return redirect("accounts:user_list")
    day = as_of(request)
    before = compared_day(request, day)
    figures = Figures(request.user)
    soon = next((d for d in figures.book.starts_after(day) if d <= day + notices.SOON), before)
    found = figures.matrices(list(dict.fromkeys([day, before, soon])), per_commune=(day,))
    matrix, earlier = found[day], found[before]
    staff = staffing(day, matrix.communes)
    audit.record(request, AuditEvent.Action.LIST, subject_type="figure", count=len(matrix.numbers))
    context = {
        "day": day,
        "before": before,
        "matrix": matrix,
        "tiles": _tiles(matrix, earlier),
        "rest": _tiles(matrix, earlier, headline=False),
        "heat": _heat(request, matrix, day),
        "staff": staff,
        "trend": _trend(figures, day),
        "notices": _notices(figures.book, matrix, found[soon], staff),
        "areas": {
            each.code: (matrix.ratio(TREND[0], each.pk), _url(TREND[0], day, xa=each.pk))
            for each in matrix.communes
        },
        "is_commune": request.user.role in COMMUNE_ROLES,
        "units_left": max(len(matrix.communes) - UNITS_SHOWN, 0),
    }
    return render(request, "reports/dashboard.html", context)


def _url(code: str, day: date, **query) -> str:
    parts = "&".join(f"{key}={value}" for key, value in {"ngay": day.isoformat(), **query}.items())
    return f"{reverse('reports:figure', args=[code])}?{parts}"


def _tiles(matrix, earlier, *, headline=True):
    found = []
    for each in matrix.indicators:
        if each.is_headline is not headline:
            continue
        ratio, old = matrix.ratio(each.code), earlier.ratio(each.code)
        known = ratio.is_ruled and old.is_ruled
        found.append(
            {
                "indicator": each,
                "ratio": ratio,
                "change": ratio.numerator - old.numerator if known else None,
                "url": _url(each.code, matrix.day),
            }
        )
    return found


def _heat(request, matrix, day):
    """Heads and rows of the heat table, made here: a template would loop over 200 cells."""
    shown = [i for i in matrix.indicators if i.is_headline or i.code in HEAT_EXTRA]
    links = {each.code: _url(each.code, day) for each in shown}
    rows = []
    for commune in matrix.communes[:UNITS_SHOWN]:
        cells = [
            (matrix.ratio(each.code, commune.pk), f"{links[each.code]}&xa={commune.pk}")
            for each in shown
        ]
        rows.append((commune, cells))
    return {
        "indicators": shown,
        "rows": rows,
        "totals": [(matrix.ratio(each.code), links[each.code]) for each in shown],
    }


def _trend(figures, day):
    series = figures.series(TREND, trend_days(day))
    names = {each.code: each.short_name for each in figures.on(day)}
    return [Series(names.get(code, code), points) for code, points in series.items()]


def _notices(book, matrix, soon, staff):
    """`soon`: the figures of the next day on which rules begin, of the same people."""
    day = matrix.day
    moved = notices.of_moves(matrix, soon) if soon.day > day else []
    missing = _url("civil_servants_degree", day, muc="thieu")
    units = f"{reverse('reports:commune_list')}?ngay={day.isoformat()}"
    return [
        *notices.of_sources(matrix, lambda code: _url(code, day)),
        *notices.of_rules(book.starts_after(day), day, moved),
        *notices.of_missing(matrix, "civil_servants_degree", missing),
        *notices.of_staff(staff, units),
    ]
