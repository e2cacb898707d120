"""All title sets and rules of all days, loaded once: what a day asks of which posts."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import F, TextField
from django.db.models.functions import Cast

from cadres.models import Post, Rule
from cadres.models.standard import Confidence
from cadres.record_version import Memory
from cadres.rules.requirements import Tree
from cadres.rules.standards import RuleOnDay


@dataclass(frozen=True)
class _Member:
    """A post in a title set between two days; a post in none has no set."""

    post_id: int
    post: str
    name: str
    title_set: str | None
    valid_from: date | None
    valid_to: date | None

    def is_in_force(self, day: date) -> bool:
        begun = self.valid_from is not None and self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


class Document(NamedTuple):
    """A legal document as pages cite it."""

    number: str
    effective_on: date | None
    confidence: str

    @property
    def told_confidence(self) -> str:
        return Confidence(self.confidence).label


class _Rule(NamedTuple):
    """A rule as it is stored; `RuleOnDay` is what it says on a day."""

    requirement: Tree
    mountain_requirement: Tree | None
    transition_condition: Tree | None
    code: str
    title_set: str
    dimension: str
    label: str
    transition_until: date | None
    transition_article: str
    is_specialised: bool
    is_uncertain: bool
    article: str
    confidence: str
    valid_from: date
    valid_to: date | None
    note: str
    document: Document

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


_TREES, _OF_RULE = _Rule._fields[:3], _Rule._fields[3:-1]
_OF_DOCUMENT = tuple(f"document__{name}" for name in Document._fields)
_parsed = lru_cache(maxsize=4096)(json.loads)  # the same few texts for every page


def _stored_rule(row: tuple[Any, ...]) -> _Rule:
    trees = [_parsed(text) if text else None for text in row[:3]]
    end = len(row) - len(_OF_DOCUMENT)
    return _Rule._make([*trees, *row[3:end], Document._make(row[end:])])


class Rulebook:
    """Posts, title sets and rules as they are stored now. Two queries to load, none to ask.

    `now()` is the same book for all requests of a process until something is written; `remembered`
    keeps what follows from the record at that version (`Memory`).
    """

    def __init__(self, memory: Memory | None = None) -> None:
        memory = memory or Memory()
        self.remembered, self.knows = memory.remembered, memory.knows
        self._rules_on: dict[date, list[RuleOnDay]] = {}
        rows = Post.objects.order_by("order", "code").annotate(
            in_set=F("title_sets__code"),
            set_from=F("title_sets__valid_from"),
            set_to=F("title_sets__valid_to"),
        )
        found = list(rows)  # a post once for each of its sets
        self.posts = {post.pk: post for post in found}
        self._members = [
            _Member(post.pk, post.code, post.name, post.in_set, post.set_from, post.set_to)
            for post in found
        ]
        trees = [Cast(name, TextField()) for name in _TREES]
        rules = Rule.objects.order_by("title_set", "pk")
        stored = rules.values_list(*trees, *_OF_RULE, *_OF_DOCUMENT)
        self._rules = [_stored_rule(row) for row in stored]
        self.post_keys = {each.post: each.post_id for each in self._members if each.title_set}
        self.post_names = {each.post: each.name for each in self._members}

    @classmethod
    def now(cls) -> "Rulebook":
        """The book of this version of the record. One query, three where something was written
        since the last; two inside a transaction, whose book remembers nothing."""
        memory = Memory.now()
        book: Rulebook = memory.remembered("rulebook", lambda: cls(memory))
        return book

    def posts_on(self, day: date) -> list[Post]:
        """The posts that exist on `day`, in the order of the catalogue."""
        return [post for post in self.posts.values() if post.is_in_force(day)]

    def title_sets_on(self, day: date) -> dict[str, frozenset[str]]:
        """The codes of the posts in each title set that exists on `day`."""
        found: dict[str, set[str]] = defaultdict(set)
        for each in self._members:
            if each.title_set and each.is_in_force(day):
                found[each.title_set].add(each.post)
        return {code: frozenset(posts) for code, posts in found.items()}

    def rules_on(self, day: date) -> list[RuleOnDay]:
        """The rules in force on `day`, as the pure function reads them."""
        if day not in self._rules_on:
            sets = self.title_sets_on(day)
            self._rules_on[day] = [
                _rule(row, sets.get(row.title_set, frozenset()))
                for row in self._rules
                if row.is_in_force(day)
            ]
        return self._rules_on[day]

    def starts_after(self, day: date) -> dict[date, list[str]]:
        """The first days of rules after `day`, each with the numbers of their documents."""
        found: dict[date, set[str]] = defaultdict(set)
        for row in self._rules:
            if row.valid_from > day:
                found[row.valid_from].add(row.document.number)
        return {begins: sorted(found[begins]) for begins in sorted(found)}

    def documents_of(self, codes: Collection[str]) -> list[Document]:
        """The documents of the rules `codes`, the oldest first."""
        found = {row.document for row in self._rules if row.code in codes}
        return sorted(found, key=lambda each: (each.effective_on or date.min, each.number))

    def covers(self, title_set: str, day: date) -> bool:
        """Whether a rule that may decide speaks of a post of `title_set` on `day`."""
        posts = self.title_sets_on(day).get(title_set, frozenset())
        return any(posts & rule.posts for rule in self.rules_on(day) if not rule.is_uncertain)


def _rule(row: _Rule, posts: frozenset[str]) -> RuleOnDay:
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
