"""How many sources of cadres, of which commune and body, in which state on a day. Each is one
person: người, not lượt."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from training.models import Candidate

STATES = tuple(Candidate.State.values)


@dataclass
class Line:
    """A commune or a body, and its numbers by state."""

    key: int | str
    label: str
    numbers: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    @property
    def cells(self) -> list[tuple[str, int]]:
        """(state, number) in the order of the states."""
        return [(state, self.numbers[state]) for state in STATES]


@dataclass(frozen=True)
class Counts:
    by_state: list[tuple[str, str, int]]  # state, its words, number
    communes: list[Line]
    bodies: list[Line]

    @property
    def total(self) -> int:
        return sum(number for *_, number in self.by_state)


def counts_of(candidates: QuerySet[Candidate], day: date) -> Counts:
    """Of `candidates` introduced by `day`, as they stood on it. One query."""
    rows = (
        candidates.introduced_by(day)  # type: ignore[attr-defined]
        .with_state_on(day)
        .order_by()
        .values_list("commune", "commune__name", "commune__sort_key", "body", "state_then")
        .annotate(number=Count("pk"))
    )
    communes: dict[int, Line] = {}
    bodies = {key: Line(key, words) for key, words in Candidate.Body.choices}
    by_state: Counter[str] = Counter()
    for key, name, _, body, state, number in sorted(rows, key=lambda row: (row[2], row[0])):
        communes.setdefault(key, Line(key, name)).numbers[state] += number
        bodies[body].numbers[state] += number
        by_state[state] += number
    return Counts(
        by_state=[(state, words, by_state[state]) for state, words in Candidate.State.choices],
        communes=list(communes.values()),
        bodies=_with_someone(bodies.values()),
    )


def _with_someone(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.total]
