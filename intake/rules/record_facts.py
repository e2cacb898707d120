"""What is known of a person's record, in plain values, for the checks of completeness. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from daitu_portal.dates import PartialDate


class Kind(StrEnum):
    """The groups of people of whom different things are asked; one may be of several."""

    CADRE = "cadre"
    CIVIL_SERVANT = "civil_servant"
    PART_TIME = "part_time"
    COMMITTEE = "committee"


class Group(StrEnum):
    """Groups of fields: what a review is about, and how the table of communes is divided."""

    IDENTITY = "identity"
    SERVICE = "service"
    POSTS = "posts"
    EDUCATION = "education"
    PARTY = "party"
    PAY = "pay"
    FAMILY = "family"
    HEALTH = "health"


GROUP_LABELS = MappingProxyType(
    {
        Group.IDENTITY: "Nhân thân",
        Group.SERVICE: "Tuyển dụng, quá trình",
        Group.POSTS: "Chức vụ, cấp ủy",
        Group.EDUCATION: "Trình độ",
        Group.PARTY: "Đảng",
        Group.PAY: "Tiền lương, bảo hiểm, xếp loại",
        Group.FAMILY: "Gia đình",
        Group.HEALTH: "Sức khỏe",
    }
)


class PostLine(NamedTuple):
    """A post or a seat (`category` "") between two days, in a unit that stood between two days."""

    key: int
    category: str
    post: int
    unit: int
    is_main: bool
    valid_from: date
    valid_to: date | None
    unit_from: date
    unit_to: date | None
    decision_number: str

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class DegreeLine(NamedTuple):
    key: int
    strand: str
    rank: int
    awarded: PartialDate | None
    evidence: str
    evidence_number: str
    major: str


class RelativeLine(NamedTuple):
    key: int
    relation: str
    full_name: str
    born: PartialDate | None


@dataclass(frozen=True)
class Facts:
    """A person's record. `own` are the fields of the person and of the profile by name; empty
    text and None are alike "not there"."""

    key: int
    own: Mapping[str, Any]
    posts: tuple[PostLine, ...] = ()
    seats: tuple[PostLine, ...] = ()
    degrees: tuple[DegreeLine, ...] = ()
    family: tuple[RelativeLine, ...] = ()
    is_rated: bool = False  # for the last year that is rated by the day
    has_pay: bool = False  # a step of pay on the day
    has_work: bool = False  # a line of the summary of one's work
    has_left: bool = False  # a state on the day in which nobody holds a post
    rated_year: int = 0
    kinds: frozenset[Kind] = field(default_factory=frozenset)

    def day_of(self, name: str) -> PartialDate | None:
        """The date in the field `name`, or None."""
        found = self.own.get(name)
        return found if isinstance(found, PartialDate) else None

    @property
    def born(self) -> PartialDate | None:
        return self.day_of("born_on")

    @property
    def is_staff(self) -> bool:
        """Whether cán bộ or công chức: those whom labour law and the 2C form are about."""
        return bool(self.kinds & {Kind.CADRE, Kind.CIVIL_SERVANT})

    def highest(self, strand: str) -> int | None:
        """The highest rank of a strand on record, or None."""
        return max((each.rank for each in self.degrees if each.strand == strand), default=None)


_KIND_OF = MappingProxyType(
    {
        "cadre": Kind.CADRE,
        "civil_servant": Kind.CIVIL_SERVANT,
        "part_time": Kind.PART_TIME,
        "village": Kind.PART_TIME,
    }
)


def kinds_on(posts: Iterable[PostLine], seats: Iterable[PostLine], day: date) -> frozenset[Kind]:
    """Of which groups someone is on `day`; regular police, who are of the ministry, of none."""
    found = {
        _KIND_OF[each.category]
        for each in posts
        if each.is_in_force(day) and each.category in _KIND_OF
    }
    if any(each.is_in_force(day) for each in seats):
        found.add(Kind.COMMITTEE)
    return frozenset(found)
