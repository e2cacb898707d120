"""The inbox, and a proposal from its draft to what the district decided."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent, Role
from cadres.attachments import storing
from cadres.changes import RECORD
from cadres.models import Attachment
from daitu_portal.paging import page_of
from intake import proposals
from intake.approval_items import ItemRefused
from intake.approvals import Decision, decide
from intake.forms.basis import BasisForm
from intake.forms.fields import all_valid
from intake.forms.proposals import ReasonForm, StepForm, SubmitForm
from intake.inbox import inbox_of, tell_lines
from intake.models import Proposal
from intake.proposal_page import ITEMS_A_PAGE, parts_of, refused_words

Action, State = AuditEvent.Action, Proposal.State
PROPOSERS = (Role.COMMUNE_CLERK,)
CONFIRMERS = (Role.COMMUNE_HEAD,)
READERS = (Role.DISTRICT_HR, *PROPOSERS, *CONFIRMERS)
_LATE = (
    "Chưa ghi gì: đề nghị vừa đổi trạng thái hoặc nội dung sau khi bạn mở trang. "
    "Xem lại bên dưới rồi làm lại."
)
# A step that was made already, for `_late`: (the states it leads to, whose it is, what is said).
_SENT = ([State.TO_CONFIRM, State.PENDING], "author", "Đề nghị này bạn đã gửi duyệt rồi.")
_DECIDED = (
    [State.RETURNED, State.APPROVED], "decided_by", "Kết quả của đề nghị này bạn đã ghi rồi.",
)  # fmt: skip


@allow(*READERS)
@require_safe
def inbox(request):
    found = inbox_of(request.user, request.GET, as_of(request))
    page = page_of(request, found.proposals, per_page=50)
    audit.record(request, Action.LIST, subject_type="proposal", count=page.paginator.count)
    context = {
        "inbox": found,
        "page": page,
        "lines": tell_lines(page),
        "is_filtered": bool(set(request.GET) - {"hop", "trang"}),
    }
    return render(request, "intake/inbox.html", context)


@allow(*READERS)
@require_safe
def proposal(request, pk):
    return _page(request, _found(request, pk))


def _found(request, pk):
    seen = Proposal.objects.visible_to(request.user)
    people = seen.select_related("author", "commune", "basis", "confirmed_by", "decided_by")
    return get_object_or_404(people, pk=pk)


def _page(request, found, *, status=200, faults=None, **more):
    """The proposal as `request.user` may go on with it; audited as a look at its people."""
    user = request.user
    page = page_of(request, range(found.items.count()), per_page=ITEMS_A_PAGE)
    start = (page.number - 1) * ITEMS_A_PAGE
    parts = parts_of(found, user, shown=slice(start, start + ITEMS_A_PAGE), faults=faults or {})
    audit.record(
        request, Action.VIEW, subject_type="cadre", subjects=parts.people,
        detail={"page": "intake:proposal", "proposal": found.pk},
    )  # fmt: skip
    is_author = found.author_id == user.pk
    may_change = is_author and found.state in Proposal.OPEN
    context = {
        "proposal": found,
        "parts": parts,
        "page": page,
        "faults": faults,
        "scans": Attachment.objects.visible_to(user).kept().filter(basis=found.basis_id or 0),
        "digest": proposals.digest_of(parts.open_items),
        "may_change": may_change,
        "may_decide": user.is_district_hr and not is_author and found.state == State.PENDING,
        "may_confirm": user.role == Role.COMMUNE_HEAD and found.state == State.TO_CONFIRM,
        "may_take_back": is_author and found.state in (State.TO_CONFIRM, State.PENDING),
        "may_withdraw": not found.items.filter(state="approved").exists(),
        "submit": SubmitForm(initial={"title": found.title or parts.title}) if may_change else None,
        "basis": _basis(request, found, initial=_told_basis(found)) if may_change else None,
        "heads_confirm": proposals.heads_confirm() if may_change else False,
        **more,
    }
    return render(request, "intake/proposal.html", context, status=status)


def _basis(request, found, *args, **kwargs):
    """What a draft is asked to rest on: a decision, where it says what a decision does."""
    of_decision = found.items.exclude(kind=RECORD).exists()
    return BasisForm(*args, request=request, needs_decision=of_decision, **kwargs)


def _told_basis(found):
    return {"recent": found.basis_id, "reason": found.reason}


@allow(*PROPOSERS)
@require_POST
def submit(request, pk):
    found = _found(request, pk)
    form = SubmitForm(request.POST)
    basis = _basis(request, found, request.POST, request.FILES or None)
    if found.state not in Proposal.OPEN:
        return _late(request, pk, *_SENT)
    if not all_valid(form, basis):
        faults = proposals.kept_faults(found)
        return _page(request, found, status=400, submit=form, basis=basis, faults=faults)
    asked = form.cleaned_data
    try:
        with storing():
            proposals.submit(
                pk, by=request.user, version=asked["version"], basis=basis.basis(),
                title=asked["title"], reason=basis.cleaned_data["reason"],
            )  # fmt: skip
    except proposals.NotOpen:
        return _late(request, pk, *_SENT)
    except proposals.Incomplete as missing:
        return _page(request, found, status=400, submit=form, basis=basis, faults=missing.faults)
    audit.record(request, Action.SUBMIT, subject_type="proposal", subjects=[pk])
    messages.success(request, "Đã gửi duyệt. Khi có kết quả, cổng báo ở đây và ở trang Tổng quan.")
    return redirect("intake:proposal", pk)


def _late(request, pk, reached=(), who="", words=""):
    """Someone else was first, or the page was old: nothing is done, and it is written down. Where
    the same user has made the step already, as by a button pressed twice, that is what it says:
    the proposal is in a state of `reached`, and the user is its `who`."""
    found = _found(request, pk)
    is_again = found.state in reached and getattr(found, who) == request.user
    why = "again" if is_again else "late"
    audit.record(
        request, Action.REFUSED, subject_type="proposal", subjects=[pk], detail={"why": why}
    )
    if is_again:
        messages.info(request, f"{words} Lần bấm này không ghi gì thêm.")
    else:
        messages.error(request, _LATE)
    return redirect("intake:proposal", pk)


def _step(request, pk, action, step, words, *, again=(), **more):
    """One step of a proposal by POST; what cannot be done is told and logged, as `_late` does with
    `again`."""
    found = _found(request, pk)
    form = StepForm(request.POST)
    if not form.is_valid():
        return _late(request, pk)
    try:
        step(found.pk, by=request.user, version=form.cleaned_data["version"], **more)
    except proposals.NotOpen:
        return _late(request, pk, *again)
    audit.record(request, action, subject_type="proposal", subjects=[pk])
    messages.success(request, words)
    return redirect("intake:proposal", pk)


@allow(*CONFIRMERS)
@require_POST
def confirm(request, pk):
    words = "Đã xác nhận và gửi huyện."
    again = ([State.PENDING], "confirmed_by", "Đề nghị này bạn đã xác nhận và gửi huyện rồi.")
    return _step(request, pk, Action.CONFIRM, proposals.confirm, words, again=again)


@allow(*CONFIRMERS)
@require_POST
def send_back(request, pk):
    found, form = _found(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=400, back=form)
    words, reason = "Đã trả lại người lập.", form.cleaned_data["reason"]
    return _step(request, pk, Action.RETURN, proposals.send_back, words, reason=reason)


@allow(*PROPOSERS)
@require_POST
def withdraw(request, pk):
    words = "Đã rút đề nghị; nội dung còn ở mục “Đã rút”."
    again = ([State.WITHDRAWN], "author", "Đề nghị này đã rút rồi.")
    return _step(request, pk, Action.CHANGE, proposals.withdraw, words, again=again)


@allow(*PROPOSERS)
@require_POST
def take_back(request, pk):
    words = "Đã lấy lại để sửa; nhớ gửi duyệt lại."
    again = ([State.DRAFT], "author", "Đề nghị này đã lấy lại để sửa rồi.")
    return _step(request, pk, Action.CHANGE, proposals.take_back, words, again=again)


@allow(*PROPOSERS)
@require_POST
def item_drop(request, pk, item_id):
    found = _found(request, pk)
    try:
        proposals.drop(item_id, proposal_id=found.pk, by=request.user)
    except proposals.NotOpen:
        return _late(request, pk)
    audit.record(
        request, Action.CHANGE, subject_type="proposal", subjects=[pk], detail={"dropped": item_id}
    )
    messages.success(request, "Đã bỏ mục ấy khỏi bản nháp.")
    return redirect("intake:proposal", pk)


@allow(*HR)
@require_http_methods(["POST"])
def decided(request, pk):
    """Approve and return parts of a proposal as the page showed it."""
    found = _found(request, pk)
    form = StepForm(request.POST)
    decision = _decision(request.POST, found)
    if not form.is_valid() or decision is None or found.state != Proposal.State.PENDING:
        return _late(request, pk, *_DECIDED)
    missing = [key for key, reason in decision.returned.items() if not reason.strip()]
    if missing or not (decision.approved or decision.returned):
        words = "Ghi lý do cho mỗi phần trả lại." if missing else "Chọn duyệt hoặc trả lại."
        return _page(request, found, status=400, fault=words, chosen=request.POST)
    try:
        done, changes = decide(
            pk, decision, by=request.user, version=form.cleaned_data["version"],
            digest=request.POST.get("digest", ""),
        )  # fmt: skip
    except proposals.NotOpen:
        return _late(request, pk, *_DECIDED)
    except ItemRefused as refused:
        audit.record(request, Action.REFUSED, subject_type="proposal", subjects=[pk],
                     detail={"why": "stale", "item": refused.item.pk})  # fmt: skip
        told = refused_words(refused, request.user)
        return _page(request, found, status=409, refused=told, chosen=request.POST)
    _tell_decided(request, done, decision, changes)
    return redirect("intake:inbox" if done.state != Proposal.State.PENDING else done)


def _decision(data, found):
    """Which items the page's choices approve and return; None for what no page sends.

    “All” means what waits on the other pages too; the choices of this page go before it.
    """
    approved: set[int] = set()
    returned: dict[int, str] = {}
    for name, choice in data.items():
        part = name.removeprefix("phan-")
        if part == name:
            continue
        keys = [int(key) for key in part.split("-") if key.isdecimal()]
        if choice == "duyet":
            approved |= set(keys)
        elif choice == "tra":
            returned |= dict.fromkeys(keys, data.get(f"ly-do-{part}", ""))
        elif choice:
            return None
    if data.get("tat-ca"):
        rest = set(found.items.filter(state="open").values_list("pk", flat=True))
        approved |= rest - returned.keys()
    return Decision(frozenset(approved), returned)


def _tell_decided(request, done, decision, changes):
    people = sorted({change.cadre_id for change in changes})
    for action, number in (
        (Action.APPROVE, len(decision.approved)),
        (Action.RETURN, len(decision.returned)),
    ):
        if number:
            audit.record(
                request, action, subject_type="proposal", subjects=[done.pk],
                detail={"items": number, "people": people[:100]},
            )  # fmt: skip
    said = [
        f"duyệt {len(decision.approved)} mục" if decision.approved else "",
        f"trả lại {len(decision.returned)} mục" if decision.returned else "",
    ]
    messages.success(request, f"Đã {', '.join(word for word in said if word)}: {done}.")
