"""What the tab of pay and retirement tells: steps, a month's pay, the next raise, the last day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cadres.legal_tables import base_salaries, salary_grades
from cadres.models import Allowance, Cadre, SalaryStep
from cadres.models.standard import Confidence
from cadres.pay_records import PayRecord
from cadres.retirement import Decided, retirement_of
from cadres.rules.retirement import Retirement, has_a_term
from cadres.rules.salary import (
    BaseSalary,
    Extra,
    NextRaise,
    PayLine,
    Step,
    base_on,
    may_raise_early,
    next_raise,
    pay_lines,
)
from daitu_portal.dates import months_between


@dataclass(frozen=True)
class Pay:
    """Someone's pay on a day: the step held, what a month comes to, the raise after it."""

    steps: Sequence[tuple[Any, str]]  # with "held", "ended" or "later"
    allowances: Sequence[Any]
    current: Any
    base: BaseSalary | None
    lines: Sequence[PayLine]
    raise_: NextRaise | None
    day: date

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def is_raise_due(self) -> bool:
        """Whether the raise should have come by now."""
        return bool(self.raise_ and self.raise_.on and self.raise_.on <= self.day)

    @property
    def base_confidence(self) -> str:
        return Confidence(self.base.confidence).label if self.base else ""

    @property
    def grade_confidence(self) -> str:
        grade = self.raise_.grade if self.raise_ else None
        return Confidence(grade.confidence).label if grade else ""


@dataclass(frozen=True)
class Card:
    """When someone retires, what it rests on, and how far it is."""

    by_age: Retirement | None
    decided: Decided | None
    day: date

    @property
    def last_day(self) -> date | None:
        if self.decided:
            return self.decided.last_day
        return self.by_age.last_day if self.by_age else None

    @property
    def is_past(self) -> bool:
        return self.last_day is not None and self.last_day < self.day

    @property
    def left(self) -> str:
        """How long until the last day: "2 năm 3 tháng"; "" where it is past or not known."""
        if self.last_day is None or self.is_past:
            return ""
        years, months = divmod(months_between(self.day, self.last_day), 12)
        parts = [f"{years} năm"] * bool(years) + [f"{months} tháng"] * bool(months)
        return " ".join(parts) or "chưa đầy một tháng"

    @property
    def has_a_term(self) -> bool:
        return self.last_day is not None and has_a_term(self.last_day, self.day)

    @property
    def confidence(self) -> str:
        return Confidence(self.by_age.row.confidence).label if self.by_age else ""


def pay_of(record: PayRecord, day: date) -> Pay:
    """The pay of a record on `day`, and what follows it."""
    steps = [(row, _state(row, day)) for row in record.steps]
    current = next((row for row, state in steps if state == "held"), None)
    base = base_on(base_salaries(), day)
    held = _step(current) if current else None
    lines = pay_lines(base.amount, held, _extras(record.allowances)) if base and held else []
    after = next_raise(held, salary_grades(), record.delays, day) if held else None
    return Pay(steps, record.allowances, current, base, lines, after, day)


def _state(row: SalaryStep, day: date) -> str:
    if row.valid_from > day:
        return "later"
    return "held" if row.is_in_force(day) else "ended"


def _step(row: SalaryStep) -> Step:
    return Step(
        valid_from=row.valid_from,
        code=row.grade_code,
        step=row.step,
        coefficient=row.coefficient,
        percent=row.percent,
        over_frame_percent=row.over_frame_percent,
        delayed_months=row.delayed_months,
    )


def _extras(allowances: Iterable[Allowance]) -> list[Extra]:
    return [
        Extra(
            words=f"Phụ cấp {row.get_kind_display().lower()}",
            coefficient=row.coefficient,
            percent=row.percent,
            is_of_position=row.kind == Allowance.Kind.POSITION,
        )
        for row in allowances
    ]


def card_of(person: Cadre, record: PayRecord, day: date) -> Card:
    """When `person` retires, as is known on `day`."""
    by_age = retirement_of(person.sex, person.born_on) if person.born_on else None
    return Card(by_age, record.decided, day)


def may_come_early(pay: Pay, card: Card) -> bool:
    """Whether the next raise may come a year early, because of the notice to retire."""
    if not (pay.raise_ and pay.raise_.on and card.by_age):
        return False
    last = card.last_day or card.by_age.last_day
    return may_raise_early(pay.raise_.on, card.by_age.notice_on, last, pay.day)
