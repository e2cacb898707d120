"""The lines of the people list as HTML: made here and not in a template, which would take most of
the time of a page that holds four hundred cells."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cadres.columns import ListColumn, Row, post_names
from daitu_portal.addresses import address
from daitu_portal.templatetags.portal import verdict_pill

LACKS = format_html('<td class="lacks">{}</td>', "thiếu dữ liệu")
_NOT_SERVING = format_html(
    '<td><span class="second">—<span class="visually-hidden"> {}</span></span></td>',
    "không giữ chức vụ ngày này",
)
_ON_ONE_LINE = {"gioi", "sinh", "xa", "llct", "dat"}


_LINE = (
    '<tr><td class="check"><input type="checkbox" name="chon" value="{0}" aria-labelledby="n{0}">'
    '</td><th scope="row" id="n{0}"><a href="{1}">{2}</a></th>{3}</tr>'
)


def lines_of(
    rows: Sequence[Row], columns: Sequence[ListColumn], query: str, line: set[int] | None
) -> Iterator[SafeString]:
    """A line for each row, to be ticked by the person's key; links keep `query`, the day, and lead
    to communes of `line` alone."""
    all_cells = "{}" * len(columns)
    for row in rows:
        cells = format_html(all_cells, *(_cell(each, row, query, line) for each in columns))
        url = address("cadres:detail", row.person.pk) + query
        yield format_html(_LINE, row.person.pk, url, row.person.full_name, cells)


def _cell(column: ListColumn, row: Row, query: str, line: set[int] | None) -> SafeString:
    text = column.text(row)
    if not text:
        return LACKS
    if column.code == "dat" and not row.posts:
        return _NOT_SERVING
    shown = _SHOWN.get(column.code)
    inside = shown(row, query, line) if shown else str(text)
    return _td(inside, nowrap=column.code in _ON_ONE_LINE)


@lru_cache(maxsize=4096, typed=True)
def _td(inside: str, *, nowrap: bool) -> SafeString:
    """A cell: levels, posts and units are the same for many people. By `typed` text that reads
    like HTML made here is another key, and is escaped."""
    if nowrap:
        return format_html('<td class="nowrap">{}</td>', inside)
    return format_html("<td>{}</td>", inside)


def _posts(row: Row, query: str, line: set[int] | None) -> SafeString:
    if not row.posts:
        return format_html('<span class="second">{}</span>', post_names(row))
    main, others = row.main.post, ((o.post, o.commune.name) for o in row.others)
    return _post_names(
        main.name, main.short_name,
        *((post.name, commune, post.short_name) for post, commune in others),
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _post_names(name: str, short_name: str, *others: tuple[str, str, str]) -> SafeString:
    html = ' <span class="tag" title="{}, {}">+ {}</span>'
    added = format_html_join("", html, others)
    if name == short_name:
        return format_html("{}{}", name, added)
    return format_html('<span title="{}">{}</span>{}', name, short_name, added)


def _unit(row: Row, query: str, line: set[int] | None) -> SafeString | str:
    key, name = row.unit or (0, "")
    if line is not None and key not in line:
        return name
    return _unit_link(key, query, name)


@lru_cache(maxsize=1024)
def _unit_link(key: int, query: str, name: str) -> SafeString:
    return format_html('<a href="{}{}">{}</a>', address("reports:commune", key), query, name)


def _verdict(row: Row, query: str, line: set[int] | None) -> str:
    return verdict_pill(row.verdict, drawn_once=True)


_SHOWN: dict[str, Callable[[Row, str, set[int] | None], str]] = {
    "chuc": _posts,
    "xa": _unit,
    "dat": _verdict,
}
