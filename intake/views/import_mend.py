"""What is done about the problems of a file: cells typed anew on screen, rows left out, the same
workbook with its errors marked, the repairs one by one."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import WRITERS, allow
from accounts.models import AuditEvent
from daitu_portal.excel import workbook_response
from daitu_portal.paging import page_of
from daitu_portal.reading.marking import Mark, marked_copy
from daitu_portal.reading.places import column_of
from intake.batches import limits_of
from intake.forms.import_steps import TypedForm
from intake.healing.recipe import Recipe
from intake.models import ImportBatch
from intake.problem_filter import ProblemFilter
from intake.rules.repairs import LABELS, RepairKind
from intake.views.imports import look_again

_MARKED_AT_MOST = 200_000


def _open_batch(request, pk):
    found = ImportBatch.objects.visible_to(request.user)
    batch = get_object_or_404(found, pk=pk)
    if batch.state in (ImportBatch.State.DONE, ImportBatch.State.PROPOSED):
        raise Http404
    return batch


@allow(*WRITERS)
@require_POST
def import_typed(request, pk):
    """Cells that were typed anew in place of those of the file."""
    batch = _open_batch(request, pk)
    recipe = Recipe.of(batch.recipe)
    problems = ProblemFilter(batch, request.GET)
    form = TypedForm(
        request.POST, problems=page_of(request, problems.found, per_page=50), recipe=recipe
    )
    decided = form.decided() if form.is_valid() else recipe
    return look_again(request, batch, decided, "", "Đã kiểm tra lại với những ô vừa sửa.")


@allow(*WRITERS)
@require_POST
def import_skip(request, pk):
    """Whether rows with errors are left out and the others written: chosen, never by itself."""
    batch = _open_batch(request, pk)
    skips = request.POST.get("bo_qua") == "1"
    recipe = replace(Recipe.of(batch.recipe), skips_bad=skips)
    said = "Sẽ bỏ qua các dòng lỗi; tải những dòng ấy về để sửa." if skips else "Ghi đủ mọi dòng."
    return look_again(request, batch, recipe, "", said)


@allow(*WRITERS)
@require_safe
def import_errors(request, pk):
    """The same workbook with its errors marked and a column that says them; with `?dong=bo-qua`
    only the rows that were left out."""
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.user), pk=pk)
    only_left_out = request.GET.get("dong") == "bo-qua"
    marks = _marks(batch, only_left_out=only_left_out)
    if not marks or not batch.path.exists():
        raise Http404
    heads = {each["sheet"]: each["head_rows"] for each in batch.staging.fact("lists", [])}
    keep = _kept(marks, heads) if only_left_out else None
    last = {sheet: rows[-1] for sheet, rows in heads.items() if rows}
    content = marked_copy(batch.path, marks, heads=last, keep_rows=keep, limits=limits_of(batch))
    audit.record(
        request, AuditEvent.Action.EXPORT, subject_type="import_batch", subjects=[batch.pk],
        people=batch.people,
    )  # fmt: skip
    stem = batch.file_name.rpartition(".")[0] or batch.file_name
    return workbook_response(content, f"{stem} – {'dòng bỏ qua' if only_left_out else 'lỗi'}")


def _kept(marks, heads):
    """The rows of the head and those with a mark, by sheet."""
    kept = {sheet: set(rows) for sheet, rows in heads.items()}
    for mark in marks:
        kept.setdefault(mark.sheet, {1}).add(mark.row)
    return kept


def _marks(batch, *, only_left_out):
    if only_left_out:
        return [_mark(*told) for told in batch.staging.fact("left_out", [])]
    rows = batch.staging.rows("problems", limit=_MARKED_AT_MOST)
    return [
        _mark(row["sheet"], row["row"], row["ref"], f"{row['message']} {row['remedy']}")
        for row in rows if row["sheet"] and row["row"]
    ]  # fmt: skip


def _mark(sheet, row, ref, words):
    return Mark(sheet, row, column_of(ref)[0] if ref else 0, words)


@allow(*WRITERS)
@require_safe
def import_repairs(request, pk):
    """Every cell that was read differently from how it stands, one kind at a time or all."""
    batch = get_object_or_404(ImportBatch.objects.visible_to(request.user), pk=pk)
    staging, kind = batch.staging, request.GET.get("loai", "")
    if kind and kind not in LABELS:
        raise Http404
    where = {"kind": kind} if kind else {}
    page = page_of(request, staging.rows("repairs", limit=_MARKED_AT_MOST, **where), per_page=100)
    audit.record(
        request, AuditEvent.Action.VIEW, subject_type="import_batch", subjects=[batch.pk],
        people=batch.people,
    )  # fmt: skip
    context = {
        "batch": batch, "page": page, "step": 2, "kind": kind,
        "label": LABELS[RepairKind(kind)] if kind else "Mọi cách sửa",
        "lines": [(row, LABELS[RepairKind(row["kind"])]) for row in page],
        "kept": Recipe.of(batch.recipe).kept if batch.may_be_decided else (),
    }  # fmt: skip
    return render(request, "intake/import_repairs.html", context)


@allow(*WRITERS)
@require_POST
def import_keep(request, pk):
    """Take back, or do again, the repair of one cell."""
    batch = _open_batch(request, pk)
    recipe, ref = Recipe.of(batch.recipe), request.POST.get("o", "")[:100]
    kept = set(recipe.kept) ^ {ref}
    recipe = replace(recipe, kept=tuple(sorted(kept)))
    return look_again(request, batch, recipe, "intake:import_repairs")
