"""Reviews: the district opens one and follows it, the clerk looks a list through, the head
confirms it."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent, Role
from daitu_portal.addresses import is_key
from daitu_portal.paging import page_of
from intake import review_actions as actions
from intake.forms.review import ReviewForm, StepForm, TicksForm
from intake.models import ReviewUnit
from intake.review_page import (
    confirmed_lists,
    group_words,
    mark_to_confirm,
    opened_again,
    reviews_of,
    shown_lines,
    units_of,
)

Action = AuditEvent.Action
State = ReviewUnit.State
CLERK, HEAD = (Role.COMMUNE_CLERK,), (Role.COMMUNE_HEAD,)
KEEPERS = (*HR, *CLERK, *HEAD)
_LINES = 50
_LATE = (
    "Chưa ghi gì: danh sách không còn ở bước này, vì vừa có người làm trước hoặc đợt đã kết thúc. "
    "Xem lại tình trạng bên dưới."
)


@allow(*DATA)
@require_safe
def review_list(request):
    page = page_of(request, reviews_of(request.user).select_related("opened_by"))
    context = {"page": page, "today": timezone.localdate(), "active": "intake:review_list"}
    return render(request, "intake/review_list.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def review_add(request):
    day, today = as_of(request), timezone.localdate()
    form = ReviewForm(request.POST or None, user=request.user, day=day, today=today)
    if request.method == "POST" and form.is_valid():
        review = actions.open_review(request.user, **form.cleaned_data)
        audit.record(request, Action.CREATE, subject_type="review", subjects=[review.pk])
        number = review.units.count()
        messages.success(request, f"Đã mở đợt rà soát cho {number} đơn vị và báo cho từng đơn vị.")
        return redirect(review)
    return render(request, "intake/review_form.html", {"form": form})


def _review(request, pk):
    return get_object_or_404(reviews_of(request.user).select_related("opened_by"), pk=pk)


@allow(*DATA)
@require_safe
def review(request, pk):
    """How far each commune is, in numbers."""
    found = _review(request, pk)
    units: list[Any] = list(units_of(found, request.user))  # with numbers that types do not know
    audit.record(request, Action.LIST, subject_type="review", subjects=[pk])
    context = {
        "review": found,
        "units": units,
        "groups": group_words(found),
        "people": sum(unit.people for unit in units),
        "ticked": sum(unit.ticked for unit in units),
        "today": timezone.localdate(),
        "may_open": request.user.role in KEEPERS,
        "unconfirmed": [unit for unit in units if unit.state != State.CONFIRMED],
    }
    return render(request, "intake/review.html", context)


@allow(*HR)
@require_POST
def review_close(request, pk):
    found = _review(request, pk)
    told = request.POST.get("chua-xac-nhan", "")
    try:
        actions.close(found.pk, unconfirmed=int(told) if is_key(told) else 0)
    except actions.NotInState:
        messages.error(request, "Đợt này đã kết thúc từ trước.")
    except actions.NotConfirmed as left:
        messages.error(
            request,
            f"Chưa kết thúc: {left.number} đơn vị chưa xác nhận. Xem danh sách bên dưới; nếu vẫn "
            "kết thúc thì bấm “Kết thúc đợt” lần nữa.",
        )
    else:
        audit.record(request, Action.CHANGE, subject_type="review", subjects=[pk],
                     detail={"step": "close"})  # fmt: skip
        messages.success(
            request, "Đã kết thúc đợt rà soát và báo các đơn vị; các danh sách vẫn xem được."
        )
    return redirect(found)


def _unit(request, pk):
    units = ReviewUnit.objects.visible_to(request.user)
    loaded = units.select_related("review", "commune", "sent_by", "confirmed_by")
    return get_object_or_404(loaded, pk=pk)


@allow(*KEEPERS)
@require_safe
def review_unit(request, pk):
    """The list of a commune: as it is now, and as it was confirmed."""
    unit, user = _unit(request, pk), request.user
    is_open = unit.review.closed_at is None
    rows = unit.lines.select_related("cadre", "checked_by")
    page = page_of(request, rows, per_page=_LINES)
    people = [row.cadre_id for row in page.object_list]
    lists = confirmed_lists(unit)
    is_now = unit.state != State.CONFIRMED and is_open
    audit.record(request, Action.LIST, subject_type="cadre", subjects=people, count=page.total,
                 detail={"review_unit": pk})  # fmt: skip
    context = {
        "unit": unit,
        "page": page,
        "lines": shown_lines(unit, list(page.object_list), user, timezone.localdate())
        if is_now
        else [],
        "waiting": unit.lines.filter(checked_at=None).count() if is_now else 0,
        "lists": lists,
        "again": opened_again(unit),
        "groups": group_words(unit.review),
        "may_tick": is_open and user.role in CLERK and unit.state == State.OPEN,
        "may_confirm": mark_to_confirm(unit, user),
        "may_reopen": is_open and user.is_district_hr and unit.state == State.CONFIRMED,
        "today": timezone.localdate(),
    }
    return render(request, "intake/review_unit.html", context)


@allow(*CLERK)
@require_POST
def review_check(request, pk):
    """Keep the ticks and notes of a page of the list, or tick everyone."""
    unit = _unit(request, pk)
    shown = [int(key) for key in request.POST.getlist("dong")[:_LINES] if is_key(key)]
    form = TicksForm(request.POST, lines=shown)
    if not form.is_valid():
        messages.error(request, "Chưa lưu: ghi chú dài nhất 255 ký tự.")
        return _back(request, unit)
    try:
        number = actions.look_through(
            pk, request.user, shown=form.lines, ticked=form.ticked(), notes=form.notes()
        )
        words = f"Đã lưu: {number} người trong trang này đã rà soát."
        if request.POST.get("viec") == "tat-ca":
            more = actions.look_through_all(pk, request.user)
            words = f"Đã đánh dấu thêm {more} người; cả danh sách đã rà soát."
    except actions.NotInState:
        messages.error(request, _LATE)
    else:
        _log_check(request, unit, shown)
        messages.success(request, words)
    return _back(request, unit)


def _log_check(request, unit, shown):
    """Whose lines were looked through, and whether everyone's; notes stand on the list alone."""
    is_all = request.POST.get("viec") == "tat-ca"
    lines = unit.lines.all() if is_all else unit.lines.filter(pk__in=shown)
    audit.record(
        request, Action.CHANGE, subject_type="review", subjects=[unit.review_id],
        people=lines.values_list("cadre", flat=True),
        detail={"unit": unit.pk, "step": "check", "all": is_all, "lines": lines.count()},
    )  # fmt: skip


