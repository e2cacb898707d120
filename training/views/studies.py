"""Individual study: who was sent where, what happened since."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.field_groups import FieldGroup, sees
from daitu_portal.addresses import is_key
from daitu_portal.excel import workbook_response, write_table
from daitu_portal.paging import page_of
from daitu_portal.tables import sorted_by
from daitu_portal.text import has_personal_number
from training.admission import course_of
from training.forms.studies import CorrectForm, SendForm, StepForm
from training.models import Credit, Programme, Study, StudyStep
from training.rules.admission import Course
from training.rules.study import Step
from training.studies import Diploma, correct_study, record_step, send_to_study
from training.study_checks import course_of_study
from training.study_filter import StudyFilter
from training.study_page import (
    COLUMNS,
    asked_of,
    counts_by_stage,
    export_rows,
    is_overdue,
    offered,
    proposed_compensation,
    steps_of,
    studies_on,
)

Action = AuditEvent.Action
_SORTS = {
    "ten": "cadre__name_sort_key",
    "tu": "begins_on",
    "han": "due_then",
    "truong": "school",
}
_FORM = ["GET", "HEAD", "POST"]


def _listed(request):
    filters = StudyFilter(
        request.GET, studies_on(as_of(request), request.user), day=as_of(request), user=request.user
    )
    return filters, sorted_by(request, filters.qs, _SORTS, "-tu")


@allow(*DATA)
@require_safe
def study_list(request):
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    day = as_of(request)
    filters, studies = _listed(request)
    counts = counts_by_stage(studies, request.GET)
    total = sum(each["number"] for each in counts)
    page = page_of(request, studies.select_related("cadre", "commune"), counted=total)
    found = [(each, is_overdue(each, day)) for each in page]
    audit.record(request, Action.LIST, subject_type="study", count=total)
    context = {
        "day": day,
        "filters": filters,
        "page": page,
        "studies": found,
        "counts": counts,
        "query": request.GET.urlencode(),
        "is_filtered": bool(set(request.GET) - {"ngay", "trang", "sap"}),
        "may_send": request.user.is_district_hr,
    }
    return render(request, "training/study_list.html", context)


@allow(*DATA)
@require_POST
def study_export(request):
    """The list of the address in `loc`, whole, as a workbook."""
    request.GET = QueryDict(request.POST.get("loc", ""))
    day = as_of(request)
    _, studies = _listed(request)
    found = list(studies.select_related("cadre", "commune", "decision").prefetch_related("steps"))
    audit.record(
        request, Action.EXPORT, subject_type="study", subjects=[each.pk for each in found],
        people=[each.cadre_id for each in found],
    )  # fmt: skip
    lead = ["Cán bộ được cử đi học", f"Tính đến ngày {day:%d/%m/%Y}"]
    content = write_table(COLUMNS, export_rows(found), title="Cử đi học", lead=lead)
    return workbook_response(content, f"Cử đi học {day:%Y-%m-%d}")


@allow(*HR)
@require_http_methods(_FORM)
def study_add(request):
    """People by the address (`nguoi`), the programme too (`ct`); then what holds for them all."""
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    programme = _programme(request.POST.get("programme") or request.GET.get("ct", ""))
    keys = request.POST.getlist("nguoi") or request.GET.getlist("nguoi")
    form = SendForm(
        request.POST or None, today=timezone.localdate(), initial=_of_programme(programme)
    )
    course = _course(form, programme)
    asked = asked_of(request.user, keys, request.GET.get("q", ""), course, as_of(request))
    if request.method == "POST" and form.is_valid():
        sent = _send(request, form, [each for each, _, _ in asked.people])
        if sent is not None:
            return sent
    context = {"form": form, "asked": asked, "programme": programme, "day": as_of(request)}
    return render(request, "training/study_add.html", context)


def _programme(key):
    return Programme.objects.filter(pk=key).first() if is_key(key) else None


def _course(form, programme):
    """What the form asks of people: its own level and days once it can be read, till then what
    the programme of the address asks, or what holds for every sending."""
    if form.is_bound and form.is_valid():
        return course_of_study(form.instance)
    return course_of(programme) if programme else Course()


def _of_programme(programme):
    if programme is None:
        return {}
    school = programme.provider.name if programme.provider else ""
    return {"programme": programme.pk, "field": programme.field_id, "school": school}


def _send(request, form, people):
    """Where to go on; None where it was refused, and the form says why."""
    try:
        with transaction.atomic():
            sent = send_to_study(
                people=people, terms=form.terms(request.user), by=request.user,
                reason=form.cleaned_data["exception_reason"],
            )  # fmt: skip
    except ValidationError as error:
        form.refuse(error)
        return None
    audit.record(
        request, Action.CREATE, subject_type="study", subjects=[each.pk for each in sent.new],
        people=[each.cadre_id for each in sent.new],
    )  # fmt: skip
    for_whom = [*sent.new, *sent.standing]
    _tell_sent(request, sent, for_whom[0].decision)
    return redirect(for_whom[0] if len(for_whom) == 1 else reverse("training:study_list"))


def _tell_sent(request, sent, decision):
    if sent.new:
        messages.success(request, f"Đã cử {len(sent.new)} người đi học theo {decision}.")
    if sent.standing:
        messages.info(
            request, f"{len(sent.standing)} người đã có lượt này từ trước, không ghi lần nữa."
        )
    if sent.differing:
        names = ", ".join(each.cadre.full_name for each in sent.differing)
        messages.warning(
            request,
            f"Chưa lưu điều vừa gõ khác với lượt đã ghi của {names} (hình thức, ngày tốt nghiệp, "
            "hỗ trợ, cam kết, lý do…): mở lượt ấy và bấm sửa nếu cần đổi.",
        )


def _found(request, pk):
    studies = Study.objects.visible_to(request.user).with_stage(as_of(request))
    loaded = studies.select_related(
        "cadre", "commune", "decision", "programme", "field", "need", "plan_line__plan",
        "plan_line__programme",
    ).prefetch_related("steps__decision", "steps__by")  # fmt: skip
    return get_object_or_404(loaded, pk=pk)


@allow(*DATA)
@require_safe
def study(request, pk):
    found, day = _found(request, pk), as_of(request)
    audit.record(request, Action.VIEW, subject_type="study", subjects=[pk], people=[found.cadre_id])
    context = {
        "found": found,
        "day": day,
        "steps": steps_of(found, day),
        "is_overdue": is_overdue(found, day),
        "credit": Credit.objects.visible_to(request.user).filter(study=found).first(),
        "offered": offered(found) if request.user.is_district_hr else [],
        "sees_reason": sees(request.user, FieldGroup.DISCIPLINE),
        "may_write": request.user.is_district_hr,
    }
    return render(request, "training/study.html", context)


@allow(*HR)
@require_http_methods(_FORM)
def study_edit(request, pk):
    found = _found(request, pk)
    form = CorrectForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            correct_study(study=form.instance, version=form.cleaned_data["version"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            audit.record(
                request, Action.CHANGE, subject_type="study", subjects=[pk],
                people=[found.cadre_id], detail={"fields": form.changed_data},
            )  # fmt: skip
            messages.success(request, "Đã lưu.")
            return redirect(found)
    return render(request, "training/study_edit.html", {"form": form, "found": found})


@allow(*HR)
@require_http_methods(_FORM)
def study_step(request, pk):
    """The form of the step that the address names (`viec`); without one, the steps to choose."""
    found = _found(request, pk)
    steps, kind = offered(found), request.GET.get("viec", "")
    context = {"found": found, "offered": steps, "kind": kind}
    # a step that was just recorded may be offered no more; the button pressed twice finds it
    if kind in dict(steps) or (request.method == "POST" and kind in list(Step)):
        form = StepForm(
            request.POST or None, study=found, kind=Step(kind), today=timezone.localdate()
        )
        if request.method == "POST" and form.is_valid() and _recorded(request, found, form):
            return redirect(found)
        context |= {
            "form": form,
            "day": as_of(request),
            "words": StudyStep.Kind(kind).label,
            "money": found.money,
        }
        if kind == Step.BROKEN:
            context["asked_back"] = proposed_compensation(found, as_of(request))
    return render(request, "training/study_step.html", context)


def _recorded(request, found, form):
    told = form.cleaned_data
    try:
        with transaction.atomic():
            step = record_step(
                study=found, kind=form.kind, on=told["on"], by=request.user,
                until=told.get("until"), amount=told.get("amount"), text=told["text"],
                decision=form.decision(request.user), corrects=told.get("corrects"),
                diploma=Diploma(told.get("diploma_number", ""), told.get("evidence", "")),
                version=told["version"],
            )  # fmt: skip
    except ValidationError as error:
        form.refuse(error)
        return False
    audit.record(
        request, Action.CHANGE, subject_type="study", subjects=[found.pk],
        people=[found.cadre_id], detail={"step": step.kind},
    )  # fmt: skip
    messages.success(request, f"Đã ghi: {step.get_kind_display()} ngày {step.on:%d/%m/%Y}.")
    return True
