"""Who goes to which class so that a ratio rises most, within seats, money and who may be away.

An integer program, solved by HiGHS: first the most units that come into the numerator, then, among
all ways to reach as many, the sooner deadlines and the earlier classes. Advisory: whoever plans
keeps people in or leaves them out, and the rest is chosen around that.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

_SECONDS = 10.0
_ALMOST = 1e-6


@dataclass(frozen=True)
class Course:
    """A class to fill: seats still free, what a participation costs (đồng), its days, and how many
    of each commune are away for other reasons while it runs."""

    key: int
    seats: int
    begins_on: date
    ends_on: date
    cost: int = 0
    away: Mapping[int, int] = field(default_factory=dict)

    def runs_on(self, day: date) -> bool:
        return self.begins_on <= day <= self.ends_on


@dataclass(frozen=True)
class Learner:
    """Someone who may be sent: the units (people, or posts held) that come into the numerator with
    success, the day by which it must be, and the keys of the classes that take the person."""

    key: int
    commune: int
    gain: int
    due_on: date | None
    courses: frozenset[int]


@dataclass(frozen=True)
class Limits:
    """What there is: money in all (đồng; None: no limit), and the most of each commune that may be
    away at once (a commune that is not named: no limit)."""

    budget: int | None = None
    away: Mapping[int, int] = field(default_factory=dict)


class Block(StrEnum):
    """What stands against sending a person who is not chosen."""

    NO_COURSE = "no_course"
    NO_GAIN = "no_gain"
    LEFT_OUT = "left_out"
    SEATS = "seats"
    AWAY = "away"
    MONEY = "money"
    STOPPED = "stopped"  # the solver ran out of time


@dataclass(frozen=True)
class Proposal:
    """`chosen`: the class of each person sent; `blocks`: why each other one is not. `is_best`: no
    other choice brings more; `is_possible`: those who must be sent fit at all."""

    chosen: Mapping[int, int]
    blocks: Mapping[int, Block]
    gain: int
    cost: int
    is_best: bool = True
    is_possible: bool = True


def propose(
    learners: Sequence[Learner],
    courses: Sequence[Course],
    limits: Limits,
    *,
    keep: Collection[int] = (),
    leave_out: Collection[int] = (),
) -> Proposal:
    """The best choice. `keep` are sent whatever they gain, `leave_out` are not.

    Where those of `keep` do not fit together, nobody is chosen and `is_possible` is false.
    """
    open_to = [
        each
        for each in learners
        if each.courses and each.key not in leave_out and (each.gain or each.key in keep)
    ]
    pairs = [
        (each, course)
        for each in open_to
        for course in courses
        if course.key in each.courses and course.seats > 0
    ]
    must = frozenset(keep) & {each.key for each in open_to}
    if must <= {each.key for each, _ in pairs}:
        solved = _solve(pairs, courses, limits, must) if pairs else _Solved([], True, True)
    else:
        solved = _Solved([], is_best=True, is_possible=False)
    return Proposal(
        chosen={each.key: course.key for each, course in solved.pairs},
        blocks=_blocks(learners, courses, limits, solved, frozenset(leave_out))
        if solved.is_possible
        else {},
        gain=sum(each.gain for each, _ in solved.pairs),
        cost=sum(course.cost for _, course in solved.pairs),
        is_best=solved.is_best,
        is_possible=solved.is_possible,
    )


_Pair = tuple[Learner, Course]


@dataclass(frozen=True)
class _Solved:
    pairs: Sequence[_Pair]
    is_best: bool
    is_possible: bool


def _solve(
    pairs: Sequence[_Pair], courses: Sequence[Course], limits: Limits, must: frozenset[int]
) -> _Solved:
    # A hundred milliseconds and 20 MB that only this page needs.
    import highspy

    model: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    model.silent()
    model.setOptionValue("time_limit", _SECONDS)
    model.setOptionValue("threads", 1)
    sent = [model.addBinary() for _ in pairs]
    for terms, most in _constraints(pairs, courses, limits):
        model.addConstr(model.qsum(sent[index] * weight for index, weight in terms) <= most)
    for key in must:
        model.addConstr(model.qsum(_those(sent, pairs, key)) >= 1)
    gain = model.qsum(x * each.gain for x, (each, _) in zip(sent, pairs, strict=True))
    model.maximize(gain)
    status = model.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return _Solved([], is_best=True, is_possible=False)
    is_best = status == highspy.HighsModelStatus.kOptimal
    chosen = _picked(model, sent, pairs)
    if is_best:
        most = sum(each.gain for each, _ in chosen)
        model.addConstr(gain >= most - _ALMOST)
        weights = _preferences(pairs)
        model.maximize(model.qsum(x * weight for x, weight in zip(sent, weights, strict=True)))
        chosen = _picked(model, sent, pairs)
    return _Solved(chosen, is_best, is_possible=True)


def _those(sent: Sequence[Any], pairs: Sequence[_Pair], key: int) -> list[Any]:
    return [x for x, (each, _) in zip(sent, pairs, strict=True) if each.key == key]


def _picked(model: Any, sent: Sequence[Any], pairs: Sequence[_Pair]) -> list[_Pair]:
    values = model.vals(sent)
    return [pair for value, pair in zip(values, pairs, strict=True) if value > 0.5]


_Terms = list[tuple[int, int]]


def _constraints(
    pairs: Sequence[_Pair], courses: Sequence[Course], limits: Limits
) -> list[tuple[_Terms, int]]:
    """Each as the weights of some pairs and what their sum may come to."""
    found = _once_each(pairs) + _within_seats(pairs, courses) + _within_away(pairs, courses, limits)
    if limits.budget is not None:
        costs = [(index, course.cost) for index, (_, course) in enumerate(pairs)]
        found.append((costs, limits.budget))
    return [(terms, most) for terms, most in found if any(weight for _, weight in terms)]


def _once_each(pairs: Sequence[_Pair]) -> list[tuple[_Terms, int]]:
    by_person: dict[int, _Terms] = {}
    for index, (each, _) in enumerate(pairs):
        by_person.setdefault(each.key, []).append((index, 1))
    return [(terms, 1) for terms in by_person.values()]


def _within_seats(pairs: Sequence[_Pair], courses: Sequence[Course]) -> list[tuple[_Terms, int]]:
    return [
        ([(i, 1) for i, (_, at) in enumerate(pairs) if at.key == course.key], course.seats)
        for course in courses
    ]


def _within_away(
    pairs: Sequence[_Pair], courses: Sequence[Course], limits: Limits
) -> list[tuple[_Terms, int]]:
    """On the first day of each class: most are away at once when a class begins."""
    found: list[tuple[_Terms, int]] = []
    for course in courses:
        for commune, most in limits.away.items():
            terms = [
                (index, 1)
                for index, (each, at) in enumerate(pairs)
                if each.commune == commune and at.runs_on(course.begins_on)
            ]
            found.append((terms, max(0, most - course.away.get(commune, 0))))
    return found


def _preferences(pairs: Sequence[_Pair]) -> list[float]:
    """How much each pair is preferred among choices that bring as much: a sooner deadline above
    all, then an earlier class, then whoever stands first."""
    deadlines = sorted({each.due_on for each, _ in pairs if each.due_on})
    begins = sorted({course.begins_on for _, course in pairs})
    found = []
    for index, (each, course) in enumerate(pairs):
        late = deadlines.index(each.due_on) if each.due_on else len(deadlines)
        soon = len(begins) - begins.index(course.begins_on)
        # A product: the most urgent go to the earliest.
        urgent = (len(deadlines) - late + 1) * (1 + soon / len(begins))
        found.append(urgent - _ALMOST * index)
    return found


def _blocks(
    learners: Sequence[Learner],
    courses: Sequence[Course],
    limits: Limits,
    solved: _Solved,
    leave_out: frozenset[int],
) -> dict[int, Block]:
    sent = {each.key for each, _ in solved.pairs}
    by_key = {course.key: course for course in courses}
    return {
        each.key: _block(each, by_key, limits, solved, leave_out)
        for each in learners
        if each.key not in sent
    }


def _block(
    each: Learner,
    courses: Mapping[int, Course],
    limits: Limits,
    solved: _Solved,
    leave_out: frozenset[int],
) -> Block:
    """What stands against `each`: of the classes that take the person, the nearest obstacle."""
    if each.key in leave_out:
        return Block.LEFT_OUT
    if not each.gain:
        return Block.NO_GAIN
    open_to = [courses[key] for key in sorted(each.courses) if key in courses]
    if not open_to:
        return Block.NO_COURSE
    found = {_obstacle(each, course, courses.values(), limits, solved) for course in open_to}
    order = (Block.STOPPED, Block.MONEY, Block.AWAY, Block.SEATS)
    return next(block for block in order if block in found)


def _obstacle(
    each: Learner,
    course: Course,
    courses: Collection[Course],
    limits: Limits,
    solved: _Solved,
) -> Block:
    if sum(1 for _, at in solved.pairs if at.key == course.key) >= course.seats:
        return Block.SEATS
    most = limits.away.get(each.commune)
    for other in courses if most is not None else ():
        if course.runs_on(other.begins_on) and _away_on(other, each, solved) >= (most or 0):
            return Block.AWAY
    spent = sum(at.cost for _, at in solved.pairs)
    if limits.budget is not None and spent + course.cost > limits.budget:
        return Block.MONEY
    return Block.STOPPED


def _away_on(course: Course, each: Learner, solved: _Solved) -> int:
    """How many of the person's commune are away on the first day of a class."""
    chosen = sum(
        1
        for other, at in solved.pairs
        if other.commune == each.commune and at.runs_on(course.begins_on)
    )
    return chosen + course.away.get(each.commune, 0)
