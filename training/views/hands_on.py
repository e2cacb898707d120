"""Hands-on sessions: the list, one more, one corrected."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.catalogue_actions import StaleRow, add_row, correct_row, mark_of
from cadres.record_version import Memory
from daitu_portal.paging import page_of
from training.forms.hands_on import HandsOnForm
from training.forms.money import pointed
from training.hands_on import sessions_by
from training.models import HandsOnSession, TrainingClass

Action = AuditEvent.Action


@allow(*DATA)
@require_safe
def session_list(request):
    day, memory = as_of(request), Memory.now()
    sessions = HandsOnSession.objects.filter(held_on__lte=day).order_by("-held_on", "code")
    classes = TrainingClass.objects.visible_to(request.user).begun_by(day)
    context = {
        "day": day,
        "page": page_of(request, sessions),
        "sessions": sessions_by(day, memory),
        "classes_total": memory.remembered(
            ("classes begun", day, request.user.is_district_hr), classes.count
        ),
        "may_write": request.user.is_district_hr,
    }
    return render(request, "training/session_list.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def hands_on_add(request):
    form = HandsOnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_row(form.instance)
        except ValidationError as error:  # another request was first
            form.add_error(None, error.messages)
        else:
            return _done(request, row, Action.CREATE, "Đã thêm")
    return render(request, "training/hands_on_form.html", {"form": form})


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def hands_on_edit(request, pk):
    row = get_object_or_404(HandsOnSession, pk=pk)
    form = HandsOnForm(request.POST or None, instance=row, initial={"seen": mark_of(row)})
    if request.method == "POST" and form.is_valid():
        try:
            correct_row(form.instance, seen=form.cleaned_data["seen"])
        except StaleRow as stale:
            form.add_error(None, _stored(stale.current))
            form.data = {**request.POST.dict(), "seen": mark_of(stale.current)}
        else:
            return _done(request, row, Action.CHANGE, "Đã sửa")
    return render(request, "training/hands_on_form.html", {"form": form, "found": row})


def _stored(row):
    """What somebody else saved meanwhile, to set beside what was typed."""
    told = [row.name, row.partner, f"{row.held_on:%d/%m/%Y}", row.venue, row.note]
    if row.attendance is not None:
        told.append(f"{pointed(row.attendance)} người dự")
    return (
        "Chưa ghi: buổi này vừa được người khác sửa. Đang lưu: "
        f"{'; '.join(filter(None, told))}. Bấm Lưu lần nữa là ghi đè bằng điều bạn nhập dưới đây."
    )


def _done(request, row, action, words):
    audit.record(request, action, subject_type="hands_on", subjects=[row.pk])
    messages.success(request, f"{words} buổi tập huấn {row.code}, ngày {row.held_on:%d/%m/%Y}.")
    return redirect("training:session_list")
