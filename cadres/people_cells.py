"""The lines of the people list as HTML: made here and not in a template, which would take most of
the time of a page that holds four hundred cells."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from html import escape  # quicker than the one of Django, which minds lazy text
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from cadres.columns import ListColumn, Row, post_names

LACKS = mark_safe('<td class="lacks">thiếu dữ liệu</td>')
_NOT_SERVING = mark_safe(
    '<td><span class="second">—<span class="visually-hidden"> không giữ chức vụ ngày này</span>'
    "</span></td>"
)
_ON_ONE_LINE = {"gioi", "sinh", "xa", "llct", "dat"}


class Line(NamedTuple):
    """A person's line: where the name leads, the name, and the cells beside it."""

    url: str
    name: str
    cells: SafeString


def lines_of(
    rows: Sequence[Row], columns: Sequence[ListColumn], query: str, line: set[int] | None
) -> Iterator[Line]:
    """A line for each row; links keep `query`, the day, and lead to communes of `line` alone."""
    for row in rows:
        cells = mark_safe("".join(_cell(column, row, query, line) for column in columns))
        url = address("cadres:detail", row.person.pk) + query
        yield Line(url, row.person.full_name, cells)


def address(route: str, key: int) -> str:
    """The address of an object; quicker than `reverse` for each of a hundred."""
    return _pattern(route).replace("/0/", f"/{key}/")


@lru_cache(maxsize=16)
def _pattern(route: str) -> str:
    return reverse(route, args=[0])


def _cell(column: ListColumn, row: Row, query: str, line: set[int] | None) -> str:
    text = column.text(row)
    if not text:
        return LACKS
    if column.code == "dat" and not row.posts:
        return _NOT_SERVING
    shown = _SHOWN.get(column.code)
    inside = shown(row, query, line) if shown else escape(str(text))
    start = '<td class="nowrap">' if column.code in _ON_ONE_LINE else "<td>"
    return f"{start}{inside}</td>"


def _posts(row: Row, query: str, line: set[int] | None) -> str:
    if not row.posts:
        return f'<span class="second">{escape(post_names(row))}</span>'
    main = row.main.post
    return f'<span title="{escape(main.name)}">{escape(main.short_name)}</span>' + "".join(
        f' <span class="tag" title="{escape(f"{other.post.name}, {other.commune.name}")}">'
        f"+ {escape(other.post.short_name)}</span>"
        for other in row.others
    )


def _unit(row: Row, query: str, line: set[int] | None) -> str:
    key, name = row.unit or (0, "")
    if line is not None and key not in line:
        return escape(name)
    return f'<a href="{address("reports:commune", key)}{query}">{escape(name)}</a>'


def _verdict(row: Row, query: str, line: set[int] | None) -> str:
    return _pill(str(row.verdict.verdict), row.verdict.until)


@lru_cache(maxsize=256)
def _pill(verdict: str, until: date | None) -> SafeString:
    return render_to_string("partials/verdict.html", {"verdict": verdict, "until": until})


_SHOWN: dict[str, Callable[[Row, str, set[int] | None], str]] = {
    "chuc": _posts,
    "xa": _unit,
    "dat": _verdict,
}
