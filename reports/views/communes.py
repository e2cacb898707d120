"""The communes of a day, and one of them: posts, vacancies, quota, ratios."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import CommitteeMembership, Commune, CommuneSuccession, Holding
from cadres.rulebook import Rulebook
from daitu_portal.excel import Column, workbook_response, write_table
from daitu_portal.paging import page_of
from reports.queries import Figures
from reports.staffing import CADRE, CIVIL_SERVANT, post_lines, staff_of, staffing

Action = AuditEvent.Action
SHOWN = ("civil_servants_degree", "civil_servants_political", "org_deputies_political",
         "standardised_all")  # fmt: skip
_HEADS = ("Đơn vị", "Cán bộ", "Công chức", "Chỉ tiêu", "Khuyết", "Vượt", "Cấp phó KCT")


@allow(*DATA)
@require_safe
def commune_list(request):
    day = as_of(request)
    figures = Figures(request.user)
    matrix = figures.matrix(day, codes=SHOWN)
    found = staffing(day, matrix.communes)
    page = page_of(request, list(zip(found.staff, _ratios(matrix), strict=True)), per_page=60)
    audit.record(request, Action.LIST, subject_type="commune", count=len(found.staff))
    context = {
        "day": day,
        "staffing": found,
        "matrix": matrix,
        "page": page,
        "totals": matrix.totals,
        "groups": (CADRE, CIVIL_SERVANT),
    }
    return render(request, "reports/commune_list.html", context)


def _ratios(matrix):
    return [
        [matrix.ratio(each.code, commune.pk) for each in matrix.indicators]
        for commune in matrix.communes
    ]


@allow(*DATA)
@require_POST
def commune_export(request):
    """The list of communes as a workbook."""
    request.GET = request.GET.copy()
    request.GET["ngay"] = request.POST.get("ngay", "")
    day = as_of(request)
    matrix = Figures(request.user).matrix(day, codes=SHOWN)
    found = staffing(day, matrix.communes)
    rows = [
        [
            staff.commune.name, staff.present[CADRE], staff.present[CIVIL_SERVANT],
            staff.quota_total, staff.vacant, staff.over, staff.deputies,
            *(f"{r.numerator}/{r.denominator}" if r.is_ruled else "" for r in ratios),
        ]
        for staff, ratios in zip(found.staff, _ratios(matrix), strict=True)
    ]  # fmt: skip
    heads = [*_HEADS, *(each.short_name for each in matrix.indicators)]
    audit.record(request, Action.EXPORT, subject_type="commune", count=len(rows))
    lead = ["Xã, thị trấn: biên chế và tỷ lệ", f"Tính đến ngày {day:%d/%m/%Y}"]
    content = write_table([Column(each) for each in heads], rows, title="Đơn vị", lead=lead)
    return workbook_response(content, f"Đơn vị {day:%d-%m-%Y}")


@allow(*DATA)
@require_safe
def commune(request, pk):
    day = as_of(request)
    unit = get_object_or_404(Commune.objects.visible_to(request.user), pk=pk)
    links = CommuneSuccession.objects.filter(Q(old=unit) | Q(new=unit)).select_related("old", "new")
    context = {
        "day": day,
        "unit": unit,
        "before": [link for link in links if link.new_id == unit.pk],
        "after": [link for link in links if link.old_id == unit.pk],
    }
    if not unit.is_in_force(day):
        return render(request, "reports/commune_absent.html", context)
    matrix = Figures(request.user, book := Rulebook(), commune=unit).matrix(day)
    holdings = list(
        Holding.objects.visible_to(request.user)
        .on(day)
        .filter(commune=unit)
        .select_related("post", "cadre")
        .order_by("post__order", "cadre__name_sort_key")
    )
    seats = CommitteeMembership.objects.visible_to(request.user).on(day).filter(commune=unit)
    audit.record(
        request, Action.VIEW, subject_type="commune", subjects=[unit.pk], count=len(holdings)
    )
    staff = staff_of(day, unit, holdings)
    lines = post_lines(book.posts_on(day), unit, holdings)
    context |= {
        "staff": staff,
        "groups": [
            (label, staff.present[group], staff.quota[group], staff.difference(group))
            for label, group in (("Cán bộ", CADRE), ("Công chức", CIVIL_SERVANT))
        ],
        "lines": lines,
        "vacant_posts": [line for line in lines if line.vacant],
        "seats": list(seats.select_related("cadre").order_by("role", "cadre__name_sort_key")),
        "ratios": [(each, matrix.ratio(each.code, unit.pk)) for each in matrix.indicators],
    }
    return render(request, "reports/commune.html", context)
