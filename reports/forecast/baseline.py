"""What the record alone gives for the days of a forecast, by the engine of the figures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cadres.models import CommuneArea
from cadres.rulebook import Rulebook
from cadres.rules.standards import RuleOnDay
from reports.figure_sql import Counted, DayStatement, run
from reports.forecast.plan import Kind, Part, Plan
from reports.models import Indicator
from reports.queries import Figures, counted_on
from training.rules.counting import Judge, Numbers, Question, Scope, by_requirement, by_verdict
from training.rules.supposed_rules import with_floor, with_rule

Key = tuple[date, str]  # a day and the code of an indicator


@dataclass(frozen=True)
class Asked:
    """An indicator on a day: for the engine, and for the people of the scenario."""

    indicator: Indicator
    counted: Counted
    question: Question
    rules: Sequence[RuleOnDay]
    is_unruled: bool


def asked_of(plan: Plan, book: Rulebook, figures: Figures | None = None) -> dict[Key, Asked]:
    """By day and code what is to be asked; a day without the indicator is left out. Three queries,
    remembered; `figures` of the base day saves two."""
    figures = figures or Figures(None, book, day=plan.base)
    areas = book.remembered("areas", lambda: list(CommuneArea.objects.order_by("pk")))
    found: dict[Key, Asked] = {}
    for day in plan.days:
        floors = {each.commune_id: each.uses_mountain_floor for each in areas
                  if each.is_in_force(day)}  # fmt: skip
        rules, changes = _rules_on(day, plan, book)
        for indicator in figures.on(day, plan.codes):
            asked = _asked(indicator, day, book, rules, changes, floors)
            found[day, indicator.code] = asked
    return found


_Changed = list[tuple[Part, frozenset[str]]]


def _rules_on(day: date, plan: Plan, book: Rulebook) -> tuple[Sequence[RuleOnDay], _Changed]:
    """The rules of a day with those that the scenario changes by then, and whose posts they are.
    On the base day itself nothing is changed."""
    rules: Sequence[RuleOnDay] = book.rules_on(day)
    changes: _Changed = []
    for part in plan.of(Kind.RULE):
        item = part.item
        if item.on is None or not plan.base < day >= item.on:
            continue
        posts = book.title_sets_on(day).get(item.title_set, frozenset())
        rules = with_rule(rules, posts, item.strand, item.rank or 0, item.on)
        changes.append((part, posts))
    return rules, changes


def _asked(
    indicator: Indicator,
    day: date,
    book: Rulebook,
    rules: Sequence[RuleOnDay],
    changes: _Changed,
    floors: Mapping[int, bool],
) -> Asked:
    counted, tree = counted_on(indicator, day, book), indicator.predicate
    posts = None
    if counted.posts is not None:
        posts = book.title_sets_on(day).get(indicator.title_set, frozenset())
    is_of_standard = "verdict" in tree
    for part, theirs in changes:
        if posts and posts <= theirs and not is_of_standard:
            tree = with_floor(tree, part.item.strand, part.item.rank or 0)
    counted = Counted(counted.code, tree, counted.posts, counted.by_person)
    judge: Judge = by_requirement(tree) if not is_of_standard else by_verdict(
        rules, floors, by_person=counted.by_person
    )  # fmt: skip
    covered = any((posts or frozenset()) & r.posts for r in rules if not r.is_uncertain)
    question = Question(day, posts, counted.by_person, judge)
    return Asked(indicator, counted, question, rules, is_of_standard and not covered)


def numbers_of(
    asked: Mapping[Key, Asked], plan: Plan, book: Rulebook
) -> dict[Key, dict[Scope, Numbers]]:
    """The figures of all days and indicators, by commune and in all. One query; none where they
    were asked since something was written last."""
    if plan.of(Kind.RULE):
        return _numbers(asked, book)
    found: dict[Key, dict[Scope, Numbers]] = book.remembered(
        ("forecast", tuple(sorted(asked))), lambda: _numbers(asked, book)
    )
    return found


def _numbers(asked: Mapping[Key, Asked], book: Rulebook) -> dict[Key, dict[Scope, Numbers]]:
    parts: dict[tuple[date, bool], list[Key]] = defaultdict(list)
    for key, each in asked.items():
        parts[key[0], each.counted.posts is None].append(key)
    statements = [
        DayStatement(
            day, [asked[key].counted for key in keys], asked[keys[0]].rules, book.post_keys, None
        )
        for (day, _), keys in parts.items()
    ]
    found: dict[Key, dict[Scope, Numbers]] = {key: {} for key in asked}
    for keys, result in zip(parts.values(), run(statements, [True] * len(statements)), strict=True):
        for scope, counts in result.items():
            for key, numbers in zip(keys, counts, strict=True):
                found[key][scope] = numbers
    return found
