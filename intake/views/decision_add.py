"""Entering a decision: people and kinds by buttons, checked as a whole, then written or drafted."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts import audit
from accounts.access import WRITERS, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.attachments import storing
from cadres.change_kinds import ChangeKind, kinds
from cadres.decisions import Refused, decide
from cadres.models import Cadre, Holding
from cadres.selection import selection_of
from daitu_portal.addresses import is_key
from daitu_portal.text import has_word
from intake.decision_entry import digest_of, drafts_of, ratio_moves, tried, typed_lines
from intake.forms.basis import BasisForm
from intake.forms.decision import MOST_PEOPLE, Asked, DecisionForm, data_of
from intake.models import Proposal
from intake.proposals import NotOpen, may_propose, put_decision

Action = AuditEvent.Action
DRAFT = "de-nghi"
_FOUND_SHOWN = 20
_CHECK, _WRITE, _KEEP = "kiem-tra", "ghi", "nhap"
_CHANGED = "Chưa ghi: kết quả đã khác với lần kiểm tra trước. Xem lại bên dưới rồi bấm Ghi."


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_add(request):
    """The whole page: each button sends it, and most only change what it asks for."""
    draft = _draft(request)
    data = request.POST if request.method == "POST" else _start(request, draft)
    step = data.get("viec", "") if request.method == "POST" else ""
    asked = Asked.of(data)
    _change(request, asked, step, data)
    is_bound = step in (_CHECK, _WRITE, _KEEP)
    form = DecisionForm(request.user, asked, data, day=as_of(request), is_bound=is_bound)
    basis = _basis(request, is_bound)
    if is_bound:
        done = _whole(request, step, form, basis, draft)
        if done is not None:
            return done
    return _page(request, form, basis, draft, step)


def _draft(request):
    """The user's own draft that the address names; 404 for any other."""
    key = request.GET.get(DRAFT, "")
    if not key:
        return None
    mine = Proposal.objects.visible_to(request.user).filter(
        author=request.user, state__in=Proposal.OPEN
    )
    if not is_key(key):
        raise Http404
    return get_object_or_404(mine, pk=key)


def _start(request, draft):
    if draft is None:
        data = request.GET.copy()
        code = data.get("loai", "")
        if code in {kind.code for kind in kinds()}:
            data.setlist("phan", [f"0:{code}"])
        return data
    items = draft.items.exclude(kind="record").exclude(state="approved")
    return data_of(typed_lines(items))


def _change(request, asked, step, data):
    """Do what a button of the page asks, or the bar of the people list: add or take out a person
    or a part."""
    what, _, key = step.partition(":")
    if what == "them-nguoi":
        chosen = data.getlist("chon")
        if data.get("tat_ca"):
            chosen = [str(key) for key in selection_of(request, data).keys(MOST_PEOPLE + 1)]
        asked.add_people(chosen)
    elif what == "bo-nguoi":
        asked.drop(person=key)
    elif what == "them-phan":
        asked.add_part(data.get("loai", ""))
    elif what == "bo-phan":
        asked.drop(part=key)


def _basis(request, is_bound):
    if may_propose(request.user):
        return None
    sent = (request.POST, request.FILES or None) if is_bound else ()
    shown = {} if is_bound else {"initial": _typed_basis(request)}
    return BasisForm(*sent, request=request, needs_decision=True, scans_apart=True, **shown)


def _typed_basis(request):
    start = "basis-"
    return {name.removeprefix(start): value for name, value in request.POST.items()
            if name.startswith(start)}  # fmt: skip


def _whole(request, step, form, basis, draft):
    """Try it as a whole, and write or keep it if asked; the answer, or None for the page again."""
    is_told = basis is None or basis.is_valid()
    is_sound = form.is_valid() and tried(
        form, request.user, _unsaved(basis) if is_told else None, proposes=basis is None
    )
    if step == _KEEP and basis is None:
        return _kept(request, form, draft)
    if step != _WRITE or basis is None or not (is_sound and is_told):
        return None
    if request.POST.get("da-xem") != digest_of(form):
        form.faults.append(_CHANGED)
        return None
    return _written(request, form, basis)


