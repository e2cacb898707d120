"""Decisions: the list, one decision with all that it changed, and how one is revoked."""

import hashlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.access import HR, WRITERS, allow
from accounts.models import AuditEvent
from cadres.attachments import storing
from cadres.decisions import revoke, standing, what_it_undoes, what_rests_on
from cadres.edits import RowMoved
from cadres.history import plain_of, tell_changes, tell_edits, with_who
from cadres.models import Attachment, Change
from cadres.undoing import HasDependants
from daitu_portal.paging import page_of
from intake.decision_list import DecisionFilter, decision_lines, decisions_of
from intake.forms.basis import BasisForm

Action = AuditEvent.Action
_CHANGES_A_PAGE = 50
_LATE = "Hồ sơ hoặc quyết định vừa đổi sau khi bạn mở trang: xem lại bên dưới rồi bấm lần nữa."
_MOVED = (
    "Có dòng đã đổi ngoài lịch sử (ví dụ bằng tệp nhập), nên không hoàn lại được: sửa từng dòng "
    "ở hồ sơ."
)


@allow(*WRITERS)
@require_safe
def decision_list(request):
    filters = DecisionFilter(request.GET, decisions_of(request.user))
    page = page_of(request, filters.qs, per_page=50)
    lines = decision_lines(page, request.user)
    audit.record(request, Action.LIST, subject_type="basis", count=page.paginator.count)
    context = {
        "filters": filters,
        "page": page,
        "lines": lines,
        "is_filtered": bool(set(request.GET) - {"trang"}),
    }
    return render(request, "intake/decision_list.html", context)


@allow(*WRITERS)
@require_safe
def decision(request, pk):
    """What a decision changed, as far as one's own people go."""
    basis = _found(request, pk)
    changes = with_who(Change.objects.visible_to(request.user).filter(basis=basis))
    page = page_of(request, changes.order_by("pk"), per_page=_CHANGES_A_PAGE)
    told = tell_changes(page, request.user)
    audit.record(
        request, Action.VIEW, subject_type="cadre",
        subjects={each.change.cadre_id for each in told},
        detail={"page": "intake:decision", "basis": basis.pk},
    )  # fmt: skip
    context = {
        "basis": basis,
        "page": page,
        "changes": told,
        "names_people": True,
        "scans": Attachment.objects.visible_to(request.user).kept().filter(basis=basis),
        "revoked": decisions_of(request.user).filter(revoked_by=basis),
        "may_revoke": request.user.is_district_hr and not basis.revoked_by_id,
    }
    return render(request, "intake/decision.html", context)


def _found(request, pk):
    return get_object_or_404(decisions_of(request.user), pk=pk)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_revoke(request, pk):
    """Take back all that a decision changed by another decision, after showing what that gives."""
    basis = _found(request, pk)
    form = BasisForm(
        request.POST or None, request.FILES or None, request=request, needs_decision=True
    )
    undoings, later, moved = _coming(basis, request.user)
    mark = _mark(undoings)
    if request.method == "POST" and undoings and form.is_valid():
        if request.POST.get("dau") != mark:
            messages.error(request, _LATE)
            return redirect("intake:decision_revoke", basis.pk)
        done = _revoked(request, basis, form)
        if done is not None:
            return done
    audit.record(
        request, Action.VIEW, subject_type="cadre",
        subjects={each.cadre.pk for each in undoings}, detail={"page": "intake:decision_revoke"},
    )  # fmt: skip
    told = [
        (each.cadre, tell_edits([plain_of(edit) for edit in each.edits], request.user))
        for each in undoings
    ]
    context = {
        "basis": basis, "form": form, "told": told, "moved": moved, "mark": mark,
        "later": tell_changes(later, request.user),
        "change_count": len(standing(basis)) if told else 0,
    }  # fmt: skip
    return render(request, "intake/decision_revoke.html", context)


def _coming(basis, user):
    """(what revoking gives back to each person, what rests on it, why else it cannot be)."""
    try:
        later = what_rests_on(basis, user)
        return ([] if later else what_it_undoes(basis)), later, ""
    except RowMoved:
        return [], [], _MOVED
    except ValidationError as error:
        return [], [], " ".join(error.messages)


def _mark(undoings):
    """Of which changes the page shows what taking them back gives."""
    keys = sorted(change.pk for each in undoings for change in each.changes)
    return hashlib.sha256(repr(keys).encode()).hexdigest()


def _revoked(request, basis, form):
    """The answer once it is taken back; None where the form says why it is not."""
    try:
        with storing():
            undone = revoke(basis, form.ground(source=Change.Source.REVOKED))
    except (HasDependants, RowMoved):
        messages.error(request, _LATE)
        return redirect("intake:decision_revoke", basis.pk)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None
    people = {change.cadre_id for change in undone}
    audit.record(
        request, Action.REVOKE, subject_type="cadre", subjects=people, detail={"basis": basis.pk}
    )
    messages.success(
        request,
        f"Đã bãi bỏ {basis}: hoàn lại {len(undone)} thay đổi của {len(people)} người.",
    )
    return redirect("intake:decision", basis.pk)
