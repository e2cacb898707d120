"""Learners outside the file: listed, added, corrected, linked to a record."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import Cadre
from daitu_portal.addresses import is_key
from daitu_portal.paging import page_of
from daitu_portal.text import has_personal_number
from training.forms.learner import LearnerForm, UnlinkForm
from training.learner_filter import LearnerFilter
from training.learners import (
    NotLinked,
    StaleLearner,
    Twins,
    add,
    correct,
    led_to,
    likely_officials,
    link,
    may_be_officials,
    unlink,
)
from training.models import OutsideLearner
from training.models.enrolment import COUNTED

Action = AuditEvent.Action
_TYPE = "outside_learner"
_STALE = (
    "Chưa lưu: học viên này vừa được người khác sửa sau khi bạn mở trang. Các ô dưới đây là điều "
    "bạn đã gõ; mở lại trang để xem điều người kia đã ghi."
)


@allow(*DATA)
@require_safe
def learner_list(request):
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    mine = OutsideLearner.objects.visible_to(request.user)
    filters = LearnerFilter(request.GET, user=request.user, day=as_of(request))
    rows = filters.qs.select_related("commune", "cadre").order_by("name_sort_key", "pk")
    page = page_of(request, rows)
    shown = [each.pk for each in page.object_list]
    counts = mine.filter(pk__in=shown).annotate(number=Count("enrolments", filter=COUNTED))
    audit.record(request, Action.LIST, subject_type=_TYPE, subjects=shown, count=page.total)
    context = {
        "page": page,
        "filters": filters,
        "counts": dict(counts.values_list("pk", "number")),
        "likely": may_be_officials(mine, request.user).count(),
        "is_filtered": bool(set(request.GET) & {"q", "loai", "xa", "ho_so"}),
        "may_write": request.user.is_district_hr,
    }
    context["learners"] = [(each, context["counts"].get(each.pk, 0)) for each in page]
    return render(request, "training/learner_list.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def learner_add(request):
    data = request.POST if request.method == "POST" else None
    form = LearnerForm(data, user=request.user, day=as_of(request))
    if form.is_valid():
        try:
            learner = add(form.values, is_confirmed=form.is_confirmed)
        except Twins as twins:
            form.ask_about(twins.found)
        else:
            audit.record(request, Action.CREATE, subject_type=_TYPE, subjects=[learner.pk])
            messages.success(request, f"Đã thêm học viên {learner.full_name} ({learner.code}).")
            return redirect("training:learner_list")
    return render(request, "training/learner_form.html", {"form": form})


def _learner(request, pk):
    mine = OutsideLearner.objects.visible_to(request.user).select_related("cadre", "linked_by")
    return get_object_or_404(mine, pk=pk)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def learner_edit(request, pk):
    learner = _learner(request, pk)
    data = request.POST if request.method == "POST" else None
    form = LearnerForm(data, instance=learner, user=request.user, day=as_of(request))
    if form.is_valid():
        try:
            correct(pk, form.values, seen=form.cleaned_data["seen"])
        except StaleLearner:
            form.add_error(None, _STALE)
        except NotLinked as problem:
            form.add_error("full_name", str(problem))
        else:
            audit.record(request, Action.CHANGE, subject_type=_TYPE, subjects=[pk])
            messages.success(request, f"Đã sửa học viên {form.cleaned_data['full_name']}.")
            return redirect("training:learner_list")
    audit.record(request, Action.VIEW, subject_type=_TYPE, subjects=[pk])
    return render(request, "training/learner_form.html", {"form": form, "learner": learner})


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def learner_link(request, pk):
    """Say that a learner is an official of the record, or take that back."""
    learner = _learner(request, pk)
    form = UnlinkForm(request.POST if request.POST.get("viec") == "bo" else None, label_suffix="")
    if request.method == "POST" and _linked(request, learner, form):
        return redirect("training:learner_list")
    likely = [] if learner.cadre_id else likely_officials(learner, request.user)
    audit.record(request, Action.VIEW, subject_type=_TYPE, subjects=[pk],
                 people=[each.cadre.pk for each in likely])  # fmt: skip
    context = {
        "learner": learner,
        "likely": likely,
        "participations": learner.enrolments.took_part().count(),
        "through": led_to(learner),
        "form": form,
    }
    return render(request, "training/learner_link.html", context)


def _linked(request, learner, form):
    """Link or unlink as was asked; False where nothing was done, and a message says why."""
    chosen = request.POST.get("can_bo", "")
    try:
        if request.POST.get("viec") == "bo":
            if not form.is_valid():
                return False
            was, reason = learner.cadre_id, form.cleaned_data["reason"]
            done = unlink(learner_id=learner.pk, by=request.user, reason=reason)
            _log(request, learner, was, reason)
            messages.success(request, _unlinked(learner, done))
        elif is_key(chosen):
            link(learner_id=learner.pk, cadre_id=int(chosen), by=request.user)
            _log(request, learner, int(chosen), "")
            messages.success(request, f"Đã nối {learner.full_name} với hồ sơ cán bộ.")
        else:
            messages.error(request, "Chưa chọn hồ sơ nào để nối.")
            return False
    except NotLinked as problem:
        messages.error(request, str(problem))
        return False
    except Cadre.DoesNotExist:
        messages.error(request, "Hồ sơ vừa chọn không còn nữa; chọn lại trong danh sách.")
        return False
    return True


def _unlinked(learner, done):
    parts = [f"Đã bỏ nối {learner.full_name} với hồ sơ cán bộ"]
    if done.stand:
        parts.append(f"{done.stand} văn bằng, chứng chỉ đã rút khỏi hồ sơ")
    if done.wait:
        parts.append(f"{done.wait} kết quả không còn chờ xác nhận chứng chỉ")
    return "; ".join(parts) + "."


def _log(request, learner, cadre_id, reason):
    audit.record(
        request, Action.CHANGE, subject_type=_TYPE, subjects=[learner.pk], purpose=reason,
        people=[cadre_id], detail={"step": "unlink" if reason else "link"},
    )  # fmt: skip
