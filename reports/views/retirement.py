"""Who retires until 2030: month by month, what falls vacant, what becomes of the ratios."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.rulebook import Rulebook
from daitu_portal.excel import book_response, write_book
from daitu_portal.paging import page_of
from reports import retirements as report
from reports.queries import Figures
from reports.retirement_export import sheets
from reports.retirements import Asked

Action = AuditEvent.Action
_UNITS_A_PAGE = 60


@allow(*DATA)
@require_safe
def retirements(request):
    figures = Figures(request.user, Rulebook.now(), day=as_of(request))
    asked = _asked(request, figures)
    found = report.retirements(request.user, asked)
    context = {
        "asked": asked,
        "found": found,
        "first": asked.window[0],
        "last": asked.window[1],
        "line": figures.line,
        "export_query": request.GET.urlencode(),
    }
    part = {report.VACANT: _vacant, report.RATIOS: _ratios, report.BASIS: _basis}
    context |= part.get(asked.tab, _by_name)(request, found, figures)
    return render(request, "reports/retirements.html", context)


def _asked(request, figures):
    day = as_of(request)
    units = [each for each in figures.communes if each.is_in_force(day)]
    return Asked.of(request.GET, day, units)


def _by_name(request, found, figures):
    page = page_of(request, found.listed)
    people = list(page.object_list)
    audit.record(
        request, Action.LIST, subject_type="cadre", count=len(found.listed),
        subjects=[each.key for each in people], detail={"report": "retirements"},
    )  # fmt: skip
    told = [(each, report.notes_of(each)) for each in people]
    months = report.by_month(told) if found.asked.tab == report.BY_MONTH else [(None, told)]
    return {"page": page, "months": months}


def _vacant(request, found, figures):
    units = report.vacancies(request.user, found.leavers, found.asked.day)
    page = page_of(request, units, per_page=_UNITS_A_PAGE)
    subjects = {each.key for unit in page for post in unit.posts for each in post.leavers}
    audit.record(
        request, Action.LIST, subject_type="cadre", subjects=sorted(subjects),
        detail={"report": "retirements"},
    )  # fmt: skip
    return {"page": page}


def _ratios(request, found, figures):
    asked = found.asked
    if asked.commune_id is not None:
        figures = Figures(request.user, figures.book, commune_id=asked.commune_id, day=asked.day)
    changes = report.changes_of_ratios(figures, asked.day, found.leavers)
    audit.record(request, Action.LIST, subject_type="figure", count=len(changes))
    return {"changes": changes}


def _basis(request, found, figures):
    return {"basis": report.basis()}


@allow(*DATA)
@require_POST
def retirements_export(request):
    """The list of the address in `loc`, whole, as a workbook."""
    request.GET = QueryDict(request.POST.get("loc", ""))
    purpose = request.POST.get("muc_dich", "").strip()
    if not purpose:
        messages.error(request, "Chưa xuất: hãy ghi mục đích rồi bấm lại.")
        return redirect(f"{reverse('reports:retirements')}?{request.GET.urlencode()}")
    figures = Figures(request.user, Rulebook.now(), day=as_of(request))
    found = report.retirements(request.user, _asked(request, figures))
    people = [*found.leavers, *found.overdue, *found.unknown]
    audit.record(
        request, Action.EXPORT, subject_type="cadre", purpose=purpose, count=len(people),
        subjects=[each.key for each in people], detail={"report": "retirements"},
    )  # fmt: skip
    tables = sheets(found)
    return book_response(lambda file: write_book(tables, file), "Nghỉ hưu", found.asked.day)
