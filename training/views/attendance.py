"""Roll call: the sheet to print, the marks of a sitting."""

from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.models import DISTRICT_ROLES, AuditEvent
from daitu_portal.addresses import is_key
from training import attendance as actions
from training.clashes import sitting_now
from training.classes import CannotBe
from training.forms.attendance import CHOICES, MarksForm, told
from training.models import Attendance, ClassSession, Enrolment
from training.views.class_page import class_of, with_units
from training.views.sittings import sitting_of

Action = AuditEvent.Action
_COLUMNS = 6  # sittings that fit beside the names on a sheet of A4


@allow(*DISTRICT_ROLES)
@require_safe
def roll_call(request, pk):
    """The sheet to sign: one sitting, or `_COLUMNS` of them from the one that is asked for."""
    found = class_of(request, pk)
    sittings = list(found.sessions.all())
    asked, first = request.GET.get("buoi", ""), request.GET.get("tu", "")
    one = next((each for each in sittings if is_key(asked) and each.pk == int(asked)), None)
    start = min(int(first), len(sittings)) if is_key(first) else 0
    learners = sitting_now(Enrolment.objects.visible_to(request.user).filter(training_class=found))
    rows: Any = learners.select_related("cadre", "outside_learner")
    people = with_units(request.user, found, rows.with_sort_key().order_by("sort_key", "pk"))
    audit.record(
        request, Action.PRINT, subject_type="class", subjects=[pk], count=len(people),
        people=[each.cadre_id for each in people if each.cadre_id],
    )  # fmt: skip
    columns = sittings[start : start + _COLUMNS]
    context = {
        "found": found,
        "people": people,
        "one": one,
        "columns": columns,
        "blanks": range(_COLUMNS - len(columns)),
        "starts": [(at, each) for at, each in enumerate(sittings) if at % _COLUMNS == 0],
        "start": start,
        "sittings": sittings,
    }
    return render(request, "training/roll_call.html", context)


@allow(*DATA)
@require_safe
def attendance(request, pk, session_id):
    found, sitting = sitting_of(request, pk, session_id)
    stored = _stored(sitting)
    return _page(request, found, sitting, typed=stored, seen=stored)


def _stored(sitting):
    return dict(Attendance.objects.filter(session=sitting).values_list("enrolment", "mark"))


def _page(request, found, sitting, *, typed, seen, conflicts=()):
    rows = actions.learners_of(sitting)
    visible = Enrolment.objects.visible_to(request.user).filter(training_class=found).values("pk")
    people = with_units(request.user, found, rows.filter(pk__in=visible))
    fault = actions.why_not(found, sitting, timezone.localdate())
    counts = {mark: 0 for mark, _ in CHOICES}
    for each in people:
        each.mark = typed.get(each.pk, "")
        counts[each.mark] += 1
    labels = dict(CHOICES) | {"": "Chưa điểm danh"}
    audit.record(
        request, Action.LIST, subject_type="class_session", subjects=[sitting.pk], count=len(people)
    )
    context = {
        "found": found,
        "sitting": sitting,
        "people": people,
        "choices": CHOICES,
        "labels": labels,
        "counts": [(labels[mark], number) for mark, number in counts.items() if number],
        "seen": told(seen),
        "fault": fault,
        "may_mark": request.user.is_district_hr and not fault,
        "conflicts": conflicts,
    }
    return render(request, "training/attendance.html", context)


@allow(*HR)
@require_POST
def attendance_save(request, pk, session_id):
    found, sitting = sitting_of(request, pk, session_id)
    form = MarksForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Chưa lưu: biểu không đọc được. Mở lại trang và điểm danh lại.")
        return redirect("training:attendance", pk, session_id)
    typed, seen = form.typed(), form.seen_marks()
    try:
        marked = actions.call_roll(
            pk, session_id, typed=typed, seen=seen, by=request.user,
            today=timezone.localdate(),
        )  # fmt: skip
    except CannotBe as error:
        messages.error(request, error.words)
    except ClassSession.DoesNotExist:
        messages.error(request, "Chưa lưu: buổi này vừa được người khác bỏ.")
        return redirect("training:class_sessions", pk)
    except actions.StaleMarks as late:
        stored = _stored(sitting)
        mine = {key: mark for key, mark in typed.items() if mark != seen.get(key, "")}
        return _page(
            request, found, sitting, typed=stored | mine, seen=stored, conflicts=_labelled(late)
        )
    else:
        _tell(request, pk, sitting, marked)
    return redirect("training:attendance", pk, session_id)


def _labelled(late):
    labels = dict(CHOICES)
    return [(each.enrolment, each.stored, labels[each.typed]) for each in late.conflicts]


def _tell(request, pk, sitting, marked):
    if not marked.total:
        messages.info(request, "Không có gì thay đổi.")
        return
    audit.record(
        request, Action.CHANGE, subject_type="class_session", subjects=[sitting],
        count=marked.total, detail={"class": pk, "given": marked.given, "changed": marked.changed,
                                    "taken": marked.taken},
    )  # fmt: skip
    messages.success(
        request,
        f"Đã điểm danh {marked.given} người, sửa {marked.changed}, bỏ dấu {marked.taken}.",
    )
