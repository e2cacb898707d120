"""Enrolling people in a class: chosen from a list, pasted or sent as a file; then confirmed."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts import audit
from accounts.access import HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from daitu_portal.addresses import is_key
from daitu_portal.paging import page_of
from daitu_portal.text import has_personal_number
from training.clashes import sitting_now
from training.decisions import decision_of
from training.enrol_checks import free_seats
from training.enrol_drafts import (
    MOST_PEOPLE,
    PARAMETER,
    Draft,
    draft_of,
    find,
    forget,
    keep,
)
from training.enrol_lines import settle
from training.enrol_people import PEOPLE, Offered
from training.enrol_preview import people_told, preview_of
from training.enrolling import (
    NotEnrolled,
    NotLeaving,
    Refused,
    decide_later,
    leave,
)
from training.enrolling import (
    enrol as enrol_people,
)
from training.forms.enrol import (
    DecisionForm,
    EnrolForm,
    LeaveForm,
    ListFileForm,
    NewLearnersForm,
    PasteForm,
)
from training.meant_people import matches
from training.models import Enrolment, TrainingClass
from training.person_keys import cadre_key, parted

Action = AuditEvent.Action
LIST, PASTE, FILE, ENROLLED = "danh-sach", "dan", "tep", "da-ghi"
_WAYS = ((LIST, "Chọn từ danh sách"), (PASTE, "Dán họ tên"), (FILE, "Từ tệp Excel"),
         (ENROLLED, "Đã ghi danh"))  # fmt: skip
_FORMS = {PASTE: (PasteForm, "names"), FILE: (ListFileForm, "file")}
_GONE = (
    "Phiếu ghi danh này đã ghi xong hoặc không còn giữ: xem ai đã có trong lớp ở mục “Đã ghi "
    "danh”, nếu còn thiếu thì chọn lại."
)


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request, pk):
    found, way = _class(request, pk), request.GET.get("cach", LIST)
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    form = None
    if request.method == "POST":
        way = request.POST.get("cach", way)
        draft, form = _sent(request, found, way)
        if draft is not None:
            return redirect(_address(request, "training:enrol_preview", pk,
                                     **{PARAMETER: keep(request.session, draft)}))  # fmt: skip
    way = way if way in dict(_WAYS) else LIST
    context = {"found": found, "way": way, "tabs": _tabs(request, pk), "day": as_of(request)}
    if way in _FORMS:
        context["form"] = form or _FORMS[way][0](label_suffix="")
    else:
        context |= (_listed if way == LIST else _enrolled)(request, found)
    context["free"] = free_seats(found)
    return render(request, "training/enrol.html", context)


def _class(request, pk):
    classes = TrainingClass.objects.visible_to(request.user)
    return get_object_or_404(classes.select_related("programme"), pk=pk)


def _address(request, route, pk, **query):
    """An address of the class that keeps the page's day."""
    day = request.GET.get("ngay", "")
    told = urlencode({**query, **({"ngay": day} if day else {})})
    return reverse(route, args=[pk]) + (f"?{told}" if told else "")


def _tabs(request, pk):
    return [
        {"key": key, "label": label, "count": None,
         "url": _address(request, "training:enrol", pk, cach=key)}
        for key, label in _WAYS
    ]  # fmt: skip


def _sent(request, found, way):
    """(the draft of what was sent, None), or (None, the form to correct)."""
    if not found.takes_learners:
        messages.error(request, "Lớp không nhận thêm học viên ở bước này; chưa ghi danh ai.")
        return None, None
    if way not in _FORMS:
        return _chosen(request, found), None
    kind, name = _FORMS[way]
    form = kind(request.POST, request.FILES, label_suffix="")
    if not form.is_valid():
        return None, form
    meant = form.cleaned_data[name]
    audit.record(
        request, Action.SEARCH_NUMBER if any(each.national_id for each in meant) else Action.LIST,
        subject_type="class", subjects=[found.pk], count=len(meant), detail={"enrol": way},
    )  # fmt: skip
    return draft_of(found.pk, matches(meant, request.user)), None


