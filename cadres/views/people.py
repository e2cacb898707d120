"""The people list, its workbook, and the searches by name and by number."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.access import DATA, HR, WRITERS, allow
from accounts.models import AuditEvent
from accounts.saved_views import Menu, url_of
from cadres.columns import MOST_COLUMNS, offered
from cadres.exports import people_book
from cadres.models import Cadre
from cadres.number_search import (
    may_ask_now,
    numbers_of,
    numbers_withheld,
    people_numbered,
    person_coded,
)
from cadres.people_page import among_leavers, asked_of, shown_lines
from cadres.person_page import as_of_query
from cadres.records import write_record_set
from cadres.selection import selection_of
from daitu_portal.excel import book_response, write_book
from daitu_portal.text import has_personal_number, has_word

Action = AuditEvent.Action
LONGEST_SEARCH = 100  # characters, as the fields have it: what is asked for becomes an address


@allow(*DATA)
@require_safe
def cadre_list(request):
    if any(has_personal_number(request.GET.get(name, "")) for name in ("q", "xa")):
        return redirect("cadres:search_number")
    views = Menu("cadres:list", request.user, request.GET)
    if not request.GET and views.default:
        return redirect(url_of(views.default))
    asked = asked_of(request)
    listed = asked.listed(request)
    total = listed.total
    lines = shown_lines(asked, listed.people, query=as_of_query(request))
    audit.record(request, Action.LIST, subject_type="cadre", count=total)
    leavers, leavers_url = (0, "") if total else among_leavers(asked)
    context = {
        "page": listed.page,
        "lines": lines,
        "asked": asked,
        "views": views,
        "may_write": request.user.role in WRITERS,
        "offered": [(each, each in asked.columns) for each in offered(request.user)],
        "most_columns": MOST_COLUMNS,
        "chips": asked.chips,
        "total": total,
        "everyone": listed.everyone,
        "leavers": leavers,
        "leavers_url": leavers_url,
        "says_nothing": bool(name := request.GET.get("q", "").strip()) and not has_word(name),
    }
    return render(request, "cadres/cadre_list.html", context)


@allow(*DATA)
@require_POST
def cadre_export(request):
    """The list of the address in `loc`, whole, or the ticked people, as a workbook."""
    purpose, chosen = _purpose(request), selection_of(request, request.POST)
    if not purpose:
        return redirect(chosen.list_url)
    keys = chosen.keys()
    audit.record(request, Action.EXPORT, subject_type="cadre", subjects=keys, purpose=purpose)
    sheets = people_book(chosen.asked, keys, chosen=chosen.is_ticked)
    name, day = "Danh sách cán bộ", chosen.asked.day
    return book_response(lambda file: write_book(sheets, file), name, day)


def _purpose(request):
    """What the export is for; without it the page says what to do."""
    purpose = request.POST.get("muc_dich", "").strip()
    if not purpose:
        messages.error(request, "Chưa xuất: hãy ghi mục đích rồi bấm lại.")
    return purpose


@allow(*DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    """What is typed in the head of every page, by POST so that a number never stands in an
    address: numbers are answered here, a name goes on to the list, whose address keeps it."""
    text = request.POST.get("q", "").strip()[:LONGEST_SEARCH]
    if has_personal_number(text):
        return _answer_number(request, text)
    person = person_coded(request.user, text)
    if person:
        return redirect(person.get_absolute_url() + as_of_query(request))
    asked = {"q": text, "ngay": request.GET.get("ngay", "")}
    query = urlencode({name: value for name, value in asked.items() if value})
    return redirect(reverse("cadres:list") + (f"?{query}" if query else ""))


@allow(*DATA)
@require_http_methods(["GET", "HEAD", "POST"])
def search_number(request):
    """Find someone by a whole number, by POST: it stands in no address and no log."""
    if request.method == "POST":
        return _answer_number(request, request.POST.get("q", ""))
    context = {"numbers": numbers_of(request.user), "withheld": numbers_withheld(request.user)}
    return render(request, "cadres/number_search.html", context)


def _answer_number(request, number):
    """The person with this number, or why there is none; each try is counted and logged."""
    if not may_ask_now(request.user):
        return render(request, "429.html", status=429)
    found = people_numbered(request.user, number)
    audit.record(request, Action.SEARCH_NUMBER, subject_type="cadre", subjects=found)
    if len(found) == 1:
        return redirect(found[0].get_absolute_url() + as_of_query(request))
    if found:
        return render(request, "cadres/number_several.html", {"people": found})
    messages.info(request, _not_found(request.user, number))
    return redirect(reverse("cadres:search_number") + as_of_query(request))


def _not_found(user, number):
    if not number.strip():
        return "Chưa có số để tìm: hãy nhập số."
    withheld = " và ".join(numbers_withheld(user))
    if withheld:
        return f"Chỉ tìm được theo tên và số hiệu: vai trò của bạn không xem {withheld}."
    return "Không thấy ai có đúng số này trong phạm vi của bạn; hãy kiểm tra lại từng chữ số."


@allow(*HR)
@require_POST
def record_set(request):
    """The whole record set as a workbook, for the district's staff."""
    purpose = _purpose(request)
    if not purpose:
        return redirect("cadres:list")
    audit.record(
        request,
        Action.EXPORT,
        subject_type="cadre",
        count=Cadre.objects.visible_to(request.user).count(),
        of_all=True,
        purpose=purpose,
        detail={"what": "record set"},
    )
    return book_response(write_record_set, "Bộ dữ liệu cán bộ")
