"""Whether and where someone counts in a ratio: the product's own predicates asked of one person
with what may have been gained. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cadres.rules.requirements import Answer, Facts, Tree, answer
from cadres.rules.standards import (
    MEETING,
    PersonVerdict,
    PostVerdict,
    RuleOnDay,
    Verdict,
    assess_person,
)
from training.rules.supposed import Gain, Place, Standing

Numbers = tuple[int, int, int]  # numerator, denominator, unknown
Scope = int | None  # the key of a commune; None: the whole district

Judge = Callable[[Facts, Sequence[Place]], Sequence[Answer]]


def by_requirement(tree: Tree) -> Judge:
    """Asks a requirement of cadres.rules.requirements: the same answer for all places."""

    def judge(facts: Facts, places: Sequence[Place]) -> Sequence[Answer]:
        return [answer(tree, facts)] * len(places)

    return judge


def by_verdict(rules: Sequence[RuleOnDay], areas: Mapping[int, bool], *, by_person: bool) -> Judge:
    """Asks the standard under `rules` of the day: of each post, or of all posts of the person.

    `areas`: whether a commune uses the mountain floor, where that is known.
    """

    def judge(facts: Facts, places: Sequence[Place]) -> Sequence[Answer]:
        person = assess_person(rules, facts, areas)
        if by_person:
            return [_told(person) if place.post else False for place in places]
        of_post = {post.holding_id: post for post in person.posts}
        return [_told(of_post[p.key]) if p.post else False for p in places]

    return judge


def _told(said: PersonVerdict | PostVerdict) -> Answer:
    return None if said.verdict == Verdict.MISSING else said.verdict in MEETING


@dataclass(frozen=True)
class Question:
    """An indicator on a day: whom it counts (codes of posts; None: seats), in which unit, how."""

    day: date
    posts: frozenset[str] | None
    by_person: bool
    judge: Judge

    def counts(self, place: Place) -> bool:
        """Whether `place` is a row of the population on the day."""
        if not place.is_on(self.day):
            return False
        return not place.post if self.posts is None else place.post in self.posts


def counted(standing: Standing, gains: Iterable[Gain], question: Question) -> dict[Scope, Numbers]:
    """What someone adds to the ratio, by commune and in all, having gained `gains`."""
    places = [place for place in standing.places if question.counts(place)]
    if not places:
        return {}
    answers = question.judge(_facts(standing.facts, gains, question.day), places)
    found: dict[Scope, list[Answer]] = defaultdict(list)
    for place, said in zip(places, answers, strict=True):
        for scope in (None, place.commune_id):
            found[scope].append(said)
    return {scope: _numbers(told, question.by_person) for scope, told in found.items()}


def _facts(facts: Facts, gains: Iterable[Gain], day: date) -> Facts:
    gained = list(gains)
    return replace(
        facts,
        day=day,
        records=(*facts.records, *(gain.record for gain in gained if gain.record)),
        trainings=(*facts.trainings, *(gain.training for gain in gained if gain.training)),
    )


def _numbers(answers: Sequence[Answer], by_person: bool) -> Numbers:
    met, unknown = answers.count(True), answers.count(None)
    if by_person:
        return min(met, 1), 1, min(unknown, 1)
    return met, len(answers), unknown
