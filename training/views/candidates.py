"""Sources of cadres: the list, the numbers, a person introduced and what became of them."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import DATA, WRITERS, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import Cadre
from daitu_portal.paging import page_of
from daitu_portal.tables import sorted_by
from daitu_portal.text import has_personal_number
from training import candidates as actions
from training.candidate_counts import counts_of
from training.candidate_filter import CandidateFilter
from training.forms.candidates import CandidateForm, CandidateLinkForm, CandidateStepForm
from training.models import Candidate

Action = AuditEvent.Action
_SORTS = {
    "ten": "name_sort_key",
    "xa": ("commune__sort_key", "name_sort_key"),
    "ngay": ("introduced_on", "name_sort_key"),
}
_NOT_KEPT = (
    "Điểm mạnh, hướng bồi dưỡng hoặc chương trình vừa gõ khác điều đã ghi và chưa được lưu: bấm "
    "sửa để ghi."
)
_STALE = (
    "Chưa ghi gì: người khác vừa sửa nguồn cán bộ này sau khi bạn mở trang. "
    "Xem lại bên dưới rồi làm lại."
)


@allow(*DATA)
@require_safe
def candidate_list(request):
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    day = as_of(request)
    mine = Candidate.objects.visible_to(request.user).introduced_by(day).with_state_on(day)
    filters = CandidateFilter(request.GET, mine, user=request.user, day=day)
    found = filters.qs.select_related("commune", "cadre")
    page = page_of(request, sorted_by(request, found, _SORTS, "ten"))
    audit.record(request, Action.LIST, subject_type="candidate", count=page.total)
    context = {
        "day": day,
        "filters": filters,
        "page": page,
        "states": dict(Candidate.State.choices),
        "is_filtered": bool(set(request.GET) - {"ngay", "trang", "sap"}),
        "may_write": request.user.role in WRITERS,
    }
    return render(request, "training/candidate_list.html", context)


@allow(*DATA)
@require_safe
def candidate_counts(request):
    """How many per commune and per body that introduced them, by state on the day."""
    day = as_of(request)
    counts = counts_of(Candidate.objects.visible_to(request.user), day)
    context = {
        "day": day,
        "counts": counts,
        "page": page_of(request, counts.communes),
        "states": Candidate.State.choices,
    }
    return render(request, "training/candidate_counts.html", context)


def _candidate(request, pk):
    mine = Candidate.objects.visible_to(request.user)
    return get_object_or_404(mine.select_related("commune", "programme", "entered_by"), pk=pk)


@allow(*DATA)
@require_safe
def candidate(request, pk):
    found = _candidate(request, pk)
    may_write = request.user.role in WRITERS
    linked = Cadre.objects.visible_to(request.user).filter(pk=found.cadre_id).first()
    audit.record(request, Action.VIEW, subject_type="candidate", subjects=[pk])
    context = {
        "found": found,
        "steps": found.steps.select_related("by", "withdrawn_by").order_by("on", "pk"),
        "linked": linked,
        "suggested": []
        if found.cadre_id or not may_write
        else actions.records_like(found, request.user),
        "may_write": may_write,
        "has_ended": found.state == Candidate.State.ENDED,
        "is_only_introduced": found.state == Candidate.State.INTRODUCED,
    }
    return render(request, "training/candidate.html", context)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_add(request):
    form = CandidateForm(request.POST or None, user=request.user, today=timezone.localdate())
    alike = []
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["alike_seen"]
        try:
            made = actions.introduce(form.instance, by=request.user, alike_seen=seen)
        except actions.Twice as error:
            messages.info(request, "Người này đã được ghi từ trước; không ghi thêm lần nữa.")
            if error.is_other:
                messages.warning(request, _NOT_KEPT)
            return redirect(error.candidate)
        except actions.Alike as error:
            alike = error.rows
        else:
            audit.record(request, Action.CREATE, subject_type="candidate", subjects=[made.pk])
            messages.success(request, f"Đã ghi {made.full_name} vào nguồn cán bộ.")
            return redirect(made)
    return _form_page(request, form, alike, "Thêm nguồn cán bộ")


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_edit(request, pk):
    found = _candidate(request, pk)
    form = CandidateForm(
        request.POST or None, instance=found, user=request.user, today=timezone.localdate()
    )
    alike = []
    if request.method == "POST" and form.is_valid():
        try:
            _corrected(request, form)
        except actions.Stale:
            messages.error(request, _STALE)
            return redirect(found)
        except actions.Alike as error:
            alike = error.rows
        if not form.errors and not alike:
            audit.record(request, Action.CHANGE, subject_type="candidate", subjects=[pk],
                         detail={"fields": form.changed_data})  # fmt: skip
            messages.success(request, "Đã sửa.")
            return redirect(found)
    return _form_page(request, form, alike, "Sửa nguồn cán bộ")


def _corrected(request, form):
    """Store the correction, or say at the field what forbids it. Raises Stale, Alike."""
    told = form.cleaned_data
    try:
        actions.correct(
            form.instance, by=request.user, version=told["version"], alike_seen=told["alike_seen"]
        )
    except actions.AnotherName:
        form.add_error(
            "full_name", "Tên khác với hồ sơ cán bộ đã nối. Bỏ nối với hồ sơ trước, rồi sửa tên."
        )
    except actions.IntroducedTooLate as error:
        form.add_error(
            "introduced_on",
            f"Bước tiếp theo đã ghi từ ngày {error.on:%d/%m/%Y}: "
            "ngày giới thiệu không thể sau ngày ấy.",
        )


def _form_page(request, form, alike, title):
    context = {
        "form": form,
        "alike": alike,
        "alike_seen": " ".join(str(each.pk) for each in alike),
        "title": title,
        "back": form.instance if form.instance.pk else None,
    }
    return render(request, "training/candidate_form.html", context)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_step(request, pk):
    found = _candidate(request, pk)
    if found.state == Candidate.State.ENDED:
        messages.info(request, "Đã thôi: không còn bước nào. Ghi nhầm thì rút bước cuối.")
        return redirect(found)
    form = CandidateStepForm(request.POST or None, candidate=found)
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.move_on(
                pk, by=request.user, today=timezone.localdate(), **form.cleaned_data
            )
        except actions.StepRefused as error:
            form.refuse(error.fault)
        except actions.Stale:
            messages.error(request, _STALE)
            return redirect(found)
        else:
            audit.record(request, Action.CHANGE, subject_type="candidate", subjects=[pk],
                         detail={"state": moved.state})  # fmt: skip
            messages.success(request, f"Đã ghi: {moved.get_state_display().lower()}.")
            return redirect(found)
    return render(request, "training/candidate_step.html", {"found": found, "form": form})


@allow(*WRITERS)
@require_POST
def candidate_step_back(request, pk):
    """Take the last step back."""
    found, form = _candidate(request, pk), CandidateLinkForm(request.POST)
    try:
        taken = form.is_valid() and actions.take_back(
            pk, by=request.user, version=form.cleaned_data["version"]
        )
    except actions.Stale:
        taken = None
    if not taken:
        messages.error(request, _STALE)
        return redirect(found)
    audit.record(request, Action.CHANGE, subject_type="candidate", subjects=[pk],
                 detail={"taken_back": taken.pk})  # fmt: skip
    messages.success(request, f"Đã rút bước “{taken.get_state_display()}”; dòng ấy vẫn còn ở đây.")
    return redirect(found)


@allow(*WRITERS)
@require_POST
def candidate_link(request, pk):
    """Link the candidate to the record of the same name, or take the link back."""
    found, form = _candidate(request, pk), CandidateLinkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _STALE)
        return redirect(found)
    key, cadre = form.cleaned_data["cadre"], None
    if key:
        cadre = get_object_or_404(Cadre.objects.visible_to(request.user), pk=key)
    try:
        actions.link(pk, cadre, version=form.cleaned_data["version"])
    except actions.Stale:
        messages.error(request, _STALE)
    except actions.AnotherName:
        messages.error(request, "Chưa nối: hồ sơ ấy mang tên khác. Chỉ nối với hồ sơ cùng tên.")
    else:
        audit.record(request, Action.CHANGE, subject_type="candidate", subjects=[pk],
                     people=[key] if key else [], detail={"cadre": key})  # fmt: skip
        messages.success(request, "Đã nối với hồ sơ cán bộ." if key else "Đã bỏ nối với hồ sơ.")
    return redirect(found)
