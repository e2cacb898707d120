"""The people list, its workbook, and the search by number."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, HR, allow
from accounts.as_of import as_of
from accounts.models import AuditEvent
from accounts.rate import allowed_now
from cadres.columns import PARAMETER, SORTS, Row, chosen, offered
from cadres.exports import people_sheet
from cadres.filters import CadreFilter
from cadres.models import Cadre
from cadres.records import write_record_set
from cadres.rulebook import Rulebook
from cadres.verdicts import verdict_from
from daitu_portal.excel import book_response, write_book
from daitu_portal.paging import counts_of, page_of
from daitu_portal.tables import sorted_by
from daitu_portal.text import is_paper_number

Action = AuditEvent.Action
_NOT_FILTERS = {"ngay", "trang", "sap", PARAMETER}
SEARCHES_A_MINUTE = 20


@allow(*DATA)
@require_safe
def cadre_list(request):
    if is_paper_number(request.GET.get("q", "")):
        return render(request, "cadres/number_asked.html", {})
    day, book = as_of(request), Rulebook()
    filters = CadreFilter(request.GET, user=request.user, day=day, book=book)
    people = sorted_by(request, filters.qs, SORTS, "ten")
    total, everyone = counts_of(people, filters.base)
    page = page_of(request, people.with_record(day), counted=total)
    rules = book.rules_on(day)
    rows = [Row(person, verdict_from(person, day, rules), day) for person in page]
    audit.record(request, Action.LIST, subject_type="cadre", count=total)
    columns = chosen(request.user, request.GET.getlist(PARAMETER))
    context = {
        "page": page,
        "rows": rows,
        "columns": columns,
        "offered": [(each, each in columns) for each in offered(request.user)],
        "filters": filters,
        "chips": _chips(request, filters),
        "everyone": everyone,
        "is_filtered": bool(set(request.GET) - _NOT_FILTERS),
        "export_query": request.GET.urlencode(),
        "leavers": _leavers(request, filters, total),
    }
    return render(request, "cadres/cadre_list.html", context)


def _leavers(request, filters, total):
    """The address that finds those who left, where a name finds nobody who serves."""
    if total or not request.GET.get("q") or filters.everybody:
        return ""
    return f"?{urlencode({**request.GET.dict(), 'ai': 'moi'})}"


def _chips(request, filters):
    """What narrows the list, each with the address without it."""
    found = []
    for name, field in filters.form.fields.items():
        for value in request.GET.getlist(name):
            if not value:
                continue
            query = QueryDict(mutable=True)
            for key, values in request.GET.lists():
                if key != "trang":
                    query.setlist(key, [v for v in values if (key, v) != (name, value)])
            label = filters.words_of(name, value)
            found.append({"label": field.label, "value": label, "url": f"?{query.urlencode()}"})
    return found


@allow(*DATA)
@require_POST
def cadre_export(request):
    purpose = request.POST.get("muc_dich", "").strip()
    query = QueryDict(request.POST.get("loc", ""))
    if not purpose:
        messages.error(request, "Chưa xuất: hãy ghi mục đích rồi bấm lại.")
        return redirect(f"/can-bo/?{query.urlencode()}")
    request.GET = query
    day, book = as_of(request), Rulebook()
    filters = CadreFilter(query, user=request.user, day=day, book=book)
    people = sorted_by(request, filters.qs, SORTS, "ten")
    columns = chosen(request.user, query.getlist(PARAMETER))
    audit.record(
        request, Action.EXPORT, subject_type="cadre", count=people.count(), purpose=purpose
    )
    lead = ["Danh sách cán bộ, công chức", f"Tính đến ngày {day:%d/%m/%Y}"]
    sheet = people_sheet(people, columns, day, book, lead)
    return book_response(lambda file: write_book([sheet], file), "Danh sách cán bộ", day)


@allow(*DATA)
@require_POST
def search_number(request):
    """Find someone by CCCD or telephone, by POST: the number stands in no address and no log."""
    if not allowed_now(f"number:{request.user.pk}", SEARCHES_A_MINUTE):
        return render(request, "429.html", status=429)
    found = list(Cadre.objects.visible_to(request.user).numbered(request.POST.get("q", ""))[:2])
    audit.record(request, Action.SEARCH_NUMBER, subject_type="cadre", subjects=found)
    if len(found) == 1:
        return redirect(found[0])
    if found:
        return render(request, "cadres/number_several.html", {"people": found})
    messages.info(request, "Không thấy ai có số này trong phạm vi của bạn.")
    return redirect("cadres:list")


@allow(*HR)
@require_POST
def record_set(request):
    """The whole record set as a workbook, for the district's staff."""
    purpose = request.POST.get("muc_dich", "").strip()
    if not purpose:
        messages.error(request, "Chưa xuất: hãy ghi mục đích rồi bấm lại.")
        return redirect("cadres:list")
    count = Cadre.objects.visible_to(request.user).count()
    audit.record(
        request,
        Action.EXPORT,
        subject_type="cadre",
        count=count,
        purpose=purpose,
        detail={"what": "record set"},
    )
    return book_response(write_record_set, "Bộ dữ liệu cán bộ")
