"""The administrator's view of the audit log, and the installation's reference day."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import actions
from accounts.access import ADMIN, allow
from accounts.forms import AuditFilterForm, InstallationForm
from accounts.models import AuditEvent, Installation
from daitu_portal.paging import page_of


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


@allow(*ADMIN)
@require_safe
def audit_log(request):
    form = AuditFilterForm(request.GET)
    events = AuditEvent.objects.order_by("-pk")
    if form.is_valid():
        asked = form.cleaned_data
        if asked["viec"]:
            events = events.filter(action=asked["viec"])
        if asked["ai"]:
            events = events.filter(actor_name=asked["ai"])
        if asked["tu"]:
            events = events.filter(at__gte=_midnight(asked["tu"]))
        if asked["den"]:
            events = events.filter(at__lt=_midnight(asked["den"] + timedelta(days=1)))
    page = page_of(request, events, per_page=100)
    return render(request, "accounts/audit_log.html", {"form": form, "page": page})


@allow(*ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def installation(request):
    row = Installation.objects.first()
    initial = {
        "reference_on": row.reference_on if row else None,
        "head_confirms": bool(row and row.head_confirms),
    }
    form = InstallationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_up(request, **form.cleaned_data)
        messages.success(request, "Đã lưu thiết lập.")
        return redirect("accounts:installation")
    return render(request, "accounts/installation.html", {"form": form})
