"""Whom the bar of the people list speaks of: those who are ticked, or all whom an address lists.

By the address and not by keys in the page, so that all pages of a list are meant; whoever is
outside the scope of the user is nobody, however the key came.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from cadres.models import Cadre
from cadres.people_page import Asked, asked_of
from daitu_portal.addresses import is_key

TICKED, ALL, ADDRESS = "chon", "tat_ca", "loc"
_MOST_TICKED = 1000  # a page holds fifty; more is no page of ours


@dataclass(frozen=True)
class Selection:
    """The list that an address asks for, and whom of it."""

    asked: Asked
    query: QueryDict
    ticked: tuple[int, ...]
    is_whole: bool

    @property
    def is_ticked(self) -> bool:
        return bool(self.ticked) and not self.is_whole

    @cached_property
    def people(self) -> QuerySet[Cadre]:
        """Whom `asked.user` may see of them, in the order of the list."""
        if not self.is_ticked:
            return self.asked.people
        mine = self.asked.filters.queryset.filter(pk__in=self.ticked)
        return mine.order_by(*self.asked.people.query.order_by)

    def keys(self, most: int | None = None) -> list[int]:
        """Their keys, `most` at the most. One query."""
        return list(self.people.values_list("pk", flat=True)[:most])

    @property
    def list_url(self) -> str:
        """The list that they come from."""
        query = self.query.urlencode()
        return reverse("cadres:list") + (f"?{query}" if query else "")

    @property
    def is_empty(self) -> bool:
        """Whether nobody was ticked and the whole list was not meant either."""
        return not self.ticked and not self.is_whole

    @property
    def address(self) -> str:
        """The selection as the query of an address."""
        told: list[tuple[str, Any]] = [(ADDRESS, self.query.urlencode())]
        told += [(ALL, 1)] if self.is_whole else [(TICKED, key) for key in self.ticked]
        return urlencode(told)


def selection_of(request: Any, data: QueryDict) -> Selection:
    """The selection in `data`; the request then stands at the address of the list, so that its day
    and filters are those of the page that the selection was made on."""
    ticked = tuple(int(key) for key in data.getlist(TICKED)[:_MOST_TICKED] if is_key(key))
    is_whole, query = bool(data.get(ALL)), QueryDict(data.get(ADDRESS, ""))
    request.GET = query
    return Selection(asked_of(request), query, ticked, is_whole)
