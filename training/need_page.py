"""What the page of needs shows: gaps filtered, with the answers that stand, and their names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.http import QueryDict

from accounts.as_of import as_of
from accounts.models import User
from cadres.models import Cadre, Commune
from cadres.rulebook import Rulebook
from daitu_portal.addresses import address, is_key
from intake.models import Review, ReviewLine, ReviewUnit
from training.forms.needs import (
    ADMITTED,
    LOST,
    PASSED,
    REFUSED,
    REGISTERED,
    RETIRING,
    UNANSWERED,
    WAITING,
    NeedFilterForm,
)
from training.gaps import Offer, Roster, Row, Sums, roster_of
from training.need_answers import Answer, answers_of
from training.rules.gaps import State, suffices
from training.strands import Cell, cells_of

PEOPLE = "nguoi"  # keys of people in the address, several
_MOST_PEOPLE = 1000


class Line(NamedTuple):
    """A row as the page prints it."""

    row: Row
    name: str
    answer: Answer | None
    programme: str
    why: tuple[str, ...]
    notes: tuple[str, ...]
    cells: list[Cell]

    @property
    def url(self) -> str:
        return address("cadres:detail", self.row.person.key)

    @property
    def because(self) -> str:
        """Why it is a gap, in words."""
        gap = self.row.gap
        if gap.state == State.TRANSITION and gap.due:
            return f"còn thời hạn đến {gap.due:%d/%m/%Y}"
        return _BECAUSE[gap.state] if gap.words else ""


_BECAUSE = {
    State.LACKS: "chưa đạt chuẩn",
    State.TRANSITION: "còn thời hạn chuyển tiếp",
    State.UNKNOWN: "hồ sơ chưa ghi",
    State.BACKLOG: "chuẩn không bắt buộc",
}


@dataclass(frozen=True)
class Asked:
    """The page that an address asks for, within the scope of who asks."""

    user: User
    day: date
    query: QueryDict
    form: NeedFilterForm
    offer: Offer
    roster: Roster
    fresh: Mapping[int, Cadre]
    answers: Mapping[int, list[Answer]]
    reviewed: frozenset[int]
    is_too_wide: bool

    @property
    def programme(self) -> int | None:
        """The key of the programme that is asked about."""
        return int(found) if (found := self.form.asked("ct")) else None

    @property
    def year(self) -> int:
        """The year for which a statement is proposed: that of the filter, else of the day."""
        return self.form.asked("nam") or self.day.year

    @property
    def review(self) -> int | None:
        """The key of the review that is asked about, where it has people in the scope."""
        return int(found) if self.reviewed and (found := self.form.asked("dot")) else None

    @cached_property
    def _everyone(self) -> list[Row]:
        """The rows before any filter but that of programme and review."""
        rows = self.roster.rows(self.offer, self.programme)
        if self.review is None:
            return rows
        keys = self.reviewed
        named = {row.person.key for row in rows}
        whole = [] if self.programme else self.roster.plain(keys - named)
        order = {key: place for place, key in enumerate(self.roster.people)}
        mine = [row for row in rows if row.person.key in keys]
        return sorted([*mine, *whole], key=lambda row: order[row.person.key])

    @cached_property
    def rows(self) -> list[Row]:
        """The rows that pass all filters, by name of the person. One query where a name is asked
        for."""
        named = self._named()
        return [
            row
            for row in self._everyone
            if (named is None or row.person.key in named)
            and self._fits_person(row)
            and self._fits_answer(row)
        ]

    @property
    def people_keys(self) -> list[int]:
        """Keys of the people that the address names: a filter set afterwards keeps them."""
        keys = self.query.getlist(PEOPLE)[:_MOST_PEOPLE]
        return [int(key) for key in keys if is_key(key)]

    def _named(self) -> set[int] | None:
        """Who is asked for by name or key; None where nobody is."""
        found: set[int] | None = None
        if self.people_keys:
            found = set(self.people_keys)
        if text := self.form.asked("q"):
            people = Cadre.objects.visible_to(self.user).search(text)
            by_name = set(people.values_list("pk", flat=True))
            found = by_name if found is None else found & by_name
        return found

    def _fits_person(self, row: Row) -> bool:
        unit, group = self.form.asked("don_vi"), self.form.asked("nhom")
        condition, until = self.form.asked("dk"), self.form.asked("han")
        if until and not (row.gap.state == State.LACKS or row.gap.due and row.gap.due <= until):
            return False
        return (
            unit in ("", str(row.person.unit))
            and self.form.asked("muc") in ("", row.gap.code)
            and (group in ("", *row.person.groups))
            and (condition == "" or _CONDITIONS[condition](row, self.user))
        )

    def _fits_answer(self, row: Row) -> bool:
        asked = self.form.asked("tra_loi")
        if not asked:
            return True
        if asked == PASSED:
            return bool(row.awaited)
        found = self.answer_to(row)
        if asked == UNANSWERED or found is None:
            return asked == UNANSWERED and found is None and not row.awaited
        states = {
            WAITING: found.is_waiting,
            REGISTERED: not found.is_waiting,
            LOST: found.stands_again,
        }
        return states.get(asked, found.answer == asked)

    def answer_to(self, row: Row) -> Answer | None:
        """The last answer to the gap of `row`, of the year that is asked for."""
        year = self.form.asked("nam")
        mine = self.answers.get(row.person.key, ())
        fits = [each for each in mine if year in ("", each.year) and self._is_of(each, row)]
        return max(fits, key=lambda each: (each.year, each.pk), default=None)

    def _is_of(self, each: Answer, row: Row) -> bool:
        gap = row.gap
        if each.programme is not None and each.programme == row.programme:
            return True
        if gap.strand and each.strand == gap.strand:
            return (each.rank or 0) >= (gap.rank or 0)
        if gap.content and gap.content == each.content and gap.content != "other":
            return True
        course = self.offer.courses.get(each.programme or 0)
        return course is not None and suffices(course, gap)

    def lines(self, rows: Iterable[Row]) -> list[Line]:
        """Rows with the names of those whom the user may see. One query, none where they were
        read just now."""
        shown = list(rows)
        people = self.fresh or self._people({row.person.key for row in shown})
        return [self._line(row, people[row.person.key].full_name) for row in shown
                if row.person.key in people]  # fmt: skip

    def _people(self, keys: Collection[int]) -> Mapping[int, Cadre]:
        return Cadre.objects.visible_to(self.user).only("full_name").in_bulk(list(keys))

    def _line(self, row: Row, name: str) -> Line:
        offered = self.offer.programmes
        return Line(
            row=row,
            name=name,
            answer=self.answer_to(row),
            programme=offered[row.programme].name if row.programme else "",
            why=row.admission.why_for(self.user),
            notes=(*row.admission.notes_for(self.user), *filter(None, [row.awaited])),
            cells=cells_of(row.person) if self.review else [],
        )

    @cached_property
    def sums(self) -> list[dict[str, Any]]:
        """How many lack what, of everyone in the scope and group, each with the list of them."""
        group, unit = self.form.asked("nhom"), self.form.asked("don_vi")
        rows = [
            row
            for row in self.roster.rows(self.offer)
            if group in ("", *row.person.groups) and unit in ("", str(row.person.unit))
        ]
        return [
            {
                "words": each.gap.short,
                "lacking": each.lacking,
                "resting": each.lacking - each.proposed,
                "url": self.address(muc=each.gap.code, ct="", dk="", q="", tra_loi="", han=""),
                "is_asked": each.gap.code == self.form.asked("muc"),
            }
            for each in Sums(rows).found
        ]

    @cached_property
    def chips(self) -> list[dict[str, str]]:
        """What narrows the list, each with the address without it."""
        found = []
        for name, field in self.form.fields.items():
            value = self.form.asked(name)
            if value == "":
                continue
            words = dict(getattr(field, "choices", ())).get(value, value)
            told = f"{words:%d/%m/%Y}" if isinstance(words, date) else str(words)
            found.append({"label": str(field.label), "value": told, "url": self.without(name)})
        if self.query.getlist(PEOPLE):
            told = f"{len(self.query.getlist(PEOPLE))} người đã chọn"
            found.append({"label": "Người", "value": told, "url": self.without(PEOPLE)})
        return found

    def without(self, *names: str) -> str:
        """The address of the page without these parameters."""
        return self.address(**dict.fromkeys(names, ""))

    def address(self, **changed: str) -> str:
        """The address of the page with these parameters instead; "" takes one away."""
        query = self.query.copy()
        query.pop("trang", None)
        for name, value in changed.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    @property
    def by_review_url(self) -> str:
        """The page with the reviews to choose from."""
        query = self.query.copy()
        query["dot"] = ""
        return f"?{query.urlencode()}"

    @property
    def picks_review(self) -> bool:
        """Whether a review is yet to be chosen."""
        return "dot" in self.query and self.review is None

    @property
    def plain_url(self) -> str:
        """The page without any filter; the day stays."""
        return self.without(*self.form.fields, PEOPLE)


def _refused(row: Row, user: User) -> bool:
    return not row.admission.is_admitted


def _retiring(row: Row, user: User) -> bool:
    return row.admission.retires_soon_for(user)


def _admitted(row: Row, user: User) -> bool:
    return row.admission.is_admitted


_CONDITIONS = {ADMITTED: _admitted, REFUSED: _refused, RETIRING: _retiring}


def asked_of(request: Any) -> Asked:
    """Read the address of `request`. Nine queries at most, fewer where the day is remembered; two
    more where more people serve than a page looks through, one for a review."""
    user, day, book = request.user, as_of(request), Rulebook.now()
    offer: Offer = book.remembered("programmes offered", Offer.read)
    roster, fresh = roster_of(user, day, book)
    units: Mapping[int, str] = roster.units
    if is_too_wide := roster.is_too_wide:
        units = _units(user, day, book)
        unit = request.GET.get("don_vi", "")
        if unit in map(str, units):
            roster, fresh = roster_of(user, day, book, int(unit))
            is_too_wide = roster.is_too_wide
    reviewed = _reviewed(user, request.GET.get("dot"))
    form = NeedFilterForm(
        request.GET,
        units=units,
        programmes=offer.programmes.values(),
        reviews=reviewed.titles.items(),
        lacking={row.gap.code: row.gap.short for row in roster.rows(offer)},
    )
    key = ("needs answered", day, user.role, user.commune_id)
    answers = book.remembered(key, lambda: answers_of(user, day))
    return Asked(
        user, day, request.GET, form, offer, roster, fresh, answers, reviewed.people, is_too_wide
    )


def _units(user: User, day: date, book: Rulebook) -> dict[int, str]:
    """The units of the day in the scope of `user`, by key. One query."""

    def read() -> dict[int, str]:
        units = Commune.objects.visible_to(user).on(day).order_by("kind", "sort_key", "pk")
        return dict(units.values_list("pk", "name"))

    key = ("needs units", day, user.role, user.commune_id)
    found: dict[int, str] = book.remembered(key, read)
    return found


class Reviewed(NamedTuple):
    """The reviews that can be chosen, by key, and who stands in the lists of the chosen one."""

    titles: dict[int, str]
    people: frozenset[int]


def _reviewed(user: User, asked: str | None) -> Reviewed:
    """Of the review that is asked for: its title and people; where it is none that `user` has a
    unit of, all to choose from, the latest first. None asked for: nothing, and no query."""
    if asked is None:
        return Reviewed({}, frozenset())
    units = ReviewUnit.objects.visible_to(user)
    if is_key(asked):
        lines = ReviewLine.objects.filter(unit__in=units, unit__review=int(asked)).order_by()
        rows = list(lines.values_list("unit__review__title", "cadre"))
        if rows:
            return Reviewed({int(asked): rows[0][0]}, frozenset(key for _, key in rows))
    found = Review.objects.filter(units__in=units).order_by("-pk").distinct()
    return Reviewed(dict(found.values_list("pk", "title")), frozenset())
