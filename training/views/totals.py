"""Participations and people: how many, by what, and who; hours a year; who has had none."""

from django.http import QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import Cadre, Holding
from cadres.record_version import Memory
from daitu_portal.excel import TEXT_FORMAT, Column, workbook_response, write_table
from daitu_portal.paging import page_of
from daitu_portal.tables import PARAMETER, order_of, sorted_by
from training import hours, learned
from training.forms.totals import PeopleForm, PeriodForm, YearForm, YearsForm
from training.models import TrainingSetting
from training.settings_on import setting_on
from training.totals import in_post_totals, lines_by, period_totals, sessions_in

Action = AuditEvent.Action
_BY = {"nhom": "Nhóm nội dung", "hinh_thuc": "Hình thức", "xa": "Xã, thị trấn", "nam": "Năm"}
_YEARS = 2  # where no setting is in force


@allow(*DATA)
@require_safe
def totals(request):
    day, memory = as_of(request), Memory.now()
    form = PeriodForm(request.GET, day=day)
    period = form.period
    by = order_of(request.GET.get("theo", ""), _BY, "nhom")
    found = period_totals(request.user, period)
    asked = {"tu": period.first.isoformat(), "den": period.last.isoformat()}
    asked |= {"ngay": request.GET["ngay"]} if request.GET.get("ngay") else {}
    audit.record(request, Action.LIST, subject_type="training_totals", count=found.participations)
    context = {
        "day": day, "form": form, "period": period, "totals": found, "by": by,
        "in_post": in_post_totals(request.user, period, memory),
        "by_words": _BY[by], "lines": lines_by(by, request.user, period),
        "sessions": sessions_in(period).count(),
        "sessions_count": setting_on(TrainingSetting.Code.SESSIONS_COUNT, period.last, memory),
        "query": urlencode(asked),
        "by_tabs": [
            {"key": key, "label": words, "url": "?" + urlencode({**asked, "theo": key}),
             "count": None}
            for key, words in _BY.items()
        ],
        "is_district": request.user.sees_whole_district,
    }  # fmt: skip
    return render(request, "training/totals.html", context)


_PEOPLE_SORTS = {
    "ten": ("sort_key", "person", "stranger"),
    "luot": ("number", "person", "stranger"),
    "tiet": ("hours", "person", "stranger"),
}


def _learned(request):
    """The form, the period, and a row a person."""
    form = PeopleForm(request.GET, day=as_of(request), user=request.user)
    enrolments = learned.chosen(request.user, form.wanted)
    return form, enrolments, _ordered(request, enrolments)


def _ordered(request, enrolments):
    order = order_of(request.GET.get(PARAMETER, ""), _PEOPLE_SORTS, "ten")
    request.table_order = order
    rows = learned.people_of(enrolments, is_named=order.endswith("ten"))
    fields = _PEOPLE_SORTS[order.removeprefix("-")]
    first = f"-{fields[0]}" if order.startswith("-") else fields[0]
    return rows.order_by(first, *fields[1:])


