"""What a person lacks for the posts held, and which course gives it. Pure.

Gaps of the standards come from the verdict tree (cadres/rules/standards.py); beside them stand
backlogs: levels that no standard asks, but to which a rule of the Party sends people
(Quy định 57-QĐ/TW: domain §2).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from cadres.rules.levels import (
    CONTENT_LABELS,
    STRAND_LABELS,
    Content,
    Strand,
    highest_rank,
    level_label,
)
from cadres.rules.requirements import Answer, Facts, Tree, answer
from cadres.rules.standards import Leaf, PersonVerdict, Verdict
from cadres.rules.wording import lower_first
from training.rules.admission import Applicant, Course, Finding, admit, reaches
from training.rules.admission_codes import AdmissionCode

_OPEN = (Verdict.NOT_MET, Verdict.MISSING, Verdict.TRANSITION)
# Who may learn what of LLCT is at the same time who is to be sent there.
BACKLOGS = (AdmissionCode.LLCT_BASIC, AdmissionCode.LLCT_MIDDLE)
NONE = "none"  # a programme of hours alone, or no gap at all
_LONGEST = 10**6  # hours: a course whose length is not known comes last


class State(StrEnum):
    """Why something is a gap."""

    LACKS = "lacks"  # below the standard
    TRANSITION = "transition"  # below it, with time left
    UNKNOWN = "unknown"  # the record does not tell
    BACKLOG = "backlog"  # no standard asks for it


@dataclass(frozen=True)
class Gap:
    """A level of a strand, or a content, that a person has not; `due` is the day before which it
    must be there, where the law gives time; `article` says who asks for it."""

    state: State
    strand: str = ""
    rank: int | None = None
    content: str = ""
    due: date | None = None
    fields: tuple[str, ...] = ()
    article: str = ""

    @property
    def code(self) -> str:
        """E.g. "political-2" or "law": what addresses and forms call it."""
        return f"{self.strand}-{self.rank}" if self.strand else self.content or NONE

    @property
    def words(self) -> str:
        """The level or content, e.g. "Trung cấp lý luận chính trị"; "" for hours alone. Of a level
        a higher one will do, too."""
        if not self.strand:
            return CONTENT_LABELS[Content(self.content)] if self.content else ""
        level = level_label(self.strand, self.rank or 0)
        return f"{level} {lower_first(STRAND_LABELS[Strand(self.strand)])}"

    @property
    def short(self) -> str:
        """How counts tell it, e.g. "chưa có trung cấp lý luận chính trị"."""
        return f"{'chưa có' if self.strand else 'chưa ghi nhận'} {lower_first(self.words)}"


def gap_of_code(code: str) -> Gap | None:
    """The gap that `code` names; None where it names none."""
    strand, dash, rank = code.rpartition("-")
    if dash and strand in list(Strand) and rank.isascii() and rank.isdigit() and len(rank) == 1:
        fits = 0 < int(rank) <= highest_rank(strand)
        return Gap(State.LACKS, strand=strand, rank=int(rank)) if fits else None
    if code == NONE:
        return Gap(State.UNKNOWN)
    return Gap(State.UNKNOWN, content=code) if code in list(Content) else None


def standard_gaps(verdict: PersonVerdict) -> list[Gap]:
    """What keeps a person from the standards of the posts held, one gap of a level or content.

    Age and the like are no gaps: no course gives them.
    """
    found = [
        gap
        for post in verdict.posts
        for leaf in post.leaves
        if leaf.verdict in _OPEN and not leaf.rule.is_uncertain
        for gap in _gaps_of(leaf)
    ]
    return merged(found)


def _gaps_of(leaf: Leaf) -> Iterator[Gap]:
    rule, facts = leaf.rule, leaf.facts
    asked = rule.mountain if leaf.in_area and rule.mountain else rule.requirement
    state = State.TRANSITION if leaf.verdict == Verdict.TRANSITION else State.LACKS
    for each, known in _open(asked, facts, rule.posts):
        mine = State.UNKNOWN if known is None else state
        due = leaf.until
        if "level" in each:
            level = each["level"]
            fields = tuple(level.get("fields") or ())
            yield Gap(mine, level["strand"], level["min"], "", due, fields, leaf.article)
        elif "training" in each:
            yield Gap(mine, content=each["training"], due=due, article=leaf.article)


def _open(tree: Tree, facts: Facts, posts: frozenset[str]) -> Iterator[tuple[Tree, Answer]]:
    """The leaves that are not answered with yes; of several ways the one with fewest of them."""
    ((word, value),) = tree.items()
    if word == "all":
        for branch in value:
            yield from _open(branch, facts, posts)
    elif word == "any":
        yield from min((list(_open(branch, facts, posts)) for branch in value), key=len)
    elif (known := answer(tree, facts, posts)) is not True:
        yield tree, known


def merged(gaps: Iterable[Gap]) -> list[Gap]:
    """One gap a strand or content: the highest level, the first day due (none: at once)."""
    found: dict[str, Gap] = {}
    for gap in gaps:
        key = gap.strand or f"content {gap.content}"
        other = found.get(key)
        found[key] = _stronger(gap, other) if other else gap
    return list(found.values())


def _stronger(one: Gap, other: Gap) -> Gap:
    high, low = (one, other) if (one.rank or 0) > (other.rank or 0) else (other, one)
    days = [gap.due for gap in (one, other) if gap.due]
    due = min(days) if len(days) == 2 else None
    state = State.LACKS if State.LACKS in (one.state, other.state) else high.state
    return replace(high, due=due, state=state, fields=high.fields or low.fields)


def suffices(course: Course, gap: Gap) -> bool:
    """Whether whoever completes `course` lacks `gap` no more."""
    if gap.content:
        return course.content == gap.content
    if not gap.strand or course.strand != gap.strand or (course.rank or 0) < (gap.rank or 0):
        return False
    return not gap.fields or not course.field or course.field in gap.fields


def cheapest(courses: Mapping[int, Course], gap: Gap, facts: Facts) -> int | None:
    """The key of the course that gives `gap` at the lowest level, in the field of what the person
    already learned where there is one, and in the fewest hours; None where none gives it."""
    fits = [key for key, course in courses.items() if suffices(course, gap)]
    learned = {record.field for record in facts.of_strand(gap.strand)} if gap.strand else set()

    def cost(key: int) -> tuple[int, bool, int, int]:
        course = courses[key]
        is_strange = bool(course.field) and course.field not in learned
        return course.rank or 0, is_strange, course.hours or _LONGEST, key

    return min(fits, key=cost, default=None)


def backlog(courses: Mapping[int, Course], person: Applicant) -> Gap | None:
    """The highest level of LLCT to which a rule sends `person` and that the record has not."""
    fits = [
        course
        for course in courses.values()
        if course.admission in BACKLOGS
        and reaches(course, person.facts) is False
        and is_of_target(course, person)
    ]
    course = max(fits, key=lambda each: each.rank or 0, default=None)
    if course is None:
        return None
    return Gap(State.BACKLOG, course.strand, course.rank, article="Quy định 57-QĐ/TW")


def is_of_target(course: Course, person: Applicant) -> bool:
    """Whether the rule of admission alone has nothing against `person`, and no doubt."""
    alone = replace(person, disciplines=(), leaves=None)
    found: Finding = admit(replace(course, days=None, hours=None), alone)
    return not found.refusals and not found.notes


def lack(course: Course, gaps: Sequence[Gap], facts: Facts) -> Gap | None:
    """What a person lacks that `course` gives: a gap of the standards, else its level or content
    where the record does not hold it; None where it does, or the level is not known."""
    for gap in gaps:
        if suffices(course, gap):
            return gap
    if course.strand and course.rank:
        held = reaches(replace(course, field=""), facts)
        below = Gap(State.BACKLOG, course.strand, course.rank)
        return below if held is False else None
    if course.content and reaches(course, facts):
        return None
    return Gap(State.UNKNOWN, content=course.content)
