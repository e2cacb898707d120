"""What a ratio becomes if classes are passed, people leave or come, and rules change. Pure.

The people of the scenario come as arguments, each with what the record says of them and what is
foreseen; the ratio without them comes from the figure of the day; whether someone counts is asked
of the product's own predicate, which comes as an argument too. So nothing is counted by a second
rule: with everybody passing and nobody leaving, the forecast is the figure after the class.

Chances are exact fractions; learners pass independently of each other.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import floor

from cadres.rules.levels import STRAND_LABELS, Strand, level_label
from cadres.rules.requirements import Answer, Facts, Held, Record, Training, Tree, answer
from cadres.rules.standards import (
    MEETING,
    PersonVerdict,
    PostVerdict,
    RuleOnDay,
    Verdict,
    assess_person,
)

LOW_SHARE, HIGH_SHARE = 0.1, 0.9  # the bounds where no range of pass rates is given
CERTAIN = Fraction(1)
Numbers = tuple[int, int, int]  # numerator, denominator, unknown
Scope = int | None  # the key of a commune; None: the whole district


@dataclass(frozen=True)
class Place:
    """A post held, or a seat (`post` is empty), from `begins` until the day before `ends`."""

    key: int
    commune_id: int
    begins: date
    ends: date | None = None
    post: str = ""

    @property
    def identity(self) -> tuple[bool, int]:
        """Whether a post, and its key: those of posts are no keys of seats."""
        return bool(self.post), self.key

    def lasts_to(self, day: date) -> bool:
        """Whether it has not ended by `day`."""
        return self.ends is None or self.ends > day

    def is_on(self, day: date) -> bool:
        return self.begins <= day and self.lasts_to(day)


@dataclass(frozen=True)
class Chance:
    """How likely a learner passes: at worst, as expected, at best."""

    low: Fraction
    middle: Fraction
    high: Fraction

    @classmethod
    def of(cls, middle: int, low: int | None = None, high: int | None = None) -> "Chance":
        """From percents; without a range all three are the same."""
        expected = Fraction(middle, 100)
        return cls(
            expected if low is None else Fraction(low, 100),
            expected,
            expected if high is None else Fraction(high, 100),
        )

    def or_else(self, other: "Chance") -> "Chance":
        """The chance that at least one of two comes true."""
        return Chance(
            1 - (1 - self.low) * (1 - other.low),
            1 - (1 - self.middle) * (1 - other.middle),
            1 - (1 - self.high) * (1 - other.high),
        )


@dataclass(frozen=True)
class Gain:
    """What passing adds to someone's record: a level or a short training, from the day `on`."""

    on: date
    chance: Chance
    record: Record | None = None
    training: Training | None = None

    @property
    def award(self) -> tuple[str, ...]:
        """What it gives: two gains that give the same are one gain with a better chance."""
        if self.record:
            return (self.record.strand, str(self.record.rank), self.record.field)
        return (self.training.content,) if self.training else ()


@dataclass(frozen=True)
class Standing:
    """A person as the record, or the scenario, has them: facts of all days, posts and seats."""

    facts: Facts
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Member:
    """Someone whom the scenario speaks of. `recorded` is None for a hire who is nobody yet."""

    key: int
    recorded: Standing | None
    foreseen: Standing
    gains: tuple[Gain, ...] = ()


def left(standing: Standing, on: date) -> Standing:
    """`standing` of someone who holds nothing from the day `on`; what began later never begins."""
    return ended(standing, on, {place.identity for place in standing.places})


def ended(standing: Standing, on: date, which: Collection[tuple[bool, int]]) -> Standing:
    """`standing` with the places `which` (identities) ended on the day `on`, if not before."""
    gone = {p.identity for p in standing.places if p.identity in which and p.lasts_to(on)}
    places = (replace(p, ends=on) if p.identity in gone else p for p in standing.places)
    held = (
        replace(h, ends=on) if (True, h.holding_id) in gone else h for h in standing.facts.holdings
    )
    facts = replace(standing.facts, holdings=tuple(h for h in held if _is_something(h)))
    return Standing(facts, tuple(p for p in places if _is_something(p)))


def _is_something(period: Place | Held) -> bool:
    """Whether it lasts a day at least: what ends before it begins never is."""
    return period.ends is None or period.begins < period.ends


def hired(
    key: int, post: str, commune_id: int, on: date, levels: Iterable[tuple[str, int]]
) -> Member:
    """A hire of the scenario: holds `post` from the day `on`, with these levels (strand, rank).

    Age and field of study are not known: where a rule asks for them, the answer is not known.
    `key` is no key of a person: a negative number.
    """
    records = tuple(
        Record(strand, rank, label=level_label(strand, rank)) for strand, rank in levels
    )
    facts = Facts(on, records=records, holdings=(Held(post, on, None, key, commune_id),))
    return Member(key, None, Standing(facts, (Place(key, commune_id, on, post=post),)))


