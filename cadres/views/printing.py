"""The papers of one person, and of everyone on a list."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from accounts.rate import allowed_now
from cadres.models import Cadre
from cadres.print_form import PrintForm
from cadres.printing.jobs import MOST_AT_ONCE, print_people
from cadres.printing.sight import withheld
from cadres.selection import selection_of
from daitu_portal.downloads import download

Action = AuditEvent.Action
PRINTS_A_MINUTE = 20


@allow(*DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def print_cadre(request, pk):
    people = Cadre.objects.visible_to(request.user).only("pk", "full_name", "code")
    person = get_object_or_404(people, pk=pk)
    form = PrintForm(request.POST if request.method == "POST" else None, day=as_of(request))
    if form.is_bound and form.is_valid():
        return _printed(request, [person.pk], form)
    audit.record(
        request, Action.VIEW, subject_type="cadre", subjects=[person.pk],
        detail={"page": "cadres:print"},
    )  # fmt: skip
    context = {"person": person, "form": form, "withheld": withheld(request.user)}
    return render(request, "cadres/print.html", context)


@allow(*DATA)
@require_POST
def print_batch(request):
    """Everyone on the list of the address in `loc`, or the ticked ones, each on own pages."""
    chosen = selection_of(request, request.POST)
    form = PrintForm(request.POST, day=chosen.asked.day)
    keys = chosen.keys(MOST_AT_ONCE + 1)
    problem = _problem(form, len(keys))
    if problem:
        messages.error(request, f"Chưa in: {problem}")
        return redirect(chosen.list_url)
    return _printed(request, keys, form)


def _problem(form, people):
    """Why a list is not printed, and what to do; "" where it is."""
    if not people:
        return "không có ai trong danh sách; bỏ bớt điều kiện lọc rồi in lại."
    if people > MOST_AT_ONCE:
        return (
            f"danh sách có hơn {MOST_AT_ONCE} người, mỗi lần in nhiều nhất {MOST_AT_ONCE}. "
            "Lọc theo xã, nhóm chức danh hoặc tên rồi in từng phần."
        )
    if not form.is_valid():
        return " ".join(
            f"{form.fields[name].label}: {' '.join(said)}" for name, said in form.errors.items()
        )
    return ""


def _printed(request, keys, form):
    if not allowed_now(f"print:{request.user.pk}", PRINTS_A_MINUTE):
        return render(request, "429.html", status=429)
    order = form.order
    made = print_people(request.user, keys, order)
    audit.record(
        request, Action.PRINT, subject_type="cadre", subjects=made.people,
        purpose=form.cleaned_data["muc_dich"], detail=order.told,
    )  # fmt: skip
    return download(made.content, made.name, made.content_type)
