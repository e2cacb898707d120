"""Gaps of people, how communes answer them, and the needs that come of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import DATA, WRITERS, allow
from accounts.as_of import as_of, default_day
from accounts.models import AuditEvent, Role
from daitu_portal.addresses import is_key
from daitu_portal.paging import page_of
from daitu_portal.text import has_personal_number
from intake.models import Review, ReviewUnit
from training.forms.needs import AnswerForm, RegisterFilterForm
from training.models import Need
from training.need_page import PEOPLE, asked_of
from training.need_register import Register
from training.need_selection import chosen_of, each_once, statement_of
from training.needs import (
    MOST_STATED,
    NotAdmitted,
    Refused,
    confirm_needs,
    state_needs,
    withdraw_need,
)
from training.strands import HEADS

Action = AuditEvent.Action
HEAD = (Role.COMMUNE_HEAD,)
KEEPERS = (*WRITERS, *HEAD)
_PER_PAGE = 50
_STATE, _FORECAST = "lap", "du-bao"


@allow(*DATA)
@require_safe
def need_list(request):
    """Who lacks what, by programme, with who may be sent and what was answered."""
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    asked = asked_of(request)
    page = page_of(request, asked.rows, per_page=_PER_PAGE)
    lines = asked.lines(page.object_list)
    people = len({row.person.key for row in asked.rows})
    audit.record(request, Action.LIST, subject_type="cadre", count=people)
    context = {
        "asked": asked,
        "page": page,
        "lines": lines,
        "people": people,
        "heads": HEADS if asked.review else (),
        "programme": asked.offer.programmes.get(asked.programme or 0),
        "may_state": request.user.role in WRITERS,
        "may_forecast": request.user.sees_whole_district,
    }
    return render(request, "training/need_list.html", context)


@allow(*DATA)
@require_POST
def need_choose(request):
    """What the bar of the list does with the ticked gaps: on to the answers, or to a forecast."""
    task = request.POST.get("viec", _STATE)
    chosen = chosen_of(request, request.POST)
    if not 0 < len(chosen.rows) <= MOST_STATED:
        messages.error(request, _refused(len(chosen.rows)))
        return redirect(chosen.list_url)
    if task == _FORECAST:
        told = [(PEOPLE, key) for key in chosen.people]
        told += [("ct", key) for key in chosen.programmes if len(chosen.programmes) == 1]
        return redirect(f"{reverse('reports:forecast_add')}?{urlencode(told)}")
    return redirect(f"{reverse('training:need_add')}?{chosen.address}")


def _refused(number):
    if number:
        return f"Mỗi lần nhiều nhất {MOST_STATED} dòng: lọc danh sách cho hẹp hơn rồi làm lại."
    return "Chưa chọn ai: đánh dấu từng người trên danh sách, hoặc chọn cả danh sách."


@allow(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def need_add(request):
    """How the chosen gaps are answered: one answer for all, an exception for each who needs it."""
    chosen = chosen_of(request, request.GET)
    if not 0 < len(chosen.rows) <= MOST_STATED:
        messages.error(request, _refused(len(chosen.rows)))
        return redirect(chosen.list_url)
    typed = request.POST.get("programme", "")
    rows = chosen.towards(int(typed) if is_key(typed) else None)
    form = AnswerForm(
        request.POST or None,
        user=request.user,
        rows=rows,
        year=chosen.asked.year,
        programme=chosen.asked.programme,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _stated(request, chosen, form)
        except NotAdmitted as refused:
            form.ask_exceptions(refused.admissions)
            form.add_error(None, refused.words)
        except Refused as refused:
            form.add_error(None, refused.words)
    lines = chosen.asked.lines(form.rows)
    subjects = sorted({line.row.person.key for line in lines})
    audit.record(
        request, Action.LIST, subject_type="cadre", subjects=subjects, detail={"page": "need_add"}
    )
    context = {
        "form": form,
        "chosen": chosen,
        "lines": [
            (line, form.exception_of(line.row), line.row.token in form.taken) for line in lines
        ],
        "number": len(subjects),
        "waits": request.user.role not in (Role.DISTRICT_HR,),
    }
    return render(request, "training/need_add.html", context)


def _stated(request, chosen, form):
    told = form.cleaned_data
    taken = each_once(form.taken_rows)
    parted = chosen.parted(taken, told["answer"], told["year"])
    if taken and not parted.free:
        _tell_passed(request, chosen, parted)
        return redirect(chosen.list_url)
    statements = [
        statement_of(
            row, answer=told["answer"], year=told["year"], reason=told["reason"],
            exception_reason=form.exception_typed(row),
        )
        for row in parted.free
    ]  # fmt: skip
    review = _review(request.user, chosen.asked.review)
    needs = state_needs(
        by=request.user, statements=statements, day=chosen.asked.day, today=default_day(),
        review=review,
    )  # fmt: skip
    audit.record(
        request, Action.CREATE, subject_type="need", subjects=[need.pk for need in needs],
        people=sorted({need.cadre_id for need in needs}),
    )  # fmt: skip
    waits = any(need.state == Need.State.STATED for need in needs)
    then = "chờ người đứng đầu xác nhận" if waits else "huyện xác nhận thay, đã đăng ký"
    rest = f" {parted.same_words}" if parted.same else ""
    messages.success(request, f"Đã lập {len(needs)} nhu cầu: {then}.{rest}")
    _tell_passed(request, chosen, parted)
    return redirect(chosen.list_url)


def _tell_passed(request, chosen, parted):
    """Who is not stated because a need stands."""
    if words := chosen.passed_over(parted):
        link = format_html(
            '{} <a href="{}">Xem nhu cầu đã nêu</a>', words, chosen.register_url(parted)
        )
        messages.warning(request, link)
    elif parted.same and not parted.free:
        messages.info(request, f"Không lập gì thêm: ai cũng đã có nhu cầu năm {parted.year}.")


def _review(user, key):
    if key is None:
        return None
    units = ReviewUnit.objects.visible_to(user)
    return Review.objects.filter(pk=key, units__in=units).first()


@allow(*DATA)
@require_safe
def need_register(request):
    """The needs that were stated: what waits, what is registered, what was withdrawn."""
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    register = Register(request.user, as_of(request), RegisterFilterForm(request.GET))
    page = page_of(request, register.needs, per_page=_PER_PAGE)
    lines = register.lines(page.object_list)
    audit.record(
        request, Action.LIST, subject_type="need", count=page.total,
        subjects=[line["need"].pk for line in lines],
    )  # fmt: skip
    context = {
        "register": register,
        "form": register.form,
        "page": page,
        "lines": lines,
        "waiting": register.waiting(),
        "is_filtered": bool(set(request.GET) - {"ngay", "trang"}),
        "plan_url": reverse("training:plan_from_needs") if request.user.is_district_hr else "",
    }
    return render(request, "training/need_register.html", context)


@allow(*HEAD)
@require_POST
def need_confirm(request):
    """The ticked needs of the head's commune, or all that wait."""
    ticked = [int(key) for key in request.POST.getlist("need")[:1000] if is_key(key)]
    keys = None if request.POST.get("tat_ca") else ticked
    if keys == []:
        messages.error(request, "Chưa xác nhận: đánh dấu nhu cầu, hoặc chọn tất cả đang chờ.")
        return redirect("training:need_register")
    needs = confirm_needs(by=request.user, keys=keys)
    if needs:
        audit.record(
            request, Action.CHANGE, subject_type="need", subjects=[need.pk for need in needs],
            people=sorted({need.cadre_id for need in needs}), detail={"step": "confirm"},
        )  # fmt: skip
        messages.success(request, f"Đã xác nhận {len(needs)} nhu cầu, thành nhu cầu đăng ký.")
    else:
        messages.info(request, "Không còn nhu cầu nào trong số này chờ xác nhận.")
    return redirect("training:need_register")


@allow(*KEEPERS)
@require_POST
def need_withdraw(request, pk):
    """Take one need back; its row stays in the list."""
    try:
        done = withdraw_need(by=request.user, need_id=pk)
    except Need.DoesNotExist:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        audit.record(
            request, Action.CHANGE, subject_type="need", subjects=[pk], people=[done.need.cadre_id],
            detail={"step": "withdraw"},
        )  # fmt: skip
        words = "Đã rút nhu cầu; dòng cũ vẫn giữ trong danh sách."
        messages.success(request, words + _of_the_line(done.line))
    return redirect("training:need_register")


def _of_the_line(line):
    """What the line of the plan counts after a need of it was withdrawn."""
    if line is None:
        return ""
    return (
        f" Dòng “{line.programme.name}” của kế hoạch năm {line.plan.year} bớt 1 lượt, còn "
        f"{line.participations} lượt; kinh phí giữ nguyên, sửa ở dòng ấy nếu cần."
    )