# -- who counts, by the product's own predicates --------------------------------------------------

Judge = Callable[[Facts, Sequence[Place]], Sequence[Answer]]


def by_requirement(tree: Tree) -> Judge:
    """Asks a requirement of cadres.rules.requirements: the same answer for all places."""

    def judge(facts: Facts, places: Sequence[Place]) -> Sequence[Answer]:
        return [answer(tree, facts)] * len(places)

    return judge


def by_verdict(rules: Sequence[RuleOnDay], areas: Mapping[int, bool], *, by_person: bool) -> Judge:
    """Asks the standard under `rules` of the day: of each post, or of all posts of the person.

    `areas`: whether a commune uses the mountain floor, where that is known.
    """

    def judge(facts: Facts, places: Sequence[Place]) -> Sequence[Answer]:
        person = assess_person(rules, facts, areas)
        if by_person:
            return [_told(person) if place.post else False for place in places]
        of_post = {post.holding_id: post for post in person.posts}
        return [_told(of_post[p.key]) if p.post else False for p in places]

    return judge


def _told(said: PersonVerdict | PostVerdict) -> Answer:
    return None if said.verdict == Verdict.MISSING else said.verdict in MEETING


@dataclass(frozen=True)
class Question:
    """An indicator on a day: whom it counts (codes of posts; None: seats), in which unit, how."""

    day: date
    posts: frozenset[str] | None
    by_person: bool
    judge: Judge

    def counts(self, place: Place) -> bool:
        """Whether `place` is a row of the population on the day."""
        if not place.is_on(self.day):
            return False
        return not place.post if self.posts is None else place.post in self.posts


def counted(standing: Standing, gains: Iterable[Gain], question: Question) -> dict[Scope, Numbers]:
    """What someone adds to the ratio, by commune and in all, having gained `gains`."""
    places = [place for place in standing.places if question.counts(place)]
    if not places:
        return {}
    answers = question.judge(_facts(standing.facts, gains, question.day), places)
    found: dict[Scope, list[Answer]] = defaultdict(list)
    for place, said in zip(places, answers, strict=True):
        for scope in (None, place.commune_id):
            found[scope].append(said)
    return {scope: _numbers(told, question.by_person) for scope, told in found.items()}


def _facts(facts: Facts, gains: Iterable[Gain], day: date) -> Facts:
    gained = list(gains)
    return replace(
        facts,
        day=day,
        records=(*facts.records, *(gain.record for gain in gained if gain.record)),
        trainings=(*facts.trainings, *(gain.training for gain in gained if gain.training)),
    )


def _numbers(answers: Sequence[Answer], by_person: bool) -> Numbers:
    met, unknown = answers.count(True), answers.count(None)
    if by_person:
        return min(met, 1), 1, min(unknown, 1)
    return met, len(answers), unknown


# -- the ratio of a day ---------------------------------------------------------------------------


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
    total, number = 0.0, 0
    for number in sorted(odds):
        total += odds[number]
        if total >= share - 1e-9:
            break
    return number


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


# -- a rule that is changed -----------------------------------------------------------------------


def with_floor(tree: Tree, strand: str, rank: int) -> Tree:
    """`tree` asking for `rank` wherever it asks for a level of `strand`; all else as it was."""
    ((word, value),) = tree.items()
    if word in ("all", "any"):
        return {word: [with_floor(branch, strand, rank) for branch in value]}
    if word == "level" and value["strand"] == strand:
        return {word: {**value, "min": rank}}
    return tree


def with_rule(
    rules: Iterable[RuleOnDay], posts: frozenset[str], strand: str, rank: int, begins: date
) -> list[RuleOnDay]:
    """`rules` where holders of `posts` must have at least `rank` of `strand` from `begins`.

    It takes the place of every rule about the same content for these posts, their transitions and
    mountain floors too; rules about other content, and of other posts, stay.
    """
    label = STRAND_LABELS[Strand(strand)]
    found = [
        replace(rule, posts=rule.posts - posts)
        if rule.dimension == label and not rule.is_uncertain
        else rule
        for rule in rules
    ]
    new = RuleOnDay(
        code=f"DU-BAO-{strand}-{rank}-{begins.isoformat()}-{len(found)}",
        posts=posts,
        dimension=label,
        label=f"{level_label(strand, rank)} trở lên",
        requirement={"level": {"strand": strand, "min": rank}},
        article="giả định của kịch bản",
        valid_from=begins,
    )
    return [*(rule for rule in found if rule.posts), new]
