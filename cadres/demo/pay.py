"""Invented pay of the demo's cadres and civil servants: steps by the scale of their level, raised
when they were due, and allowances. Coefficients are those of NĐ 204/2004; the rest is assumed."""

import random
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from cadres.demo.lives import TODAY, Life
from cadres.legal_tables import salary_grades
from cadres.models import Allowance, Holding, SalaryStep
from cadres.rules.salary import Grade
from daitu_portal.dates import add_months

_CHANGED = date(2021, 8, 1)  # TT 02/2021: another scale behind the same code
# Allowances of leaders (NĐ 33/2023, art. 20 has them by office as before).
_OF_POST = {
    "CB01": "0.30", "CB02": "0.25", "CB03": "0.25", "CB05": "0.25", "CB04": "0.20",
    "CB06": "0.20", "CB07": "0.20", "CB08": "0.15", "CB09": "0.15", "CB10": "0.15",
    "CB11": "0.15",
}  # fmt: skip
_FAR = {"La Bằng", "Quân Chu", "Phúc Lương", "Đức Lương", "Minh Tiến", "Yên Lãng", "Phú Xuyên"}
_PUBLIC_DUTY_SINCE = date(2012, 5, 1)


def paid(life: Life) -> list[Holding]:
    """The main posts that salaries are paid for, in their order."""
    mine = [h for h in life.holdings if h.is_main]
    found = [h for h in mine if h.post.category in ("cadre", "civil_servant")]
    return sorted(found, key=lambda each: each.valid_from)


def add_steps(life: Life, rng: random.Random) -> None:
    """Each raise when it was due; a higher scale with the first raise after a degree."""
    posts = paid(life)
    if not posts:
        return
    end = max(each.valid_to or date.max for each in posts)
    told = list(_steps(life, posts[0].valid_from, min(end, TODAY), rng.randint(1, 3)))
    for number, (day, grade, step, reason) in enumerate(told):
        until = told[number + 1][0] if number + 1 < len(told) else end
        life.add(
            SalaryStep(
                cadre=life.cadre, valid_from=day, valid_to=until if until < date.max else None,
                grade_code=grade.code, grade_name=grade.name, step=step, reason=reason,
                coefficient=_coefficient(grade, step),
                decision_number=f"{rng.randint(1, 999)}/QĐ-GĐ",
            )
        )  # fmt: skip


def _steps(
    life: Life, first: date, last: date, step: int
) -> Iterator[tuple[date, Grade, int, str]]:
    day, reason = first, "ranked"
    grade = _grade(life, day)
    while day < last:
        yield day, grade, step, reason
        day = _next(day, grade)
        now = _grade(life, day)
        if now == grade:
            step, reason = min(step + 1, grade.steps), "regular"
        else:
            step, reason = _step_over(now, _coefficient(grade, step)), "ranked"
        grade = now


def _next(day: date, grade: Grade) -> date:
    due = add_months(day, grade.cycle_months)
    return _CHANGED if day < _CHANGED < due and grade.code == "01.004" else due


def _grade(life: Life, day: date) -> Grade:
    """The grade that fits the highest degree by `day`."""
    ranks = [
        q.rank for q in life.qualifications
        if q.strand == "professional" and q.awarded_on and q.awarded_on.earliest <= day
    ]  # fmt: skip
    rank = max(ranks, default=0)
    code, kind = "01.003", "A1"
    if rank == 3:
        code, kind = "01.004", "B" if day < _CHANGED else "A0"
    elif rank == 2:
        code, kind = ("01.004" if day < _CHANGED else "01.005"), "B"
    elif rank < 2:
        code, kind = "01.005", "C"
    return next(
        grade for grade in salary_grades()
        if (grade.code, grade.kind) == (code, kind) and grade.valid_from <= day
        and (grade.valid_to is None or day < grade.valid_to)
    )  # fmt: skip


def _coefficient(grade: Grade, step: int) -> Decimal:
    return grade.first + grade.increment * (step - 1)


def _step_over(grade: Grade, coefficient: Decimal) -> int:
    """The lowest step that pays no less."""
    fitting = (s for s in range(1, grade.steps + 1) if _coefficient(grade, s) >= coefficient)
    return next(fitting, grade.steps)


def add_allowances(life: Life, rng: random.Random) -> None:
    """Of leaders by post, of far communes, of public duty, of commanders."""
    posts = paid(life)
    if not posts:
        return
    _follow(life, "position", posts, lambda each: _OF_POST.get(each.post.code))
    _follow(life, "area", posts, lambda each: "0.20" if each.commune.short_name in _FAR else None)
    _follow(life, "responsibility", posts, lambda e: "0.10" if e.post.code == "CC02" else None)
    since, until = max(posts[0].valid_from, _PUBLIC_DUTY_SINCE), posts[-1].valid_to
    if until is None or since < until:
        life.add(
            Allowance(
                cadre=life.cadre, kind="public_duty", percent=Decimal(25), valid_from=since,
                valid_to=until,
            )
        )  # fmt: skip


def _follow(life: Life, kind: str, posts: Sequence[Holding], rate) -> None:
    """An allowance as long as posts in a row give the same."""
    row: Allowance | None = None
    for each in posts:
        found = rate(each)
        if row and found and row.valid_to == each.valid_from and row.coefficient == Decimal(found):
            row.valid_to = each.valid_to
        elif found:
            row = Allowance(
                cadre=life.cadre, kind=kind, coefficient=Decimal(found),
                valid_from=each.valid_from, valid_to=each.valid_to, note="giả định",
            )  # fmt: skip
            life.add(row)
        else:
            row = None
