"""Indicators, a figure, and the names behind it."""

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import audit
from accounts.access import DATA, allow
from accounts.as_of import as_of
from accounts.models import DISTRICT_ROLES, AuditEvent
from cadres.models import Commune
from cadres.rulebook import Rulebook
from daitu_portal.charts import Series
from daitu_portal.excel import book_response, write_book
from daitu_portal.excel_explained import book_of
from daitu_portal.paging import page_of
from reports import figure_page
from reports.figure_export import names_sheet
from reports.figure_page import BY_COMMUNE, MOVES, TREND, Asked
from reports.moves import lines_of, moves_of
from reports.names import LineWriter, names_of
from reports.queries import Figures, indicators_of, line_of
from reports.rules.days import quarter_ends, year_end_before
from reports.scope import Scopes, change_of

Action = AuditEvent.Action
UNITS_A_PAGE = 50


@allow(*DATA)
@require_safe
def indicator_list(request):
    day = as_of(request)
    before = year_end_before(day)
    figures = Figures(request.user, day=day)
    found = figures.matrices([day, before], per_commune=())
    rows = [figure_page.summary(each, found[day], found[before]) for each in found[day].indicators]
    groups = [
        ("Trình độ, bồi dưỡng, xếp loại", [row for row in rows if not row.is_of_standard]),
        ("Đạt chuẩn chức danh", [row for row in rows if row.is_of_standard]),
    ]
    context = {
        "day": day,
        "before": before,
        "stand_ins": found[before].scope.stand_ins,
        "groups": [(title, lines) for title, lines in groups if lines],
    }
    return render(request, "reports/indicator_list.html", context)


def _indicator_on(book, code, day):
    """(the indicator as defined on the day, or its last definition; whether it is in force)."""
    versions = [each for each in indicators_of(book) if each.code == code]
    if not versions:
        raise Http404("Không có chỉ tiêu này.")
    current = [each for each in versions if each.is_in_force(day)]
    return (current or versions)[-1], bool(current)


@allow(*DATA)
@require_safe
def figure(request, code):
    day, book = as_of(request), Rulebook.now()
    indicator, is_in_force = _indicator_on(book, code, day)
    if not is_in_force:
        return render(request, "reports/figure_absent.html", {"indicator": indicator})
    asked = Asked.of(request.GET, indicator, day, book)
    context = {
        "asked": asked,
        "indicator": indicator,
        "sources": figure_page.sources(indicator, day, book),
        "export_query": request.GET.urlencode(),
        "crumbs": [("Báo cáo", ""), ("Chỉ tiêu", reverse("reports:indicator_list"))],
    }
    part = {BY_COMMUNE: _by_commune, TREND: _over_time, MOVES: _moves}.get(asked.tab, _by_name)
    return render(request, "reports/figure.html", context | part(request, asked, book))


def _by_name(request, asked, book):
    line = line_of(request.user)
    then = _scope_then(request.user, line, asked, book)
    names = names_of(
        asked.indicator, line, asked.day, book,
        commune_id=asked.commune_id, other_unit=asked.other_unit,
        judged=asked.states, earlier=asked.earlier, then=then,
    )  # fmt: skip
    in_tab = names.within(asked.states)
    chosen = names.within(asked.states, asked.verdict)
    page = page_of(request, chosen)
    lines = LineWriter(names, book, line).lines(page.object_list)
    people = {name.row.cadre_id for name in in_tab}
    audit.record(
        request, Action.LIST, subject_type="cadre", count=len(chosen),
        subjects=[each.person.pk for each in lines], detail={"figure": asked.indicator.code},
    )  # fmt: skip
    return {
        "page": page,
        "lines": lines,
        "may_choose": request.user.role in DISTRICT_ROLES and asked.lists_gaps,
        "people": len(people),
        "in_tab": len(in_tab),
        "verdicts": figure_page.verdict_choices(asked, in_tab),
        "communes": figure_page.commune_choices(asked, in_tab),
        "commune": _commune_asked(request.user, asked, names),
        **_card(asked, change_of(names.ratio, names.earlier, then), then,
                figure_page.communes_of(names)),
    }  # fmt: skip


def _scope_then(user, line, asked, book):
    """Whose rows the figure is compared with."""
    key = asked.commune_id
    if key is not None:
        line = {key} if line is None or key in line else set()
    return Scopes(line, asked.day, book, user.commune).on(asked.earlier)


