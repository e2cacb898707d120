"""The communes of a day, and one of them: posts, vacancies, quota, ratios."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import Commune, CommuneSuccession
from cadres.person_page import as_of_query
from cadres.rulebook import Rulebook
from daitu_portal.excel import Column, workbook_response, write_table
from daitu_portal.paging import page_of
from daitu_portal.tables import PARAMETER, order_of
from reports.queries import Figures
from reports.staffing import CADRE, CIVIL_SERVANT, staffing
from reports.unit_page import unit_page

Action = AuditEvent.Action
SHOWN = ("civil_servants_degree", "civil_servants_political", "org_deputies_political",
         "standardised_all")  # fmt: skip
_COLUMNS = (
    Column("Đơn vị", says="Xã, thị trấn của ngày tính"),
    Column("Cán bộ", says="Số cán bộ có mặt vào ngày tính"),
    Column("Công chức", says="Số công chức có mặt vào ngày tính"),
    Column("Chỉ tiêu", says="Số biên chế được giao"),
    Column("Khuyết", says="Chỉ tiêu trừ số có mặt, nếu còn thiếu"),
    Column("Vượt", says="Số có mặt trừ chỉ tiêu, nếu nhiều hơn"),
    Column("Cấp phó KCT", says="Số cấp phó không chuyên trách có mặt"),
)


@allow(*DATA)
@require_safe
def commune_list(request):
    day = as_of(request)
    figures = Figures(request.user)
    matrix = figures.matrix(day, codes=SHOWN)
    found = staffing(day, matrix.communes, figures.book)
    page = page_of(request, _lines(request, found, matrix), per_page=60)
    query = as_of_query(request)
    key = ("commune rows", day, query, request.table_order, page.number,
           None if figures.line is None else frozenset(figures.line))  # fmt: skip
    rows = figures.book.remembered(key, lambda: _rows(page.object_list, matrix, query))
    audit.record(request, Action.LIST, subject_type="commune", count=len(found.staff))
    context = {
        "day": day,
        "staffing": found,
        "matrix": matrix,
        "page": page,
        "rows": rows,
        "totals": matrix.totals,
    }
    return render(request, "reports/commune_list.html", context)


def _rows(lines, matrix, query):
    """The lines of a page as HTML."""
    codes = [each.code for each in matrix.indicators]
    told = [(staff, list(zip(codes, ratios, strict=True))) for staff, ratios in lines]
    context = {"lines": told, "day": matrix.day, "query": query}
    return render_to_string("reports/_commune_rows.html", context)


_ORDERS = {
    "don-vi": lambda line: 0,  # as they come: townships first, then by name
    "can-bo": lambda line: line[0].present[CADRE],
    "cong-chuc": lambda line: line[0].present[CIVIL_SERVANT],
    "chi-tieu": lambda line: line[0].quota_total or 0,
    "khuyet": lambda line: line[0].vacant - line[0].over,
    "cap-pho": lambda line: line[0].deputies,
}


def _lines(request, found, matrix):
    """(staff, ratios) of each commune in the order asked for, ties as they come."""
    codes = [each.code for each in matrix.indicators]
    lines = [
        (staff, [matrix.ratio(code, staff.commune.pk) for code in codes]) for staff in found.staff
    ]
    places = {code: place for place, code in enumerate(codes)}
    known = _ORDERS | dict.fromkeys(codes, None)
    order = request.table_order = order_of(request.GET.get(PARAMETER, ""), known, "don-vi")
    key, turned = order.removeprefix("-"), order.startswith("-")
    if key in places:
        return _by_ratio(lines, places[key], turned=turned)
    if key == "don-vi":
        return lines[::-1] if turned else lines
    return sorted(lines, key=_ORDERS[key], reverse=turned)


def _by_ratio(lines, place, *, turned):
    """By percent, those without one last, turned or not."""
    having = [line for line in lines if line[1][place].percent is not None]
    without = [line for line in lines if line[1][place].percent is None]
    return sorted(having, key=lambda line: line[1][place].percent, reverse=turned) + without


@allow(*DATA)
@require_POST
def commune_export(request):
    """The list of communes as a workbook."""
    request.GET = request.POST  # the address of the list, sent along: its day and its order
    day = as_of(request)
    matrix = Figures(request.user).matrix(day, codes=SHOWN)
    found = staffing(day, matrix.communes)
    rows = [
        [
            staff.commune.name, staff.present[CADRE], staff.present[CIVIL_SERVANT],
            staff.quota_total, staff.vacant, staff.over, staff.deputies,
            *(str(r) if r.is_ruled else "" for r in ratios),
        ]
        for staff, ratios in _lines(request, found, matrix)
    ]  # fmt: skip
    ratios = [Column(each.short_name, says=each.name) for each in matrix.indicators]
    audit.record(request, Action.EXPORT, subject_type="commune", count=len(rows))
    lead = ["Xã, thị trấn: biên chế và tỷ lệ", f"Tính đến ngày {day:%d/%m/%Y}"]
    content = write_table([*_COLUMNS, *ratios], rows, title="Đơn vị", lead=lead)
    return workbook_response(content, f"Đơn vị {day:%d-%m-%Y}")


@allow(*DATA)
@require_safe
def commune(request, pk):
    day = as_of(request)
    own = request.user.commune  # loaded with the account
    unit = (
        own
        if own and own.pk == pk
        else get_object_or_404(Commune.objects.visible_to(request.user), pk=pk)
    )
    links = CommuneSuccession.objects.filter(Q(old=unit) | Q(new=unit)).select_related("old", "new")
    context = {
        "day": day,
        "unit": unit,
        "before": [link for link in links if link.new_id == unit.pk],
        "after": [link for link in links if link.old_id == unit.pk],
    }
    if not unit.is_in_force(day):
        return render(request, "reports/commune_absent.html", context)
    matrix = Figures(request.user, book := Rulebook.now(), commune=unit).matrix(day)
    page = unit_page(request.user, unit, day, book.posts_on(day), matrix)
    people = {row.cadre_id for line in page.lines for row in line.holdings}
    audit.record(request, Action.VIEW, subject_type="commune", subjects=[pk], count=len(people))
    context |= {
        "page": page,
        "ratios": [(each, matrix.ratio(each.code, unit.pk)) for each in matrix.indicators],
    }
    return render(request, "reports/commune.html", context)
