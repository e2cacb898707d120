"""Adding a person and correcting the person's own fields."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import WRITERS, allow
from accounts.models import AuditEvent
from cadres.actions import DuplicatePeople, change_cadre, create_cadre
from cadres.alike import alike_to, newly_alike, split_by_scope
from cadres.attachments import storing
from cadres.changes import StaleVersion
from cadres.edits import stored
from cadres.models import Cadre
from cadres.number_search import holders_of, may_ask_now
from intake.forms.cadre import OUT_OF_SIGHT, CadreForm
from intake.models import ProposalItem
from intake.twins import without_told
from intake.views.entry import Entry

Action = AuditEvent.Action
IDENTITY = {"full_name", "born_on", "national_id", "phone"}  # what tells who someone is


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def cadre_add(request):
    row = Cadre()
    entry = Entry(request, None, row, lambda ground: create_cadre(
        row, ground=ground, alike_seen=form.cleaned_data["alike_seen"]))  # fmt: skip
    form = CadreForm(entry.data, instance=row, today=timezone.localdate())
    if not _may_answer(entry, form):
        return render(request, "429.html", status=429)
    _name_holder(entry, form)
    asked: dict[str, Any] = {}
    if entry.is_sent(form):
        asked = _asked(entry, form, alike_to(row)) if entry.proposes and form.is_valid() else {}
        try:
            saved = None if asked else _added(entry, form)
        except DuplicatePeople as found:
            asked = _asked(entry, form, found.alike)
        else:
            if saved is not None:
                return saved
    return render(request, "intake/cadre_form.html", {**entry.context, "form": form, **asked})


def _may_answer(entry, form):
    """Whether the form may answer now. That a CCCD is taken tells of people whom a clerk does not
    see: each one typed is a question about a number, and a number that is taken is logged as one
    that was searched for."""
    if not (entry.proposes and form.is_bound and entry.request.method == "POST"):
        return True
    if "national_id" not in form.changed_data:
        return True
    if not may_ask_now(entry.request.user):
        return False
    if form.has_error("national_id", "unique"):
        holders = holders_of(form["national_id"].value())
        audit.record(
            entry.request, Action.SEARCH_NUMBER, subject_type="cadre", subjects=holders,
            detail={"form": True},
        )  # fmt: skip
    return True


def _name_holder(entry, form):
    """Tell the district's staff whose number it is that was typed again."""
    if entry.proposes or not form.has_error("national_id", "unique"):
        return
    seen = Cadre.objects.visible_to(entry.request.user)
    holder = seen.numbered(form["national_id"].value() or "", {"national_id"}).first()
    if holder is not None:
        form.add_error("national_id", f"Đó là {holder.full_name}, số hiệu {holder.code}.")


def _added(entry, form):
    """The answer to a saved or kept person; None where the form has errors."""
    saved = entry.save(form)
    if isinstance(saved, ProposalItem):
        return entry.kept(saved)
    if saved is None:
        return None
    audit.record(entry.request, Action.CREATE, subject_type="cadre", subjects=[saved])
    messages.success(
        entry.request, f"Đã thêm {saved.full_name}, số hiệu {saved.code}. Tiếp theo: chức vụ."
    )
    return redirect("intake:holding_add", saved.pk)


def _asked(entry, form, alike):
    """What the page asks about people who may be this one; {} where all of it was seen already.

    Of people out of the user's sight it tells only that there are some.
    """
    shown, is_hidden = split_by_scope(alike, entry.request.user)
    keys = {each.cadre.pk for each in shown} | ({OUT_OF_SIGHT} if is_hidden else set())
    if not keys - form.cleaned_data["alike_seen"]:
        return {}
    return {"alike": shown, "is_hidden": is_hidden, "alike_keys": ",".join(map(str, sorted(keys)))}


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def cadre_change(request, pk):
    cadre = get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)
    entry = Entry(request, cadre, cadre, lambda ground: change_cadre(
        pk, changes, ground=ground, version=form.cleaned_data["version"]))  # fmt: skip
    form = CadreForm(entry.data, instance=cadre, today=timezone.localdate())
    if not _may_answer(entry, form):
        return render(request, "429.html", status=429)
    _name_holder(entry, form)
    stale, asked = None, {}
    if entry.is_sent(form):
        asked = _asked_of_change(entry, form)
    if entry.is_sent(form) and not asked:
        names = [name for name in form.changed_data if name in CadreForm.Meta.fields]
        changes = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
        saved, stale = _changed(entry, form)
        if isinstance(saved, ProposalItem):
            return entry.kept(saved)
        if saved is not None:
            audit.record(
                request, Action.CHANGE, subject_type="cadre", subjects=[pk],
                detail={"fields": names},
            )  # fmt: skip
            messages.success(request, f"Đã lưu {len(names)} mục của {cadre.full_name}.")
            return redirect("cadres:detail", pk)
    context = {**entry.context, "form": form, "person": cadre, "stale": stale, **asked}
    return render(request, "intake/cadre_form.html", context)


def _asked_of_change(entry, form):
    """What to ask where a correction makes the person like someone else on record."""
    if not form.is_valid() or not IDENTITY & {*form.changed_data}:
        return {}
    alike = newly_alike(entry.row, stored(entry.row))
    return _asked(entry, form, without_told(entry.row.pk, alike))


def _changed(entry, form):
    """(what was saved, None), or (None, both versions where someone else saved meanwhile)."""
    if entry.proposes:
        return entry.save(form), None
    try:
        with storing():
            return entry.write(entry.basis.ground()), None
    except StaleVersion as error:
        return None, _both(form, error.current)
    except ValidationError as error:
        form.add_error(None, error)
        return None, None


def _both(form, current):
    """What was typed beside what someone else saved meanwhile, field by field where they differ.

    The form takes over the new version, so that sending it again overwrites knowingly.
    """
    rows = []
    for name in CadreForm.Meta.fields:
        typed, stored = form.cleaned_data.get(name), getattr(current, name)
        if (typed or "") != (stored or ""):
            rows.append((form.fields[name].label, stored, typed))
    form.data = form.data.copy()
    form.data["version"] = current.version
    return rows
