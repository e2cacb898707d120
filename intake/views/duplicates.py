"""People who may be one person: found, told apart, or made one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.alike import traits_of
from cadres.changes import MERGE, Ground, StaleVersion
from cadres.merging import Undecided, merge, plan_merge
from cadres.models import Cadre, Change, CommitteeMembership, Commune, Holding
from cadres.rules.likeness import likeness
from daitu_portal.paging import page_of
from intake.forms.duplicates import MergeForm, ReasonForm, TwinsForm
from intake.merge_page import choices_in, pair_in, told_choices, told_clashes, told_moves
from intake.models import NotSame
from intake.twins import MOST_PAIRS, find_twins

Action = AuditEvent.Action
_LATE = "Một trong hai hồ sơ vừa đổi: xem lại bên dưới rồi bấm Gộp lần nữa."
_PAIRS_A_PAGE = 50
_TABS = (
    ("", "Cần xem xét"),
    ("khac", "Đã xác định là hai người"),
    ("gop", "Đã gộp"),
)


@allow(*HR)
@require_safe
def duplicates(request):
    """Pairs of all kept records, the likeliest first; or those that were decided about."""
    chosen = request.GET.get("muc", "")
    active = chosen if chosen in dict(_TABS) else ""
    context = {"active": active, "tabs": [_tab(*each) for each in _TABS]}
    context |= {"khac": _told_apart, "gop": _merged}.get(active, _pairs)(request)
    audit.record(
        request, Action.LIST, subject_type="cadre", subjects=sorted(context.pop("keys")),
        detail={"page": "intake:duplicates"},
    )  # fmt: skip
    return render(request, "intake/duplicates.html", context)


def _tab(key, label):
    address = reverse("intake:duplicates")
    return {"key": key, "label": label, "url": f"{address}?muc={key}" if key else address,
            "count": None}  # fmt: skip


def _pairs(request):
    day = as_of(request)
    units = list(Commune.objects.visible_to(request.user))
    form = TwinsForm(request.GET, units=units)
    unit, sign = form.asked("xa"), form.asked("ly_do")
    found = find_twins([int(unit)] if unit else None)
    pairs = [each for each in found.pairs if not sign or each.likeness.has(sign)]
    page = page_of(request, pairs, per_page=_PAIRS_A_PAGE)
    keys = {key for twins in page for key in (twins.first, twins.second)}
    people = Cadre.objects.visible_to(request.user).in_bulk(keys)
    _place(request.user, people, day)
    page.object_list = [
        (twins, people[twins.first], people[twins.second])
        for twins in page
        if twins.first in people and twins.second in people
    ]
    return {
        "page": page, "form": form, "keys": keys,
        "is_cut": found.is_cut, "most": MOST_PAIRS, "is_filtered": bool(unit or sign),
    }  # fmt: skip


def _place(user, people, day):
    """Give each person, by key, as `place` the unit on `day`: of the main post, else of the seat.
    Two queries."""
    seats = CommitteeMembership.objects.visible_to(user).on(day).filter(cadre__in=people)
    found = dict(seats.values_list("cadre", "commune__name"))
    found |= Holding.objects.visible_to(user).main_units(people, day)
    for key, person in people.items():
        person.place = found.get(key, "")


def _told_apart(request):
    pairs = NotSame.objects.visible_to(request.user).select_related("first", "second", "by")
    page = page_of(request, pairs, per_page=_PAIRS_A_PAGE)
    return {"page": page, "keys": {key for pair in page for key in (pair.first_id, pair.second_id)}}


def _merged(request):
    """Merges that stand, told of the record that is gone: both are split by undoing either."""
    changes = Change.objects.visible_to(request.user).filter(
        kind=MERGE, undone_by=None, cadre__is_kept=False
    )
    people = changes.select_related("cadre__merged_into", "by").order_by("-pk")
    page = page_of(request, people, per_page=_PAIRS_A_PAGE)
    return {"page": page, "keys": {change.cadre_id for change in page}}


@allow(*HR)
@require_POST
def not_same(request, pk, other):
    """Remember that two people are two, with who says so and why."""
    first, second = sorted(person.pk for person in _pair(request, pk, other))
    form = ReasonForm(request.POST)
    if form.is_valid():
        NotSame.objects.get_or_create(
            first_id=first, second_id=second,
            defaults={"by": request.user, "reason": form.cleaned_data["reason"]},
        )  # fmt: skip
        audit.record(request, Action.CHANGE, subject_type="cadre", subjects=[first, second],
                     detail={"table": "notsame"})  # fmt: skip
        messages.success(request, "Đã ghi: hai người khác nhau, không nhắc lại nữa.")
    else:
        messages.error(request, "Chưa ghi: nhập lý do vì sao không phải một người, rồi bấm lại.")
    return redirect("intake:duplicates")


@allow(*HR)
@require_POST
def not_same_back(request, pk, other):
    """Put a pair back among those to look at."""
    people = _pair(request, pk, other)
    gone, _ = NotSame.objects.visible_to(request.user).of_pair(pk, other).delete()
    if gone:
        audit.record(request, Action.CHANGE, subject_type="cadre",
                     subjects=[person.pk for person in people],
                     detail={"table": "notsame", "removed": True})  # fmt: skip
        messages.success(request, "Đã đưa hai người này lại vào danh sách cần xem xét.")
    return redirect("intake:duplicates")


def _pair(request, pk, other):
    """The two people, in the order of the address; 404 for anything else."""
    people = Cadre.objects.visible_to(request.user).filter(pk__in=[pk, other])
    pair = pair_in(people, pk, other)
    if pair is None:
        raise Http404
    return pair


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_people(request, pk, other):
    """Two records side by side: `other` goes into `pk` once everything is decided."""
    left, right = _pair(request, pk, other)
    _place(request.user, {pk: left, other: right}, as_of(request))
    plan = plan_merge(left, right)
    data = request.POST if request.method == "POST" else {}
    chosen, asked = choices_in(data, plan), []
    versions = {"left_version": left.version, "right_version": right.version}
    form = MergeForm(request.POST or None, initial=versions)
    if request.method == "POST" and form.is_valid():
        try:
            return _merge(request, form, left, right, chosen)
        except Undecided as undecided:
            asked = [clash.key for clash in undecided.clashes]
        except StaleVersion:
            form.add_error(
                None, "Một trong hai hồ sơ vừa đổi: xem lại bên dưới rồi bấm Gộp lần nữa."
            )
            form.data = {**request.POST.dict(), **versions}
    audit.record(request, Action.VIEW, subject_type="cadre", subjects=[pk, other],
                 detail={"page": "intake:merge"})  # fmt: skip
    context = {
        "left": left, "right": right, "plan": plan, "form": form, "asked": asked,
        "likeness": likeness(traits_of(left), traits_of(right)),
        "told_apart": NotSame.objects.visible_to(request.user).of_pair(pk, other).first(),
        "choices": told_choices(plan, chosen, request.user),
        "clashes": told_clashes(plan, chosen, request.user),
        "moves": told_moves(plan),
    }  # fmt: skip
    return render(request, "intake/merge.html", context)


def _merge(request, form, left, right, chosen):
    told = form.cleaned_data
    merge(
        left.pk, right.pk, choices=chosen, ground=Ground(request.user, None, told["reason"]),
        versions=(told["left_version"], told["right_version"]),
    )  # fmt: skip
    audit.record(request, Action.CHANGE, subject_type="cadre", subjects=[left.pk, right.pk],
                 detail={"merged": right.pk, "into": left.pk})  # fmt: skip
    messages.success(
        request, f"Đã gộp {right.code} vào {left.code}. Nếu nhầm: Hồ sơ trùng → Đã gộp → Tách lại."
    )
    return redirect("cadres:detail", left.pk)