def _card(asked, change, then, communes):
    """What every tab shows of the figure itself; `then` is whose rows counted before."""
    ratio = change.now
    return {
        "ratio": ratio,
        "below": ratio.missing - (ratio.unknown or 0),
        "change": change,
        "stand_ins": then.stand_ins,
        "tabs": asked.tabs(ratio, communes),
    }


def _commune_asked(user, asked, names=None):
    """The name of the commune that narrows the figure; 404 where the user may not see it."""
    if asked.commune_id is None:
        return ""
    if names and names.everyone:
        return names.everyone[0].row.commune
    commune = Commune.objects.visible_to(user).filter(pk=asked.commune_id).first()
    if commune is None:
        raise Http404("Không có đơn vị này.")
    return commune.short_name


def _by_commune(request, asked, book):
    figures = Figures(request.user, book, day=asked.day)
    found = figures.matrices([asked.day, asked.earlier], codes=[asked.indicator.code],
                             other_unit=asked.other_unit, per_commune=[asked.day])  # fmt: skip
    now, before, code = found[asked.day], found[asked.earlier], asked.indicator.code
    rows = [
        (commune, now.ratio(code, commune.pk), asked.url(muc=None, xa=commune.pk, ket_luan=None))
        for commune in now.communes
    ]
    counted = sum(1 for _, ratio, _ in rows if ratio.denominator or ratio.unknown)
    return {
        "rows": page_of(request, rows, per_page=UNITS_A_PAGE),
        **_card(asked, now.change(code, before), before.scope, counted),
    }


def _over_time(request, asked, book):
    figures = Figures(request.user, book, commune_id=asked.commune_id, day=asked.day)
    days, code = quarter_ends(asked.day, 9), asked.indicator.code
    found = figures.matrices(sorted({*days, asked.earlier}), codes=[code],
                             other_unit=asked.other_unit, per_commune=())  # fmt: skip
    now, before = found[asked.day], found[asked.earlier]
    points = [(day, found[day].ratio_if_any(code)) for day in days]
    return {
        "trend": [Series(asked.indicator.short_name, points)],
        "trend_stand_ins": figures.stand_ins(days),
        "commune": _commune_asked(request.user, asked),
        **_card(asked, now.change(code, before), before.scope, None),
    }


def _moves(request, asked, book):
    line = line_of(request.user)
    then = _scope_then(request.user, line, asked, book)
    before, was_in_force = _indicator_on(book, asked.indicator.code, asked.earlier)
    found = moves_of(
        (asked.indicator, asked.day), (before, asked.earlier), line, then, book,
        commune_id=asked.commune_id, other_unit=asked.other_unit,
    )  # fmt: skip
    page = page_of(request, found.all)
    lines = lines_of(page.object_list, found, book, line)
    audit.record(
        request, Action.LIST, subject_type="cadre", count=len(found.all),
        subjects=[each.move.name.row.cadre_id for each in lines],
        detail={"figure": asked.indicator.code},
    )  # fmt: skip
    return {
        "page": page,
        "lines": lines,
        "moves": found,
        "was_in_force": was_in_force,
        "commune": _commune_asked(request.user, asked, found.now),
        **_card(asked, change_of(found.now.ratio, found.then.ratio, then), then,
                figure_page.communes_of(found.now)),
    }  # fmt: skip


@allow(*DATA)
@require_POST
def figure_export(request, code):
    """The names that the page shows, all pages of them, as a workbook."""
    request.GET = QueryDict(request.POST.get("loc", ""))
    day, book = as_of(request), Rulebook.now()
    indicator, is_in_force = _indicator_on(book, code, day)
    purpose = request.POST.get("muc_dich", "").strip()
    if not purpose:
        messages.error(request, "Chưa xuất: hãy ghi mục đích rồi bấm lại.")
    if not purpose or not is_in_force:
        address = reverse("reports:figure", args=[code])
        return redirect(f"{address}?{request.GET.urlencode()}")
    asked = Asked.of(request.GET, indicator, day, book)
    line = line_of(request.user)
    names = names_of(
        indicator, line, day, book,
        commune_id=asked.commune_id, other_unit=asked.other_unit, judged=asked.states,
    )  # fmt: skip
    chosen = names.within(asked.states, asked.verdict)
    commune = _commune_asked(request.user, asked, names)
    audit.record(
        request, Action.EXPORT, subject_type="cadre", purpose=purpose, count=len(chosen),
        subjects={name.row.cadre_id for name in chosen}, detail={"figure": code},
    )  # fmt: skip
    sheets = book_of([names_sheet(LineWriter(names, book, line), chosen, asked, commune)])
    return book_response(lambda file: write_book(sheets, file), indicator.short_name, day)
