"""The annual plan: the years, a year with its lines, what communes registered, its workbook."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import DATA, HR, WRITERS, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from daitu_portal.addresses import is_key
from daitu_portal.excel import workbook_response
from daitu_portal.paging import page_of
from training import plan_steps
from training.forms.plans import PlanForm
from training.models import PlanLine, TrainingPlan
from training.plan_export import period_of, workbook
from training.plan_page import Happened, Planned, all_of, happened_by, planned, planned_by
from training.planning import may_write

Action = AuditEvent.Action
State = TrainingPlan.State


def plan_of(year):
    """The plan of a year of the address, or 404."""
    return get_object_or_404(TrainingPlan.objects.select_related("decision"), year=year)


@allow(*DATA)
@require_safe
def plan_list(request):
    day, user = as_of(request), request.user
    page = page_of(request, TrainingPlan.objects.select_related("decision"))
    plans = list(page.object_list)
    lines = PlanLine.objects.visible_to(user).filter(plan__in=[plan.pk for plan in plans])
    mine = lines.of_the_district().standing()
    sums, held = planned_by(mine, "plan"), happened_by(mine, day, field="plan")
    registered = planned_by(lines.registered_ones(), "plan")
    page.object_list = [
        (
            plan,
            sums.get(plan.pk, Planned()),
            held.get(plan.pk, Happened()),
            registered.get(plan.pk, Planned()),
        )
        for plan in plans
    ]
    context = {"day": day, "page": page}
    return render(request, "training/plan_list.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_add(request):
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_steps.open_plan(**form.cleaned_data)
        except plan_steps.AlreadyThere as error:
            messages.info(request, f"Năm {error.plan.year} đã có kế hoạch.")
            return redirect(error.plan)
        audit.record(request, Action.CREATE, subject_type="training_plan", subjects=[plan.pk])
        messages.success(request, "Đã mở kế hoạch; các xã đăng ký được từ bây giờ.")
        return redirect(plan)
    return render(request, "training/plan_add.html", {"form": form})


@allow(*DATA)
@require_safe
def plan(request, year):
    """The lines of the district, and what came of each by the day."""
    found, day, user = plan_of(year), as_of(request), request.user
    lines = PlanLine.objects.filter(plan=found).of_the_district()
    standing = lines.standing()
    held = happened_by(standing, day)
    page = page_of(request, lines.select_related("programme", "provider"))
    page.object_list = [
        (line, period_of(line), held.get(line.pk, Happened())) for line in page.object_list
    ]
    registered = PlanLine.objects.visible_to(user).filter(plan=found).registered_ones()
    context = {
        "plan": found,
        "day": day,
        "page": page,
        "total": planned(standing),
        "held": all_of(held.values()),
        "registered": registered.count(),
        "waiting": registered.waiting().count(),
        "may_add": user.role in WRITERS and may_write(user, found),
        "decision_seen": user.is_district_hr,
    }
    return render(request, "training/plan.html", context)


@allow(*DATA)
@require_safe
def plan_registered(request, year):
    """What communes registered, and what became of it."""
    found, user = plan_of(year), request.user
    lines = PlanLine.objects.visible_to(user).filter(plan=found).registered_ones()
    programme = request.GET.get("ct", "")
    if is_key(programme):
        lines = lines.filter(programme=programme)
    if request.GET.get("con-cho"):
        lines = lines.waiting()
    total = planned(lines)
    shown = lines.select_related("programme", "commune", "entered_by", "plan").order_by(
        "programme__content_group", "programme__name", "commune__sort_key", "pk"
    )
    page = page_of(request, shown, counted=total.lines)
    writes = user.role in WRITERS
    page.object_list = [
        (line, writes and may_write(user, found, line)) for line in page.object_list
    ]
    waiting = lines.waiting().count()
    context = {
        "plan": found,
        "page": page,
        "total": total,
        "waiting": waiting,
        "is_filtered": bool(is_key(programme) or request.GET.get("con-cho")),
        "may_add": writes and may_write(user, found),
        "may_consolidate": waiting and user.is_district_hr and found.state != State.APPROVED,
    }
    return render(request, "training/plan_registered.html", context)


@allow(*DATA)
@require_POST
def plan_export(request, year):
    """The plan in the columns of the template."""
    found = plan_of(year)
    lines = PlanLine.objects.filter(plan=found).of_the_district().standing()
    rows = list(lines.select_related("programme", "provider"))
    audit.record(request, Action.EXPORT, subject_type="training_plan", subjects=[found.pk],
                 count=len(rows))  # fmt: skip
    return workbook_response(workbook(found, rows, planned(lines)), f"Kế hoạch đào tạo {year}")
