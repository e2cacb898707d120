"""The people of a forecast: as the record has them, as they are foreseen, what they may gain. Pure.

Chances are exact fractions; learners pass independently of each other.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from cadres.rules.requirements import Facts, Held, Record, Training


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
    records = tuple(Record(strand, rank) for strand, rank in levels)
    facts = Facts(on, records=records, holdings=(Held(post, on, None, key, commune_id),))
    return Member(key, None, Standing(facts, (Place(key, commune_id, on, post=post),)))
