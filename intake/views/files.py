"""Putting files up beside a person's record, taking them out; noting what the paper file holds."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.access import HR, allow
from accounts.models import AuditEvent, Role
from cadres.attachments import set_aside, store_of_person, take_back
from cadres.models import Attachment, Cadre
from cadres.paper_file import lines_of, note_items
from intake.forms.files import FileForm, PapersForm

Action = AuditEvent.Action
KEEPERS = (Role.DISTRICT_HR, Role.COMMUNE_CLERK)


def _person(request, pk):
    return get_object_or_404(Cadre.objects.visible_to(request.user), pk=pk)


@allow(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def file_add(request, pk):
    """Files beside the record: they change no field and no figure, so nobody need approve them."""
    person = _person(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            stored, known = store_of_person(
                form.cleaned_data["scans"], cadre=person, kind=form.cleaned_data["kind"],
                by=request.user,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error("scans", error)
        else:
            _tell(request, person, stored, known)
            return redirect("cadres:documents", pk)
    return render(request, "intake/file_form.html", {"form": form, "person": person})


def _tell(request, person, stored, known):
    if stored:
        _log(request, Action.CREATE, person.pk, stored)
        messages.success(request, f"Đã lưu {len(stored)} tệp vào hồ sơ {person.full_name}.")
    for name in known:
        messages.info(request, f"“{name}” đã có trong hồ sơ với đúng nội dung ấy, không lưu lại.")


def _log(request, action, cadre_id, files, **more):
    audit.record(
        request, action, subject_type="cadre", subjects=[cadre_id],
        detail={"attachments": [each.pk for each in files], **more},
    )  # fmt: skip


def _own_file(request, key):
    """A person's file that the user may take out: a clerk those that the commune put up."""
    files = Attachment.objects.visible_to(request.user).filter(cadre__isnull=False)
    if not request.user.is_district_hr:
        files = files.filter(commune=request.user.commune_id)
    return get_object_or_404(files, key=key)


@allow(*KEEPERS)
@require_POST
def file_set_aside(request, key):
    found = _own_file(request, key)
    if set_aside(found):
        _log(request, Action.CHANGE, found.cadre_id, [found], set_aside=True)
        messages.success(
            request, f"Đã bỏ “{found.name}” khỏi hồ sơ; Tổ chức – Nội vụ huyện lấy lại được."
        )
    return redirect("cadres:documents", found.cadre_id)


@allow(*HR)
@require_POST
def file_take_back(request, key):
    found = _own_file(request, key)
    if take_back(found):
        _log(request, Action.CHANGE, found.cadre_id, [found], set_aside=False)
        messages.success(request, f"Đã lấy lại “{found.name}” vào hồ sơ.")
    return redirect("cadres:documents", found.cadre_id)


@allow(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request, pk):
    """What the paper file holds: beside the record, written at once by whoever keeps the file."""
    person = _person(request, pk)
    lines = lines_of(person.paper_items.select_related("checked_by"))
    form = PapersForm(request.POST or None, lines=lines)
    if request.method == "POST" and form.is_valid():
        changed = note_items(person, form.noted(), by=request.user, on=timezone.localdate())
        if changed:
            audit.record(
                request, Action.CHANGE, subject_type="cadre", subjects=[pk],
                detail={"papers": changed},
            )  # fmt: skip
        messages.success(request, f"Đã ghi {len(changed)} thành phần hồ sơ của {person.full_name}.")
        return redirect("cadres:documents", pk)
    return render(request, "intake/papers_form.html", {"form": form, "person": person})
