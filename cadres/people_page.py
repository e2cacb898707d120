"""What the people list and its workbook share: who is asked for, in which order, which columns."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.as_of import as_of
from accounts.models import User
from accounts.saved_views import PLAIN
from cadres.columns import PARAMETER, SORTS, ListColumn, chosen, rows_of, with_cells
from cadres.filter_choices import EVERYBODY
from cadres.filters import CadreFilter
from cadres.models import Cadre
from cadres.people_cells import lines_of
from cadres.people_records import load_records
from cadres.person_page import line_shown
from cadres.rulebook import Rulebook
from daitu_portal.paging import COUNT_CEILING, PER_PAGE, Page, capped_count, count_of, page_of
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

    def listed(self, request) -> "Listed":
        """The page that the address asks for. Two queries at most: a list that is narrowed is
        gone through once, for the keys of its people in their order."""
        if not any(self.filters.in_force()):
            return self._unfiltered(request)
        keys, everyone = self._keys()
        page = page_of(request, keys, counted=len(keys))
        some = self.filters.queryset.filter(pk__in=list(page))
        people = self._with_cells(some).in_bulk() if keys else {}
        return Listed(page, [people[key] for key in page], len(keys), everyone)

    def _unfiltered(self, request) -> "Listed":
        """A page of everybody; the first one counts them in the query that reads it."""
        rows = self._with_cells(self.people)
        if self.book.knows(self._key) or request.GET.get("trang"):
            everyone = self.book.remembered(self._key, lambda: capped_count(self.filters.base))
            page = page_of(request, rows, counted=everyone)
            return Listed(page, list(page), everyone, everyone)
        people = list(rows.annotate(everyone=count_of(self.filters.base))[:PER_PAGE])
        found = people[0].everyone if people else 0
        everyone = self.book.remembered(self._key, lambda: found)
        page = page_of(request, range(everyone), counted=everyone)
        return Listed(page, people, everyone, everyone)

    @property
    def _key(self) -> tuple[Any, ...]:
        """By what the number of everybody is remembered."""
        return "people", self.day, self.filters.everybody, self.user.role, self.user.commune_id

    def _keys(self) -> tuple[list[int], int]:
        """The keys of those asked for, one more than are counted at most, and how many there are
        without any filter. One query, one more where nobody is found."""
        rows = self.people
        if not self.book.knows(self._key):
            rows = rows.annotate(everyone=count_of(self.filters.base))
            found = list(rows.values_list("pk", "everyone")[: COUNT_CEILING + 1])
            keys, numbers = [key for key, _ in found], [number for _, number in found[:1]]
        else:
            keys, numbers = list(rows.values_list("pk", flat=True)[: COUNT_CEILING + 1]), []

        def count() -> int:
            return numbers[0] if numbers else capped_count(self.filters.base)

        return keys, self.book.remembered(self._key, count)

    def _with_cells(self, people: QuerySet[Cadre]) -> Any:
        return with_cells(people, self.columns, self.day, self.filters.year)

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
        return _address(query)

    @property
    def _whole(self) -> str:
        """Whose people the account may see."""
        return self.user.commune.name if self.user.commune else "toàn huyện"

    @property
    def _scope(self) -> str:
        """Of which unit the list is: the one that is asked for, else all that may be seen."""
        units = [words for name, _, _, words in self.filters.in_force() if name == "xa"]
        return units[0] if units else self._whole

    def lead(self, *, chosen: bool = False) -> list[str]:
        """The lines above the table of the workbook: what, of which day, whose, by whom; `chosen`
        where people were ticked on the list."""
        found = [f"{label}: {words}" for _, _, label, words in self.filters.in_force()]
        found = [] if chosen else found
        scope = self._scope if not chosen else self._whole
        told = "Những người được chọn trên danh sách" if chosen else "Không lọc"
        return [
            "Danh sách cán bộ, công chức và người hoạt động không chuyên trách",
            f"Số liệu tính đến ngày {self.day:%d/%m/%Y} · Phạm vi: {scope}",
            f"Điều kiện lọc: {'; '.join(found)}" if found else told,
            f"Người xuất: {self.user.full_name}, {timezone.localtime():%H:%M %d/%m/%Y}",
        ]


@dataclass(frozen=True)
class Listed:
    """A page of the list, its people, how many are asked for, and of how many."""

    page: Page
    people: list[Any]
    total: int
    everyone: int


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


def shown_lines(asked: Asked, people: list[Any], query: str) -> SafeString:
    """The lines of a page of people, in HTML. Three queries, one more for a clerk or head."""
    load_records(people, asked.day, asked.book)
    rows = rows_of(people, asked.book, asked.day, asked.filters.year)
    ordered = exact_first(rows, asked.filters.data.get("q", ""))
    lines = lines_of(ordered, asked.columns, query, line_shown(asked.user))
    return format_html_join("", "{}", ((line,) for line in lines))


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
    return _address(query)


def _address(query: QueryDict) -> str:
    """The list of `query`; of an empty one too, and not the view that opens first."""
    return f"?{query.urlencode() or PLAIN['cadres:list']}"
