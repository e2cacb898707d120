"""Bringing a workbook in: the template, the upload, the look before writing, the writing."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts import audit
from accounts.access import WRITERS, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import Basis, Change
from daitu_portal.excel import workbook_response
from daitu_portal.paging import page_of
from daitu_portal.reading.limits import BULK, INTERACTIVE
from daitu_portal.reading.problems import WorkbookProblem
from intake import jobs
from intake.actions import StaleImport
from intake.batches import (
    about,
    audit_detail,
    check_again,
    confirm_import,
    keep_file,
    preview_import,
    propose_import,
    set_aside,
)
from intake.forms.basis import BasisForm
from intake.forms.import_steps import TypedForm
from intake.healing.recipe import Recipe
from intake.models import ImportBatch, ImportedChange, version_now
from intake.problem_filter import ProblemFilter
from intake.progress import progress_of
from intake.proposals import may_propose
from intake.template import write_template
from intake.warnings import RENAMED

Action = AuditEvent.Action
_LABELS = {
    "read": "dòng đã đọc",
    "created": "thêm mới",
    "updated": "cập nhật",
    "unchanged": "không đổi",
    "skipped": "bỏ qua",
    "failed": "dòng có lỗi",
}
_GONE = "Tệp đã lưu không còn như khi tải lên: tải tệp lên lại."
_REFUSALS = {
    "confirmed": "lần nhập này đã được ghi, hoặc phải kiểm tra lại trước.",
    "file": "tệp đã lưu không còn như khi tải lên; tải tệp lên lại.",
    "records": "dữ liệu đã thay đổi từ lúc xem trước. Bấm “Kiểm tra lại tệp” để xem trước lần nữa.",
}
_BROKEN = "Lần làm việc trước bị ngắt giữa chừng; chưa ghi gì. Bấm “Kiểm tra lại tệp” để làm lại."
_AT_WORK = (
    "Cổng đang làm việc với tệp này, điều vừa gửi chưa được tính đến: xong thì xem lại, nếu cần "
    "thì gửi lại."
)
_WARNINGS_SHOWN = 200


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request):
    problem = None
    if request.method == "POST":
        batch, problem = _upload(request)
        if batch:
            return _following(batch)
    batches = ImportBatch.objects.visible_to(request.user).select_related("uploaded_by")
    page, version = page_of(request, batches), version_now()
    for batch in page:
        batch.words = batch.state_words(version)
    context = {"page": page, "problem": problem}
    return render(request, "intake/import.html", context, status=400 if problem else 200)


def _following(batch):
    """To what was recognised of an old list; a file of our own shape is understood already."""
    if batch.state == ImportBatch.State.READING:
        return redirect("intake:import_progress", batch.pk)
    return redirect("intake:import_sheets", batch.pk) if batch.is_healed else redirect(batch)


def _upload(request):
    """(batch, None), or (None, what is wrong with the file)."""
    file = request.FILES.get("tep")
    if file is None:
        return None, WorkbookProblem(
            "Chưa chọn tệp nào.", remedy="Chọn tệp .xlsx, .xls, .ods hoặc .csv rồi bấm Tải lên."
        )
    most = (BULK if request.user.is_district_hr else INTERACTIVE).file_size
    if file.size > most:
        return None, WorkbookProblem(
            f"Tệp lớn quá {most // 1024 // 1024} MB.",
            remedy="Chia tệp thành nhiều phần, hoặc gửi Tổ chức – Nội vụ huyện nhập.",
        )
    try:
        batch = keep_file(file.chunks(), name=file.name, by=request.user)
        if jobs.is_long(batch):
            return _worked_on(request, batch), None
        plan = preview_import(batch, today=timezone.localdate()).plan
    except WorkbookProblem as problem:
        _log_taken(request, getattr(problem, "people", ()))
        audit.record(
            request, Action.IMPORT, subject_type="import_batch", detail={"refused": str(problem)}
        )
        return None, problem
    _log_taken(request, plan.taken, batch.pk)
    audit.record(
        request, Action.IMPORT, subject_type="import_batch", subjects=[batch.pk],
        detail=audit_detail(batch, state=batch.state),
    )  # fmt: skip
    return batch, None


def _worked_on(request, batch):
    """The batch of a long file, which a process of its own reads from now on."""
    batch.state = ImportBatch.State.READING
    batch.save()
    audit.record(
        request, Action.IMPORT, subject_type="import_batch", subjects=[batch.pk],
        detail={"batch": batch.pk, "sha256": batch.sha256, "long": True},
    )  # fmt: skip
    jobs.start(batch, jobs.PREVIEW, by=request.user)
    return batch


def _log_taken(request, people, batch_id=None):
    """That a file was told which of its numbers people out of sight have; without a batch, that it
    has too many and was not told."""
    if people:
        audit.record(
            request, Action.SEARCH_NUMBER, subject_type="cadre", subjects=people,
            detail={"batch": batch_id} if batch_id else {"refused": True},
        )  # fmt: skip


@allow(*WRITERS)
@require_safe
def import_batch(request, pk):
    """What would become of a file, or became of it."""
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.user), pk=pk)
    if batch.state == ImportBatch.State.READING or jobs.is_at_work(batch):
        return redirect("intake:import_progress", batch.pk)
    return _page(request, batch)


def _page(request, batch, basis=None):
    """The batch; `basis` is what was sent where it is not enough to write on."""
    audit.record(
        request, Action.VIEW, subject_type="import_batch", subjects=[batch.pk], people=batch.people
    )
    version = version_now()
    problems = ProblemFilter(batch, request.GET)
    page = page_of(request, problems.found, per_page=50)
    typed = TypedForm(problems=page, recipe=Recipe.of(batch.recipe))
    context = {
        "batch": batch,
        "words": batch.state_words(version),
        "is_outdated": batch.is_outdated(version),
        "broken": _BROKEN if _is_broken(batch) else "",
        "counts": _counts(batch),
        "warnings": batch.warnings[:_WARNINGS_SHOWN],
        "filter": problems,
        "page": page,
        "lines": [(each, typed.field_of(each)) for each in page],
        "skips_bad": Recipe.of(batch.recipe).skips_bad,
        "left_out": batch.staging.fact("left_out", []),
        "step": 6 if batch.state in (ImportBatch.State.DONE, ImportBatch.State.PROPOSED) else 5,
        "undone": _undone(request, batch),
        "proposes": may_propose(request.user),
        "basis": (basis or _basis(request, batch)) if _may_write(request, batch, version) else None,
    }
    return render(request, "intake/import_batch.html", context, status=400 if basis else 200)


def _is_broken(batch):
    """Whether the process that worked on the batch ended before it was done."""
    told = progress_of(batch)
    is_ended = batch.state in (ImportBatch.State.DONE, ImportBatch.State.PROPOSED)
    return told is not None and told.is_broken and not is_ended


def _may_write(request, batch, version):
    """Whether the page asks what the import rests on: of those who write what it previews."""
    is_preview = batch.state == ImportBatch.State.PREVIEW and not batch.is_outdated(version)
    return is_preview and not may_propose(request.user)


def _basis(request, batch, *sent):
    """What the import rests on; whatever is entered says which file came with it."""
    told = Basis(kind=Basis.Kind.DECLARATION, about=about(batch))
    return BasisForm(*sent, request=request, instance=told)


def _counts(batch):
    """(label, number, key) of what became of the rows; nothing where no row could be read."""
    if not batch.counts.get("read"):
        return []
    counts = [(_LABELS[key], batch.counts.get(key, 0), key) for key in _LABELS]
    renamed = sum(warning["kind"] == RENAMED for warning in batch.warnings)
    more = [("đổi họ tên", renamed, "renamed"), ("cảnh báo", batch.warning_count, "warnings")]
    return counts + [one for one in more if one[1]]


def _undone(request, batch):
    """(people whose import was taken back, all of them), for those who may take it back."""
    if batch.state != ImportBatch.State.DONE or not request.user.is_district_hr:
        return None
    changes = ImportedChange.objects.filter(batch=batch)
    return changes.exclude(change__undone_by=None).count(), changes.count()


@allow(*WRITERS)
@require_POST
def import_check(request, pk):
    """Check the kept file again, against the records as they are now."""
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.user), pk=pk)
    return look_again(
        request, batch, Recipe.of(batch.recipe), "",
        "Đã kiểm tra lại tệp với dữ liệu hiện nay; chưa ghi gì.",
    )  # fmt: skip


def look_again(request, batch, recipe, following, said=""):
    """Make the preview anew with what was decided, and go to the route `following`, else to the
    batch; what forbids it is said."""
    before, batch.recipe = batch.recipe, recipe.plain()
    if jobs.is_at_work(batch):
        return _told_to_wait(request, batch)
    if jobs.is_long(batch):
        return _begun(request, batch, jobs.CHECK)
    try:
        plan = check_again(batch, by=request.user, today=timezone.localdate()).plan
    except StaleImport as error:
        messages.error(request, _GONE if error.args == ("file",) else "Lần nhập này đã được ghi.")
    except WorkbookProblem as problem:
        _log_taken(request, getattr(problem, "people", ()))
        messages.error(request, f"{problem} {problem.remedy}")
        batch.recipe = before
    else:
        _log_taken(request, plan.taken, batch.pk)
        audit.record(
            request, Action.IMPORT, subject_type="import_batch", subjects=[batch.pk],
            detail=audit_detail(batch, state=batch.state),
        )  # fmt: skip
        if said:
            messages.success(request, said)
        return redirect(following, batch.pk) if following else redirect(batch)
    return redirect(batch)


@allow(*WRITERS)
@require_POST
def import_confirm(request, pk):
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.user), pk=pk)
    if jobs.is_at_work(batch):
        return _told_to_wait(request, batch)
    if may_propose(request.user):
        return _propose(request, batch)
    basis = _basis(request, batch, request.POST, request.FILES)
    if not basis.is_valid():
        return _page(request, batch, basis)
    if jobs.is_long(batch):
        ground = partial(basis.ground, source=Change.Source.IMPORTED)
        return _begun(request, batch, jobs.WRITE, ground)
    try:
        confirm_import(
            batch, by=request.user, today=timezone.localdate(),
            ground=partial(basis.ground, source=Change.Source.IMPORTED),
        )  # fmt: skip
    except StaleImport as error:
        set_aside(batch)
        messages.error(request, f"Chưa ghi gì: {_REFUSALS[error.args[0]]}")
        return redirect(batch)
    audit.record(
        request, Action.IMPORT, subject_type="import_batch", subjects=[batch.pk],
        detail=audit_detail(batch, state=batch.state),
    )  # fmt: skip
    counts = batch.counts
    messages.success(
        request,
        f"Đã ghi: {counts['created']} thêm mới, {counts['updated']} cập nhật, "
        f"{counts['unchanged']} không đổi, trong {counts['read']} dòng.",
    )
    return redirect(batch)


def _begun(request, batch, step, ground=None):
    """Begin a step on a long file, unless another request was quicker; to how far it is."""
    try:
        jobs.start(batch, step, by=request.user, ground=ground)
    except jobs.AtWork:
        return _told_to_wait(request, batch)
    return redirect("intake:import_progress", batch.pk)


def _told_to_wait(request, batch):
    messages.info(request, _AT_WORK)
    return redirect("intake:import_progress", batch.pk)


@allow(*WRITERS)
@require_safe
def import_progress(request, pk):
    """How far the work on a long file is; the page may be left, and looks again by itself."""
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.user), pk=pk)
    told = progress_of(batch)
    if batch.state != ImportBatch.State.READING and (told is None or not told.is_working):
        if _is_broken(batch) and batch.may_be_decided:  # the batch's own page says it itself
            messages.error(request, _BROKEN)
        elif told is not None and told.said:
            messages.info(request, told.said)
        following = _following(batch) if batch.may_be_decided else redirect(batch)
        return HttpResponseClientRedirect(following.url) if request.htmx else following
    context = {"batch": batch, "progress": told, "step": 2}
    return render(request, "intake/import_progress.html", context)


def _propose(request, batch):
    """A clerk's file becomes a draft; it goes into records when the district approves it."""
    if jobs.is_long(batch):
        return _begun(request, batch, jobs.WRITE)
    try:
        proposal = propose_import(batch, by=request.user, today=timezone.localdate())
    except StaleImport as error:
        set_aside(batch)
        messages.error(request, f"Chưa lập đề nghị: {_REFUSALS[error.args[0]]}")
        return redirect(batch)
    audit.record(
        request, Action.IMPORT, subject_type="import_batch", subjects=[batch.pk],
        detail=audit_detail(batch, state=batch.state, proposal=proposal.pk),
    )  # fmt: skip
    messages.success(request, "Đã thành bản nháp, chưa vào hồ sơ: xem lại rồi bấm Gửi duyệt.")
    return redirect(proposal)


@allow(*WRITERS)
@require_safe
def template(request):
    """The workbook to fill, with the units, posts and fields of study of the day."""
    audit.record(request, Action.EXPORT, subject_type="template")
    return workbook_response(write_template(as_of(request)), "Mẫu danh sách cán bộ")
