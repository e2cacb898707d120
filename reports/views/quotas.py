"""HR's pages of all communes at once: the quotas of a year, the classes."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import Commune
from cadres.quota_actions import (
    TOTAL,
    StaleGrades,
    StaleQuotas,
    class_communes,
    give_quotas,
)
from daitu_portal.marks import mark_of_value
from reports.forms.year_quotas import GradesForm, YearQuotaForm
from reports.preview import Preview, staff_moves_of
from reports.year_quotas import GROUPS, field_name, over_ceiling, sums, warnings, year_sheet

_YEARS = range(2004, 2100)
_GRADES = {None: "chưa có", 1: "I", 2: "II", 3: "III"}


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def year_quotas(request, year):
    if year not in _YEARS:
        raise Http404
    sheet = year_sheet(year)
    form = YearQuotaForm(request.POST if request.method == "POST" else None, sheet=sheet)
    context = {"sheet": sheet, "form": form, "years": [y for y in (year - 1, year + 1)
                                                       if y in _YEARS]}  # fmt: skip
    if form.is_bound and form.is_valid():
        texts = {name: form.cleaned_data[name] for name in ("document", "total_document")}
        give = partial(
            give_quotas, begins=sheet.begins, numbers=form.given, seen=form.marks, **texts
        )
        mark = _mark_of(form)
        try:
            if request.POST.get("xac_nhan") == mark:
                return _given(request, sheet, give(), texts)
            context |= {"preview": Preview(sheet.begins, staff=staff_moves_of(sheet.begins, give)),
                        "mark": mark}  # fmt: skip
        except StaleQuotas as error:
            context["stale"] = [
                (sheet.label(key), row.number if row else None, form.numbers[key])
                for key, row in error.changed.items()
            ]
            form.show_again(sheet.seen)
    return render(request, "reports/year_quotas.html", context | _lines(sheet, form))


def _mark_of(form):
    """The mark of what was checked: typed otherwise since, it is checked again before writing."""
    typed = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
    return mark_of_value(typed)


def _lines(sheet, form):
    """The rows of the table, its sums and what to mind."""
    numbers, lines = form.numbers, []
    for staff in sheet.staff:
        keys = [(staff.commune.pk, group.value) for group in GROUPS]
        cells = [(form[field_name(key)], staff.present[key[1]], sheet.later[key]) for key in keys]
        given = [numbers[key] for key in keys if numbers[key] is not None]
        lines.append((staff, cells, sum(given) if given else None, over_ceiling(staff, numbers)))
    found = sums(sheet, numbers)
    return {
        "lines": lines, "sums": list(found.values()), "given": sum(found.values()),
        "total": numbers[TOTAL], "total_later": sheet.later[TOTAL],
        "warnings": [] if form.errors else warnings(sheet, numbers),
    }  # fmt: skip


def _given(request, sheet, given, texts):
    """Say and log what was written, and show the sheet as it stands now."""
    for kind, text in (("quota", texts["document"]), ("districtquota", texts["total_document"])):
        rows = [row for row in given.written if row._meta.model_name == kind]
        if rows:
            audit.record(
                request, AuditEvent.Action.CHANGE, subject_type=kind, subjects=rows, purpose=text,
                detail={"year": sheet.year},
            )  # fmt: skip
    if given.written:
        messages.success(
            request,
            f"Đã giao chỉ tiêu năm {sheet.year}: thêm {len(given.opened)} dòng, "
            f"đóng {len(given.closed)} dòng cũ, sửa {len(given.corrected)}, "
            f"giữ nguyên {given.unchanged}.",
        )
    else:
        messages.info(request, f"Không có gì thay đổi: {given.unchanged} dòng giữ nguyên.")
    return redirect("reports:year_quotas", sheet.year)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def commune_grades(request):
    day = as_of(request)
    communes = list(Commune.objects.on(day))
    form = GradesForm(request.POST if request.method == "POST" else None, communes=communes)
    context = {"form": form, "day": day}
    if form.is_bound and form.is_valid():
        write = partial(class_communes, form.grades, seen=form.marks)
        try:
            if request.POST.get("xac_nhan") == "1":
                return _classed(request, write(), form.cleaned_data["reason"])
            context["preview"] = Preview(day, staff=staff_moves_of(day, write))
        except StaleGrades as error:
            context["stale"] = [(unit.name, _GRADES[unit.grade], _GRADES[form.grades[unit.pk]])
                                for unit in error.changed]  # fmt: skip
            form.show_again({f"g_{each.pk}": str(each.grade or "") for each in communes})
    context["lines"] = [(each, form[f"g_{each.pk}"]) for each in communes]
    return render(request, "reports/commune_grades.html", context)


def _classed(request, changed, reason):
    if changed:
        audit.record(
            request, AuditEvent.Action.CHANGE, subject_type="commune", subjects=changed,
            purpose=reason,
        )  # fmt: skip
    messages.success(request, f"Đã ghi loại của {len(changed)} đơn vị; các đơn vị khác như cũ.")
    return redirect("reports:catalogue_list", "loai-don-vi")
