"""The closed vocabulary in which a requirement is written as data, and its three answers.

A requirement is a tree of plain values, so that it lives in the database and one compiler can turn
the same tree into SQL (cadres/standards_sql.py):

    {"level": {"strand": "professional", "min": 4}}    a level of a ladder, or higher
        "fields": ["law"]               only in these fields of study
        "usual_fields": ["law"]         assumed fitting fields: another one passes with a note
        "confirmation_before": "2021-07-09"   a paper of confirmation counts if issued before
    {"training": "law"}                               a short training of this content
    {"age": {"min": 18}}                              full years on the day
    {"entry_age": {"max": {"M": 45, "F": 45}}}        full years when first entering the posts
    {"recruited_before": "2019-12-25"}                recruited before a day
    {"held_before": "2023-08-01"}                     held one of the posts on the day before
    {"all": [...]}, {"any": [...]}

The answer is True, False, or None where the record does not tell (Kleene's three values).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cadres.rules.levels import Content, Strand, highest_rank
from daitu_portal.dates import PartialDate, years_between

Tree = Mapping[str, Any]
Answer = bool | None

CONFIRMATION = "confirmation"
_LEVEL_KEYS = {"strand", "min", "fields", "usual_fields", "confirmation_before"}


@dataclass(frozen=True)
class Record:
    """A qualification as the rules see it; `label` is how a page names it."""

    strand: str
    rank: int
    awarded: PartialDate | None = None
    field: str = ""
    evidence: str = "diploma"
    label: str = ""


@dataclass(frozen=True)
class Training:
    """A short training as the rules see it."""

    content: str
    completed: PartialDate | None = None


@dataclass(frozen=True)
class Held:
    """A post held from `begins` until the day before `ends`."""

    post: str
    begins: date
    ends: date | None = None
    holding_id: int = 0
    commune_id: int = 0


@dataclass(frozen=True)
class Facts:
    """What the record says of a person; what came after `day` is passed over."""

    day: date
    sex: str = "M"
    born: PartialDate | None = None
    recruited: PartialDate | None = None
    records: tuple[Record, ...] = ()
    trainings: tuple[Training, ...] = ()
    holdings: tuple[Held, ...] = ()

    def of_strand(self, strand: str) -> list[Record]:
        """Records of a strand by the day, the highest first."""
        found = [r for r in self.records if r.strand == strand and _by(r.awarded, self.day)]
        return sorted(found, key=lambda record: -record.rank)

    def trained_in(self, content: str) -> bool:
        """Whether a short training of `content` was completed by the day."""
        return any(t.content == content and _by(t.completed, self.day) for t in self.trainings)

    def first_entry(self, posts: frozenset[str]) -> date | None:
        """The day of first entering one of `posts`, if by the day of the facts."""
        days = [h.begins for h in self.holdings if h.post in posts and h.begins <= self.day]
        return min(days, default=None)

    def held_on(self, day: date, posts: frozenset[str]) -> bool:
        """Whether one of `posts` was held on `day`."""
        return any(
            h.post in posts and h.begins <= day and (h.ends is None or day < h.ends)
            for h in self.holdings
        )


def _by(when: PartialDate | None, day: date) -> bool:
    return when is None or when.earliest <= day


def both(answers: Iterable[Answer]) -> Answer:
    """All of them: False if any is False, else None if any is not known."""
    seen = set(answers)
    return False if False in seen else (None if None in seen else True)


def either(answers: Iterable[Answer]) -> Answer:
    """At least one: True if any is True, else None if any is not known."""
    seen = set(answers)
    return True if True in seen else (None if None in seen else False)


def counts(record: Record, level: Tree) -> Answer:
    """Whether a record reaches a level in a fitting field with evidence that the law takes."""
    if record.rank < level["min"]:
        return False
    before = level.get("confirmation_before")
    if before and record.evidence == CONFIRMATION:
        if record.awarded is None:
            return None
        if record.awarded.earliest >= date.fromisoformat(before):
            return False
    fields = level.get("fields")
    if not fields:
        return True
    return record.field in fields if record.field else None


def _level(level: Tree, facts: Facts, posts: frozenset[str]) -> Answer:
    return either([counts(r, level) for r in facts.of_strand(level["strand"])] or [None])


def _training(content: str, facts: Facts, posts: frozenset[str]) -> Answer:
    return True if facts.trained_in(content) else None


def _age(limits: Tree, facts: Facts, posts: frozenset[str]) -> Answer:
    if facts.born is None:
        return None
    if years_between(facts.born.latest, facts.day) >= limits["min"]:
        return True
    return False if years_between(facts.born.earliest, facts.day) < limits["min"] else None


def _entry_age(limits: Tree, facts: Facts, posts: frozenset[str]) -> Answer:
    entry = facts.first_entry(posts)
    if facts.born is None or entry is None:
        return None
    most = limits["max"][facts.sex]
    if years_between(facts.born.earliest, entry) <= most:
        return True
    return False if years_between(facts.born.latest, entry) > most else None


def _recruited_before(day: str, facts: Facts, posts: frozenset[str]) -> Answer:
    if facts.recruited is None:
        return None
    if facts.recruited.latest < date.fromisoformat(day):
        return True
    return False if facts.recruited.earliest >= date.fromisoformat(day) else None


def _held_before(day: str, facts: Facts, posts: frozenset[str]) -> Answer:
    return facts.held_on(date.fromisoformat(day) - timedelta(days=1), posts)


_LEAVES: Mapping[str, Callable[[Any, Facts, frozenset[str]], Answer]] = {
    "level": _level,
    "training": _training,
    "age": _age,
    "entry_age": _entry_age,
    "recruited_before": _recruited_before,
    "held_before": _held_before,
}


def answer(tree: Tree, facts: Facts, posts: frozenset[str] = frozenset()) -> Answer:
    """Whether `facts` meet `tree`; None where the record does not tell.

    `posts` are the posts that the rule speaks of: entry_age and held_before need them.
    Raises ValueError for a word outside the vocabulary.
    """
    ((word, value),) = tree.items()
    if word == "all":
        return both(answer(branch, facts, posts) for branch in value)
    if word == "any":
        return either(answer(branch, facts, posts) for branch in value)
    if word not in _LEAVES:
        raise ValueError(f"{word!r} is no requirement")
    return _LEAVES[word](value, facts, posts)


def leaves(tree: Tree) -> list[Tree]:
    """The leaves of a tree, in order."""
    ((word, value),) = tree.items()
    if word in ("all", "any"):
        return [leaf for branch in value for leaf in leaves(branch)]
    return [tree]


def _check_level(value: Any, place: str) -> None:
    if not isinstance(value, Mapping) or set(value) - _LEVEL_KEYS or "strand" not in value:
        raise ValueError(
            f"{place}: một mức có “strand” và “min”, ngoài ra chỉ được có "
            "“fields”, “usual_fields”, “confirmation_before”"
        )
    if value["strand"] not in list(Strand):
        raise ValueError(f"{place}: không có nội dung trình độ nào tên “{value['strand']}”")
    least = value.get("min")
    if not isinstance(least, int) or not 0 < least <= highest_rank(value["strand"]):
        most = highest_rank(value["strand"])
        raise ValueError(f"{place}: “min” là một mức từ 1 đến {most}, không phải “{least}”")
    if "confirmation_before" in value:
        _check_day(value["confirmation_before"], place)


def _check_day(value: Any, place: str) -> None:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{place}: “{value}” không phải ngày dạng 2023-08-01") from error


def _check_training(value: Any, place: str) -> None:
    if value not in list(Content):
        raise ValueError(f"{place}: không có nội dung bồi dưỡng nào tên “{value}”")


def _check_age(value: Any, place: str) -> None:
    if not isinstance(value, Mapping) or not isinstance(value.get("min"), int) or len(value) != 1:
        raise ValueError(f"{place}: tuổi cần đúng “min”, tính bằng năm")


def _check_entry_age(value: Any, place: str) -> None:
    most = value.get("max") if isinstance(value, Mapping) else None
    if (
        not isinstance(most, Mapping)
        or set(most) != {"M", "F"}
        or not all(isinstance(years, int) for years in most.values())
    ):
        raise ValueError(f"{place}: tuổi tham gia lần đầu cần “max” bằng năm cho cả “M” và “F”")


_CHECKS: Mapping[str, Callable[[Any, str], None]] = {
    "level": _check_level,
    "training": _check_training,
    "age": _check_age,
    "entry_age": _check_entry_age,
    "recruited_before": _check_day,
    "held_before": _check_day,
}


def check(tree: Any, place: str = "yêu cầu") -> None:
    """Raise ValueError, naming the place in Vietnamese for who typed it, unless `tree` is a
    requirement of the vocabulary."""
    if not isinstance(tree, Mapping) or len(tree) != 1:
        raise ValueError(f"{place}: cần đúng một từ với giá trị của nó")
    ((word, value),) = tree.items()
    if word in ("all", "any"):
        if not isinstance(value, list) or not value:
            raise ValueError(f"{place}.{word}: cần một danh sách điều kiện, ít nhất một")
        for number, branch in enumerate(value):
            check(branch, f"{place}.{word}[{number}]")
    elif word in _CHECKS:
        _CHECKS[word](value, f"{place}.{word}")
    else:
        raise ValueError(f"{place}: không có điều kiện nào tên “{word}”")
