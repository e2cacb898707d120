"""A line of the annual plan: its page, its form, and what becomes of what communes registered."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import DATA, HR, WRITERS, allow
from accounts.as_of import as_of
from accounts.models import COMMUNE_ROLES, AuditEvent
from daitu_portal.addresses import is_key
from daitu_portal.paging import page_of
from training import planning
from training.forms.plans import PlanLineForm, ReasonForm
from training.models import Need, PlanLine, Study, TrainingClass
from training.plan_export import period_of
from training.plan_page import Happened, held_by
from training.views.plans import plan_of

Action = AuditEvent.Action
_MOST = 200  # classes, studies, registered lines of one line that a page lists
_CLOSED = (
    "Chưa ghi gì: kế hoạch năm này không còn ở bước nhận ghi của bạn. Xã ghi khi đang đăng ký; "
    "huyện ghi đến khi phê duyệt, sau đó phải mở điều chỉnh."
)
_STALE = "Chưa ghi gì: người khác vừa sửa dòng này sau khi bạn mở trang. Xem lại rồi làm lại."
_TOO_LARGE = (
    "Chưa ghi gì: cộng lại lớn hơn mức có thể của một dòng (1.000 lớp, 1.000.000 lượt). "
    "Xem lại các số đã đăng ký."
)
_IN_USE = (
    "Chưa ghi gì: dòng này còn gắn với dòng đăng ký, lớp hoặc lượt cử đi học. "
    "Gỡ các dòng đăng ký ra trước; dòng đã gộp thì giữ nguyên chương trình."
)


def _line(request, year, pk, *, own=False):
    """A line that the user may see, or with `own` one that is theirs to write; else 404."""
    lines = PlanLine.objects.visible_to(request.user).filter(plan__year=year)
    if own and request.user.role in COMMUNE_ROLES:
        lines = lines.registered_ones()
    return get_object_or_404(
        lines.select_related("plan__decision", "programme", "provider", "commune", "into__plan"),
        pk=pk,
    )


@allow(*DATA)
@require_safe
def plan_line(request, year, pk):
    """A line, what went into it, and what came of it by the day."""
    line, day, user = _line(request, year, pk), as_of(request), request.user
    needs = Need.objects.visible_to(user).filter(plan_line=line).select_related("cadre", "commune")
    page = page_of(request, needs.order_by("cadre__name_sort_key", "pk"))
    audit.record(request, Action.VIEW, subject_type="plan_line", subjects=[pk],
                 people=[need.cadre_id for need in page.object_list])  # fmt: skip
    writes = user.role in WRITERS and (user.is_district_hr or line.commune_id is not None)
    context = _hanging(user, line, day) | {
        "line": line,
        "plan": line.plan,
        "day": day,
        "period": period_of(line),
        "page": page,
        "may_write": writes and planning.may_write(user, line.plan, line),
        "may_release": user.is_district_hr and line.plan.state != line.plan.State.APPROVED,
        "class_url": _class_url(user, line),
    }
    return render(request, "training/plan_line.html", context)


def _hanging(user, line, day):
    """Classes, studies and registered lines of a line, within the scope of `user`."""
    held = held_by(PlanLine.objects.filter(pk=line.pk), day)
    studies = Study.objects.visible_to(user).filter(plan_line=line, begins_on__lte=day)
    registered = PlanLine.objects.visible_to(user).filter(into=line)
    classes = TrainingClass.objects.visible_to(user).filter(plan_line=line)
    return {
        "held": held.get(line.pk, Happened()),
        "classes": classes[:_MOST],
        "studies": studies.select_related("cadre").order_by("-begins_on", "pk")[:_MOST],
        "registered": registered.select_related("commune", "plan").order_by(
            "commune__sort_key", "pk"
        )[:_MOST],
    }


def _class_url(user, line):
    """Where a class of the line is opened; "" for whom it is not."""
    if not user.is_district_hr or line.commune_id or line.left_out_because:
        return ""
    return f"{reverse('training:class_add')}?dong={line.pk}"


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_line_add(request, year):
    found = plan_of(year)
    if not planning.may_write(request.user, found):
        messages.error(request, _CLOSED)
        return redirect(found)
    form = PlanLineForm(request.POST or None, instance=PlanLine(plan=found))
    if request.method == "POST" and form.is_valid():
        try:
            added = planning.add_line(
                form.instance, by=request.user, token=form.cleaned_data["token"]
            )
        except planning.PlanClosed:
            messages.error(request, _CLOSED)
            return redirect(found)
        _tell_added(request, added)
        return redirect(added.line)
    context = {"form": form, "plan": found, "title": _title_of_new(request.user)}
    return render(request, "training/plan_line_form.html", context)


def _tell_added(request, added):
    line = added.line
    if added.is_old:
        messages.info(request, f"Dòng {line.programme} đã được ghi từ lần bấm trước; không ghi "
                               "lần nữa.")  # fmt: skip
        return
    audit.record(request, Action.CREATE, subject_type="plan_line", subjects=[line.pk])
    messages.success(request, f"Đã ghi dòng {line.programme}.")
    if added.is_further:
        messages.warning(request, "Đây là dòng mới: dòng ghi trước bằng cùng biểu mẫu vẫn còn. Nếu "
                                  "chỉ muốn sửa dòng trước thì bỏ một trong hai dòng.")  # fmt: skip


def _title_of_new(user):
    return f"Đăng ký của {user.commune.name}" if user.commune_id else "Thêm dòng của huyện"


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_line_edit(request, year, pk):
    line = _line(request, year, pk, own=True)
    if not planning.may_write(request.user, line.plan, line):
        messages.error(request, _CLOSED)
        return redirect(line)
    form = PlanLineForm(request.POST or None, instance=line)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        words = _tried(lambda: planning.correct_line(form.instance, by=request.user, seen=seen))
        if words:
            messages.error(request, words)
            return redirect(line)
        audit.record(request, Action.CHANGE, subject_type="plan_line", subjects=[pk],
                     detail={"fields": form.changed_data})  # fmt: skip
        messages.success(request, "Đã sửa dòng kế hoạch.")
        return redirect(line)
    context = {"form": form, "plan": line.plan, "line": line, "title": "Sửa dòng kế hoạch"}
    return render(request, "training/plan_line_form.html", context)


def _tried(write):
    """What forbade it, in words; "" where it was written."""
    try:
        write()
    except planning.PlanClosed:
        return _CLOSED
    except planning.StaleLine:
        return _STALE
    except planning.TooLarge:
        return _TOO_LARGE
    except planning.InUse:
        return _IN_USE
    return ""


@allow(*HR)
@require_POST
def plan_line_consolidate(request, year):
    """Registered lines into the district's, or left out with a reason: the ticked ones, or all
    that wait."""
    found, job = plan_of(year), request.POST.get("viec", "")
    ticked = {int(key) for key in request.POST.getlist("dong") if is_key(key)}
    if job == "khong-dua":
        return _left_out(request, found, ticked)
    is_all = job == "gop-het"
    made: list[PlanLine] = []

    def consolidate():
        made.extend(planning.consolidate(found.pk, None if is_all else ticked, by=request.user))

    words = _tried(consolidate)
    if words or not made:
        messages.error(request, words or "Chưa gộp gì: đánh dấu ít nhất một dòng còn chờ xem xét.")
        return redirect("training:plan_registered", year)
    audit.record(request, Action.CHANGE, subject_type="training_plan", subjects=[found.pk],
                 detail={"into": [line.pk for line in made]})  # fmt: skip
    messages.success(request, f"Đã gộp vào {len(made)} dòng của huyện; số lượt và kinh phí được "
                              "cộng, số lớp tính 60 người một lớp.")  # fmt: skip
    return redirect("training:plan_registered", year)


def _left_out(request, found, keys):
    form, number = ReasonForm(request.POST), 0
    if not keys or not form.is_valid():
        messages.error(request, "Chưa ghi gì: đánh dấu dòng và ghi lý do không đưa vào.")
        return redirect("training:plan_registered", found.year)
    reason = form.cleaned_data["reason"]
    try:
        number = planning.leave_out(found.pk, keys, reason=reason, by=request.user)
    except (planning.PlanClosed, planning.InUse):
        messages.error(request, _CLOSED)
    if number:
        audit.record(request, Action.CHANGE, subject_type="plan_line", subjects=sorted(keys),
                     purpose=reason, detail={"left_out": number})  # fmt: skip
        messages.success(request, f"Đã ghi: {number} dòng không đưa vào kế hoạch.")
    return redirect("training:plan_registered", found.year)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_line_leave_out(request, year, pk):
    """A commune withdraws its line, the district leaves one out; the row stays, with the reason."""
    line = _line(request, year, pk, own=True)
    if not planning.may_write(request.user, line.plan, line):
        messages.error(request, _CLOSED)
        return redirect(line)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        words = _tried(
            lambda: planning.leave_out(line.plan_id, [pk], reason=reason, by=request.user)
        )
        if words:
            messages.error(request, words)
        else:
            audit.record(request, Action.CHANGE, subject_type="plan_line", subjects=[pk],
                         purpose=reason, detail={"left_out": 1})  # fmt: skip
            messages.success(request, "Đã ghi: dòng này không vào kế hoạch.")
        return redirect(line)
    context = {"form": form, "plan": line.plan, "line": line}
    return render(request, "training/plan_line_leave_out.html", context)


@allow(*HR)
@require_POST
def plan_line_release(request, year, pk):
    """Undo what became of a line."""
    line = _line(request, year, pk)
    words = _tried(lambda: planning.release(line.plan_id, pk, by=request.user))
    if words:
        messages.error(request, words)
    else:
        audit.record(request, Action.REVOKE, subject_type="plan_line", subjects=[pk])
        messages.success(request, "Đã hoàn tác: dòng này lại như trước khi gộp hoặc bỏ.")
    return redirect(line)
