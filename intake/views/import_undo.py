"""Taking a whole import back, person by person, and what refuses."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import HR, allow
from accounts.models import AuditEvent
from cadres.attachments import storing
from cadres.history import tell_changes
from cadres.models import Change
from daitu_portal.paging import page_of
from intake.batch_undo import standing, touched_since, undo_batch
from intake.forms.basis import BasisForm
from intake.models import ImportBatch


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request, pk):
    """Whom it concerns and who was changed since; then undone, and told who stays and why."""
    found = ImportBatch.objects.visible_to(request.user)
    batch = get_object_or_404(found, pk=pk, state=ImportBatch.State.DONE)
    left = standing(batch)
    if not left.exists():
        messages.info(request, "Lần nhập này đã được hủy rồi.")
        return redirect(batch)
    basis = BasisForm(request.POST or None, request.FILES or None, request=request)
    done = None
    if request.method == "POST" and basis.is_valid():
        with storing():
            done = undo_batch(batch, lambda: basis.ground(source=Change.Source.UNDONE))
        audit.record(
            request, AuditEvent.Action.REVOKE, subject_type="import_batch", subjects=[batch.pk],
            detail={"undone": done.undone, "refused": len(done.refused)},
        )  # fmt: skip
        if not done.refused:
            messages.success(request, f"Đã hủy lần nhập: {done.undone} người trở về như trước.")
            return redirect(batch)
    page = page_of(request, touched_since(batch), per_page=50)
    audit.record(
        request, AuditEvent.Action.VIEW, subject_type="import_batch", subjects=[batch.pk],
        people=[change.cadre_id for change in page],
    )  # fmt: skip
    context = {
        "batch": batch, "basis": basis, "page": page, "number": left.count(), "done": done,
        "refused": [
            (each.change.cadre, tell_changes(each.later, request.user), each.why)
            for each in (done.refused if done else ())
        ],
    }  # fmt: skip
    return render(request, "intake/import_undo.html", context)
