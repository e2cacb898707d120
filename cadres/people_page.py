"""What the people list and its workbook share: who is asked for, in which order, which columns."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.as_of import as_of
from accounts.models import User
from cadres.columns import PARAMETER, SORTS, ListColumn, chosen, rows_of
from cadres.filter_choices import EVERYBODY
from cadres.filters import CadreFilter
from cadres.models import Cadre
from cadres.people_cells import Line, lines_of
from cadres.people_records import load_records
from cadres.person_page import line_shown
from cadres.rulebook import Rulebook
from daitu_portal.paging import counts_of
from daitu_portal.tables import sorted_by
from daitu_portal.text import clean


@dataclass(frozen=True)
class Asked:
    """The list that an address asks for, within the scope of who asks."""

    user: User
    day: date
    book: Rulebook
    filters: CadreFilter
    people: QuerySet[Cadre]
    columns: list[ListColumn]

    def counts(self) -> list[int]:
        """How many are asked for, and of how many, up to a ceiling. One query at
        most."""
        key = ("people", self.day, self.filters.everybody, self.user.role, self.user.commune_id)
        is_narrowed = any(self.filters.in_force())
        if is_narrowed and not self.book.knows(key):
            found, everyone = counts_of(self.people, self.filters.base)
            self.book.remembered(key, lambda: everyone)
            return [found, everyone]
        everyone = self.book.remembered(key, lambda: counts_of(self.filters.base)[0])
        return [counts_of(self.people)[0] if is_narrowed else everyone, everyone]

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        """What narrows the list, each with the address without it."""
        return [
            {"label": label, "value": words, "url": _without(self.filters.data, name, value)}
            for name, value, label, words in self.filters.in_force()
        ]

    @property
    def plain_url(self) -> str:
        """The same list without any filter: day, order and columns stay."""
        query = self.filters.data.copy()
        for name in [*self.filters.form.fields, "trang"]:
            query.pop(name, None)
        return f"?{query.urlencode()}"

    @property
    def lead(self) -> list[str]:
        """The lines above the table of the workbook: what, of which day, whose, by whom."""
        scope = self.user.commune.name if self.user.commune else "toàn huyện"
        found = [f"{label}: {words}" for _, _, label, words in self.filters.in_force()]
        return [
            "Danh sách cán bộ, công chức và người hoạt động không chuyên trách",
            f"Số liệu tính đến ngày {self.day:%d/%m/%Y} · Phạm vi: {scope}",
            f"Điều kiện lọc: {'; '.join(found)}" if found else "Không lọc",
            f"Người xuất: {self.user.full_name}, {timezone.localtime():%H:%M %d/%m/%Y}",
        ]


def asked_of(request) -> Asked:
    """Read the address of `request`: filters, order (left on the request) and columns."""
    day, book = as_of(request), Rulebook.now()
    filters = CadreFilter(request.GET, user=request.user, day=day, book=book)
    people = sorted_by(request, filters.qs, SORTS, "ten")
    columns = chosen(request.user, request.GET.getlist(PARAMETER))
    return Asked(request.user, day, book, filters, people, columns)


def among_leavers(asked: Asked) -> tuple[int, str]:
    """How many who no longer serve bear the name that nobody who serves bears, and the address
    that lists them; (0, "") where none does."""
    query = asked.filters.data.copy()
    if not query.get("q") or asked.filters.everybody:
        return 0, ""
    query["ai"] = EVERYBODY
    query.pop("trang", None)
    everybody = CadreFilter(query, user=asked.user, day=asked.day, book=asked.book)
    number = everybody.qs.count()
    return number, f"?{query.urlencode()}" if number else ""


def shown_lines(asked: Asked, people: list[Any], query: str) -> list[Line]:
    """The lines of a page of people, in HTML. Three queries, one more for a clerk or head."""
    load_records(people, asked.day, asked.book)
    rows = rows_of(people, asked.book, asked.day, asked.filters.year)
    ordered = exact_first(rows, asked.filters.data.get("q", ""))
    return list(lines_of(ordered, asked.columns, query, line_shown(asked.user)))


def exact_first(rows: list[Any], text: str) -> list[Any]:
    """`rows` with those first in whose name most words of `text` stand as they are typed, accents
    and all; their order else unchanged."""
    words = clean(text).lower().split()

    def as_typed(row: Any) -> int:
        name = f" {row.person.full_name.lower()}"
        return sum(f" {word}" in name for word in words)

    return sorted(rows, key=as_typed, reverse=True) if words else rows


def _without(data: QueryDict, name: str, value: str) -> str:
    query = QueryDict(mutable=True)
    for key, values in data.lists():
        kept = [v for v in values if v and (key, v) != (name, value)]
        if key != "trang" and kept:
            query.setlist(key, kept)
    return f"?{query.urlencode()}"
