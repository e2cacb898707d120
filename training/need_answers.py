"""The needs that stand, by keys and codes, as the page of needs holds them against gaps."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

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

    @property
    def is_open(self) -> bool:
        """Whether it sends somebody and nothing was begun for it."""
        return self.answer == Need.Answer.SEND and not (self.is_served or self.was_lost)

    def is_for(self, strand: str, rank: int | None, content: str) -> bool:
        """Whether it answers this gap: a level of a strand, or a content."""
        if strand:
            return (self.strand, self.rank) == (strand, rank)
        return content not in ("", "other") and self.content == content


def open_of_another_year(
    answers: Iterable[Answer], *, year: int, programme: int | None, strand: str, rank: int | None,
    content: str,
) -> Answer | None:  # fmt: skip
    """Of the needs of one person the one of another year than `year` that still sends them to the
    programme, or for the same gap: a second beside it would be left over when one is met."""
    fits = [
        each
        for each in answers
        if each.is_open
        and each.year != year
        and (each.programme == programme or each.is_for(strand, rank, content))
    ]
    return min(fits, key=lambda each: (each.year, each.pk), default=None)


def open_words(year: int) -> str:
    """Why nothing was stated beside a need of `year`."""
    return f"đã có nhu cầu năm {year} chưa đáp ứng; rút nhu cầu ấy trước, hoặc chờ"


def answers_of(user: User, day: date) -> dict[int, list[Answer]]:
    """The needs that stand, by key of the person. One query."""
    return answers_in(Need.objects.visible_to(user), day)


def answers_in(needs: Any, day: date) -> dict[int, list[Answer]]:
    """Those of `needs` that stand, by key of the person. One query."""
    found: dict[int, list[Answer]] = defaultdict(list)
    rows = needs.standing().with_course(day).order_by()
    told = rows.values_list(
        "pk", "cadre", "year", "programme", "strand", "rank", "content", "answer", "state",
        "is_served", "was_lost", "plan_line",
    )  # fmt: skip
    for row in told:
        answer = Answer._make(row)
        found[answer.person].append(answer)
    return dict(found)
