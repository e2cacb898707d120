"""The communes of a day, and one of them: posts, vacancies, quota, ratios."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from cadres.models import Commune, CommuneSuccession
from cadres.rulebook import Rulebook
from daitu_portal.excel import Column, workbook_response, write_table
from daitu_portal.paging import page_of
from reports.queries import Figures
from reports.staffing import CADRE, CIVIL_SERVANT, staffing
from reports.unit_page import unit_page

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
    matrix = Figures(request.user, book := Rulebook(), commune=unit).matrix(day)
    page = unit_page(request.user, unit, day, book.posts_on(day), matrix)
    people = {row.cadre_id for line in page.lines for row in line.holdings}
    audit.record(request, Action.VIEW, subject_type="commune", subjects=[pk], count=len(people))
    context |= {
        "page": page,
        "ratios": [(each, matrix.ratio(each.code, unit.pk)) for each in matrix.indicators],
    }
    return render(request, "reports/commune.html", context)
