"""One edit of many people: what to change, a look at everything that would, the writing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import WRITERS, allow
from accounts.models import AuditEvent
from cadres.attachments import storing
from cadres.history import plain_of, tell_edits
from cadres.models import Change
from cadres.selection import selection_of
from daitu_portal.paging import PER_PAGE, CappedPaginator
from intake.bulk import KIND, MOST_PEOPLE, StaleBulk, plan_bulk, propose_bulk, write_bulk
from intake.forms.basis import BasisForm
from intake.forms.bulk import BulkForm
from intake.proposals import may_propose

Action = AuditEvent.Action
STEP, LOOK, WRITE = "buoc", "xem", "ghi"
_STALE = (
    "Chưa ghi gì: có hồ sơ vừa được người khác sửa sau khi bạn xem trước. Bên dưới là kết quả theo "
    "hồ sơ hiện nay; xem lại rồi bấm Ghi lần nữa."
)


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_edit(request):
    """The people are in the address: ticked ones by key, or a whole list by its own address."""
    step = request.POST.get(STEP, "")
    if request.method == "POST" and not step:  # from the bar of the list
        chosen = selection_of(request, request.POST)
        return redirect(f"{reverse('intake:bulk_edit')}?{chosen.address}")
    chosen = selection_of(request, request.GET)
    keys = [] if chosen.is_empty else chosen.keys(MOST_PEOPLE + 1)
    if not 0 < len(keys) <= MOST_PEOPLE:
        messages.error(request, _refused(len(keys)))
        return redirect(chosen.list_url)
    form = BulkForm(request.POST if step else None, today=timezone.localdate())
    if step not in (LOOK, WRITE) or not form.is_valid():
        context = {"form": form, "number": len(keys), "chosen": chosen, **_proposes(request)}
        status = 400 if step in (LOOK, WRITE) else 200
        return render(request, "intake/bulk_edit.html", context, status=status)
    return _go_on(request, chosen, keys, form)


def _refused(number):
    if number:
        return f"Mỗi lần sửa nhiều nhất {MOST_PEOPLE} người: lọc danh sách cho hẹp hơn rồi làm lại."
    return "Chưa chọn ai: đánh dấu từng người trên danh sách, hoặc chọn cả danh sách."


def _proposes(request):
    return {"proposes": may_propose(request.user)}


def _go_on(request, chosen, keys, form):
    """Look, or write if the basis is told too."""
    user, day, wanted = request.user, chosen.asked.day, form.wanted()
    is_written = request.POST[STEP] == WRITE
    data = request.POST if is_written else None
    basis = None if may_propose(user) else BasisForm(data, request.FILES or None, request=request)
    if not is_written or (basis is not None and not basis.is_valid()):
        plan = plan_bulk(keys, wanted, by=user, day=day)
        return _look(request, chosen, form, basis, plan, status=400 if is_written else 200)
    sent = request.POST.get("dau", "")
    try:
        if basis is None:
            return _proposed(request, keys, form, day, sent)
        with storing():
            plan = write_bulk(keys, wanted, basis.ground(), day=day, fingerprint=sent)
    except StaleBulk as stale:
        if not stale.plan.changed:
            return _nothing_left(request, chosen, keys)
        return _look(request, chosen, form, basis, stale.plan, status=409, stale=_STALE)
    except ValidationError as error:
        basis.add_error(None, error.messages)  # type: ignore[union-attr]  # a clerk's came back
        plan = plan_bulk(keys, wanted, by=user, day=day)
        return _look(request, chosen, form, basis, plan, status=400)
    return _done(request, chosen, form, basis, plan)


def _look(request, chosen, form, basis, plan, *, status=200, stale=""):
    """The preview, a page of people at a time; the look at their records is logged."""
    page = CappedPaginator(plan.changed, PER_PAGE).get_page(request.POST.get("trang"))
    audit.record(
        request, Action.VIEW, subject_type="cadre", subjects=[each.cadre for each in page],
        detail={"page": "intake:bulk_edit"},
    )  # fmt: skip
    context = {
        "form": form,
        "basis": basis,
        "plan": plan,
        "page": page,
        "lines": [_told(each, request.user) for each in page],
        "chosen": chosen,
        "stale": stale,
        **_proposes(request),
    }
    return render(request, "intake/bulk_preview.html", context, status=status)


def _told(outcome, user):
    """A person with the cells that change, in words."""
    edits = tell_edits([plain_of(edit) for edit in outcome.edits], user)
    return {
        "cadre": outcome.cadre,
        "cells": [(each, line) for each in edits for line in each.lines],
    }


def _nothing_left(request, chosen, keys):
    """All is as it was asked for by now: most often the button was pressed twice."""
    mine = Change.objects.visible_to(request.user).filter(
        by=request.user, kind=KIND, cadre__in=keys, undone_by=None
    )
    last = mine.order_by("-pk").first()
    who = f"bạn đã ghi lúc {localtime(last.at):%H:%M %d/%m/%Y}" if last else "hồ sơ vừa đổi"
    messages.info(request, f"Không còn gì để ghi: {who}. Lần bấm này không ghi gì thêm.")
    return redirect(chosen.list_url)


def _done(request, chosen, form, basis, plan):
    keys = [each.cadre.pk for each in plan.changed]
    audit.record(
        request, Action.CHANGE, subject_type="cadre", subjects=keys,
        purpose=basis.cleaned_data["reason"],
        detail={"what": "bulk", "fields": form.told_fields, "refused": len(plan.refused)},
    )  # fmt: skip
    messages.success(
        request,
        f"Đã ghi cho {len(keys)} người; {plan.unchanged} người vốn đã như vậy, "
        f"{len(plan.refused)} người không ghi được.",
    )
    return redirect(chosen.list_url)


def _proposed(request, keys, form, day, sent):
    """A clerk's becomes a draft; it goes into records when the district approves it."""
    proposal = propose_bulk(keys, form.wanted(), by=request.user, day=day, fingerprint=sent)
    audit.record(
        request, Action.CHANGE, subject_type="proposal", subjects=[proposal.pk],
        detail={"what": "bulk", "fields": form.told_fields},
    )  # fmt: skip
    messages.success(request, "Đã thành bản nháp, chưa vào hồ sơ: xem lại rồi bấm Gửi duyệt.")
    return redirect(proposal)
