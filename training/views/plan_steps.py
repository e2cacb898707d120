"""The steps of an annual plan, and its making from needs."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.access import HR, allow
from accounts.models import AuditEvent
from cadres.attachments import storing
from cadres.models import Cadre
from daitu_portal.addresses import is_key
from intake.forms.basis import BasisForm
from intake.forms.fields import keys_in
from training import plan_steps as steps
from training.forms.plans import ReasonForm, VersionForm
from training.models import Need, Programme, TrainingPlan
from training.plan_needs import plan_of_needs, write_plan_of_needs
from training.planning import PlanClosed, TooLarge
from training.views.plans import plan_of

Action = AuditEvent.Action
State = TrainingPlan.State
_LATE = (
    "Chưa ghi gì: kế hoạch không còn ở bước này, vì vừa có người làm trước. "
    "Xem lại tình trạng bên dưới."
)
_NO_STEP = (
    "Chưa làm gì: không rõ cần chuyển kế hoạch sang bước nào. Bấm nút của bước trên trang kế hoạch."
)
_MOST_NEEDS = 5000


class _Step(NamedTuple):
    """A step that the page of a plan has a button for: what takes it, how the log calls it, what is
    said when it is done."""

    take: Callable[..., TrainingPlan]
    name: str
    words: str


_STEPS = {
    "tong-hop": _Step(
        steps.close_registration, "consolidate", "Đã kết thúc đăng ký; huyện tổng hợp."
    ),
    "dang-ky": _Step(steps.open_registration, "register", "Các xã đăng ký lại được."),
}


def _version(request):
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def _log(request, plan, action, step, reason=""):
    audit.record(request, action, subject_type="training_plan", subjects=[plan.pk],
                 purpose=reason, detail={"step": step})  # fmt: skip


@allow(*HR)
@require_POST
def plan_step(request, year):
    """Close the registration of the communes, or open it again."""
    found, asked = plan_of(year), _STEPS.get(request.POST.get("viec", ""))
    if asked is None:
        messages.error(request, _NO_STEP)
        return redirect(found)
    try:
        asked.take(found.pk, version=_version(request))
    except (PlanClosed, steps.StalePlan):
        messages.error(request, _LATE)
    else:
        _log(request, found, Action.CHANGE, asked.name)
        messages.success(request, asked.words)
    return redirect(found)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_approve(request, year):
    found = plan_of(year)
    if found.state != State.CONSOLIDATING:
        messages.error(request, "Chỉ phê duyệt khi đã kết thúc đăng ký và đang tổng hợp.")
        return redirect(found)
    basis = BasisForm(request.POST or None, request.FILES or None, request=request,
                      needs_decision=True)  # fmt: skip
    words = "Điều chỉnh" if found.decision_id else "Phê duyệt"
    basis.instance.about = f"{words} {str(found).lower()}"
    if request.method == "POST" and basis.is_valid():
        failed = _approved(request, found, basis)
        if failed:
            messages.error(request, failed)
        else:
            messages.success(request, f"Đã phê duyệt kế hoạch năm {year}.")
        return redirect(found)
    return render(request, "training/plan_approve.html", {"plan": found, "basis": basis})


def _approved(request, plan, basis):
    """Approve, all or nothing; what forbade it, in words."""
    try:
        with storing():
            decision = basis.basis()
            steps.approve(plan.pk, version=_version(request), decision=decision)
            _log(request, plan, Action.APPROVE, "approve", basis.cleaned_data["reason"])
    except (PlanClosed, steps.StalePlan):
        return _LATE
    except steps.NothingPlanned:
        return "Chưa phê duyệt: kế hoạch chưa có dòng nào của huyện. Thêm dòng trước."
    except steps.StillWaiting as left:
        return (
            f"Chưa phê duyệt: còn {left.number} dòng các xã đăng ký chưa gộp, cũng chưa ghi lý do "
            "không đưa vào. Xem trang Các xã đăng ký."
        )
    return ""


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_adjust(request, year):
    """Open an approved plan again; it is approved anew by the adjusting decision."""
    found = plan_of(year)
    if found.state != State.APPROVED:
        messages.error(request, "Chỉ mở điều chỉnh kế hoạch đã phê duyệt.")
        return redirect(found)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            steps.adjust(found.pk, version=_version(request), reason=reason)
        except (PlanClosed, steps.StalePlan):
            messages.error(request, _LATE)
        else:
            _log(request, found, Action.REVOKE, "adjust", reason)
            messages.success(request, "Đã mở điều chỉnh. Sửa xong thì phê duyệt bằng quyết định "
                                      "điều chỉnh.")  # fmt: skip
        return redirect(found)
    return render(request, "training/plan_adjust.html", {"plan": found, "form": form})


@allow(*HR)
@require_POST
def plan_from_needs(request):
    """Chosen needs as lines of the plan: shown first, written with the second click."""
    needs = _chosen_needs(request)
    if request.POST.get("ghi") == "1":
        return _written(request, needs)
    proposed = plan_of_needs(needs)
    without = _people_without(request, proposed)
    if not proposed.groups and not proposed.left and not without:
        messages.error(request, "Chưa chọn nhu cầu nào: đánh dấu ở trang Nhu cầu rồi làm lại.")
        return redirect("training:plan_list")
    people = [need.cadre_id for group in proposed.groups for need in group.needs]
    audit.record(request, Action.LIST, subject_type="need", count=len(people))
    context = {
        "proposed": proposed,
        "without": without,
        "keys": " ".join(str(need.pk) for group in proposed.groups for need in group.needs),
    }
    return render(request, "training/plan_from_needs.html", context)


def _chosen_needs(request):
    """Those with the keys `need`, or of the people `nguoi` for the programme `ct`."""
    told = request.POST
    visible = Need.objects.visible_to(request.user)
    keys = keys_in(" ".join(told.getlist("need")))
    if keys:
        return visible.filter(pk__in=sorted(keys)[:_MOST_NEEDS])
    return visible.standing().filter(cadre__in=_people(request), programme__in=_programmes(request))


def _people(request):
    return sorted(keys_in(" ".join(request.POST.getlist("nguoi"))))[:_MOST_NEEDS]


def _programmes(request):
    """The keys of the programme that `ct` names, by its key or its code."""
    told = request.POST.get("ct", "").replace("\x00", "")
    asked = {"pk": told} if is_key(told) else {"code": told[:30]}
    return list(Programme.objects.filter(**asked).values_list("pk", flat=True))


def _people_without(request, proposed):
    """Of the people asked for, those who have no need of the programme."""
    with_one = {need.cadre_id for group in proposed.groups for need in group.needs}
    with_one |= {need.cadre_id for need, _ in proposed.left}
    asked = set(_people(request)) - with_one
    if not asked:
        return []
    return list(Cadre.objects.visible_to(request.user).filter(pk__in=asked)
                .order_by("name_sort_key", "pk"))  # fmt: skip


def _written(request, needs):
    try:
        done = write_plan_of_needs(needs, by=request.user)
    except TooLarge:
        messages.error(request, "Chưa ghi gì: cộng lại lớn hơn mức có thể của một dòng kế hoạch.")
        return redirect("training:plan_list")
    if not done.groups:
        messages.info(request, "Không ghi thêm gì: các nhu cầu này đã ở trong kế hoạch, "
                               "hoặc chưa được xác nhận.")  # fmt: skip
        return redirect("training:plan_list")
    lines = [group.line.pk for group in done.groups if group.line]
    people = [need.cadre_id for group in done.groups for need in group.needs]
    audit.record(request, Action.CREATE, subject_type="plan_line", subjects=lines, people=people)
    messages.success(request, f"Đã đưa {done.participations} lượt vào {len(lines)} dòng kế hoạch.")
    return redirect("training:plan", done.groups[0].year)
