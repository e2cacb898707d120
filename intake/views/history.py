"""Undoing a change, restoring a record, and the offices' notes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.access import HR, WRITERS, allow
from accounts.models import AuditEvent
from cadres import changes
from cadres.attachments import storing
from cadres.edits import RowMoved, turned_back
from cadres.history import plain_of, tell_changes, tell_edits
from cadres.models import Cadre, Change, JournalNote
from daitu_portal.text import MOST_CHARACTERS
from intake.forms.basis import BasisForm
from intake.forms.fields import all_valid
from intake.forms.proposals import StepForm

Action = AuditEvent.Action
_MOVED = "Có dòng đã đổi ngoài lịch sử này, nên không hủy được; hãy sửa dòng ấy."
_LATE = "Hồ sơ vừa đổi sau khi bạn mở trang: xem lại những gì sẽ đổi, rồi bấm lần nữa."


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_undo(request, pk, change_id):
    """Undo one change, after showing what that gives; refused where later ones rest on it."""
    change = _change(request, pk, change_id, undone_by=None, undoes=None)
    together = changes.bound_to(change)  # of a merge both sides
    later = changes.dependants_of_all(together)
    edits = None if later else _coming(lambda: _turned_back(together))
    context = {"title": "Hủy thay đổi", "later": tell_changes(later, request.user)}
    return _answer(request, change, edits, _undo, context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_restore(request, pk, change_id):
    """Give the whole record back as it was before a change."""
    change = _change(request, pk, change_id)
    edits = _coming(lambda: changes.back_before(change))
    return _answer(request, change, edits, _restore, {"title": "Khôi phục hồ sơ về trước đó"})


def _change(request, pk, change_id, **is_so):
    found = Change.objects.visible_to(request.user).filter(cadre=pk, **is_so)
    return get_object_or_404(found.select_related("cadre", "basis", "by"), pk=change_id)


def _coming(make):
    try:
        return make()
    except RowMoved:
        return None


def _turned_back(together):
    return [edit for change in together for edit in turned_back(change.edits.all())]


def _undo(change, ground, version):
    return changes.undo(change.pk, ground, version=version)


def _restore(change, ground, version):
    return changes.restore(change.pk, ground, version=version)


def _answer(request, change, edits, act, context):
    cadre = change.cadre
    form = StepForm(request.POST or None, initial={"version": cadre.version})
    basis = BasisForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and edits is not None and all_valid(form, basis):
        source = Change.Source.REVOKED if act is _undo else Change.Source.RESTORED
        try:
            with storing():
                act(change, basis.ground(source=source), form.cleaned_data["version"])
        except (changes.StaleVersion, changes.HasDependants, RowMoved):
            messages.error(request, _LATE)
            return redirect(request.path)
        audit.record(
            request, Action.REVOKE, subject_type="cadre", subjects=[cadre.pk],
            detail={"change": change.pk},
        )  # fmt: skip
        messages.success(request, f"{context['title']}: đã ghi thành một thay đổi mới.")
        return redirect("cadres:history", cadre.pk)
    audit.record(request, Action.VIEW, subject_type="cadre", subjects=[cadre.pk],
                 detail={"page": request.resolver_match.view_name})  # fmt: skip
    context |= {
        "person": cadre,
        "form": form,
        "basis": basis,
        "change": tell_changes([change], request.user)[0],
        "edits": tell_edits([plain_of(edit) for edit in edits or ()], request.user),
        "may_write": edits is not None,
        "moved": _MOVED if edits is None and not context.get("later") else "",
    }
    return render(request, "intake/change_undo.html", context)


@allow(*WRITERS)
@require_POST
def journal_add(request, pk):
    """A remark beside the history; it is no part of the record."""
    person = get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)
    text = request.POST.get("text", "").replace("\0", "").strip()[:MOST_CHARACTERS]
    if text:
        JournalNote.objects.create(cadre=person, text=text, by=request.user)
        audit.record(request, Action.CREATE, subject_type="cadre", subjects=[pk],
                     detail={"table": "journalnote"})  # fmt: skip
        messages.success(request, "Đã lưu ghi chú.")
    else:
        messages.error(request, "Chưa lưu: ghi chú còn trống.")
    return redirect("cadres:history", pk)
