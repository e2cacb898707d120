"""Classes and who took part."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import Holding
from cadres.record_version import Memory
from daitu_portal.addresses import address
from daitu_portal.excel import TEXT_FORMAT, Column, workbook_response, write_table
from daitu_portal.paging import page_of
from daitu_portal.tables import PARAMETER, sorted_by
from daitu_portal.text import has_personal_number
from training.filters import ClassFilter
from training.hands_on import sessions_by
from training.models import Enrolment, TrainingClass
from training.totals import totals_of

Action = AuditEvent.Action
_SORTS = {
    "ngay": ("begins_on", "code"),
    "ma": "code",
    "ten": "search_text",
    "luot": ("participations", "code"),
}
_LEARNERS_A_PAGE = 100


@allow(*DATA)
@require_safe
def class_list(request):
    if has_personal_number(request.GET.get("q", "")):
        return redirect("cadres:search_number")
    day, memory = as_of(request), Memory.now()
    filters = ClassFilter(request.GET, TrainingClass.objects.begun_by(day))
    classes = filters.qs.select_related("provider")
    if "luot" in request.GET.get(PARAMETER, ""):
        classes = classes.with_participations()
    classes = sorted_by(request, classes, _SORTS, "-ngay")
    totals = _totals(request.user, filters, day, memory)
    page = page_of(request, classes, counted=totals.classes)
    found = list(page)
    counts = Enrolment.objects.count_by_class(found)
    context = {
        "day": day,
        "filters": filters,
        "page": page,
        "classes": [
            (each, address("training:class", each.pk), *counts.get(each.pk, (0, 0)))
            for each in found
        ],
        "totals": totals,
        "sessions": sessions_by(day, memory),
        "is_filtered": bool(set(request.GET) - {"ngay", "trang", "sap"}),
        "is_district": request.user.sees_whole_district,
    }
    audit.record(request, Action.LIST, subject_type="class", count=totals.classes)
    return render(request, "training/class_list.html", context)


def _totals(user, filters, day, memory):
    """Of the whole list, in the scope of `user`; not remembered where something is typed."""
    asked = {name: filters.data.getlist(name) for name in filters.form.fields}
    key = ("class totals", day, user.role, user.commune_id, str(asked))
    mine = Enrolment.objects.visible_to(user)
    return memory.remembered(
        key, lambda: totals_of(filters.qs, mine), keeps=lambda found: not filters.data.get("q")
    )


@allow(*DATA)
@require_safe
def training_class(request, pk):
    found = get_object_or_404(TrainingClass.objects.select_related("provider"), pk=pk)
    results = Enrolment.objects.filter(training_class=found).count_by_result()
    mine = Enrolment.objects.visible_to(request.user).filter(training_class=found)
    learners = mine.select_related("cadre", "outside_learner__commune").with_sort_key()
    page = page_of(request, learners.order_by("sort_key", "pk"), per_page=_LEARNERS_A_PAGE)
    page.object_list = _with_units(request.user, found, page.object_list)
    audit.record(request, Action.VIEW, subject_type="class", subjects=[found.pk], count=page.total)
    context = {
        "found": found,
        "page": page,
        "participations": sum(number for _, number in results),
        "results": results,
        "is_district": request.user.sees_whole_district,
    }
    return render(request, "training/class.html", context)


def _with_units(user, training_class, enrolments):
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
    """The participants of a class as a workbook."""
    found = get_object_or_404(TrainingClass, pk=pk)
    mine = Enrolment.objects.visible_to(request.user).filter(training_class=found)
    learners = mine.select_related("cadre", "outside_learner").with_sort_key()
    listed = _with_units(request.user, found, learners.order_by("sort_key", "pk"))
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
    audit.record(
        request, Action.EXPORT, subject_type="class", subjects=[found.pk], count=len(rows),
        people=[each.cadre_id for each in listed if each.cadre_id],
    )  # fmt: skip
    content = write_table(_LEARNERS, rows, title="Học viên", lead=[found.name])
    return workbook_response(content, f"Học viên {found.code}")
