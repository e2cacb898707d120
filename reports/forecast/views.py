"""The pages of the forecast: tried on one page, kept, changed, compared, exported."""

from secrets import token_hex

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import HR, allow
from accounts.as_of import as_of
from accounts.models import DISTRICT_ROLES, AuditEvent
from cadres.rulebook import Rulebook
from daitu_portal.addresses import is_key
from daitu_portal.excel import book_response, write_book
from daitu_portal.marks import mark_of_sending
from daitu_portal.paging import page_of
from reports.forecast import actions, page
from reports.forecast.choices import offered_on
from reports.forecast.export import sheets
from reports.forecast.forms import HeadForm, SaveForm
from reports.forecast.models import Scenario
from reports.forecast.outcome import Outcome
from reports.forecast.parts_form import PartsForm
from reports.forecast.plan import MOST_CLASSES, MOST_PARTS, parts_of
from reports.forecast.trial import try_out
from reports.models import Indicator
from reports.queries import Figures

Action = AuditEvent.Action
_TOO_MANY = f"Chưa lưu: một kịch bản có nhiều nhất {MOST_PARTS} mục, trong đó {MOST_CLASSES} lớp."
_STALE = "Chưa lưu: kịch bản vừa được người khác sửa. Xem lại bên dưới rồi làm lại."


@allow(*DISTRICT_ROLES)
@require_safe
def forecast_list(request):
    rows = Scenario.objects.visible_to(request.user).select_related("owner").defer("result")
    indicators = Indicator.objects.on(as_of(request)).exclude(population="rated")
    context = {"page": page_of(request, rows), "indicators": indicators}
    return render(request, "reports/forecast_list.html", context)


@allow(*DISTRICT_ROLES)
@require_safe
def forecast_add(request):
    """A scenario tried at once, from the address alone; nothing is kept."""
    day, user = as_of(request), request.user
    trial = try_out(user, request.GET, day, Rulebook.now())
    context = {"trial": trial, "day": day, "save": SaveForm(initial=_unsaved(trial)),
               "query": request.GET.urlencode()}  # fmt: skip
    listed = []
    if trial.outcome:
        shown = page.shown_code(trial.outcome, request.GET.get("xem", ""))
        listed = trial.outcome.people[: page.PEOPLE_TICKED]
        lines = page.people_lines(user, trial.outcome, shown, listed)
        context |= page.picture(trial.outcome, shown, {}) | {"lines": lines}
    seen = {each.key for each in listed}
    context["ticked"], context["kept"] = (
        set(trial.chosen),
        [k for k in trial.chosen if k not in seen],
    )
    audit.record(request, Action.LIST, subject_type="cadre", subjects=sorted(seen),
                 count=len(trial.outcome.people) if trial.outcome else 0,
                 detail={"report": "forecast"})  # fmt: skip
    return render(request, "reports/forecast_form.html", context)


def _unsaved(trial):
    """A new token, and a name that says what is supposed first."""
    name = trial.plan.parts[0].words if trial.plan and trial.plan.parts else ""
    return {"dau": token_hex(16), "ten": name[:160], "chia_se": True}


@allow(*HR)
@require_POST
def forecast_save(request):
    """Keep what the page of the trial shows, whose address is `loc`."""
    query = request.POST.get("loc", "")
    request.GET = QueryDict(query)
    form, book = SaveForm(request.POST), Rulebook.now()
    trial = try_out(request.user, request.GET, as_of(request), book)
    back = f"{reverse('reports:forecast_add')}?{request.GET.urlencode()}"
    if not form.is_valid() or trial.plan is None or trial.outcome is None:
        messages.error(request, "Chưa lưu: nhập tên kịch bản và sửa các ô báo lỗi rồi lưu lại.")
        return redirect(back)
    said = form.cleaned_data
    try:
        made, is_new = actions.keep(
            request.user, plan=trial.plan, outcome=trial.outcome, name=said["ten"],
            is_shared=said["chia_se"], token=_sent(request, said, query),
        )  # fmt: skip
    except actions.TooManyParts:
        messages.error(request, _TOO_MANY)
        return redirect(back)
    if is_new:
        audit.record(request, Action.CREATE, subject_type="scenario", subjects=[made.pk])
        messages.success(request, "Đã lưu kịch bản; kết quả giữ nguyên để sau này so với thực tế.")
    else:
        messages.info(request, "Kịch bản này đã được lưu từ lần bấm trước; không lưu lần nữa.")
    return redirect(made)


def _sent(request, said, query):
    """What tells a form that is sent twice from one that is sent again with other values."""
    told = [request.user.pk, said["ten"], said["chia_se"], query]
    return mark_of_sending(said["dau"], told)


