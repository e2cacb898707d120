"""Does a person meet the standard of a post on a day, and why. Facts and rules in, a tree out.

Sources: the documents recorded with the rules (cadres/data/rules.json).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from cadres.rules import wording
from cadres.rules.requirements import Answer, Facts, Held, Tree, answer


class Verdict(StrEnum):
    MET = "met"
    SPECIALISED = "specialised"
    AREA = "area"
    TRANSITION = "transition"
    NOT_MET = "not_met"
    MISSING = "missing"
    NOT_REQUIRED = "not_required"
    NO_RULE = "no_rule"


VERDICT_LABELS = MappingProxyType(
    {
        Verdict.MET: "đạt chuẩn",
        Verdict.SPECIALISED: "đạt theo luật chuyên ngành",
        Verdict.AREA: "được áp dụng chuẩn vùng",
        Verdict.TRANSITION: "chưa đạt, còn thời hạn chuyển tiếp",
        Verdict.NOT_MET: "chưa đạt",
        Verdict.MISSING: "thiếu dữ liệu",
        Verdict.NOT_REQUIRED: "không yêu cầu",
        Verdict.NO_RULE: "chưa có quy định",
    }
)
MEETING = frozenset({Verdict.MET, Verdict.SPECIALISED, Verdict.AREA})
# The first of these that a leaf has is the verdict of the whole (Kleene: a known failure decides,
# then what is not known, then what is still allowed).
DECIDING = (
    Verdict.NOT_MET,
    Verdict.MISSING,
    Verdict.TRANSITION,
    Verdict.AREA,
    Verdict.SPECIALISED,
    Verdict.MET,
)


@dataclass(frozen=True)
class RuleOnDay:
    """A rule as the function reads it; `posts` are the codes of its title set on the day."""

    code: str
    posts: frozenset[str]
    dimension: str
    label: str
    requirement: Tree
    article: str
    valid_from: date
    valid_to: date | None = None
    mountain: Tree | None = None
    transition_until: date | None = None
    transition_condition: Tree | None = None
    transition_article: str = ""
    is_specialised: bool = False
    is_uncertain: bool = False
    confidence: str = ""
    note: str = ""

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class _Judged:
    """What leaf, post and person share: a verdict with its words."""

    verdict: Verdict
    until: date | None

    @property
    def meets(self) -> bool:
        """Whether it counts in the numerator of the standard."""
        return self.verdict in MEETING

    @property
    def label(self) -> str:
        if self.verdict == Verdict.TRANSITION and self.until:
            return f"còn thời hạn đến {self.until:%d/%m/%Y}"
        return VERDICT_LABELS[self.verdict]


@dataclass(frozen=True)
class Leaf(_Judged):
    """The answer to one rule, with the evidence, or what is missing, and the article.

    Its words are made when they are read: a list of people reads verdicts alone. `in_area`: the
    commune uses the mountain floor, None where that is not known; `general`: what the general
    requirement alone answers.
    """

    rule: RuleOnDay
    verdict: Verdict
    until: date | None
    facts: Facts = field(repr=False, compare=False)
    in_area: bool | None = None
    general: Answer = None

    @property
    def rule_code(self) -> str:
        return self.rule.code

    @property
    def dimension(self) -> str:
        return self.rule.dimension

    @property
    def requirement(self) -> str:
        return self.rule.label

    @property
    def confidence(self) -> str:
        return self.rule.confidence

    @property
    def article(self) -> str:
        waits = self.verdict == Verdict.TRANSITION
        return (
            f"{self.rule.article}; {self.rule.transition_article}" if waits else self.rule.article
        )

    @cached_property
    def evidence(self) -> str:
        """What the record holds toward the requirement; "" where it holds nothing."""
        return wording.held(self.rule.requirement, self.facts, self.rule.posts)

    @cached_property
    def reason(self) -> str:
        need = wording.wanted(self.rule.requirement)
        if self.verdict in MEETING:
            return self.evidence or f"đáp ứng yêu cầu {need}"
        if self.verdict == Verdict.MISSING:
            lacking = wording.lacking(self.rule.requirement, self.facts)
            return lacking or f"chưa đủ dữ liệu về {need}"
        have = f"đang có {wording.lower_first(self.evidence)}, " if self.evidence else ""
        end = f"; được đến {self.until:%d/%m/%Y}" if self.until else ""
        return f"{have}cần {need}{end}"

    @cached_property
    def remedy(self) -> str:
        """What would settle an open requirement; "" where none is open."""
        if self.verdict not in (Verdict.NOT_MET, Verdict.TRANSITION, Verdict.MISSING):
            return ""
        is_missing = self.verdict == Verdict.MISSING
        return wording.to_do(self.rule.requirement, self.facts, is_missing=is_missing)

    @cached_property
    def note(self) -> str:
        rule, facts = self.rule, self.facts
        notes = [rule.note] if rule.note and not self.general else []
        if self.in_area is None and rule.mountain and not self.general:
            floor = answer(rule.mountain, facts, rule.posts)
            result = {True: "đạt", False: "vẫn chưa đạt", None: "vẫn thiếu dữ liệu"}[floor]
            notes.append(
                f"nếu xã áp dụng chuẩn miền núi (sàn {wording.wanted(rule.mountain)}): {result}"
            )
        if rule.is_uncertain and not self.general:
            notes.append("quy định chưa chắc chắn, chỉ ghi chú, không kết luận")
        notes.append(wording.usual_field_note(rule.requirement, facts))
        notes.append(wording.late_confirmation_note(rule.requirement, facts))
        return "; ".join(note for note in notes if note)


@dataclass(frozen=True)
class PostVerdict(_Judged):
    """The answer for one post held."""

    holding_id: int
    post: str
    verdict: Verdict
    until: date | None
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class PersonVerdict(_Judged):
    """The answer for a person: that of every post held that has rules."""

    verdict: Verdict
    until: date | None
    posts: tuple[PostVerdict, ...]

    @property
    def open_leaves(self) -> list[Leaf]:
        """The leaves that keep the person from the standard, one each dimension."""
        found = [
            leaf
            for post in self.posts
            for leaf in post.leaves
            if leaf.verdict in (Verdict.NOT_MET, Verdict.MISSING, Verdict.TRANSITION)
        ]
        return list({(leaf.dimension, leaf.reason): leaf for leaf in found}.values())


def combine(parts: Sequence[_Judged]) -> tuple[Verdict, date | None]:
    """The verdict of several together and, for a transition, the first day it ends.

    Parts without an answer of their own (not required, no rule) do not count; with none left the
    whole has no rule.
    """
    seen = {part.verdict for part in parts}
    verdict = next((v for v in DECIDING if v in seen), Verdict.NO_RULE)
    ends = [part.until for part in parts if part.verdict == Verdict.TRANSITION and part.until]
    return verdict, min(ends) if verdict == Verdict.TRANSITION and ends else None


def rules_for(post: str, rules: Iterable[RuleOnDay], day: date) -> list[RuleOnDay]:
    """The rules for a post on a day; a specialised one replaces the general of its dimension."""
    found = [rule for rule in rules if post in rule.posts and rule.is_in_force(day)]
    special = {rule.dimension for rule in found if rule.is_specialised}
    return [rule for rule in found if rule.is_specialised or rule.dimension not in special]


def _verdict(rule: RuleOnDay, facts: Facts, in_area: bool | None) -> tuple[Verdict, Answer]:
    """The verdict of one rule, and what the general requirement alone answers."""
    general = answer(rule.requirement, facts, rule.posts)
    if general:
        return (Verdict.SPECIALISED if rule.is_specialised else Verdict.MET), general
    if rule.is_uncertain:
        return Verdict.NOT_REQUIRED, general
    result: Answer = general
    if in_area and rule.mountain:
        result = answer(rule.mountain, facts, rule.posts)
        if result:
            return Verdict.AREA, general
    if result is None:
        return Verdict.MISSING, general
    return (Verdict.TRANSITION if _may_wait(rule, facts) else Verdict.NOT_MET), general


def _may_wait(rule: RuleOnDay, facts: Facts) -> bool:
    """Whether the transition of the rule still runs and is this person's."""
    if rule.transition_until is None or rule.transition_condition is None:
        return False
    is_theirs = answer(rule.transition_condition, facts, rule.posts) is True
    return is_theirs and facts.day < rule.transition_until


