"""The steps between an old list and its check: what was recognised, what each column means, who
each row is. Every decision makes the preview anew from the file as it was sent."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import WRITERS, allow
from accounts.as_of import default_day
from accounts.models import AuditEvent
from cadres.models import Commune
from daitu_portal.paging import page_of
from intake.forms.import_steps import ColumnsForm, PeopleForm, SheetsForm
from intake.healing.memory import path_words
from intake.healing.recipe import Recipe
from intake.models import ImportBatch
from intake.people_step import compared, doubtful_rows
from intake.proposals import may_propose
from intake.rules.repairs import LABELS, RepairKind
from intake.views.imports import look_again

_SAMPLES, _TOLD = 3, 10


def _batch(request, pk):
    """A batch of an old list that nothing was written from yet; 404 for others."""
    open_states = [
        ImportBatch.State.PREVIEW, ImportBatch.State.REFUSED, ImportBatch.State.UNCHANGED,
        ImportBatch.State.STALE,
    ]  # fmt: skip
    found = ImportBatch.objects.visible_to(request.user).filter(is_healed=True)
    return get_object_or_404(found, pk=pk, state__in=open_states)


def _log_look(request, batch, people=()):
    audit.record(
        request, AuditEvent.Action.VIEW, subject_type="import_batch", subjects=[batch.pk],
        people=people or batch.people,
    )  # fmt: skip


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_sheets(request, pk):
    """Step 2: which sheets, where the head is, and what was repaired."""
    batch = _batch(request, pk)
    staging, recipe = batch.staging, Recipe.of(batch.recipe)
    counts = staging.counts("repairs")
    kinds = sorted({*counts, *recipe.off}, key=list(LABELS).index)
    lists = staging.fact("lists", [])
    form = SheetsForm(
        request.POST or None, sheets=staging.fact("sheets", []), lists=lists, kinds=kinds,
        recipe=recipe,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return look_again(request, batch, form.decided(), "intake:import_columns")
    _log_look(request, batch)
    samples: dict[str, list] = {}
    for row in staging.samples("repairs", "kind", _SAMPLES):
        samples.setdefault(row["kind"], []).append(row)
    context = {
        "batch": batch, "form": form, "step": 2,
        "sheets": [(each, _head_of(form, each["name"])) for each in staging.fact("sheets", [])],
        "lists": [_list_line(form, number, each) for number, each in enumerate(lists)],
        "repairs": [
            (kind, LABELS[RepairKind(kind)], counts.get(kind, 0), samples.get(kind, []),
             kind not in recipe.off)
            for kind in kinds
        ],
        "total": sum(counts.values()),
        "whole": [each for each in batch.problems if not each["row"]][:_TOLD],
    }  # fmt: skip
    status = 400 if form.is_bound else 200
    return render(request, "intake/import_sheets.html", context, status=status)


def _head_of(form, sheet):
    """Where the head of a sheet is told in which no list was found; None where one was."""
    is_listless = sheet in form.listless
    return form[f"tim-{form.listless.index(sheet)}"] if is_listless else None


def _list_line(form, number, found):
    """A list with its fields: the head's rows, and the encoding of columns with old text."""
    columns = [
        (column, path_words(column["path"]), form[f"ma-{number}-{column['number']}"])
        for column in found["columns"]
    ]
    return {**found, "head": form[f"dau-{number}"], "encodings": columns}


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, pk):
    """Step 3: what each column means, and what is said once for all rows."""
    batch = _batch(request, pk)
    recipe, lists = Recipe.of(batch.recipe), batch.staging.fact("lists", [])
    communes = () if may_propose(request.user) else Commune.objects.on(default_day())
    form = ColumnsForm(request.POST or None, lists=lists, recipe=recipe, communes=communes)
    if request.method == "POST" and form.is_valid():
        return look_again(request, batch, form.decided(), "intake:import_people")
    _log_look(request, batch)
    context = {
        "batch": batch, "form": form, "step": 3,
        "lists": [
            {**each, "lines": [
                (column, path_words(column["path"]), form[f"cot-{number}-{column['number']}"])
                for column in each["columns"]
            ]}
            for number, each in enumerate(lists)
        ],
        "once": [form[name] for name in ("don_vi", "tu_ngay", "ngay_dau") if name in form.fields],
    }  # fmt: skip
    status = 400 if form.is_bound else 200
    return render(request, "intake/import_columns.html", context, status=status)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def import_people(request, pk):
    """Step 4: whom each row means; the doubtful ones beside those they may be."""
    batch = _batch(request, pk)
    staging, recipe = batch.staging, Recipe.of(batch.recipe)
    counts = staging.counts("people")
    chosen = request.GET.get("loai", "")
    rows = staging.rows("people", kind=chosen or "doubtful", limit=5_000)
    page = page_of(request, rows, per_page=20)
    lines = doubtful_rows(page, request.user, staging) if not chosen else []
    form = PeopleForm(
        request.POST or None, rows=[(line.place, line.choices) for line in lines], recipe=recipe
    )
    if request.method == "POST" and form.is_valid():
        return look_again(request, batch, form.decided(), "intake:import_people")
    shown = {cadre.pk for line in lines for cadre in line.candidates}
    _log_look(request, batch, shown)
    context = {
        "batch": batch, "form": form, "step": 4, "page": page, "chosen": chosen,
        "counts": [
            ("exact", "Khớp chắc chắn", counts.get("exact", 0)),
            ("doubtful", "Chưa chắc", counts.get("doubtful", 0)),
            ("new", "Người mới", counts.get("new", 0)),
        ],
        "lines": [(compared(line), form[f"ai-{n}"]) for n, line in enumerate(lines)],
    }  # fmt: skip
    status = 400 if form.is_bound else 200
    return render(request, "intake/import_people.html", context, status=status)
