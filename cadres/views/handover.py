"""The hand-over list of a person's file: a page to print, and a Word file."""

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import allow
from accounts.models import AuditEvent, Role
from cadres.columns import post_names
from cadres.handover import HandoverForm, handover_of, word_file
from cadres.person_page import person_frame
from daitu_portal.downloads import download

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEEPERS = (Role.DISTRICT_HR, Role.COMMUNE_CLERK, Role.COMMUNE_HEAD)


def _made(request, pk, given):
    """(context of the page, the list), by what `given` says of the offices and the day."""
    context = person_frame(request, pk, "cadres:documents", "cadres:handover")
    form = HandoverForm(given or None)
    unit = context["row"].unit[1] if context["row"].unit else ""
    made = handover_of(context["person"], request.user, form, unit)
    return context | {"form": form, "handover": made, "posts": post_names(context["row"])}, made


@allow(*KEEPERS)
@require_safe
def handover(request, pk):
    context, _ = _made(request, pk, request.GET)
    return render(request, "cadres/handover.html", context)


@allow(*KEEPERS)
@require_POST
def handover_word(request, pk):
    context, made = _made(request, pk, request.POST)
    content = word_file(made, context["posts"])
    audit.record(
        request, AuditEvent.Action.EXPORT, subject_type="cadre", subjects=[pk],
        purpose="Bàn giao hồ sơ", detail={"page": "cadres:handover_word"},
    )  # fmt: skip
    return download(content, f"Bàn giao hồ sơ {made.person.full_name}.docx", DOCX)
