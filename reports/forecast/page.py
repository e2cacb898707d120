"""What the pages of a forecast show."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from cadres.models import Cadre, Holding
from cadres.rulebook import Rulebook
from daitu_portal.addresses import address
from daitu_portal.ratio import Change, Ratio
from reports.forecast.outcome import ROLE_WORDS, Cell, Named, Outcome, series_of
from reports.queries import Figures
from training.rules.forecast import Role

PEOPLE_TICKED = 100  # whom the page of a trial lists with a box


@dataclass(frozen=True)
class Summary:
    """An indicator from the base day to the last."""

    code: str
    name: str
    unit: str
    first: Cell | None
    last: Cell | None
    is_shown: bool

    @property
    def change(self) -> Change | None:
        """The expected change; None where one of the two days has no figure."""
        return Change(self.last.middle, self.first.middle) if self.first and self.last else None


@dataclass(frozen=True)
class CommuneLine:
    """A commune of the base day: its ratio then and on the last day."""

    key: int
    name: str
    first: Cell | None
    last: Cell | None

    @property
    def is_moved(self) -> bool:
        return bool(self.first and self.last and self.first.middle != self.last.middle)


def shown_code(outcome: Outcome, asked: str) -> str:
    """The indicator that the page draws: the one asked for, else the first."""
    return asked if asked in outcome.names else next(iter(outcome.names), "")


def picture(outcome: Outcome, asked: str, real: Mapping[date, Ratio | None]) -> dict[str, Any]:
    """The summary of all indicators; chart and communes of the one that is shown."""
    code = shown_code(outcome, asked)
    if not code:
        return {"outcome": outcome, "summaries": [], "shown": None}
    summaries = [
        Summary(each, name, unit, outcome.first(each), outcome.last(each), each == code)
        for each, (name, _, unit) in outcome.names.items()
    ]
    communes = [
        CommuneLine(key, name, outcome.first(code, key), outcome.last(code, key))
        for key, name in outcome.communes.items()
    ]
    return {
        "outcome": outcome,
        "summaries": summaries,
        "shown": next(each for each in summaries if each.is_shown),
        "series": series_of(outcome, code, real),
        "communes": [each for each in communes if _counts(each)],
        "base": outcome.days[0],
        "last_day": outcome.days[-1],
    }


def _counts(line: CommuneLine) -> bool:
    """Whether anybody is counted there on either day."""
    return any(cell and cell.middle.denominator for cell in (line.first, line.last))


@dataclass(frozen=True)
class PersonLine:
    """Someone of the scenario as a page or workbook names them."""

    key: int
    name: str
    code: str
    url: str
    posts: str
    commune: str
    parts: list[int]  # numbers of the parts that name them, from 1
    role: str
    leaves: date | None
    is_counted: bool


def people_lines(
    user: User, outcome: Outcome, code: str, chosen: Sequence[Named]
) -> list[PersonLine]:
    """The lines of `chosen`, in their order, as of the base day. Two queries; none where the
    outcome was calculated just now."""
    day, people = outcome.days[0], outcome.loaded
    if not people:
        people = _with_posts(user, [each.key for each in chosen], day)
    return [_line(each, people[each.key], day, code) for each in chosen if each.key in people]


def _with_posts(user: User, keys: Collection[int], day: date) -> dict[int, Any]:
    """People by key, their posts of the day as their `career`, the main one first."""
    people: dict[int, Any] = dict(Cadre.objects.visible_to(user).in_bulk(keys))
    held = Holding.objects.visible_to(user).on(day).filter(cadre__in=keys).main_first()
    for person in people.values():
        person.career = []
    for holding in held.select_related("post", "commune"):
        if holding.cadre_id in people:
            people[holding.cadre_id].career.append(holding)
    return people


def _line(named: Named, person: Any, day: date, code: str) -> PersonLine:
    role, share = named.roles.get(code, [Role.OUTSIDE.value, 0])
    words, held = ROLE_WORDS[Role(role)], [h for h in person.career if h.is_in_force(day)]
    return PersonLine(
        key=named.key,
        name=person.full_name,
        code=person.code,
        url=address("cadres:detail", person.pk),
        posts="; ".join(dict.fromkeys(h.post.short_name for h in held)) or "—",
        commune=held[0].commune.name if held else "—",
        parts=[number + 1 for number in named.parts],
        role=f"{words}, khả năng {share} %" if role == Role.GAINS else words,
        leaves=date.fromisoformat(named.leaves) if named.leaves else None,
        is_counted=role == Role.GAINS,
    )


@dataclass(frozen=True)
class Passed:
    """A month that has passed: what was forecast, what the figure says."""

    day: date
    cell: Cell
    real: Ratio | None

    @property
    def change(self) -> Change:
        """The figure against the forecast."""
        return Change(self.real or Ratio(0, 0), self.cell.middle)

    @property
    def is_within(self) -> bool:
        """Whether the figure lies between low and high."""
        low, high = self.cell.low.numerator or 0, self.cell.high.numerator or 0
        return bool(self.real and low <= (self.real.numerator or 0) <= high)


def what_happened(
    user: User, outcome: Outcome, code: str, day: date, book: Rulebook
) -> dict[date, Ratio | None]:
    """The figures of the months that have passed by `day`. At most two statements, remembered."""
    days = [each for each in outcome.days[1:] if each <= day]
    if not days or not code:
        return {}
    figures = Figures(user, book, day=outcome.days[0])
    found = figures.matrices(days, codes=[code], per_commune=())
    return {each: found[each].ratio_if_any(code) for each in days}


def passed(outcome: Outcome, code: str, real: Mapping[date, Ratio | None]) -> Iterable[Passed]:
    """The months that have passed, the earliest first."""
    for number, day in enumerate(outcome.days):
        cell = outcome.cell(code, number) if day in real else None
        if cell:
            yield Passed(day, cell, real[day])
