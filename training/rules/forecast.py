"""What a ratio becomes if classes are passed, people leave or come, and rules change. Pure.

The people of the scenario come as arguments, each with what the record says of them and what is
foreseen; the ratio without them comes from the figure of the day; whether someone counts is asked
of the product's own predicate, which comes as an argument too. So nothing is counted by a second
rule: with everybody passing and nobody leaving, the forecast is the figure after the class.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, product
from math import floor

from training.rules.counting import Numbers, Question, Scope, counted
from training.rules.supposed import Chance, Gain, Member

LOW_SHARE, HIGH_SHARE = 0.1, 0.9  # the bounds where no range of pass rates is given
CERTAIN = Fraction(1)


@dataclass(frozen=True)
class Span:
    """A forecast ratio: the numerator at worst, as expected and at best, of one denominator.

    `unknown` is the expected number of those of whom nothing is known; they stand in the
    denominator.
    """

    low: int
    middle: int
    high: int
    denominator: int
    unknown: int


_Outcome = tuple[Chance, Numbers]
_NOTHING: Numbers = (0, 0, 0)


@dataclass
class _Sum:
    """What is gathered for one scope: the certain part, and the outcomes that hang on chance."""

    fixed: list[int]
    random: list[list[_Outcome]] = field(default_factory=list)


def forecast(
    question: Question,
    figures: Mapping[Scope, Numbers],
    members: Iterable[Member],
    *,
    is_range: bool = False,
) -> dict[Scope, Span]:
    """The ratio of `question` by commune and in all, where the record alone gives `figures`.

    Those of `members` whom the scenario changes by the day are taken out as the record has them and
    put in as they are foreseen. `is_range`: the bounds are those of the range of pass rates;
    else between them lie four in five of all courses that chance may take (10 % to 90 %).
    """
    sums = {scope: _Sum(list(numbers)) for scope, numbers in figures.items()}
    for member in members:
        for scope, outcomes in _change(member, question).items():
            into = sums.setdefault(scope, _Sum([0, 0, 0]))
            if len(outcomes) == 1:
                into.fixed = [a + b for a, b in zip(into.fixed, outcomes[0][1], strict=True)]
            else:
                into.random.append(outcomes)
    return {scope: _span(each, is_range=is_range) for scope, each in sums.items()}


def _change(member: Member, question: Question) -> dict[Scope, list[_Outcome]]:
    """By scope, how the numbers may change through `member`, each with its chance."""
    gains = _effective(member.gains, question.day)
    if not gains and member.foreseen is member.recorded:
        return {}
    before = counted(member.recorded, (), question) if member.recorded else {}
    after = [
        (chance, counted(member.foreseen, gained, question)) for chance, gained in _courses(gains)
    ]
    scopes = {*before, *(scope for _, told in after for scope in told)}
    return {
        scope: _merged(
            (chance, _less(told.get(scope, _NOTHING), before.get(scope, _NOTHING)))
            for chance, told in after
        )
        for scope in scopes
    }


def _less(after: Numbers, before: Numbers) -> Numbers:
    return after[0] - before[0], after[1] - before[1], after[2] - before[2]


def _merged(outcomes: Iterable[_Outcome]) -> list[_Outcome]:
    """Outcomes of the same numbers as one."""
    found: dict[Numbers, Chance] = {}
    for chance, numbers in outcomes:
        known = found.get(numbers)
        found[numbers] = chance if known is None else _either(known, chance)
    return [(chance, numbers) for numbers, chance in found.items()]


def _either(one: Chance, other: Chance) -> Chance:
    return Chance(one.low + other.low, one.middle + other.middle, one.high + other.high)


def _effective(gains: Iterable[Gain], day: date) -> list[Gain]:
    """The gains that may have come by `day`; those that give the same are one."""
    found: dict[tuple[str, ...], Gain] = {}
    for gain in gains:
        if gain.on > day:
            continue
        known = found.get(gain.award)
        found[gain.award] = (
            gain if known is None else replace(known, chance=known.chance.or_else(gain.chance))
        )
    return list(found.values())


def _courses(gains: Sequence[Gain]) -> Iterator[tuple[Chance, list[Gain]]]:
    """Every course that passing and failing may take, with its chance. No course has chance 0."""
    for passed in product((True, False), repeat=len(gains)):
        low = middle = high = CERTAIN
        for gain, is_passed in zip(gains, passed, strict=True):
            low *= gain.chance.low if is_passed else 1 - gain.chance.low
            middle *= gain.chance.middle if is_passed else 1 - gain.chance.middle
            high *= gain.chance.high if is_passed else 1 - gain.chance.high
        if low or middle or high:
            yield (
                Chance(low, middle, high),
                [gain for gain, is_passed in zip(gains, passed, strict=True) if is_passed],
            )


def _span(found: _Sum, *, is_range: bool) -> Span:
    numerator, denominator, unknown = found.fixed
    low, middle, high = (numerator + _expected(found.random, at, 0) for at in _BOUNDS)
    expected = _rounded(middle)
    if is_range:
        bounds = _rounded(low), _rounded(high)
    else:
        steps = tuple(sorted(_steps(outcomes) for outcomes in found.random))
        least, most = _between(steps)
        bounds = numerator + least, numerator + most
    denominator += _rounded(_expected(found.random, _middle, 1))
    unknown += _rounded(_expected(found.random, _middle, 2))
    return Span(
        min(bounds[0], expected), expected, max(bounds[1], expected), denominator,
        max(0, min(unknown, denominator - expected)),
    )  # fmt: skip


def _low(chance: Chance) -> Fraction:
    return chance.low


def _middle(chance: Chance) -> Fraction:
    return chance.middle


def _high(chance: Chance) -> Fraction:
    return chance.high


_BOUNDS = (_low, _middle, _high)


def _expected(
    random: Iterable[Sequence[_Outcome]], at: Callable[[Chance], Fraction], which: int
) -> Fraction:
    """The expected sum of one of the three numbers."""
    parts = (at(chance) * numbers[which] for outcomes in random for chance, numbers in outcomes)
    return sum(parts, Fraction(0))


def _rounded(number: Fraction) -> int:
    """To whole people, halves upwards."""
    return floor(number + Fraction(1, 2))


def _steps(outcomes: Sequence[_Outcome]) -> tuple[tuple[int, Fraction], ...]:
    """How a person's part of the numerator may come out: (number, chance)."""
    found: dict[int, Fraction] = defaultdict(Fraction)
    for chance, numbers in outcomes:
        found[numbers[0]] += chance.middle
    return tuple(sorted(found.items()))


