"""Adding a person and correcting the person's own fields."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import HR, allow
from accounts.models import AuditEvent
from cadres.actions import DuplicatePeople, change_cadre, create_cadre
from cadres.changes import StaleVersion
from cadres.models import Cadre
from intake.forms.basis import BasisForm
from intake.forms.cadre import CadreForm
from intake.forms.fields import all_valid

Action = AuditEvent.Action


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def cadre_add(request):
    form = CadreForm(request.POST or None, today=timezone.localdate())
    basis = BasisForm(request.POST or None, user=request.user)
    alike = []
    if request.method == "POST" and all_valid(form, basis):
        try:
            with transaction.atomic():
                cadre = create_cadre(
                    form.instance,
                    ground=basis.ground(),
                    alike_seen=form.cleaned_data["alike_seen"],
                )
        except DuplicatePeople as found:
            alike = found.people
        except ValidationError as error:
            form.add_error(None, error)
        else:
            audit.record(request, Action.CREATE, subject_type="cadre", subjects=[cadre])
            messages.success(
                request, f"Đã thêm {cadre.full_name}, số hiệu {cadre.code}. Tiếp theo: chức vụ."
            )
            return redirect("intake:holding_add", cadre.pk)
    context = {
        "form": form,
        "basis": basis,
        "alike": alike,
        "alike_keys": ",".join(str(p.pk) for p in alike),
    }
    return render(request, "intake/cadre_form.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def cadre_change(request, pk):
    cadre = get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)
    form = CadreForm(request.POST or None, instance=cadre, today=timezone.localdate())
    basis = BasisForm(request.POST or None, user=request.user)
    stale = None
    if request.method == "POST" and all_valid(form, basis):
        names = [name for name in form.changed_data if name in CadreForm.Meta.fields]
        changes = {name: form.cleaned_data[name] for name in names}
        try:
            with transaction.atomic():
                version = form.cleaned_data["version"]
                change_cadre(pk, changes, ground=basis.ground(), version=version)
        except StaleVersion as error:
            stale = _both(form, error.current)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            audit.record(
                request, Action.CHANGE, subject_type="cadre", subjects=[pk],
                detail={"fields": names},
            )  # fmt: skip
            messages.success(request, f"Đã lưu {len(names)} mục của {cadre.full_name}.")
            return redirect("cadres:detail", pk)
    context = {"form": form, "basis": basis, "person": cadre, "stale": stale}
    return render(request, "intake/cadre_form.html", context)


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
