"""HR's pages that make a class, change its facts, and take it a step on."""

from copy import copy

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.access import HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from daitu_portal.addresses import is_key
from training import classes as actions
from training.chosen_people import query_of
from training.forms.classes import (
    ClassForm,
    MoveForm,
    prefilled_from_line,
    prefilled_from_programme,
)
from training.models import PlanLine, Programme, TrainingClass
from training.views.class_page import class_of

Action = AuditEvent.Action
State = TrainingClass.State


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def class_add(request):
    form = ClassForm(
        request.POST if request.method == "POST" else None, user=request.user,
        initial=_prefilled(request),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                found = actions.create_class(form.values())
        except actions.CodeTaken as taken:
            if _is_sent_twice(form, taken.holder):
                messages.info(request, f"Lớp {taken.holder.code} đã được lưu từ lần bấm trước.")
                return redirect(taken.holder)
            _tell_taken(form, taken)
        else:
            audit.record(request, Action.CREATE, subject_type="class", subjects=[found])
            messages.success(
                request, f"Đã lưu lớp {found.code} là dự thảo: chỉ huyện thấy cho tới khi mở."
            )
            return redirect(found.get_absolute_url() + query_of(form.cleaned_data["nguoi"]))
    return render(request, "training/class_form.html", {"form": form})


def _prefilled(request):
    """What the line of the plan, or the programme, of the address says of the class."""
    told, asked, year = {}, request.GET, as_of(request).year
    line, programme = asked.get("dong", ""), asked.get("ct", "")
    if is_key(line):
        rows = PlanLine.objects.visible_to(request.user).select_related("programme", "plan")
        planned = get_object_or_404(rows, pk=line)
        told, year = prefilled_from_line(planned), planned.plan.year
    elif is_key(programme):
        told = prefilled_from_programme(get_object_or_404(Programme, pk=programme))
    if begins := told.get("begins_on"):
        year = begins.year
    return {"code": actions.next_code(year), **told, "nguoi": ",".join(asked.getlist("nguoi"))}


def _is_sent_twice(form, holder):
    """Whether the class that has the code is the one of this form: the button was hit twice."""
    same = all(getattr(holder, name) == form.cleaned_data[name] for name in form.Meta.fields)
    return holder.state == State.DRAFT and same and form.is_decided_by(holder.decision)


def _tell_taken(form, taken):
    begins = form.cleaned_data["begins_on"]
    form.add_error(
        "code",
        f"Mã này đã là của lớp “{taken.holder.name}”. Mã còn trống: "
        f"{actions.next_code(begins.year)}.",
    )


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def class_edit(request, pk):
    found, stale = class_of(request, pk), []
    form = ClassForm(
        request.POST if request.method == "POST" else None, user=request.user,
        instance=copy(found),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                saved = actions.change_class(
                    pk, form.values(), version=form.cleaned_data["version"]
                )
        except actions.StaleClass as error:
            stale = _differences(form, error.current)
            form.show_again(error.current.version)
        except actions.CodeTaken as taken:
            _tell_taken(form, taken)
        except actions.CannotBe as error:
            form.add_error(error.field or None, error.words)
        else:
            return _changed(request, form, found, saved)
    context = {"form": form, "found": found, "stale": stale}
    return render(request, "training/class_form.html", context)


def _differences(form, current):
    """What was typed beside what is stored by now: (label, stored, typed)."""
    typed = {name: form.cleaned_data[name] for name in form.Meta.fields}
    return [
        (form.fields[name].label, getattr(current, name), value)
        for name, value in typed.items()
        if getattr(current, name) != value
    ] or [("Lớp", "không khác điều bạn gõ", "")]


def _changed(request, form, before, saved):
    names = [name for name in form.Meta.fields if getattr(before, name) != getattr(saved, name)]
    if before.decision_id != saved.decision_id:
        names.append("decision")
    audit.record(
        request, Action.CHANGE, subject_type="class", subjects=[saved],
        purpose=form.cleaned_data.get("reason", ""),
        detail={"fields": {name: [str(getattr(before, name)), str(getattr(saved, name))]
                           for name in names}},
    )  # fmt: skip
    messages.success(request, f"Đã lưu lớp {saved.code}: {len(names)} mục thay đổi.")
    return redirect(saved)


@allow(*HR)
@require_POST
def class_move(request, pk):
    found, form = class_of(request, pk), MoveForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, "Chưa chuyển: chọn bước trên trang của lớp; lý do dài nhất 160 ký tự."
        )
        return redirect(found)
    told = form.cleaned_data
    try:
        moved = actions.move_class(pk, before=told["tu"], to=told["den"], reason=told["reason"])
    except actions.NotInState as late:
        _tell_late(request, late.current, told["den"])
    except actions.CannotBe as error:
        messages.error(request, error.words)
    else:
        audit.record(
            request, Action.CHANGE, subject_type="class", subjects=[pk], purpose=told["reason"],
            detail={"state": [told["tu"], told["den"]]},
        )  # fmt: skip
        messages.success(request, f"Lớp {moved.code} nay ở bước “{moved.get_state_display()}”.")
        for words in actions.warnings_of_move(moved, moved.state, timezone.localdate()):
            messages.warning(request, words)
    return redirect(found)


def _tell_late(request, current, asked):
    state = current.get_state_display()
    if current.state == asked:
        messages.info(request, f"Lớp đã ở bước “{state}” từ trước.")
    else:
        messages.error(
            request, f"Chưa chuyển: vừa có người chuyển lớp sang bước “{state}”. Xem lại rồi làm."
        )
