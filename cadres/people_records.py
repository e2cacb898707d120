"""The record of many people at once, read as plain rows: a page of a list holds a thousand of
them, and making model instances of each would take most of its time.

What is loaded reads like what `Cadre.objects.with_record(day)` loads, and verdicts take both.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from cadres.models import Cadre, Holding, Post, Qualification, ShortTraining
from cadres.rulebook import Rulebook
from cadres.rules.levels import level_label
from daitu_portal.dates import PartialDate

MOST_KEPT = 2000  # people whose records or verdicts a process remembers


class CommuneLine(NamedTuple):
    name: str


class HoldingLine(NamedTuple):
    """A post held; `in_area` whether the commune uses the mountain floor, None if not known."""

    pk: int
    commune_id: int
    valid_from: date
    valid_to: date | None
    is_main: bool
    in_area: bool | None
    post: Post
    commune: CommuneLine

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class QualificationLine(NamedTuple):
    """A qualification, for a line and for the rules alike: it reads as their `Record`, too."""

    strand: str
    rank: int
    awarded_on: PartialDate | None
    evidence: str
    major: str
    field: str | None  # the code that rules name
    field_name: str | None

    @property
    def awarded(self) -> PartialDate | None:
        return self.awarded_on

    @property
    def level_name(self) -> str:
        return level_label(self.strand, self.rank)

    @property
    def label(self) -> str:
        label = f"{self.level_name} {self.major or self.field_name or ''}".strip()
        return f"{label}, {self.awarded_on.year}" if self.awarded_on else label


class TrainingLine(NamedTuple):
    content: str
    completed: PartialDate | None


class PersonRecord(NamedTuple):
    """What is on record of a person: posts of all time, degrees by a day, short trainings."""

    career: list[HoldingLine]
    held: list[QualificationLine]
    trainings: list[TrainingLine]


def load_records(people: Collection[Cadre], day: date, book: Rulebook) -> None:
    """Give each of `people` its `career`, `held` (by `day`, the highest first) and `trainings`.
    Three queries, however many; none where `book` remembers the records of all of them."""
    kept: dict[int, PersonRecord] = book.remembered(("records", day), dict)
    found = {each.pk: record for each in people if (record := kept.get(each.pk))}
    missing = [person.pk for person in people if person.pk not in found]
    if missing:
        read = _read(missing, day, book)
        found |= read
        keep_some(kept, read)
    for person in people:
        person.career, person.held, person.trainings = found[person.pk]


def keep_some(kept: dict[int, Any], more: Mapping[int, Any]) -> None:
    """Add `more` to what is `kept`; what would be too much begins anew."""
    if len(kept) + len(more) > MOST_KEPT:
        kept.clear()
    if len(more) <= MOST_KEPT:
        kept.update(more)


def _read(keys: Collection[int], day: date, book: Rulebook) -> dict[int, PersonRecord]:
    careers, held, trainings = _careers(keys, day, book.posts), _held(keys, day), _trainings(keys)
    return {
        key: PersonRecord(careers.get(key, []), held.get(key, []), trainings.get(key, []))
        for key in keys
    }


def _by_person(rows: Iterable[tuple[Any, ...]], made: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(made(row[1:]))
    return found


def _careers(
    keys: Collection[int], day: date, posts: Mapping[int, Post]
) -> dict[int, list[HoldingLine]]:
    """The main post first, then by rank of the post."""
    rows = (
        Holding.objects.filter(cadre__in=keys)
        .with_area(day)
        .order_by()
        .values_list(
            "cadre_id", "pk", "commune_id", "valid_from", "valid_to", "is_main", "in_area",
            "post_id", "commune__name",
        )
    )  # fmt: skip

    def made(row: tuple[Any, ...]) -> HoldingLine:
        return HoldingLine._make([*row[:6], posts[row[6]], CommuneLine(row[7])])

    found = _by_person(rows, made)
    for career in found.values():
        career.sort(key=lambda h: (not h.is_main, h.post.order, h.valid_from, h.pk))
    return found


def _held(keys: Collection[int], day: date) -> dict[int, list[QualificationLine]]:
    rows = (
        Qualification.objects.by(day)
        .filter(cadre__in=keys)
        .values_list(
            "cadre_id", "strand", "rank", "awarded_on", "evidence", "major", "field__code",
            "field__name",
        )
    )  # fmt: skip
    return _by_person(rows, QualificationLine._make)


def _trainings(keys: Collection[int]) -> dict[int, list[TrainingLine]]:
    rows = ShortTraining.objects.filter(cadre__in=keys).order_by("pk")
    return _by_person(rows.values_list("cadre_id", "content", "completed_on"), TrainingLine._make)
