"""Which gaps of the page of needs are meant: those that are ticked, or all that an address lists.

By the address and not by rows in the page, so that all pages of a list are meant; whoever is
outside the scope of the user is nobody, however the mark came.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from training.gaps import Row, admission_to
from training.need_page import Asked, asked_of
from training.needs import Statement

TICKED, ALL, ADDRESS = "chon", "tat_ca", "loc"
_MOST_TICKED = 1000


@dataclass(frozen=True)
class Chosen:
    """The list that an address asks for, and which gaps of it."""

    asked: Asked
    query: QueryDict
    ticked: frozenset[str]
    is_whole: bool

    @cached_property
    def rows(self) -> list[Row]:
        """The gaps, by name of the person."""
        if self.is_whole:
            return self.asked.rows
        return [row for row in self.asked.rows if row.token in self.ticked]

    @property
    def people(self) -> list[int]:
        """The keys of whose they are, each once."""
        return list(dict.fromkeys(row.person.key for row in self.rows))

    @property
    def programmes(self) -> set[int]:
        """The programmes that would fill them."""
        return {row.programme for row in self.rows if row.programme}

    def towards(self, programme: int | None) -> list[Row]:
        """The gaps with `programme` for all, each person once; as they are where it is None."""
        if programme is None or programme not in self.asked.offer.courses:
            return self.rows
        once = {row.person.key: row for row in reversed(self.rows)}
        offer = self.asked.offer
        return [
            replace(row, programme=programme, admission=admission_to(offer, programme, row.person))
            for row in self.rows
            if once[row.person.key] is row
        ]

    def is_stated(self, row: Row, year: int) -> bool:
        """Whether a need of the person, programme and year stands already."""
        mine = self.asked.answers.get(row.person.key, ())
        return any(each.programme == row.programme and each.year == year for each in mine
                   if row.programme)  # fmt: skip

    @property
    def list_url(self) -> str:
        """The list that they come from."""
        query = self.query.urlencode()
        return reverse("training:need_list") + (f"?{query}" if query else "")

    @property
    def address(self) -> str:
        """The selection as the query of an address."""
        told: list[tuple[str, Any]] = [(ADDRESS, self.query.urlencode())]
        told += [(ALL, 1)] if self.is_whole else [(TICKED, each) for each in sorted(self.ticked)]
        return urlencode(told)


def chosen_of(request: Any, data: QueryDict) -> Chosen:
    """The selection in `data`; the request then stands at the address of the list, so that its day
    and filters are those of the page that the selection was made on."""
    ticked = frozenset(data.getlist(TICKED)[:_MOST_TICKED])
    is_whole, query = bool(data.get(ALL)), QueryDict(data.get(ADDRESS, ""))
    request.GET = query
    return Chosen(asked_of(request), query, ticked, is_whole)


def statement_of(
    row: Row, *, answer: str, year: int, reason: str, exception_reason: str
) -> Statement:
    """The answer to the gap of `row`."""
    gap = row.gap
    return Statement(
        cadre_id=row.person.key, commune_id=row.person.unit, answer=answer, year=year,
        programme_id=row.programme, strand=gap.strand, rank=gap.rank, content=gap.content,
        due_on=gap.due, reason=reason, exception_reason=exception_reason,
    )  # fmt: skip