def _chosen(request, found):
    """The draft of who is ticked, or of all whom the list's address offers."""
    ticked = [int(key) for key in request.POST.getlist("chon") if is_key(key)]
    if request.POST.get("tat_ca"):
        query = QueryDict(request.POST.get("loc", ""))
        offered = Offered(found, query, request.user, as_of(request))
        ticked = offered.keys(MOST_PEOPLE + 1)
    if not 0 < len(ticked) <= MOST_PEOPLE:
        messages.error(
            request,
            f"Mỗi lần ghi danh nhiều nhất {MOST_PEOPLE} người: lọc danh sách cho hẹp hơn."
            if ticked else "Chưa chọn ai: đánh dấu từng người, hoặc chọn cả danh sách.",
        )  # fmt: skip
        return None
    draft = Draft(found.pk)
    draft.add(map(cadre_key, ticked))
    return draft


def _listed(request, found):
    """What the list shows: people by needs or filters, who is in the class already marked."""
    day = as_of(request)
    offered = Offered(found, request.GET, request.user, day)
    page = page_of(request, offered.people.with_career())
    people = list(page.object_list)
    keys = [each.pk for each in people]
    mine = Enrolment.objects.visible_to(request.user).filter(training_class=found)
    inside = set(sitting_now(mine).filter(cadre__in=keys).values_list("cadre", flat=True))
    audit.record(request, Action.LIST, subject_type="cadre", subjects=keys, count=page.total,
                 detail={"enrol": found.pk})  # fmt: skip
    query = request.GET.copy()
    query.pop("trang", None)
    return {
        "page": page,
        "offered": offered,
        "people": [(each, each.posts_on(day)[:1], each.pk in inside) for each in people],
        "query": query.urlencode(),
        "is_filtered": bool(set(request.GET) & {"nguon", "q", "xa", "nhom"}),
        "is_named": bool(request.GET.get(PEOPLE)),
    }


def _enrolled(request, found):
    mine = Enrolment.objects.visible_to(request.user).filter(training_class=found)
    rows = sitting_now(mine).select_related("cadre", "outside_learner", "decision", "enrolled_by")
    page = page_of(request, rows.with_sort_key().order_by("sort_key", "pk"))
    people = [each.cadre_id for each in page.object_list if each.cadre_id]
    audit.record(request, Action.LIST, subject_type="cadre", subjects=people, count=page.total,
                 detail={"enrol": found.pk})  # fmt: skip
    return {
        "page": page,
        "undecided": sitting_now(mine).filter(decision=None).count(),
        "decision_form": DecisionForm(label_suffix=""),
        "may_leave": found.state in (TrainingClass.State.DRAFT, TrainingClass.State.OPEN),
    }


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_preview(request, pk):
    """The one page that all three ways lead to; nothing is written before its confirmation."""
    found = _class(request, pk)
    draft = find(request.session, request.GET.get(PARAMETER, ""), pk)
    if draft is None:
        messages.info(request, _GONE)
        return redirect(_address(request, "training:enrol", pk, cach=ENROLLED))
    step = request.POST.get("viec", "")
    if step == "chon":
        return _settled(request, found, draft)
    preview = preview_of(found, draft.people, request.user, as_of(request))
    form = EnrolForm(request.POST if step == "ghi" else None, preview=preview)
    if step == "ghi" and form.is_valid() and _confirmed(request, found, draft, form):
        return redirect(_address(request, "training:class", pk))
    asked = people_told((key for line in draft.lines for key in line["among"]), request.user,
                        found.begins_on)  # fmt: skip
    audit.record(request, Action.VIEW, subject_type="cadre", subjects=parted(draft.people)[0],
                 count=len(draft.people), detail={"enrol": pk})  # fmt: skip
    context = {
        "found": found,
        "preview": preview,
        "form": form,
        "draft": draft,
        "lines": [
            (line, [(key, asked[key].words) for key in line["among"] if key in asked])
            for line in draft.lines
        ],
        "new_form": NewLearnersForm(label_suffix=""),
    }
    return render(request, "training/enrol_preview.html", context)