def _unsaved(basis):
    return None if basis is None else basis.cleaned_data["recent"] or basis.instance


def _written(request, form, basis):
    try:
        with storing():
            ground = basis.ground()
            made = decide(form.lines(), ground)
    except Refused as refused:
        form.refuse(refused.faults)
        return None
    people = {change.cadre_id for change in made}
    audit.record(request, Action.CREATE, subject_type="cadre", subjects=people,
                 detail={"basis": ground.basis.pk, "changes": len(made)})  # fmt: skip
    messages.success(
        request, f"Đã ghi {len(made)} thay đổi của {len(people)} người theo {ground.basis}."
    )
    return redirect("intake:decision", ground.basis.pk)


def _kept(request, form, draft):
    """A clerk's decision becomes a draft, whole or not."""
    drafts = drafts_of(form)
    if not drafts:
        return None
    try:
        kept = put_decision(drafts, by=request.user, proposal_id=draft.pk if draft else None)
    except NotOpen:
        form.faults.append("Đề nghị này đã gửi hoặc đã duyệt, không sửa được nữa.")
        return None
    audit.record(request, Action.CHANGE, subject_type="proposal", subjects=[kept.pk],
                 detail={"items": len(drafts)})  # fmt: skip
    is_whole = not any(each.faults for each in drafts)
    more = "Nhập căn cứ rồi gửi duyệt." if is_whole else "Còn chỗ chưa đủ, ghi ở từng mục."
    messages.success(request, f"Đã lưu vào bản nháp; chưa vào hồ sơ. {more}")
    return redirect("intake:proposal", kept.pk)


def _page(request, form, basis, draft, step):
    found = _searched(request, form) if request.method == "POST" else None
    if found is not None:
        keys = [person.pk for person, _ in found]
        audit.record(request, Action.LIST, subject_type="cadre", subjects=keys)
    is_tried = form.is_bound and all(own.rehearsed for _, own in form.each())
    is_sound = is_tried and not form.problem_count and (basis is None or not basis.errors)
    audit.record(
        request, Action.VIEW, subject_type="cadre", subjects=form.people,
        detail={"page": "intake:decision_add"},
    )  # fmt: skip
    moved = ratio_moves(form, request.user, _unsaved(basis)) if is_sound else None
    context = {
        "moved": moved,
        "form": form, "basis": basis, "draft": draft, "proposes": basis is None, "found": found,
        "query": request.POST.get("q", ""), "people": form.with_units(), "kinds": _grouped(),
        "is_checked": form.is_bound, "is_sound": is_sound, "digest": digest_of(form),
    }  # fmt: skip
    return render(request, "intake/decision_form.html", context)


def _searched(request, form):
    """People found by name or code for a button that asks for it, those on the page left out."""
    text = request.POST.get("q", "").replace("\0", "")[:100]
    if request.POST.get("viec") not in ("tim", "xem") or not text.strip():
        return None
    seen = Cadre.objects.visible_to(request.user)
    people = (seen.search(text) if has_word(text) else seen.none()) | seen.numbered(text, {"code"})
    people = people.exclude(pk__in=[each.pk for each in form.people])
    chosen = list(people.order_by("name_sort_key", "pk")[:_FOUND_SHOWN])
    units = Holding.objects.visible_to(request.user).main_units(chosen, form.day)
    return [(each, units.get(each.pk, "")) for each in chosen]


def _grouped():
    """Kinds by the section of the record that they change, as the choice offers them."""
    found: dict[str, list[ChangeKind]] = {}
    for kind in kinds():
        found.setdefault(kind.section or "Khác", []).append(kind)
    return list(found.items())