def assess_rule(rule: RuleOnDay, facts: Facts, in_area: bool | None) -> Leaf:
    """The answer to one rule. `in_area`: the commune uses the mountain floor; None: not known."""
    verdict, general = _verdict(rule, facts, in_area)
    until = rule.transition_until if verdict == Verdict.TRANSITION else None
    return Leaf(rule, verdict, until, facts, in_area, general)


def assess_post(
    held: Held, rules: Iterable[RuleOnDay], facts: Facts, in_area: bool | None = None
) -> PostVerdict:
    """The answer for one post held on the day of `facts`.

    Uncertain rules show in the leaves and never decide.
    """
    applied = rules_for(held.post, rules, facts.day)
    judged = [(rule, assess_rule(rule, facts, in_area)) for rule in applied]
    verdict, until = combine([leaf for rule, leaf in judged if not rule.is_uncertain])
    return PostVerdict(
        held.holding_id, held.post, verdict, until, tuple(leaf for _, leaf in judged)
    )


def assess_person(
    rules: Sequence[RuleOnDay],
    facts: Facts,
    areas: Mapping[int, bool] = MappingProxyType({}),
) -> PersonVerdict:
    """The answer for a person on the day of `facts`: every post held then.

    `areas` says by commune whether the mountain floor is used there; a commune not in it is not
    known.
    """
    current = [
        h for h in facts.holdings if h.begins <= facts.day and (not h.ends or facts.day < h.ends)
    ]
    posts = tuple(assess_post(h, rules, facts, areas.get(h.commune_id)) for h in current)
    verdict, until = combine(posts)
    return PersonVerdict(verdict, until, posts)
