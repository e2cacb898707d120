"""The result template: its figures, the people behind a cell, what is typed, the workbook."""

from datetime import date

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import HR, allow
from accounts.as_of import as_of
from accounts.models import DISTRICT_ROLES, AuditEvent
from daitu_portal.excel import workbook_response
from daitu_portal.paging import page_of
from training import result_report
from training.forms.report import ManualRowForm, PeriodForm
from training.models import Enrolment, Study
from training.report_figures import figures_of, type_in
from training.result_export import workbook
from training.result_report import Period
from training.rules import result_template as template

Action = AuditEvent.Action
_PEOPLE_A_PAGE = 100


def _asked(request, data=None):
    day = as_of(request)
    default = Period(date(day.year, 1, 1), day)
    return PeriodForm(request.GET if data is None else data, default)


def _query(period, **more):
    return urlencode({"tu": f"{period.first:%d/%m/%Y}", "den": f"{period.last:%d/%m/%Y}", **more})


@allow(*DISTRICT_ROLES)
@require_safe
def result_report_page(request):
    form = _asked(request)
    found = result_report.report(form.period)
    audit.record(request, Action.LIST, subject_type="figure", detail={"report": "training results"})
    context = {
        "form": form,
        "found": found,
        "heads": template.heads(),
        "columns": [each for each in (*template.COLUMNS, *template.SUBSETS) if each[1]],
        "query": _query(found.period),
    }
    return render(request, "training/result_report.html", context)


@allow(*DISTRICT_ROLES)
@require_safe
def result_report_people(request):
    period = _asked(request).period
    row, column = request.GET.get("dong", ""), request.GET.get("cot", "")
    try:
        condition = result_report.cell_condition(row, column)
        of_studies = result_report.cell_condition(row, column, sex="cadre__sex")
    except LookupError as error:
        raise Http404("Biểu không có ô này.") from error
    keys = result_report.enrolments_of(period).filter(condition)
    listed = (
        Enrolment.objects.visible_to(request.user)
        .filter(pk__in=keys.values("pk"))
        .select_related("cadre", "outside_learner", "training_class")
        .with_sort_key()
        .with_unit()
        .order_by("sort_key", "training_class__begins_on", "pk")
    )
    studies = (
        Study.objects.visible_to(request.user)
        .filter(pk__in=result_report.studies_of(period).filter(of_studies).values("pk"))
        .select_related("cadre")
        .annotate(sort_key=F("cadre__name_sort_key"))
        .order_by("sort_key", "pk")
    )
    page = page_of(request, listed, per_page=_PEOPLE_A_PAGE)
    audit.record(
        request, Action.LIST, subject_type="cadre", count=page.total,
        subjects=[each.cadre_id for each in page if each.cadre_id],
        detail={"report": "training results", "cell": f"{row} {column}"},
    )  # fmt: skip
    context = {
        "period": period,
        "line": template.line_of(row),
        "column": result_report.column_label(column),
        "page": page,
        "studies": list(studies[:_PEOPLE_A_PAGE]),
        "study_count": studies.count(),
        "query": _query(period),
    }
    return render(request, "training/result_report_people.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def result_report_manual(request):
    asked = _asked(request)
    values, note = figures_of(asked.period)
    form = ManualRowForm(request.POST or None, values=values, note=note)
    if request.method == "POST" and form.is_valid():
        type_in(asked.period, form.figures, note=form.cleaned_data["note"], by=request.user)
        audit.record(
            request, Action.CHANGE, subject_type="figure", count=len(form.figures),
            detail={"report": "training results"},
        )  # fmt: skip
        messages.success(request, f"Đã ghi {len(form.figures)} số nhập tay của dòng 3.")
        return redirect(f"{reverse('training:result_report')}?{_query(asked.period)}")
    context = {"form": form, "period": asked.period, "query": _query(asked.period)}
    return render(request, "training/result_report_manual.html", context)


@allow(*DISTRICT_ROLES)
@require_POST
def result_report_export(request):
    found = result_report.report(_asked(request, request.POST).period)
    audit.record(
        request, Action.EXPORT, subject_type="figure", count=len(found.rows),
        detail={"report": "training results"},
    )  # fmt: skip
    content = workbook(found)
    return workbook_response(content, f"Kết quả đào tạo {found.period.last:%d-%m-%Y}")
