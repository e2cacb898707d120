"""The needs that stand, by keys and codes, as the page of needs holds them against gaps."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from accounts.models import User
from training.models import Need


class Answer(NamedTuple):
    """A need that stands, by keys and codes."""

    pk: int
    person: int
    year: int
    programme: int | None
    strand: str
    rank: int | None
    content: str
    answer: str
    state: str
    is_served: bool
    was_lost: bool
    plan_line: int | None

    @property
    def words(self) -> str:
        """E.g. "Cử đi học 2024"."""
        return f"{Need.Answer(self.answer).label} {self.year}"

    @property
    def is_waiting(self) -> bool:
        return self.state == Need.State.STATED

    @property
    def stands_again(self) -> bool:
        """Whether what was begun for it came to nothing, and nothing else was."""
        return self.was_lost and not self.is_served


def answers_of(user: User, day: date) -> dict[int, list[Answer]]:
    """The needs that stand, by key of the person. One query."""
    found: dict[int, list[Answer]] = defaultdict(list)
    rows = Need.objects.visible_to(user).standing().with_course(day).order_by()
    told = rows.values_list(
        "pk", "cadre", "year", "programme", "strand", "rank", "content", "answer", "state",
        "is_served", "was_lost", "plan_line",
    )  # fmt: skip
    for row in told:
        answer = Answer._make(row)
        found[answer.person].append(answer)
    return dict(found)
