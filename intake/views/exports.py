"""What goes out to be filled and comes back: a unit's work-pack, and the whole record set."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import WRITERS, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from daitu_portal.excel import book_response, write_book
from intake.forms.exports import WorkPackForm
from intake.work_pack import Pack


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def work_pack(request):
    """The people of a unit on the day, one row each, in the template that the import reads."""
    day = as_of(request)
    sent = request.POST if request.method == "POST" else None
    form = WorkPackForm(sent, user=request.user, day=day)
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return render(request, "intake/work_pack.html", {"form": form}, status=status)
    commune, purpose = form.cleaned_data["commune"], form.cleaned_data["purpose"]
    pack = Pack(commune, day, request.user)
    people = pack.people()
    audit.record(
        request, AuditEvent.Action.EXPORT, subject_type="cadre", purpose=purpose,
        subjects=[each.pk for each in people],
        detail={"what": "work pack", "commune": commune.pk},
    )  # fmt: skip
    sheets = pack.sheets(people)
    return book_response(lambda file: write_book(sheets, file), f"Gói dữ liệu {commune.name}", day)
