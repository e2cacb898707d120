"""The sittings of a class: the list, and HR's pages that add, correct and take out."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.models import AuditEvent
from daitu_portal.paging import page_of
from training import sittings as actions
from training.classes import CannotBe
from training.forms.sittings import SeriesForm, SittingForm
from training.models import ClassSession
from training.rules.series import weekday_words
from training.views.class_page import class_of

Action = AuditEvent.Action


def sitting_of(request, pk, session_id):
    """(class, sitting), if `request` may see the class and the sitting is one of it."""
    found = class_of(request, pk)
    sitting = ClassSession.objects.filter(training_class=found, pk=session_id).first()
    if sitting is None:
        raise Http404
    return found, sitting


@allow(*DATA)
@require_safe
def class_sessions(request, pk):
    found = class_of(request, pk)
    sittings: list[Any] = list(actions.with_calls(found.sessions.all()))
    hours = [each.hours for each in sittings if each.hours]
    context = {
        "found": found,
        "page": page_of(request, sittings, per_page=100),
        "hours": sum(hours),
        "without_hours": len(sittings) - len(hours),
        "waiting": sum(not each.called for each in sittings),
        "is_open": found.state != found.State.CLOSED,
    }
    audit.record(request, Action.VIEW, subject_type="class", subjects=[pk])
    return render(request, "training/class_sessions.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def sitting_add(request, pk):
    found = class_of(request, pk)
    form = SittingForm(
        request.POST if request.method == "POST" else None, found=found,
        initial={"held_on": found.begins_on},
    )  # fmt: skip
    context = {"found": found, "form": form}
    if form.is_bound and form.is_valid():
        try:
            made = actions.add_sittings(pk, [form.planned()])
        except CannotBe as error:
            form.add_error(_field(form, error), error.words)
        except actions.Clashing as error:
            context["clashes"] = error.clashes
        else:
            return _added(request, found, made)
    return render(request, "training/sitting_form.html", context)


def _field(form, error):
    return error.field if error.field in form.fields else None


def _added(request, found, made):
    if made:
        keys = [each.pk for each in made]
        audit.record(
            request, Action.CREATE, subject_type="class_session", subjects=keys,
            detail={"class": found.pk},
        )  # fmt: skip
        messages.success(request, f"Đã thêm {len(made)} buổi học.")
    else:
        messages.info(request, "Không thêm buổi nào: lớp đã có buổi vào giờ ấy.")
    return redirect("training:class_sessions", found.pk)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def sitting_series(request, pk):
    """A series: its address shows what it would add, its button adds that."""
    found = class_of(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    is_asked = "tu" in asked or request.method == "POST"
    form = SeriesForm(
        asked if is_asked else None, found=found,
        initial={"tu": found.begins_on, "den": found.ends_on},
    )  # fmt: skip
    context = {"found": found, "form": form}
    if form.is_bound and form.is_valid():
        planned = form.planned()
        context |= _preview(found, form, planned)
        if request.method == "POST":
            try:
                return _added(request, found, actions.add_sittings(pk, planned))
            except CannotBe as error:
                form.add_error(_field(form, error), error.words)
            except actions.Clashing as error:
                context["clashes"] = error.clashes
    return render(request, "training/sitting_series.html", context)


def _preview(found, form, planned):
    taken = actions.standing_in_the_way(planned, found.sessions.all())
    return {
        "lines": [(each, taken.get(each.held_on)) for each in planned],
        "number": len(planned) - len(taken),
        "weekdays": weekday_words(form.cleaned_data["thu"]),
        "kept": [(name, value) for name in form.fields for value in form.data.getlist(name)],
    }


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def sitting_edit(request, pk, session_id):
    found, sitting = sitting_of(request, pk, session_id)
    shown = {name: getattr(sitting, name) for name in actions.FIELDS}
    form = SittingForm(
        request.POST if request.method == "POST" else None, found=found,
        initial={**shown, "seen": actions.mark_of(sitting)},
    )  # fmt: skip
    context = {"found": found, "sitting": sitting, "form": form}
    if form.is_bound and form.is_valid():
        try:
            saved = actions.change_sitting(
                pk, session_id, form.values(), seen=form.cleaned_data["seen"]
            )
        except actions.StaleSitting as error:
            context["stale"] = error.current
            form.show_again(actions.mark_of(error.current))
        except CannotBe as error:
            form.add_error(_field(form, error), error.words)
        except actions.Clashing as error:
            context["clashes"] = error.clashes
        except ClassSession.DoesNotExist:
            messages.error(request, "Buổi này vừa được người khác bỏ.")
            return redirect("training:class_sessions", pk)
        else:
            return _changed(request, pk, sitting, saved)
    return render(request, "training/sitting_form.html", context)


def _changed(request, pk, before, saved):
    audit.record(
        request, Action.CHANGE, subject_type="class_session", subjects=[saved],
        detail={"class": pk, "before": str(before), "after": str(saved)},
    )  # fmt: skip
    messages.success(request, f"Đã lưu buổi học {saved}.")
    return redirect("training:class_sessions", pk)


@allow(*HR)
@require_POST
def sitting_remove(request, pk, session_id):
    sitting_of(request, pk, session_id)
    try:
        gone = actions.remove_sitting(pk, session_id)
    except CannotBe as error:
        messages.error(request, error.words)
    except ClassSession.DoesNotExist:
        messages.info(request, "Buổi này đã được bỏ từ trước.")
    else:
        audit.record(
            request, Action.CHANGE, subject_type="class_session", subjects=[session_id],
            detail={"class": pk, "removed": str(gone)},
        )  # fmt: skip
        messages.success(request, f"Đã bỏ buổi học {gone}.")
    return redirect("training:class_sessions", pk)
