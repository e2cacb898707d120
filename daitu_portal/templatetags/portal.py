"""What templates print often: icons, days, percents, verdicts, table heads, charts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Protocol
from xml.etree import ElementTree

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from daitu_portal import charts, tables
from daitu_portal.dates import PartialDate
from daitu_portal.paging import COUNT_CEILING
from daitu_portal.ratio import Ratio

register = template.Library()


class _Column(Protocol):
    """A column of a list."""

    def text(self, row: Any, /) -> Any: ...


_ICONS = files("js_lib_bootstrap_icons") / "static" / "bootstrap-icons"
_DRAWN = {"path", "circle", "rect"}
_SVG = (
    '<svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="currentColor" {}>{}</svg>'
)
_USE = (
    '<svg class="icon" width="16" height="16" fill="currentColor" aria-hidden="true">'
    '<use href="#i-{}"/></svg>'
)
_HIDDEN = format_html('aria-hidden="{}"', "true")

# value: (class, icon, word). The words are those of cadres.rules.standards; a test compares them.
VERDICT_LOOK = {
    "met": ("met", "check-lg", "đạt chuẩn"),
    "specialised": ("met", "check-lg", "đạt theo luật chuyên ngành"),
    "area": ("met", "check-lg", "đạt chuẩn vùng"),
    "transition": ("transition", "clock", "còn thời hạn chuyển tiếp"),
    "not_met": ("not-met", "x-lg", "chưa đạt"),
    "missing": ("missing", "question-circle", "thiếu dữ liệu"),
    "not_required": ("none", "dash-lg", "không yêu cầu"),
    "no_rule": ("none", "slash-circle", "chưa có quy định"),
}


@cache
def _shapes(name: str) -> SafeString:
    """The drawn elements of an icon, as tag names with their attributes written out."""
    root = ElementTree.fromstring((_ICONS / f"{name}.svg").read_text(encoding="utf-8"))
    shapes = [(child.tag.rpartition("}")[2], child.attrib) for child in root]
    return format_html_join(
        "",
        "<{}{}/>",
        (
            (tag, format_html_join("", ' {}="{}"', attributes.items()))
            for tag, attributes in shapes
            if tag in _DRAWN
        ),
    )


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon as inline svg: decoration, or, with a label, a picture with that name."""
    told = format_html('role="img" aria-label="{}"', label) if label else _HIDDEN
    return format_html(_SVG, told, _shapes(name))


@register.simple_tag
def icon_of_page(name: str) -> SafeString:
    """An icon that the page draws once, with `verdict_icons`: for lists of many rows."""
    return format_html(_USE, name)


@register.simple_tag
def verdict_icons() -> SafeString:
    """The icons of verdicts, out of sight, for `icon_of_page`."""
    names = sorted({icon for _, icon, _ in VERDICT_LOOK.values()})
    symbol = '<symbol id="i-{}" viewBox="0 0 16 16">{}</symbol>'
    drawn = format_html_join("", symbol, ((name, _shapes(name)) for name in names))
    return format_html('<svg hidden aria-hidden="true">{}</svg>', drawn)


@register.filter
def percent(value: Ratio | Decimal | None) -> str:
    """ "82,0 %" with a space that does not break; "—" where there is none."""
    number = value.percent if isinstance(value, Ratio) else value
    return "—" if number is None else f"{number:.1f}".replace(".", ",") + "\u00a0%"


@register.filter
def day(value: date | PartialDate | None) -> str:
    """dd/mm/yyyy, or as much of a partial date as is known."""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value) if value else ""


@register.filter
def number(value: int | None) -> str:
    """1.234; "—" where there is none."""
    return "—" if value is None else f"{value:,}".replace(",", ".")


@register.filter
def signed(value: int | Decimal | None) -> str:
    """+3,6 or −1.234, with the sign that is as wide as the plus; "—" where there is none."""
    if value is None:
        return "—"
    size = number(abs(value)) if isinstance(value, int) else f"{abs(value):.1f}".replace(".", ",")
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{size}"


@register.filter
def counted(value: int) -> str:
    """1.234; "hơn 10.000" past the ceiling at which counting stops."""
    return f"hơn {number(COUNT_CEILING)}" if value > COUNT_CEILING else number(value)


