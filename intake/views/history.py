"""Undoing a change, restoring a record, and the offices' notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.access import HR, WRITERS, allow
from accounts.models import AuditEvent
from cadres import undoing
from cadres.actions import add_note
from cadres.attachments import storing
from cadres.changes import MERGE, Ground, StaleVersion
from cadres.edits import RowMoved, turned_back
from cadres.history import plain_of, tell_changes, tell_edits
from cadres.models import Cadre, Change
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
    # A merge is split again from either side; the entry of a person, undone, is still told of.
    stands = Q(cadre__is_kept=True) | Q(kind=MERGE) | Q(undone_by__isnull=False)
    change = _change(request, pk, change_id, stands, undoes=None)
    if hasattr(change, "undone_by"):
        return _undone_already(request, change)
    together = undoing.bound_to(change)  # of a merge both sides
    found = _tried(request.user, change, _undo, lambda: _turned_back(together))
    return _answer(request, change, found, _undo, "Hủy thay đổi")


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def change_restore(request, pk, change_id):
    """Give the whole record back as it was before a change."""
    change = _change(request, pk, change_id, Q(cadre__is_kept=True))
    found = _tried(request.user, change, _restore, lambda: undoing.back_before(change))
    return _answer(request, change, found, _restore, "Khôi phục hồ sơ về trước đó")


def _undone_already(request, change):
    """The page is old, or its button was pressed twice: nothing is done, and it says so."""
    undoing = change.undone_by
    who = f", {undoing.by.full_name}" if undoing.by else ""
    at = timezone.localtime(undoing.at)
    messages.info(request, f"Thay đổi này đã được hủy rồi ({at:%H:%M %d/%m/%Y}{who}).")
    return _back_to(request, change.cadre_id)


def _back_to(request, pk):
    """To the person's history; to the list where the record is gone."""
    is_kept = Cadre.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect("cadres:history", pk) if is_kept else redirect("cadres:list")


def _change(request, pk, change_id, stands, **is_so):
    found = Change.objects.visible_to(request.user).filter(stands, cadre=pk, **is_so)
    return get_object_or_404(found.select_related("cadre", "basis", "by"), pk=change_id)


@dataclass(frozen=True)
class _Found:
    """What it would give back; or what rests on it, or why else it cannot be."""

    edits: Sequence[Any] = ()
    later: Sequence[Change] = ()
    why: str = ""

    @property
    def may_write(self):
        return not self.later and not self.why


def _tried(user, change, act, make):
    ground = Ground(by=user, basis=None, source=Change.Source.RESTORED)
    try:
        later = undoing.tried(lambda: act(change, ground, None))
        return _Found(later=later) if later else _Found(edits=make())
    except RowMoved:
        return _Found(why=_MOVED)
    except ValidationError as error:
        return _Found(why=" ".join(error.messages))


def _turned_back(together):
    return [edit for change in together for edit in turned_back(change.edits.all())]


def _undo(change, ground, version):
    return undoing.undo(change.pk, ground, version=version)


def _restore(change, ground, version):
    return undoing.restore(change.pk, ground, version=version)


def _answer(request, change, found, act, title):
    cadre = change.cadre
    form = StepForm(request.POST or None, initial={"version": cadre.version})
    basis = BasisForm(request.POST or None, request.FILES or None, request=request)
    if request.method == "POST" and found.may_write and all_valid(form, basis):
        source = Change.Source.UNDONE if act is _undo else Change.Source.RESTORED
        try:
            with storing():
                act(change, basis.ground(source=source), form.cleaned_data["version"])
        except (StaleVersion, undoing.HasDependants, RowMoved, ValidationError):
            messages.error(request, _LATE)
            return redirect(request.path)
        audit.record(
            request, Action.REVOKE, subject_type="cadre", subjects=[cadre.pk],
            detail={"change": change.pk},
        )  # fmt: skip
        messages.success(request, f"{title}: đã ghi thành một thay đổi mới.")
        return _back_to(request, cadre.pk)
    audit.record(request, Action.VIEW, subject_type="cadre", subjects=[cadre.pk],
                 detail={"page": request.resolver_match.view_name})  # fmt: skip
    context = {
        "title": title,
        "later": tell_changes(found.later, request.user),
        "person": cadre,
        "form": form,
        "basis": basis,
        "change": tell_changes([change], request.user)[0],
        "edits": tell_edits([plain_of(edit) for edit in found.edits], request.user),
        "may_write": found.may_write,
        "moved": found.why,
    }
    return render(request, "intake/change_undo.html", context)


@allow(*WRITERS)
@require_POST
def journal_add(request, pk):
    """A remark beside the history; it is no part of the record."""
    person = get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)
    text = request.POST.get("text", "").replace("\0", "").strip()[:MOST_CHARACTERS]
    if not text:
        messages.error(request, "Chưa lưu: ghi chú còn trống.")
    elif add_note(person.pk, text, by=request.user) is None:
        messages.info(request, "Ghi chú này vừa được lưu rồi, không lưu lần nữa.")
    else:
        audit.record(request, Action.CREATE, subject_type="cadre", subjects=[pk],
                     detail={"table": "journalnote"})  # fmt: skip
        messages.success(request, "Đã lưu ghi chú.")
    return redirect("cadres:history", pk)
