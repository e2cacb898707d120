"""All title sets and rules of all days, loaded once: what a day asks of which posts."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from cadres.models import Rule, TitleSet
from cadres.models.standard import Confidence
from cadres.rules.standards import RuleOnDay


@dataclass(frozen=True)
class _Member:
    """A post in a title set between two days."""

    title_set: str
    valid_from: date
    valid_to: date | None
    post_id: int
    post: str

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Rulebook:
    """Title sets and rules as they are stored now. Two queries to load, none to ask."""

    def __init__(self) -> None:
        pairs = TitleSet.objects.filter(posts__isnull=False).order_by("code", "posts__code")
        columns = ("code", "valid_from", "valid_to", "posts__pk", "posts__code")
        self._members = [_Member(*row) for row in pairs.values_list(*columns)]
        rules = Rule.objects.select_related("document").order_by("title_set", "pk")
        self._rules = list(rules)
        self.post_keys = {each.post: each.post_id for each in self._members}

    def title_sets_on(self, day: date) -> dict[str, frozenset[str]]:
        """The codes of the posts in each title set that exists on `day`."""
        found: dict[str, set[str]] = defaultdict(set)
        for each in self._members:
            if each.is_in_force(day):
                found[each.title_set].add(each.post)
        return {code: frozenset(posts) for code, posts in found.items()}

    def rules_on(self, day: date) -> list[RuleOnDay]:
        """The rules in force on `day`, as the pure function reads them."""
        sets = self.title_sets_on(day)
        return [
            _rule(row, sets.get(row.title_set, frozenset()))
            for row in self._rules
            if row.is_in_force(day)
        ]

    def covers(self, title_set: str, day: date) -> bool:
        """Whether a rule that may decide speaks of a post of `title_set` on `day`."""
        posts = self.title_sets_on(day).get(title_set, frozenset())
        return any(posts & rule.posts for rule in self.rules_on(day) if not rule.is_uncertain)


def _rule(row: Any, posts: frozenset[str]) -> RuleOnDay:
    article = f"{row.document.number}, {row.article}" if row.article else row.document.number
    return RuleOnDay(
        code=row.code,
        posts=posts,
        dimension=row.dimension,
        label=row.label,
        requirement=row.requirement,
        article=article,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        mountain=row.mountain_requirement,
        transition_until=row.transition_until,
        transition_condition=row.transition_condition,
        transition_article=row.transition_article,
        is_specialised=row.is_specialised,
        is_uncertain=row.is_uncertain,
        confidence=Confidence(row.confidence).label,
        note=row.note,
    )
