"""The list of certificates that wait, and what the district decides of them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import Qualification
from daitu_portal.paging import page_of
from daitu_portal.text import has_personal_number
from training.credit_list import CreditFilter, lines_of, listed, numbers_of
from training.credits import confirm_credits, drop, propose_again
from training.forms.credits import ReasonForm, certificates_in, ticked_in
from training.models import Credit
from training.same_numbers import told_of

Action = AuditEvent.Action
CONFIRM, DROP, AGAIN = "xac-nhan", "bo", "lai"
_DECIDED_FROM = (Credit.State.PROPOSED, Credit.State.DROPPED, Credit.State.WITHDRAWN)


@allow(*DATA)
@require_safe
def credit_list(request):
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    return _shown(request)


def _shown(request, *, data=None, ticked=(), errors=None):
    day = as_of(request)
    filters = CreditFilter(request.GET, listed(request.user), user=request.user, day=day)
    page = page_of(request, filters.qs)
    lines = lines_of(page, day, data, ticked, errors, names_all=request.user.is_district_hr)
    audit.record(request, Action.LIST, subject_type="credit", count=page.total)
    context = {
        "filters": filters,
        "page": page,
        "lines": lines,
        "waits": filters.state == Credit.State.PROPOSED,
        "may_decide": request.user.is_district_hr and filters.state in _DECIDED_FROM,
        "state_words": Credit.State(filters.state).label if filters.state else "",
        "evidences": Qualification.Evidence.choices[:3],
        "is_filtered": bool(set(request.GET) - {"ngay", "trang"}),
        "reason": (data or {}).get("ly_do", ""),
    }
    return render(request, "training/credit_list.html", context)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def credit_decide(request):
    """The ticked lines of the list at this address are confirmed, dropped or proposed again."""
    back = f"{reverse('training:credit_list')}?{request.GET.urlencode()}"
    if request.method != "POST":
        return redirect(back)
    keys = ticked_in(request.POST)
    mine = Credit.objects.visible_to(request.user).filter(pk__in=keys)
    keys = list(mine.order_by("pk").values_list("pk", flat=True))
    if not keys:
        messages.error(request, "Chưa chọn ai: đánh dấu từng dòng rồi bấm lại.")
        return redirect(back)
    act = {CONFIRM: _confirmed, DROP: _dropped, AGAIN: _again}.get(request.POST.get("viec", ""))
    if act is None:
        messages.error(request, "Chưa ghi gì: bấm một trong các nút dưới danh sách.")
        return redirect(back)
    errors = act(request, keys)
    if not errors:
        return redirect(back)
    return _shown(request, data=request.POST, ticked=errors, errors=errors)


def _confirmed(request, keys):
    """What could not be confirmed, in words by key."""
    papers, errors = certificates_in(request.POST, keys)
    outcome = confirm_credits(papers, by=request.user)
    errors |= {credit.pk: why for credit, why in outcome.refused}
    if outcome.done:
        _log(request, Action.CONFIRM, outcome.done)
        messages.success(
            request, f"Đã xác nhận {len(outcome.done)} chứng chỉ và ghi vào hồ sơ."
        )  # fmt: skip
        _warn_of_numbers(request, outcome.done)
    if errors:
        named = _named(request.user, errors)
        messages.error(
            request, f"{len(errors)} dòng chưa ghi được:{named} xem lời báo ở dòng ấy."
        )  # fmt: skip
    return errors


def _warn_of_numbers(request, credits):
    """Say which of the certificates just confirmed bear somebody else's number."""
    told = told_of(numbers_of(credits), {each.pk: each.cadre.full_name for each in credits})
    if told:
        messages.warning(request, told)


def _named(user, errors):
    """Of lines that wait no more, which the list does not show, why."""
    gone = (
        Credit.objects.visible_to(user).filter(pk__in=errors).exclude(state=Credit.State.PROPOSED)
    )
    told = [f" {each.cadre.full_name}: {errors[each.pk]};" for each in gone.select_related("cadre")]
    return "".join(told[:3])


def _dropped(request, keys):
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"Chưa ghi gì: {form.errors.as_data()['ly_do'][0].message}")
        return dict.fromkeys(keys, "")
    return _each(
        request, keys, lambda key: drop(key, by=request.user, reason=form.cleaned_data["ly_do"]),
        "Không ghi nhận {} kết quả, kèm lý do.",
    )  # fmt: skip


def _again(request, keys):
    return _each(request, keys, propose_again, "{} kết quả lại chờ xác nhận chứng chỉ.")


def _each(request, keys, act, words):
    """Act on all or none of the credits; what forbids it is told."""
    try:
        with transaction.atomic():
            done = [act(key) for key in keys]
    except ValidationError as error:
        messages.error(request, f"Chưa ghi gì. {' '.join(error.messages)}")
        return dict.fromkeys(keys, "")
    _log(request, Action.CHANGE, done)
    messages.success(request, words.format(len(done)))
    return {}


def _log(request, action, credits):
    audit.record(
        request, action, subject_type="credit", subjects=[each.pk for each in credits],
        people=[each.cadre_id for each in credits], purpose=request.POST.get("ly_do", "")[:255],
    )  # fmt: skip
