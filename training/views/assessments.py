"""Competences of people: what posts ask, what was assessed; entered, confirmed, withdrawn."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import DATA, WRITERS, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent, Role
from cadres.models import Cadre
from daitu_portal.addresses import is_key
from daitu_portal.paging import page_of
from training.assessing import Assessed, NotYours, confirm, enter, may_withdraw, units_of, withdraw
from training.assessment_page import unit_of
from training.competences import competences_of
from training.forms.assessment import AssessmentFilter, AssessmentForm, WithdrawForm
from training.models import Assessment, Competence

Action = AuditEvent.Action
HEAD = (Role.COMMUNE_HEAD,)
_PEOPLE_A_PAGE = 10
_MOST_WAITING = 60


@allow(*DATA)
@require_safe
def assessment_list(request):
    day, user = as_of(request), request.user
    form = AssessmentFilter(request.GET, units=units_of(user, day))
    unit, only = form.unit(), form.asked("chi")
    context = {"day": day, "form": form, "unit": unit, "only": only}
    if unit is not None:
        found = unit_of(user, unit, day)
        people, every = found.shown(only), found.waiting()
        page = page_of(request, people, per_page=_PEOPLE_A_PAGE)
        waiting = [(*pair, may_withdraw(pair[1], user)) for pair in every[:_MOST_WAITING]]
        context |= {
            "page": page,
            "counts": found.counts(),
            "waiting": waiting,
            "waiting_total": len(every),
            "may_enter": user.role in WRITERS,
            "may_confirm": user.role in HEAD,
        }
        seen = {person.cadre.pk for person in page} | {cadre.pk for cadre, _, _ in waiting}
        audit.record(request, Action.LIST, subject_type="cadre", subjects=sorted(seen),
                     count=len(people))  # fmt: skip
    return render(request, "training/assessment_list.html", context)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_add(request, pk):
    person = get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)
    day, lines = as_of(request), competences_of(pk, as_of(request))
    others = Competence.objects.order_by("group", "name")
    form = AssessmentForm(
        request.POST or None, cadre=person, lines=lines, others=others, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = enter(person, form.levels(), by=request.user, on=typed["assessed_on"],
                         note=typed["note"])  # fmt: skip
        except Assessed:
            form.add_error(None, "Chưa ghi: phiếu này vừa được ghi xong. Xem lại danh sách.")
        else:
            keys = [each.pk for each in made]
            audit.record(request, Action.CREATE, subject_type="assessment", subjects=keys,
                         people=[pk])  # fmt: skip
            words = f"Đã ghi {len(made)} năng lực của {person.full_name}; chờ người đứng đầu."
            messages.success(request, words)
            return redirect(_back(request))
    context = {"person": person, "form": form, "day": day, "back": _back(request)}
    return render(request, "training/assessment_form.html", context)


@allow(*HEAD)
@require_POST
def assessment_confirm(request):
    ticked = {int(key) for key in request.POST.getlist("chon")[:_MOST_WAITING] if is_key(key)}
    made = confirm(ticked, by=request.user)
    if made:
        audit.record(request, Action.CONFIRM, subject_type="assessment",
                     subjects=[each.pk for each in made],
                     people=sorted({each.cadre_id for each in made}))  # fmt: skip
        messages.success(request, f"Đã xác nhận {len(made)} đánh giá năng lực.")
    missed = len(ticked) - len(made)
    if missed:
        messages.warning(request, f"{missed} đánh giá không còn chờ xác nhận: đã xác nhận hoặc "
                                  "đã rút từ trước.")  # fmt: skip
    if not ticked:
        messages.error(request, "Chưa xác nhận gì: đánh dấu ít nhất một dòng.")
    return redirect(_back(request))


@allow(*WRITERS, *HEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_withdraw(request, pk):
    rows = Assessment.objects.visible_to(request.user)
    loaded = rows.select_related("cadre", "competence", "entered_by", "confirmed_by")
    found = get_object_or_404(loaded, pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and may_withdraw(found, request.user) and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw(found, by=request.user, reason=reason)
        except NotYours:
            messages.error(request, "Chưa rút: đánh giá vừa được xác nhận hoặc rút. Xem lại.")
        else:
            audit.record(request, Action.REVOKE, subject_type="assessment", subjects=[pk],
                         purpose=reason, people=[found.cadre_id])  # fmt: skip
            messages.success(request, "Đã rút đánh giá; dòng cũ vẫn giữ lý do và người rút.")
        return redirect(_back(request))
    audit.record(request, Action.VIEW, subject_type="cadre", subjects=[found.cadre_id])
    context = {"found": found, "form": form, "may": may_withdraw(found, request.user),
               "back": _back(request)}  # fmt: skip
    return render(request, "training/assessment_withdraw.html", context)


def _back(request):
    """The list of the unit that the address names, on its day."""
    asked = request.GET
    kept = {name: asked[name] for name in ("xa", "ngay") if _is_kept(name, asked.get(name, ""))}
    query = f"?{urlencode(kept)}" if kept else ""
    return reverse("training:assessment_list") + query


def _is_kept(name, text):
    """Whether a part of an address leads back: a key, or a day that can be one."""
    return is_key(text) if name == "xa" else len(text) == 10 and text.replace("-", "").isdigit()
