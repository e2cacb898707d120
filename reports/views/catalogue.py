"""HR's pages of the catalogues: add, correct and close dated rows, seeing first what they move."""

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BooleanField
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.access import HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.catalogue_actions import StaleRow, add_row, close_row, correct_row, mark_of
from reports.catalogue_kinds import KINDS
from reports.forms.rows import CloseRowForm, CorrectionForm
from reports.preview import Moved, preview

Action = AuditEvent.Action


def _kind(slug):
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


@allow(*HR)
@require_safe
def catalogue(request):
    day = as_of(request)
    days = [kind.days() for kind in KINDS.values()]
    total: Counter[str] = Counter()
    in_force: Counter[str] = Counter()
    for slug, begins, ended in days[0].union(*days[1:], all=True):
        total[slug] += 1
        in_force[slug] += (begins is None or begins <= day) and (ended is None or day < ended)
    rows = [(kind, total[slug], in_force[slug]) for slug, kind in KINDS.items()]
    return render(request, "reports/catalogue.html", {"rows": rows, "day": day})


@allow(*HR)
@require_safe
def catalogue_list(request, kind):
    of, day = _kind(kind), as_of(request)
    every = request.GET.get("tat_ca") == "1"
    rows = [
        (row, of.cells(row), of.begins(row), of.last_on(row), of.is_in_force(row, day))
        for row in of.rows()
    ]
    shown = [row for row in rows if every or row[4]]
    context = {"kind": of, "rows": shown, "total": len(rows), "day": day, "every": every}
    return render(request, "reports/catalogue_list.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue_add(request, kind):
    of = _kind(kind)
    if not of.takes_new:
        raise Http404
    form = of.form(request.POST or None)
    context = {"kind": of, "form": form, "title": f"Thêm {of.one}"}
    if request.method == "POST" and form.is_valid():
        more = {name: form.cleaned_data[name] for name in ("title_sets", "level")
                if name in form.cleaned_data}  # fmt: skip
        try:
            if _is_confirmed(request, of):
                row = add_row(form.instance, **more)
                return _done(request, of, row, Action.CREATE, f"Đã thêm {of.one}: {row}.")
            effect = of.nearest(form.instance, as_of(request))
            context["preview"] = preview(
                of.moved, request.user, effect, lambda: add_row(form.instance, **more)
            )
            form.instance.pk = None
        except ValidationError as error:
            _tell(form, error)
    return render(request, "reports/catalogue_form.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue_correct(request, kind, pk):
    of = _kind(kind)
    row = get_object_or_404(of.model, pk=pk)
    context = {"kind": of, "title": f"Sửa: {row}", "stale": None}
    form = of.form(request.POST or None, instance=row)
    why = CorrectionForm(request.POST or None, initial={"seen": mark_of(row)})
    if request.method == "POST" and all([form.is_valid(), why.is_valid()]):
        seen, sets = why.cleaned_data["seen"], form.cleaned_data.get("title_sets")
        try:
            if _is_confirmed(request, of):
                correct_row(form.instance, seen=seen, title_sets=sets)
                reason = why.cleaned_data["reason"]
                return _done(request, of, row, Action.CHANGE, f"Đã sửa {row}.", reason)
            effect = of.nearest(form.instance, as_of(request))
            context["preview"] = preview(
                of.moved, request.user, effect,
                lambda: correct_row(form.instance, seen=seen, title_sets=sets),
            )  # fmt: skip
        except StaleRow as error:
            context["stale"] = _both(of, form, error.current)
            why.data = {**request.POST.dict(), "seen": mark_of(error.current)}
        except ValidationError as error:
            _tell(form, error)
    return render(request, "reports/catalogue_form.html", {**context, "form": form, "why": why})


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue_close(request, kind, pk):
    of = _kind(kind)
    if not of.is_dated:
        raise Http404
    row = get_object_or_404(of.model, pk=pk)
    form = CloseRowForm(request.POST or None, begins=of.begins(row))
    context = {"kind": of, "form": form, "title": f"Đóng: {row}"}
    if request.method == "POST" and form.is_valid():
        ends_on = form.cleaned_data["last_on"] + timedelta(days=1)
        try:
            if _is_confirmed(request, of):
                closed = close_row(row, ends_on=ends_on)
                reason = form.cleaned_data["reason"]
                return _done(request, of, closed, Action.CHANGE, f"Đã đóng {closed}.", reason)
            effect = max(ends_on, as_of(request))
            context["preview"] = preview(
                of.moved, request.user, effect, lambda: close_row(row, ends_on=ends_on)
            )
        except ValidationError as error:
            _tell(form, error)
    return render(request, "reports/catalogue_form.html", context)


def _is_confirmed(request, of):
    """Whether to write: what moves nothing needs no look before."""
    return request.POST.get("xac_nhan") == "1" or of.moved == Moved.NOTHING


def _both(of, form, current):
    """What was typed beside what someone else saved meanwhile, field by field where they differ."""
    now = of.form(instance=current)
    rows = []
    for name, field in form.fields.items():
        stored = now.initial.get(name, field.initial)
        if field.has_changed(stored, form[name].data):
            rows.append((field.label, _told(field, stored), _told(field, form[name].value())))
    return rows


def _told(field, value):
    """A value as a person reads it: the words of a choice, not its key."""
    if isinstance(field, BooleanField):
        return "có" if field.to_python(value) else "không"
    if not hasattr(field, "choices"):
        return field.widget.format_value(value)
    chosen = {str(each) for each in value} if isinstance(value, list) else {str(value)}
    pairs = _flat(field.choices)
    return ", ".join(str(label) for key, label in pairs if key != "" and str(key) in chosen)


def _flat(choices):
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield key, label


def _tell(form, error):
    for name, found in error.message_dict.items():
        form.add_error(name if name in form.fields else None, found)


def _done(request, of, row, action, words, reason=""):
    audit.record(
        request, action, subject_type=of.model._meta.model_name, subjects=[row.pk], purpose=reason
    )
    messages.success(request, words)
    return redirect("reports:catalogue_list", of.slug)
