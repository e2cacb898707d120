"""HR's pages of the catalogues: add and close dated rows, seeing first which ratios they move."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.access import HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.catalogue_actions import add_row, close_row
from reports.catalogue_kinds import KINDS
from reports.forms import CloseRowForm
from reports.preview import moves_of

Action = AuditEvent.Action


def _kind(slug):
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


@allow(*HR)
@require_safe
def catalogue(request):
    day = as_of(request)
    rows = []
    for kind in KINDS.values():
        found = list(kind.model.objects.all())
        rows.append((kind, len(found), sum(kind.is_in_force(row, day) for row in found)))
    return render(request, "reports/catalogue.html", {"rows": rows, "day": day})


@allow(*HR)
@require_safe
def catalogue_list(request, kind):
    of, day = _kind(kind), as_of(request)
    every = request.GET.get("tat_ca") == "1"
    rows = [
        (row, of.cells(row), of.begins(row), of.ended(row), of.is_in_force(row, day))
        for row in of.model.objects.select_related(*of.related)
    ]
    shown = [row for row in rows if every or row[4]]
    context = {"kind": of, "rows": shown, "total": len(rows), "day": day, "every": every}
    return render(request, "reports/catalogue_list.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue_add(request, kind):
    of = _kind(kind)
    form = of.form(request.POST or None)
    moves = effect = None
    if request.method == "POST" and form.is_valid():
        sets = form.cleaned_data.get("title_sets") or ()
        effect = max(of.begins(form.instance), as_of(request))
        try:
            if request.POST.get("xac_nhan") == "1":
                row = add_row(form.instance, title_sets=sets)
                return _done(request, of, row, Action.CREATE, f"Đã thêm {of.one} {row}.")
            moves = moves_of(request.user, effect, lambda: add_row(form.instance, title_sets=sets))
            form.instance.pk = None
        except ValidationError as error:
            _tell(form, error)
    context = {"kind": of, "form": form, "moves": moves, "effect": effect,
               "title": f"Thêm {of.one}"}  # fmt: skip
    return render(request, "reports/catalogue_form.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue_close(request, kind, pk):
    of = _kind(kind)
    row = get_object_or_404(of.model, pk=pk)
    form = CloseRowForm(request.POST or None, begins=of.begins(row))
    moves = effect = None
    if request.method == "POST" and form.is_valid():
        ends_on = form.cleaned_data["last_on"] + timedelta(days=1)
        effect = max(ends_on, as_of(request))
        try:
            if request.POST.get("xac_nhan") == "1":
                closed = close_row(row, ends_on=ends_on)
                reason = form.cleaned_data["reason"]
                return _done(request, of, closed, Action.CHANGE, f"Đã đóng {closed}.", reason)
            moves = moves_of(request.user, effect, lambda: close_row(row, ends_on=ends_on))
        except ValidationError as error:
            _tell(form, error)
    context = {"kind": of, "form": form, "moves": moves, "effect": effect,
               "title": f"Đóng: {row}", "row": row}  # fmt: skip
    return render(request, "reports/catalogue_form.html", context)


def _tell(form, error):
    for name, found in error.message_dict.items():
        form.add_error(name if name in form.fields else None, found)


def _done(request, of, row, action, words, reason=""):
    audit.record(
        request, action, subject_type=of.model._meta.model_name, subjects=[row.pk], purpose=reason
    )
    messages.success(request, words)
    return redirect("reports:catalogue_list", of.slug)