def _settled(request, found, draft):
    """Answers to the lines that were asked about; the page again, at the same address."""
    with transaction.atomic():
        added = settle(draft, request.POST, day=found.begins_on)
    keep(request.session, draft)
    if added:
        audit.record(request, Action.CREATE, subject_type="outside_learner", count=added,
                     detail={"enrol": found.pk})  # fmt: skip
        messages.success(request, f"Đã thêm {added} học viên ngoài danh sách.")
    return redirect(_address(request, "training:enrol_preview", found.pk, **{PARAMETER: draft.key}))


def _confirmed(request, found, draft, form):
    """Enrol those who are ticked; False where nobody was, and the form says why."""
    cadres, learners = parted(form.ticked)
    try:
        with transaction.atomic():
            told = form.decision
            done = enrol_people(
                training_class_id=found.pk, cadre_ids=cadres, learner_ids=learners,
                by=request.user, decision=decision_of(**told, by=request.user) if told else None,
                exceptions=form.exceptions(), on=as_of(request), all_or_nobody=True,
            )  # fmt: skip
    except Refused as refused:
        names = {line.person.key: line.person.name for line in form.preview.lines}
        for key, why in refused.why.items():
            form.add_error(None, f"{names.get(key, key)}: {why}.")
        form.add_error(None, "Chưa ghi danh ai: bỏ đánh dấu những người trên rồi bấm lại.")
        return False
    except NotEnrolled as problem:
        form.add_error(None, str(problem))
        return False
    forget(request.session, draft.key)
    audit.record(
        request, Action.CREATE, subject_type="enrolment", subjects=done.enrolled, people=cadres,
        detail={"class": found.pk, "already": len(done.already)},
    )  # fmt: skip
    already = len(form.preview.of("already")) + len(done.already)
    left = len(form.preview.lines) - len(done.enrolled) - already
    messages.success(
        request,
        f"Đã ghi danh {len(done.enrolled)} người vào lớp, trong {len(form.preview.lines)} người "
        f"của phiếu: {already} người đã có trong lớp từ trước, {left} người không ghi"
        + (f"; {len(draft.lines)} dòng chưa chọn người thì bỏ qua." if draft.lines else "."),
    )
    return True


@allow(*HR)
@require_POST
def enrol_decision(request, pk):
    """The decision to send, for those of the class who have none yet."""
    found, form = _class(request, pk), DecisionForm(request.POST)
    told = form.decision if form.is_valid() else None
    if told is None:
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}: {' '.join(map(str, errors))}")
    else:
        with transaction.atomic():
            basis = decision_of(**told, by=request.user)
            number = decide_later(training_class_id=found.pk, decision=basis)
        audit.record(request, Action.CHANGE, subject_type="class", subjects=[pk], count=number,
                     detail={"decision": basis.pk})  # fmt: skip
        messages.success(request, f"Đã ghi {basis} cho {number} lượt chưa có quyết định.")
    return redirect(_address(request, "training:enrol", pk, cach=ENROLLED))


@allow(*HR)
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_leave(request, pk, enrolment_id):
    """Take back an enrolment that was a mistake, with a reason."""
    found = _class(request, pk)
    mine = Enrolment.objects.visible_to(request.user).select_related("cadre", "outside_learner")
    row = get_object_or_404(mine, pk=enrolment_id, training_class=found)
    form = LeaveForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            leave(enrolment_id=row.pk, reason=form.cleaned_data["reason"], on=as_of(request))
        except NotLeaving as problem:
            form.add_error(None, str(problem))
        else:
            audit.record(
                request, Action.CHANGE, subject_type="enrolment", subjects=[row.pk],
                purpose=form.cleaned_data["reason"], people=[row.cadre_id] if row.cadre_id else [],
            )  # fmt: skip
            messages.success(request, f"Đã rút {row.learner_name} khỏi danh sách lớp.")
            return redirect(_address(request, "training:enrol", pk, cach=ENROLLED))
    audit.record(request, Action.VIEW, subject_type="enrolment", subjects=[row.pk])
    return render(request, "training/enrol_leave.html", {"found": found, "row": row, "form": form})
