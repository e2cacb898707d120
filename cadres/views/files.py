"""A person's files: the tab, the download, the photo; the paper files of many people."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent, Role
from cadres.attachments import people_named, read
from cadres.field_groups import hidden_file_kinds
from cadres.models import Attachment, Cadre, Commune
from cadres.paper_file import components, lines_of, tally
from cadres.person_page import person_frame
from daitu_portal.addresses import is_key
from daitu_portal.downloads import download, guarded
from daitu_portal.image_content import small_photo
from daitu_portal.paging import capped_count, page_of

Action = AuditEvent.Action
logger = logging.getLogger(__name__)
_DAMAGED = (
    "Tệp không còn nguyên trên máy chủ nên không tải được. Báo quản trị chạy lệnh check_files và "
    "khôi phục từ bản sao lưu."
)


@allow(*DATA)
@require_safe
def documents(request, pk):
    context = person_frame(request, pk, "cadres:documents")
    person, user = context["person"], request.user
    files = Attachment.objects.visible_to(user).of_person(person)
    files = list(files.select_related("uploaded_by", "basis"))
    lines = lines_of(person.paper_items.select_related("checked_by"))
    context |= {
        "files": [each for each in files if not each.set_aside_at],
        "aside": [each for each in files if each.set_aside_at] if user.is_district_hr else [],
        "papers": lines,
        "tally": tally(person.papers_missing, person.papers_noted),
        "may_add": user.role in (Role.DISTRICT_HR, Role.COMMUNE_CLERK),
    }
    return render(request, "cadres/documents.html", context)


def _visible(user):
    """What `user` may download: what was set aside is for the district office alone."""
    files = Attachment.objects.visible_to(user)
    return files if user.is_district_hr else files.kept()


@allow(*DATA)
@require_safe
def file(request, key):
    """The file to be saved, never shown; each time is logged."""
    found = get_object_or_404(_visible(request.user), key=key)
    data = read(found)
    if data is None:
        logger.error("file %s is missing or was changed", found.pk)
        messages.error(request, _DAMAGED)
        return redirect("cadres:documents", found.cadre_id) if found.cadre_id else redirect("/")
    whose = ("cadre", found.cadre_id) if found.cadre_id else ("attachment", found.pk)
    audit.record(
        request, Action.DOWNLOAD, subject_type=whose[0], subjects=[whose[1]],
        people=() if found.cadre_id else people_named(found),
        detail={"attachment": found.pk, "kind": found.kind},
    )  # fmt: skip
    return download(data, found.name, found.content_type)


@allow(*DATA)
@require_safe
def photo(request, pk):
    """The newest photo, small and drawn anew: the one file that a page shows."""
    person = get_object_or_404(Cadre.objects.visible_to(request.user).only("pk"), pk=pk)
    photos = person.attachments.filter(kind=Attachment.Kind.PHOTO, set_aside_at=None)
    newest = photos.order_by("-pk").first()
    data = read(newest) if newest else None
    if data is None:
        raise Http404
    audit.record(
        request, Action.VIEW, subject_type="cadre", subjects=[pk], detail={"page": "cadres:photo"}
    )
    response = guarded(HttpResponse(small_photo(data), content_type="image/jpeg"))
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = "inline"
    return response


@allow(*DATA)
@require_safe
def paper_list(request):
    """Whose paper file lacks what, by commune; those who lack most come first."""
    day, user = as_of(request), request.user
    communes = Commune.objects.visible_to(user).on(day)
    asked = request.GET.get("xa", "").strip()
    chosen = _chosen(user, asked)
    where = {"commune": chosen} if chosen else {}
    people = Cadre.objects.visible_to(user).serving(day, **where)
    people = people if chosen or not asked else people.none()
    ordered = (
        people.with_papers(hidden_file_kinds(user))
        .with_career()
        .order_by("-papers_missing", "papers_noted", "name_sort_key", "pk")
    )
    page = page_of(request, ordered, counted=capped_count(people))
    rows = [
        (each, tally(each.papers_missing, each.papers_noted), each.posts_on(day)) for each in page
    ]
    audit.record(
        request, Action.LIST, subject_type="cadre", subjects=[row[0] for row in rows],
        detail={"page": "cadres:paper_list"},
    )  # fmt: skip
    context = {
        "day": day, "page": page, "rows": rows, "communes": communes, "chosen": chosen,
        "is_unknown": bool(asked) and chosen is None,
        "is_absent": chosen is not None and not chosen.is_in_force(day),
        "total": len(components()),
    }  # fmt: skip
    return render(request, "cadres/paper_list.html", context)


def _chosen(user, key):
    """The commune of that key, of whichever day; None where `user` may see none of that key."""
    return Commune.objects.visible_to(user).filter(pk=key).first() if is_key(key) else None