@lru_cache(maxsize=4096)  # months after the results ask the same again
def _between(people: tuple[tuple[tuple[int, Fraction], ...], ...]) -> tuple[int, int]:
    """Between which numbers the sum lies, leaving out the lowest and the highest tenth."""
    odds: dict[int, float] = {0: 1.0}
    for steps in people:
        grown: dict[int, float] = defaultdict(float)
        for number, chance in odds.items():
            for step, share in steps:
                grown[number + step] += chance * float(share)
        odds = grown
    return _at(odds, LOW_SHARE), _at(odds, HIGH_SHARE)


def _at(odds: Mapping[int, float], share: float) -> int:
    """The least number that is reached with a chance of `share`."""
    numbers = sorted(odds)
    totals = accumulate(odds[number] for number in numbers)
    reached = (n for n, total in zip(numbers, totals, strict=True) if total >= share - 1e-9)
    return next(reached)


class Role(StrEnum):
    """What someone named in a scenario does to a ratio on a day."""

    OUTSIDE = "outside"  # not in its population, even as the record has them
    LEAVES = "leaves"  # in it by the record, gone by then in the scenario
    ALREADY = "already"  # in the numerator without the scenario
    GAINS = "gains"  # in the numerator if all is passed
    SHORT = "short"  # not in the numerator, even if all is passed


def role_of(member: Member, question: Question) -> tuple[Role, Fraction]:
    """What `member`, who has a record, does to the ratio, and the chance to stand in its numerator
    that the scenario adds or leaves."""
    before = counted(member.recorded, (), question) if member.recorded else {}
    if None not in before:
        return Role.OUTSIDE, Fraction(0)
    gains = _effective(member.gains, question.day)
    if None not in counted(member.foreseen, (), question):
        return Role.LEAVES, Fraction(0)
    if before[None][0]:
        return Role.ALREADY, CERTAIN
    share = sum(
        (
            chance.middle
            for chance, gained in _courses(gains)
            if counted(member.foreseen, gained, question)[None][0]
        ),
        Fraction(0),
    )
    return (Role.GAINS, share) if share else (Role.SHORT, share)
