"""The page of a class, and its participants as a workbook."""

from typing import Any

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.models import AuditEvent
from cadres.models import Holding
from daitu_portal.excel import TEXT_FORMAT, Column, workbook_response, write_table
from daitu_portal.paging import count_of, page_of
from training.chosen_people import people_in, query_of
from training.class_steps import (
    ONWARD,
    TOLD,
    counted_of,
    enrol_address,
    prints_of,
    results_of,
    to_do,
)
from training.classes import neighbours, warnings_of_move
from training.models import Attendance, ClassSession, Enrolment, SurveySheet, TrainingClass

Action = AuditEvent.Action
_LEARNERS_A_PAGE = 100


def class_of(request, pk):
    """The class, if `request` may see it."""
    return get_object_or_404(TrainingClass.objects.visible_to(request.user), pk=pk)


def _loaded(request, pk):
    """The class with all that its page tells of it. One query."""
    rows = TrainingClass.objects.visible_to(request.user)
    rows = rows.select_related("provider", "programme", "decision", "plan_line__plan")
    counted = {
        "sittings": ClassSession.objects,
        "sheets": SurveySheet.objects,
        "seen": Enrolment.objects.visible_to(request.user),
        "seen_left": Enrolment.objects.visible_to(request.user).left(),
    }
    counts = {name: count_of(found.filter(training_class=pk)) for name, found in counted.items()}
    return get_object_or_404(rows.annotate(**counts), pk=pk)


@allow(*DATA)
@require_safe
def training_class(request, pk):
    found, user = _loaded(request, pk), request.user
    results = Enrolment.objects.filter(training_class=found).count_by_result()
    mine = Enrolment.objects.visible_to(user).filter(training_class=found)
    learners = mine.select_related("cadre", "outside_learner__commune").with_sort_key()
    page = page_of(
        request, learners.left_last(), per_page=_LEARNERS_A_PAGE, counted=found.seen
    )  # fmt: skip
    page.object_list = with_attendance(with_units(user, found, page.object_list))
    audit.record(request, Action.VIEW, subject_type="class", subjects=[found.pk], count=page.total)
    context = {
        "found": found,
        "page": page,
        "results": results_of(results),
        "mine": found.seen - found.seen_left,
        "is_district": user.sees_whole_district,
        "prints": prints_of(found) if user.sees_whole_district else [],
        **_next(request, found, results),
    }
    return render(request, "training/class.html", context)


def _next(request, found, results):
    """What is to be done now, and the steps that the district's staff may take."""
    counted = counted_of(found, results)
    told = {"told": TOLD[found.state], "counted": counted}
    if not request.user.is_district_hr:
        return told
    back, onward = neighbours(found.state)
    chosen = people_in(request.GET.getlist("nguoi"))
    return told | {
        "to_do": to_do(request.user, found, counted),
        "back": back,
        "onward": onward,
        "onward_words": ONWARD.get(found.state, ""),
        "to_mind": warnings_of_move(found, onward, timezone.localdate()) if onward else [],
        "chosen": chosen,
        "enrol_url": enrol_address(found) if found.takes_learners else "",
        "enrol_query": query_of(chosen),
    }


def with_attendance(enrolments: list[Any]) -> list[Any]:
    """`enrolments`, each with its `attended` sittings and those that were `called`. One query."""
    of_these = Attendance.objects.filter(enrolment__in=[each.pk for each in enrolments])
    came = Q(mark__in=[Attendance.Mark.PRESENT, Attendance.Mark.LATE])
    rows = of_these.order_by().values_list("enrolment")
    counts = {
        key: (attended, called)
        for key, called, attended in rows.annotate(
            called=Count("pk"), attended=Count("pk", filter=came)
        )
    }
    for each in enrolments:
        each.attended, each.called = counts.get(each.pk, (0, 0))
    return enrolments


def with_units(user, training_class, enrolments):
    """`enrolments` as a list, each with its `unit`: that of the main post on the day the class
    began, or the workplace of an outside learner. One query."""
    told = list(enrolments)
    keys = [each.cadre_id for each in told if each.cadre_id]
    units = Holding.objects.visible_to(user).main_units(keys, training_class.begins_on)
    for each in told:
        learner = each.outside_learner
        each.unit = learner.workplace if learner else units.get(each.cadre_id, "")
    return told


_LEARNERS = (
    Column("Họ và tên", width=28, number_format=TEXT_FORMAT),
    Column("Đối tượng", width=28, says="Cán bộ có hồ sơ trên cổng, hoặc học viên ngoài theo loại"),
    Column("Đơn vị", width=28, says="Nơi giữ chức vụ khi học, hoặc đơn vị công tác"),
    Column("Kết quả", width=28, says="Kết quả của lượt học"),
    Column("Số chứng chỉ", width=28, number_format=TEXT_FORMAT),
)


@allow(*DATA)
@require_POST
def class_export(request, pk):
    """The participants of a class as a workbook, those who did not take part last."""
    found = class_of(request, pk)
    mine = Enrolment.objects.visible_to(request.user).filter(training_class=found)
    learners = mine.select_related("cadre", "outside_learner").with_sort_key()
    listed = with_units(request.user, found, learners.left_last())
    rows = [
        [
            each.learner_name,
            "cán bộ, công chức, không chuyên trách" if each.cadre_id else
            each.outside_learner.get_kind_display(),
            each.unit,
            each.get_result_display(),
            each.certificate_number,
        ]
        for each in listed
    ]  # fmt: skip
    lead = [found.name, f"{found.code}: {results_of(mine.count_by_result()).words}"]
    audit.record(
        request, Action.EXPORT, subject_type="class", subjects=[found.pk], count=len(rows),
        people=[each.cadre_id for each in listed if each.cadre_id],
    )  # fmt: skip
    content = write_table(_LEARNERS, rows, title="Học viên", lead=lead)
    return workbook_response(content, f"Học viên {found.code}")