def _back(request, unit):
    """To the page of the list that was shown."""
    page = request.POST.get("trang", "")
    query = f"?trang={page}" if is_key(page) else ""
    return redirect(f"{unit.get_absolute_url()}{query}")


@allow(*CLERK)
@require_POST
def review_send(request, pk):
    unit = _unit(request, pk)
    try:
        actions.send(pk, request.user)
    except actions.NotInState:
        messages.error(request, _LATE)
    except actions.NotLookedThrough as left:
        messages.error(request, f"Chưa gửi: còn {left.number} người chưa đánh dấu đã rà soát.")
    else:
        audit.record(request, Action.SUBMIT, subject_type="review", subjects=[unit.review_id],
                     detail={"unit": pk})  # fmt: skip
        messages.success(request, "Đã gửi người đứng đầu xác nhận.")
    return redirect(unit)


@allow(*HEAD)
@require_POST
def review_confirm(request, pk):
    unit = _unit(request, pk)
    try:
        actions.confirm(pk, request.user, seen=request.POST.get("dau", ""))
    except actions.NotInState:
        messages.error(request, _LATE)
    except actions.Changed:
        messages.error(request, "Chưa xác nhận: hồ sơ vừa thay đổi sau khi bạn mở trang. "
                                "Xem lại danh sách bên dưới rồi xác nhận.")  # fmt: skip
    else:
        audit.record(request, Action.CONFIRM, subject_type="review", subjects=[unit.review_id],
                     detail={"unit": pk})  # fmt: skip
        messages.success(request, "Đã xác nhận danh sách và báo huyện.")
    return redirect(unit)


def _step(request, unit, take, action, words):
    """A step with a reason: taken, written down, told."""
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Chưa ghi gì: nhập lý do, không quá 160 ký tự.")
        return redirect(unit)
    reason = form.cleaned_data["reason"]
    try:
        take(unit.pk, request.user)
    except actions.NotInState:
        messages.error(request, _LATE)
    else:
        audit.record(request, action, subject_type="review", subjects=[unit.review_id],
                     purpose=reason, detail={"unit": unit.pk})  # fmt: skip
        messages.success(request, words)
    return redirect(unit)


@allow(*HEAD)
@require_POST
def review_send_back(request, pk):
    unit = _unit(request, pk)
    words = "Đã trả lại danh sách cho văn phòng."
    return _step(request, unit, actions.send_back, Action.RETURN, words)


@allow(*HR)
@require_POST
def review_reopen(request, pk):
    unit = _unit(request, pk)
    words = "Đã mở lại danh sách và báo đơn vị; danh sách đã xác nhận vẫn còn nguyên."
    return _step(request, unit, actions.reopen, Action.REVOKE, words)