@register.simple_tag
def verdict_look(verdict: object, until: date | None = None) -> dict[str, str]:
    """How a verdict is shown: class, icon, text. Takes a verdict object, a leaf or the bare value.

    A transition shows the day it ends, which says more than its name.
    """
    value = str(getattr(verdict, "verdict", verdict))
    style, picture, word = VERDICT_LOOK[value]
    until = until or getattr(verdict, "until", None)
    if value == "transition" and until:
        word = f"còn đến {until:%d/%m/%Y}"
    return {"style": style, "icon": picture, "text": word}


@register.simple_tag
def verdict_pill(verdict: Any, *, drawn_once: bool = False) -> SafeString:
    """`partials/verdict.html` of a person's, post's or leaf's verdict, made once for each kind and
    end: for lists of many rows."""
    return _pill(str(verdict.verdict), verdict.until, drawn_once)


@lru_cache(maxsize=512)
def _pill(verdict: str, until: date | None, drawn_once: bool) -> SafeString:
    told = {"verdict": verdict, "until": until, "drawn_once": drawn_once}
    return render_to_string("partials/verdict.html", told)


@register.inclusion_tag("partials/_sort_link.html", takes_context=True)
def sort_link(context: Context, field: str, label: str) -> dict[str, Any]:
    """A head that sorts its column; pressed again it turns the order round."""
    request = context["request"]
    order = getattr(request, "table_order", request.GET.get(tables.PARAMETER, ""))
    current = order.removeprefix("-") == field
    descending = current and order.startswith("-")
    query = request.GET.copy()
    query.pop("trang", None)
    query[tables.PARAMETER] = f"-{field}" if current and not descending else field
    return {
        "label": label,
        "url": f"?{query.urlencode()}",
        "is_current": current,
        "descending": descending,
    }


@register.inclusion_tag("partials/_sort_head.html", takes_context=True)
def sort_head(context: Context, field: str, label: str, style: str = "") -> dict[str, Any]:
    """The whole <th> of a column that sorts, with aria-sort."""
    return sort_link(context, field, label) | {"style": style}


@register.filter
def gap_class(ratio: Ratio | None) -> str:
    """The class of a heat cell: gap-0 (white) to gap-4 (darkest), gap-none."""
    return charts.gap_class(ratio)


@register.simple_tag
def gap_labels() -> list[tuple[str, str]]:
    """The classes of the heat table with their words, for the legend."""
    return [(f"gap-{number}", words) for number, words in enumerate(charts.GAP_LABELS)]


@register.inclusion_tag("partials/charts/ratio_bar.html")
def ratio_bar(ratio: Ratio) -> dict[str, Any]:
    """A thin meter: numerator filled, the unknown hatched beside it."""
    return {"meter": charts.meter(ratio)}


@register.inclusion_tag("partials/charts/stacked_bar.html")
def stacked_bar(parts: Sequence[tuple[str, int, str]], title: str) -> dict[str, Any]:
    """Parts (label, count, class) of one whole, with their numbers in words beneath."""
    return {"parts": charts.stack(parts), "title": title}


@register.inclusion_tag("partials/charts/trend_line.html")
def trend_line(series: Iterable[charts.Series], title: str) -> dict[str, Any]:
    """Percents over time (daitu_portal.charts.Series), with the same numbers as a table beneath."""
    series = list(series)
    days = sorted({when for one in series for when, _ in one.points})
    by_day = [dict(one.points) for one in series]
    rows = [(when, [points.get(when) for points in by_day]) for when in days]
    return {"trend": charts.trend(series), "title": title, "series": series, "rows": rows}


@register.inclusion_tag("partials/charts/choropleth.html")
def choropleth(ratios: Mapping[str, tuple[Ratio, str]], title: str, on: date) -> dict[str, Any]:
    """The communes' gaps on the map; nothing on a day whose borders were others."""
    width, height = charts.map_size()
    areas = charts.areas(ratios) if charts.map_holds(on) else []
    return {"areas": areas, "title": title, "width": width, "height": height}


@register.simple_tag
def cell(column: _Column, row: Any) -> Any:
    """What a column of a list prints for a row."""
    value = column.text(row)
    return "" if value is None else value