def _scenario(request, pk):
    rows = Scenario.objects.visible_to(request.user).select_related("owner")
    return get_object_or_404(rows, pk=pk)


@allow(*DISTRICT_ROLES)
@require_safe
def forecast(request, pk):
    scenario, day, user = _scenario(request, pk), as_of(request), request.user
    outcome = Outcome.of(scenario.result)
    code = page.shown_code(outcome, request.GET.get("xem", ""))
    real = page.what_happened(user, outcome, code, day, Rulebook.now())
    people = page_of(request, outcome.people)
    audit.record(
        request, Action.LIST, subject_type="cadre", count=len(outcome.people),
        subjects=[each.key for each in people], detail={"scenario": pk},
    )  # fmt: skip
    context = {
        "scenario": scenario,
        "page": people,
        "lines": page.people_lines(user, outcome, code, people.object_list),
        "passed": list(page.passed(outcome, code, real)),
        "day": day,
        **page.picture(outcome, code, real),
    }
    return render(request, "reports/forecast.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def forecast_edit(request, pk):
    """The scenario's own fields, and its parts: add one, drop one; each step is calculated anew."""
    scenario = _scenario(request, pk)
    day, book = scenario.base_on, Rulebook.now()
    offered = offered_on(day, book, Figures(request.user, book, day=day))
    step = request.POST.get("viec", "") if request.method == "POST" else ""
    own = SaveForm(request.POST if step == "luu" else None, initial=_own(scenario))
    head = HeadForm(request.POST if step == "luu" else None, offered=offered,
                    base=day, initial=_head(scenario))  # fmt: skip
    more = PartsForm(
        request.POST if step == "them" else None, user=request.user, offered=offered,
        base=day, until=scenario.until_on,
    )  # fmt: skip
    change = _change(request, step, own, head, more)
    if change is not None and _reworked(request, scenario, change):
        return redirect("reports:forecast_edit", pk)
    context = {"scenario": scenario, "own": own, "head": head, "more": more,
               "parts": parts_of(scenario)}  # fmt: skip
    return render(request, "reports/forecast_edit.html", context)


def _own(scenario):
    return {"ten": scenario.name, "chia_se": scenario.is_shared, "dau": scenario.token}


def _head(scenario):
    return {"chi_tieu": scenario.indicators, "den": f"{scenario.until_on:%m/%Y}"}


def _change(request, step, own, head, more):
    """What `actions.rework` is to do; None where nothing was asked, or not soundly."""
    if step == "luu" and own.is_valid() and head.is_valid():
        said = {"name": own.cleaned_data["ten"], "is_shared": own.cleaned_data["chia_se"]}
        until = head.cleaned_data["den"]
        return {"fields": {**said, "until_on": until, "indicators": head.cleaned_data["chi_tieu"]}}
    if step == "them" and more.is_valid():
        if more.parts:
            return {"add": more.parts}
        messages.error(request, "Chưa thêm gì: điền ít nhất một phần dưới đây.")
    if step == "bo" and is_key(request.POST.get("muc", "")):
        return {"drop": int(request.POST["muc"])}
    return {} if step == "tinh" else None


def _reworked(request, scenario, change):
    """Whether the change was made; else the page says why not."""
    version = request.POST.get("ban", "")
    try:
        actions.rework(
            request.user, scenario.pk, version=int(version) if is_key(version) else 0, **change
        )
    except actions.StaleScenario:
        messages.error(request, _STALE)
    except actions.TooManyParts:
        messages.error(request, _TOO_MANY)
        return False
    else:
        audit.record(request, Action.CHANGE, subject_type="scenario", subjects=[scenario.pk])
        messages.success(request, "Đã lưu và tính lại kịch bản.")
    return True


@allow(*DISTRICT_ROLES)
@require_POST
def forecast_export(request, pk):
    """The kept forecast as a workbook."""
    scenario = _scenario(request, pk)
    purpose = request.POST.get("muc_dich", "").strip()
    if not purpose:
        messages.error(request, "Chưa xuất: hãy ghi mục đích rồi bấm lại.")
        return redirect(scenario)
    outcome = Outcome.of(scenario.result)
    audit.record(
        request, Action.EXPORT, subject_type="cadre", purpose=purpose, count=len(outcome.people),
        subjects=[each.key for each in outcome.people], detail={"scenario": pk},
    )  # fmt: skip
    day = timezone.localtime(scenario.calculated_at).date()
    tables = sheets(request.user, outcome, scenario.name, day)
    return book_response(lambda file: write_book(tables, file), "Dự báo", scenario.base_on)
