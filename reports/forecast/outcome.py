"""A forecast as it is shown, kept and compared: ratios by day, commune and indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from accounts.models import User
from cadres.rulebook import Rulebook
from daitu_portal.charts import Series
from daitu_portal.ratio import Ratio
from reports.forecast.baseline import Asked, Key, asked_of, numbers_of
from reports.forecast.members import Gathered, gather
from reports.forecast.plan import Plan
from reports.forecast.told import told_of
from reports.queries import Figures
from training.rules.forecast import Role, Span, forecast, role_of

_RANGE = (
    "Thấp và cao tính theo tỷ lệ đạt thấp nhất và cao nhất đã nhập cho từng lớp; giữa là số kỳ "
    "vọng, làm tròn đến người."
)
_CHANCE = (
    "Giữa là số kỳ vọng, làm tròn đến người. Thấp và cao là hai mốc mà 10 % và 90 % trường hợp "
    "không vượt qua, nếu mỗi người đạt hay không độc lập với người khác (phân phối nhị thức)."
)


@dataclass(frozen=True)
class Cell:
    """A forecast ratio of a day: at worst, as expected, at best. Without a rule all have none."""

    low: Ratio
    middle: Ratio
    high: Ratio

    @classmethod
    def of(cls, plain: Sequence[int | None]) -> "Cell":
        """From the five numbers that are kept."""
        low, middle, high, whole, unknown = plain
        count = whole or 0
        return cls(*(Ratio(each, count, unknown) for each in (low, middle, high)))

    @property
    def plain(self) -> list[int | None]:
        low, middle, high = self.low.numerator, self.middle.numerator, self.high.numerator
        return [low, middle, high, self.middle.denominator, self.middle.unknown]

    @property
    def is_certain(self) -> bool:
        return self.low.numerator == self.high.numerator


NOBODY, NO_RULE = Cell.of([0, 0, 0, 0, 0]), Cell.of([None, None, None, 0, None])


class Named(NamedTuple):
    """Someone of the scenario, by key: which parts name them (numbers from 0), when they leave,
    and by indicator what they do to it on the last day, with the chance in percent."""

    key: int
    parts: list[int]
    leaves: str | None
    roles: dict[str, list[Any]]


@dataclass
class Outcome:
    """What was calculated of a plan."""

    days: list[date]
    names: dict[str, list[str]]  # by code: name, short name, unit
    communes: dict[int, str]  # in force on the base day, in the order of the district
    cells: dict[str, list[dict[int | None, Cell] | None]]  # by code, a day each
    people: list[Named] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    bounds: str = ""
    loaded: dict[int, Any] = field(default_factory=dict, compare=False)  # with their records

    @property
    def codes(self) -> list[str]:
        return list(self.names)

    def cell(self, code: str, number: int, commune: int | None = None) -> Cell | None:
        """The ratio of a day (by its number); None where the indicator does not exist that day."""
        by_scope = self.cells[code][number]
        if by_scope is None:
            return None
        whole = by_scope.get(None)
        nobody = NO_RULE if whole and not whole.middle.is_ruled else NOBODY
        return by_scope.get(commune, nobody)

    def first(self, code: str, commune: int | None = None) -> Cell | None:
        return self.cell(code, 0, commune)

    def last(self, code: str, commune: int | None = None) -> Cell | None:
        return self.cell(code, len(self.days) - 1, commune)

    def line(self, code: str) -> list[Cell | None]:
        """The whole district, a day each."""
        return [self.cell(code, number) for number in range(len(self.days))]

    @property
    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "days": [day.isoformat() for day in self.days],
            # pairs: PostgreSQL keeps no order of the keys of an object
            "names": [[code, told] for code, told in self.names.items()],
            "communes": [[key, name] for key, name in self.communes.items()],
            "cells": {code: [_kept(each) for each in cells] for code, cells in self.cells.items()},
            "people": [list(each) for each in self.people],
            "told": self.told,
            "parts": self.parts,
            "bounds": self.bounds,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Outcome":
        """As it was kept."""
        return cls(
            days=[date.fromisoformat(day) for day in plain["days"]],
            names=dict(plain["names"]),
            communes=dict(plain["communes"]),
            cells={code: [_read(each) for each in kept] for code, kept in plain["cells"].items()},
            people=[Named(*each) for each in plain["people"]],
            told=plain["told"],
            parts=plain["parts"],
            bounds=plain["bounds"],
        )


def _kept(cells: dict[int | None, Cell] | None) -> list[list[Any]] | None:
    return None if cells is None else [[scope, cell.plain] for scope, cell in cells.items()]


def _read(kept: list[list[Any]] | None) -> dict[int | None, Cell] | None:
    return None if kept is None else {scope: Cell.of(plain) for scope, plain in kept}


def calculate(user: User, plan: Plan, book: Rulebook, figures: Figures | None = None) -> Outcome:
    """The forecast of `plan` over what `user` may see, which for the district is everyone.

    A fixed number of queries: those of `gather`, one for the figures, and, where the book does not
    remember them, three for definitions; `figures` of the base day saves two of these.
    """
    figures = figures or Figures(user, book, day=plan.base)
    gathered, asked = gather(user, plan, book), asked_of(plan, book, figures)
    numbers = numbers_of(asked, plan, book)
    communes = [each for each in figures.communes if each.is_in_force(plan.base)]
    names = {key[1]: [a.indicator.name, a.indicator.short_name, a.indicator.get_unit_display()]
             for key, a in asked.items()}  # fmt: skip
    return Outcome(
        days=plan.days,
        names=names,
        communes={each.pk: each.short_name for each in communes},
        cells={
            code: [_cells(asked.get((day, code)), numbers, gathered) for day in plan.days]
            for code in names
        },
        people=_people(gathered, asked),
        told=told_of(gathered, communes, {code for _, code in asked}),
        parts=[part.words for part in plan.parts],
        bounds=_RANGE if plan.is_range else _CHANCE,
        loaded=dict(gathered.people),
    )


def _cells(
    asked: Asked | None, numbers: Mapping[Key, Any], gathered: Gathered
) -> dict[int | None, Cell] | None:
    if asked is None:
        return None
    question, plan = asked.question, gathered.plan
    members = gathered.everyone if question.day > plan.base else []
    known = numbers[question.day, asked.counted.code]
    spans = forecast(question, known, members, is_range=plan.is_range)
    return {scope: _cell(span, asked) for scope, span in spans.items()}


def _cell(span: Span, asked: Asked) -> Cell:
    if asked.is_unruled:
        return Cell.of([None, None, None, span.denominator, None])
    return Cell.of([span.low, span.middle, span.high, span.denominator, span.unknown])


def _people(gathered: Gathered, asked: Mapping[Key, Asked]) -> list[Named]:
    """Everyone of the scenario in the order of names, and what they do on the last day."""
    plan, found = gathered.plan, []
    last = {code: each for (day, code), each in asked.items() if day == plan.days[-1]}
    for key, member in gathered.members.items():
        roles: dict[str, list[Any]] = {}
        for code, each in last.items():
            role, share = role_of(member, each.question)
            roles[code] = [role.value, round(100 * share)]
        leaves = gathered.leaves.get(key)
        parts = [plan.parts.index(part) for part in gathered.named.get(key, ())]
        found.append(Named(key, parts, leaves.isoformat() if leaves else None, roles))
    return found


def series_of(outcome: Outcome, code: str, real: Mapping[date, Ratio | None]) -> list[Series]:
    """The lines of the chart; low and high only where they differ from the middle, what happened
    only where a month has passed."""
    cells = list(zip(outcome.days, outcome.line(code), strict=True))
    found = [Series("Dự báo", [(day, cell.middle if cell else None) for day, cell in cells])]
    if any(cell and not cell.is_certain for _, cell in cells):
        found.append(Series("Thấp", [(day, cell.low if cell else None) for day, cell in cells]))
        found.append(Series("Cao", [(day, cell.high if cell else None) for day, cell in cells]))
    if real:
        found.append(Series("Thực tế", [(day, real.get(day)) for day in outcome.days]))
    return found


ROLE_WORDS = {
    Role.OUTSIDE: "không thuộc nhóm của chỉ tiêu vào cuối kỳ",
    Role.LEAVES: "cuối kỳ không còn giữ chức vụ",
    Role.ALREADY: "đã có trong tử số, không làm tăng",
    Role.GAINS: "được tính vào tử số",
    Role.SHORT: "đạt cũng chưa đủ điều kiện của chỉ tiêu",
}