@allow(*DATA)
@require_safe
def learned_people(request):
    form, enrolments, rows = _learned(request)
    numbers = learned.numbers_of(enrolments)
    page = page_of(request, rows, counted=numbers["officials"] + numbers["strangers"])
    people = learned.told(list(page.object_list), request.user, form.period)
    audit.record(
        request, Action.LIST, subject_type="cadre", count=page.total,
        subjects=[each["person"] for each in people if each["person"]],
        detail={"report": "training_totals"},
    )  # fmt: skip
    context = {
        "form": form, "page": page, "people": people, "period": form.period, "numbers": numbers,
        "everyone": numbers["officials"] + numbers["strangers"], "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "training/learned_people.html", context)


@allow(*DATA)
@require_POST
def learned_export(request):
    """The list of the address in `loc`, whole, as a workbook."""
    request.GET = QueryDict(request.POST.get("loc", ""))
    form, _, rows = _learned(request)
    people = learned.told(list(rows), request.user, form.period)
    lines = [
        [each["name"], each["code"], each["kind"], each["unit"], each["number"], each["hours"]]
        for each in people
    ]
    keys = [each["person"] for each in people if each["person"]]
    lead = [f"Người học từ {form.period.first:%d/%m/%Y} đến {form.period.last:%d/%m/%Y}"]
    return _workbook(request, learned.COLUMNS, lines, "Người học", lead, keys)


def _workbook(request, columns, lines, title, lead, keys):
    audit.record(
        request, Action.EXPORT, subject_type="cadre", subjects=keys, count=len(lines),
        detail={"report": title},
    )  # fmt: skip
    content = write_table(columns, lines, title=title, lead=lead)
    return workbook_response(content, title)


_TABS = {hours.BELOW: "Dưới mức tối thiểu", hours.ABOVE: "Trên mức tối đa", hours.ALL: "Tất cả"}
_HOUR_SORTS = ("ten", "tiet")


def _hours(request):
    day = as_of(request)
    form = YearForm(request.GET, day=day, user=request.user)
    limits = hours.limits_on(hours.last_of(form.year, day))
    request.table_order = order_of(request.GET.get(PARAMETER, ""), _HOUR_SORTS, "tiet")
    which = order_of(request.GET.get("muc", ""), _TABS, hours.BELOW)
    found = hours.listed(
        request.user, form.year, day, limits, which=which, commune=form.commune,
        order=request.table_order,
    )  # fmt: skip
    return form, limits, which, found


def _with_names(user, lines, day):
    """(hours, person, unit) of each line. Two queries."""
    keys = [each.person for each in lines]
    people = Cadre.objects.visible_to(user).only("full_name", "code").in_bulk(keys)
    units = Holding.objects.visible_to(user).main_units(keys, day)
    return [(each, people[each.person], units.get(each.person, "")) for each in lines]


@allow(*DATA)
@require_safe
def hours_list(request):
    form, limits, which, found = _hours(request)
    page = page_of(request, found.lines)
    last = hours.last_of(form.year, form.day)
    lines = _with_names(request.user, list(page.object_list), last)
    audit.record(
        request, Action.LIST, subject_type="cadre", count=page.total,
        subjects=[person.pk for _, person, _ in lines], detail={"report": "training_hours"},
    )  # fmt: skip
    asked = request.GET.copy()
    asked.pop("trang", None)
    numbers = {hours.BELOW: found.below, hours.ABOVE: found.above, hours.ALL: found.everyone}
    tabs = []
    for key, words in _TABS.items():
        asked["muc"] = key
        tabs.append(
            {"key": key, "label": words, "url": f"?{asked.urlencode()}", "count": numbers[key]}
        )
    context = {
        "form": form, "limits": limits, "which": which, "found": found, "page": page,
        "lines": lines, "last": last, "hours_tabs": tabs, "query": request.GET.urlencode(),
        "is_whole_year": last.month == 12 and last.day == 31,
    }  # fmt: skip
    return render(request, "training/hours_list.html", context)


_HOUR_COLUMNS = (
    Column("Họ và tên", width=28, number_format=TEXT_FORMAT),
    Column("Số hiệu", width=12, number_format=TEXT_FORMAT),
    Column("Đơn vị", width=26),
    Column("Số tiết bồi dưỡng", width=12, says="Các lớp hoàn thành, kết thúc trong năm"),
    Column("Số tiết đào tạo dài hạn", width=12, says="Tính riêng, không so với mức của năm"),
    Column("Lượt", width=8),
    Column("Lượt chưa rõ số tiết", width=12),
)


@allow(*DATA)
@require_POST
def hours_export(request):
    """The list of the address in `loc`, whole, as a workbook."""
    request.GET = QueryDict(request.POST.get("loc", ""))
    form, _, which, found = _hours(request)
    last = hours.last_of(form.year, form.day)
    told = _with_names(request.user, found.lines, last)
    lines = [
        [person.full_name, person.code, unit, each.short, each.long, each.participations,
         each.unknown]
        for each, person, unit in told
    ]  # fmt: skip
    lead = [f"Giờ học năm {form.year}: {_TABS[which].lower()}", f"Tính đến {last:%d/%m/%Y}"]
    keys = [person.pk for _, person, _ in told]
    return _workbook(request, _HOUR_COLUMNS, lines, f"Giờ học {form.year}", lead, keys)


def _untrained(request):
    """The form, the setting, how many years, and who, by name."""
    day = as_of(request)
    form = YearsForm(request.GET, day=day, user=request.user)
    setting = setting_on(TrainingSetting.Code.YEARS_WITHOUT, day)
    years = form.value("nam") or (setting.value if setting else _YEARS)
    people = hours.untrained(request.user, day, years, form.commune)
    return form, setting, years, sorted_by(request, people, {"ten": "name_sort_key"}, "ten")


def _with_last(user, people, day):
    """(person, unit, when their last class began) of each. Two queries."""
    keys = [each.pk for each in people]
    units = Holding.objects.visible_to(user).main_units(keys, day)
    last = hours.last_taught(keys, day)
    return [(each, units.get(each.pk, ""), last.get(each.pk)) for each in people]


@allow(*DATA)
@require_safe
def untrained(request):
    form, setting, years, people = _untrained(request)
    page = page_of(request, people.only("full_name", "code"))
    lines = _with_last(request.user, list(page.object_list), form.day)
    audit.record(
        request, Action.LIST, subject_type="cadre", count=page.total,
        subjects=[person.pk for person, _, _ in lines], detail={"report": "untrained"},
    )  # fmt: skip
    context = {
        "form": form, "setting": setting, "years": years, "page": page, "lines": lines,
        "since": hours.since_of(form.day, years), "day": form.day,
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "training/untrained.html", context)


_UNTRAINED_COLUMNS = (
    Column("Họ và tên", width=28, number_format=TEXT_FORMAT),
    Column("Số hiệu", width=12, number_format=TEXT_FORMAT),
    Column("Đơn vị", width=26),
    Column("Lớp gần nhất khai giảng", width=14, holds_days=True, says="Trống: chưa ghi lớp nào"),
)


@allow(*DATA)
@require_POST
def untrained_export(request):
    """The list of the address in `loc`, whole, as a workbook."""
    request.GET = QueryDict(request.POST.get("loc", ""))
    form, _, years, people = _untrained(request)
    told = _with_last(request.user, list(people.only("full_name", "code")), form.day)
    lines = [[person.full_name, person.code, unit, last] for person, unit, last in told]
    lead = [f"Đang giữ chức vụ, chưa học lớp nào trong {years} năm đến {form.day:%d/%m/%Y}"]
    keys = [person.pk for person, _, _ in told]
    return _workbook(request, _UNTRAINED_COLUMNS, lines, "Chưa được học", lead, keys)
