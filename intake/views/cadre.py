"""Adding a person and correcting the person's own fields."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import WRITERS, allow
from accounts.models import AuditEvent
from cadres.actions import DuplicatePeople, change_cadre, create_cadre, people_alike
from cadres.attachments import storing
from cadres.changes import StaleVersion
from cadres.models import Cadre
from intake.forms.cadre import CadreForm
from intake.models import ProposalItem
from intake.views.entry import Entry

Action = AuditEvent.Action


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def cadre_add(request):
    row = Cadre()
    entry = Entry(request, None, row, lambda ground: create_cadre(
        row, ground=ground, alike_seen=form.cleaned_data["alike_seen"]))  # fmt: skip
    form = CadreForm(entry.data, instance=row, today=timezone.localdate())
    alike = []
    if entry.is_sent(form):
        try:
            saved = _added(entry, form)
        except DuplicatePeople as found:
            alike = found.people
        else:
            if saved is not None:
                return saved
    context = {**entry.context, "form": form, "alike": alike}
    context["alike_keys"] = ",".join(str(person.pk) for person in alike)
    return render(request, "intake/cadre_form.html", context)


def _added(entry, form):
    """The answer to a saved or kept person; None where the form has errors."""
    if entry.proposes and form.is_valid():
        _refuse_alike(entry, form)
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


def _refuse_alike(entry, form):
    """Ask a clerk about people alike whom the clerk may see; the district is asked about all."""
    alike = people_alike(entry.row)
    mine = Cadre.objects.visible_to(entry.request.user).filter(pk__in=[each.pk for each in alike])
    shown = list(mine)
    if {person.pk for person in shown} - form.cleaned_data["alike_seen"]:
        raise DuplicatePeople(shown)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def cadre_change(request, pk):
    cadre = get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)
    entry = Entry(request, cadre, cadre, lambda ground: change_cadre(
        pk, changes, ground=ground, version=form.cleaned_data["version"]))  # fmt: skip
    form = CadreForm(entry.data, instance=cadre, today=timezone.localdate())
    stale = None
    if entry.is_sent(form):
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
    context = {**entry.context, "form": form, "person": cadre, "stale": stale}
    return render(request, "intake/cadre_form.html", context)


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
