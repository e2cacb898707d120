"""Which gaps of the page of needs are meant: those that are ticked, or all that an address lists.

By the address and not by rows in the page, so that all pages of a list are meant; whoever is
outside the scope of the user is nobody, however the mark came.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from training.gaps import Row, admission_to
from training.models import Need
from training.need_answers import Answer, open_of_another_year, open_words
from training.need_page import Asked, asked_of
from training.needs import Statement, some

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
        """The gaps with `programme` for all; as they are where it is None or not offered."""
        if programme is None or programme not in self.asked.offer.courses:
            return self.rows
        offer = self.asked.offer
        return [
            replace(row, programme=programme, admission=admission_to(offer, programme, row.person))
            for row in self.rows
        ]

    def parted(self, rows: Iterable[Row], answer: str, year: int) -> "Parted":
        """Which of `rows` may be answered so for the year, and beside which a need stands."""
        found = Parted(year)
        for row in rows:
            mine = self.asked.answers.get(row.person.key, ())
            now = _now(mine, row, year)
            before = self._before(mine, row, year) if answer == Need.Answer.SEND else None
            if now and now.answer == answer:
                found.same.append(row)
            elif now or before:
                found.told.append((row, now, before))
            else:
                found.free.append(row)
        return found

    def _before(self, mine: Iterable[Answer], row: Row, year: int) -> Answer | None:
        gap = row.gap
        return open_of_another_year(
            mine, year=year, programme=row.programme, strand=gap.strand, rank=gap.rank,
            content=gap.content,
        )  # fmt: skip

    def passed_over(self, parted: "Parted") -> str:
        """Who was passed over because of a need that stands, and what to do. One query at most."""
        lines = self.asked.lines([row for row, _, _ in parted.told])
        names = {line.row.person.key: line.name for line in lines}
        told = [
            f"{names.get(row.person.key, '')} {_beside(now, before)}"
            for row, now, before in parted.told
        ]
        return f"Chưa lập cho {some(told, '; ')}." if told else ""

    def register_url(self, parted: "Parted") -> str:
        """The list of stated needs, as far as it can be narrowed to those of `told`."""
        people = {row.person.key for row, _, _ in parted.told}
        years = {each.year for _, now, before in parted.told if (each := now or before)}
        query = {"ngay": self.query.get("ngay", "")}
        if len(people) == 1:
            query["q"] = self.asked.lines([parted.told[0][0]])[0].name
        if len(years) == 1:
            query["nam"] = str(*years)
        told = {name: value for name, value in query.items() if value}
        return f"{reverse('training:need_register')}?{urlencode(told)}"

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


@dataclass
class Parted:
    """Rows of a statement for a year: `free` to be answered; the `same` answer stands already;
    `told`: another answer stands for the year, or a need of another year is open."""

    year: int
    free: list[Row] = field(default_factory=list)
    same: list[Row] = field(default_factory=list)
    told: list[tuple[Row, Answer | None, Answer | None]] = field(default_factory=list)

    @property
    def same_words(self) -> str:
        """How many have the answer already; "" where nobody has."""
        if not self.same:
            return ""
        return f"Bỏ qua {len(self.same)} dòng đã có nhu cầu năm {self.year}."


def _now(mine: Iterable[Answer], row: Row, year: int) -> Answer | None:
    """The answer of the person and programme that stands for the year."""
    fits = (each for each in mine if each.programme == row.programme and each.year == year)
    return next(fits, None) if row.programme else None


def _beside(now: Answer | None, before: Answer | None) -> str:
    if now:
        return f"đang có nhu cầu “{now.words}”: rút nhu cầu ấy trước rồi lập lại"
    return open_words(before.year) if before else ""


def each_once(rows: Iterable[Row]) -> list[Row]:
    """`rows` without those that would send a person to the same programme again."""
    found = {(row.person.key, row.programme or row.gap.code): row for row in reversed([*rows])}
    return list(reversed(found.values()))


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
