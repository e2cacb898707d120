"""The results of a class: entered a page of learners at a time, or for all who have none."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import HR, allow
from accounts.models import AuditEvent
from daitu_portal.paging import page_of
from training.attended import attended_of
from training.class_steps import results_of
from training.forms.results import PassRestForm, ResultsForm, Sheet
from training.learner_units import units_of
from training.models import Credit, Enrolment, TrainingClass
from training.results import ResultsRefused, StaleResults, pass_the_rest, record_results
from training.same_numbers import told_of

Action = AuditEvent.Action
State = TrainingClass.State
_LEARNERS_A_PAGE = 100
_ALL = "tat-ca"
_STALE = (
    "Chưa ghi gì: kết quả, chứng chỉ hoặc thông tin của lớp vừa được người khác sửa sau khi bạn mở "
    "trang. Những gì bạn gõ còn nguyên bên dưới; xem lại rồi bấm Ghi lần nữa."
)
_WRONG = "Chưa ghi gì: {} dòng cần sửa, xem lời báo ở từng dòng."


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def class_results(request, pk):
    classes = TrainingClass.objects.visible_to(request.user).select_related("programme")
    found = get_object_or_404(classes, pk=pk)
    data = request.POST if request.method == "POST" else None
    if data is not None and data.get("viec") == _ALL:
        return _all_passed(request, found, data)
    form = ResultsForm(data, held=found, user=request.user)
    sheet, page = _sheet(request, found, data)
    if form.is_bound and form.is_valid() and _record(request, found, form, sheet):
        return redirect(request.get_full_path())
    _show_version(found, form)
    rest = PassRestForm(held=found)
    return _shown(request, found, {"form": form, "rest": rest, "sheet": sheet, "page": page})


def _all_passed(request, found, data):
    rest = PassRestForm(data, held=found)
    if rest.is_valid() and _pass_rest(request, found, rest):
        return redirect(request.get_full_path())
    _show_version(found, rest)
    form = ResultsForm(held=found, user=request.user)
    sheet, page = _sheet(request, found, None)
    return _shown(request, found, {"form": form, "rest": rest, "sheet": sheet, "page": page})


def _sheet(request, found, data):
    learners = (
        Enrolment.objects.visible_to(request.user)
        .filter(training_class=found)
        .select_related("cadre", "outside_learner__commune", "training_class")
        .with_sort_key()
        .order_by("sort_key", "pk")
    )
    page = page_of(request, learners, per_page=_LEARNERS_A_PAGE)
    rows = list(page)
    units = units_of(rows, found.begins_on)
    sheet = Sheet(found, rows, units, attended_of(rows), data)
    sheet.tell_same()
    return sheet, page


def _show_version(found, form):
    """What is shown is what stands now, so that the next click is not stale for the same reason."""
    if form.is_bound:
        found.refresh_from_db(fields=["version", "state"])
        form.data = form.data.copy()
        form.data["version"] = str(found.version)


def _record(request, found, form, sheet):
    """Whether the sheet was written; else it says why on its lines."""
    try:
        with transaction.atomic():
            lines = sheet.results(form, form.decision(request.user))
            if any(line.errors for line in sheet.lines):
                raise ResultsRefused({})
            done = record_results(
                training_class_id=found.pk, results=lines, by=request.user,
                version=form.cleaned_data["version"],
            )  # fmt: skip
    except StaleResults:
        messages.error(request, _STALE)
        sheet.tell_now()
        return False
    except ResultsRefused as refused:
        sheet.tell(refused.why)
        messages.error(request, _WRONG.format(sum(bool(line.errors) for line in sheet.lines)))
        return False
    _told(request, found, done, form.cleaned_data["reason"])
    _warn_of_numbers(request, sheet, done.changed)
    return True


def _warn_of_numbers(request, sheet, changed):
    """Say which of the lines just written bear a certificate number that is somebody else's."""
    lines = {line.row.pk: line for line in sheet.lines if line.same and line.row.pk in changed}
    same = {key: line.same for key, line in lines.items()}
    told = told_of(same, {key: line.row.learner_name for key, line in lines.items()})
    if told:
        messages.warning(request, told)


def _pass_rest(request, found, rest):
    try:
        done = pass_the_rest(
            training_class_id=found.pk, on=rest.cleaned_data["rest_on"], by=request.user,
            version=rest.cleaned_data["version"],
        )  # fmt: skip
    except StaleResults:
        messages.error(request, _STALE)
        return False
    except ResultsRefused as refused:
        messages.error(request, f"Chưa ghi gì: {next(iter(refused.why.values()))}.")
        return False
    _told(request, found, done, "")
    return True


def _told(request, found, done, reason):
    """Say and log what was written."""
    if done.was_recorded:
        messages.info(request, "Những kết quả này đã ghi rồi; không ghi lần nữa.")
        return
    if not done.changed:
        messages.info(request, "Không có gì thay đổi: các dòng vốn đã như vậy.")
        return
    rows = Enrolment.objects.visible_to(request.user).filter(
        pk__in=done.changed, cadre__isnull=False
    )
    audit.record(
        request, Action.CHANGE, subject_type="enrolment", subjects=done.changed, purpose=reason,
        people=list(rows.values_list("cadre", flat=True)), detail={"class": found.pk},
    )  # fmt: skip
    parts = [f"Đã ghi kết quả của {len(done.changed)} lượt"]
    if done.proposed:
        parts.append(f"{done.proposed} kết quả chờ xác nhận chứng chỉ")
    if done.withdrawn:
        parts.append(f"{done.withdrawn} văn bằng, chứng chỉ đã rút khỏi hồ sơ")
    if done.transferred:
        parts.append(f"{done.transferred} người đã ghi danh ở lớp chuyển đến")
    messages.success(request, "; ".join(parts) + ".")


def _shown(request, found, context):
    results = (
        Enrolment.objects.visible_to(request.user).filter(training_class=found).count_by_result()
    )
    waiting = Credit.objects.visible_to(request.user).proposed()
    waiting = waiting.filter(enrolment__training_class=found).count()
    page = context["page"]
    audit.record(
        request, Action.VIEW, subject_type="class", subjects=[found.pk], count=page.total,
        detail={"page": "training:class_results"},
    )  # fmt: skip
    context |= {
        "found": found,
        "results": results_of(results),
        "studying": dict(results)[Enrolment.Result.STUDYING.label],
        "takes_results": found.state in (State.RUNNING, State.RESULTS, State.CLOSED),
        "takes_all": found.state in (State.RESULTS, State.CLOSED),
        "waiting": waiting,
    }
    return render(request, "training/class_results.html", context)
