"""Verdicts of many people in SQL: each requirement is answered once a row, in a column of its own,
and the verdict is read off these columns as the pure function reads it off its answers.

The text of an answer is compiled by Django from standards_sql and remembered: compiling takes far
longer than asking. What comes from data is a parameter; only names and numbers of ours are text.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connections
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from cadres.models import Cadre, CommuneArea, Holding
from cadres.models.period import on_day
from cadres.rulebook import Rulebook
from cadres.rules.requirements import Tree
from cadres.rules.standards import DECIDING, RuleOnDay, Verdict, rules_for
from cadres.standards_sql import IN, OUT, UNKNOWN, Scope, answered, is_true

# The order in which verdicts decide; a place in it stands for the verdict, so that the least place
# of a person's posts is the person's (`combine` of the pure function).
VERDICT_AT: Mapping[int, Verdict] = dict(enumerate((*DECIDING, Verdict.NO_RULE)))
PLACE_OF: Mapping[Verdict, int] = {verdict: place for place, verdict in VERDICT_AT.items()}

Sql = tuple[str, list[Any]]


@lru_cache(maxsize=8192)
def _compiled(
    tree: str, day: date, posts: frozenset[str], model: type[Model], using: str
) -> tuple[str, tuple[Any, ...]]:
    query = model._default_manager.order_by().query
    expression = answered(json.loads(tree), Scope(day, "cadre_id", posts))
    compiler = query.get_compiler(using=using)
    text, parameters = compiler.compile(expression.resolve_expression(query))
    return text, tuple(parameters)


@lru_cache(maxsize=512)
def _compiled_area(day: date, using: str) -> tuple[str, tuple[Any, ...]]:
    query = Holding.objects.order_by().query
    in_area = CommuneArea.objects.filter(
        on_day(day), commune=OuterRef("commune_id"), uses_mountain_floor=True
    )
    compiler = query.get_compiler(using=using)
    text, parameters = compiler.compile(is_true(Q(Exists(in_area))).resolve_expression(query))
    return f"CASE WHEN {text} THEN 1 ELSE 0 END", tuple(parameters)


class Answers:
    """The columns that answer requirements for each row of `model` on a day."""

    def __init__(self, model: type[Model], day: date) -> None:
        self.model, self.day = model, day
        self._names: dict[tuple[str, frozenset[str]], str] = {}
        self._asked_of: dict[str, set[int] | None] = {}
        self._needs_area = False

    def name(
        self,
        tree: Tree,
        posts: frozenset[str] = frozenset(),
        asked_of: Iterable[int] | None = None,
    ) -> str:
        """The column of a requirement; it holds IN, UNKNOWN or OUT.

        `posts` are the codes that the requirement itself speaks of; `asked_of` the keys of the
        posts whose rows will look at the column (None: all): the others are spared the question.
        """
        key = (json.dumps(tree, sort_keys=True), posts)
        name = self._names.setdefault(key, f"a{len(self._names)}")
        known = self._asked_of.setdefault(name, set())
        if asked_of is None or known is None:
            self._asked_of[name] = None
        else:
            known.update(asked_of)
        return name

    def area(self) -> str:
        """The column that is 1 where the commune is known to use the mountain floor."""
        self._needs_area = True
        return "area"

    @property
    def names(self) -> list[str]:
        return [*self._names.values(), *(["area"] if self._needs_area else [])]

    def select(self, using: str) -> Sql:
        """(", … AS a0, …", parameters): the columns, for the select list of a statement."""
        parts: list[str] = []
        parameters: list[Any] = []
        for (tree, posts), name in self._names.items():
            text, values = _compiled(tree, self.day, posts, self.model, using)
            keys = self._asked_of[name]
            if keys is not None:
                listed = ", ".join(map(str, sorted(keys))) or "-1"
                text = f"CASE WHEN post_id IN ({listed}) THEN {text} ELSE {UNKNOWN} END"
            parts.append(f", {text} AS {name}")
            parameters += values
        if self._needs_area:
            text, values = _compiled_area(self.day, using)
            parts.append(f", {text} AS area")
            parameters += values
        return "".join(parts), parameters


def _branch(rules: Sequence[RuleOnDay], answers: Answers, keys: Sequence[int]) -> str:
    """The place of the verdict under one set of rules, over the columns of `answers`."""
    not_met, missing, waits, in_area = [], [], [], []
    for rule in rules:
        general = answers.name(rule.requirement, rule.posts, keys)
        failed, passed = f"{general} = {OUT}", f"{general} = {IN}"
        if rule.mountain:
            floor, area = answers.name(rule.mountain, rule.posts, keys), answers.area()
            by_floor = f"({area} = 1 AND {floor} = {IN} AND {general} <> {IN})"
            in_area.append(by_floor)
            passed = f"({passed} OR {by_floor})"
            failed = (
                f"(({general} = {OUT} AND {area} = 0) OR "
                f"({area} = 1 AND {floor} = {OUT} AND {general} <> {IN}))"
            )
        missing.append(f"NOT {passed} AND NOT {failed}" if rule.mountain else
                       f"{general} NOT IN ({IN}, {OUT})")  # fmt: skip
        if (
            rule.transition_condition
            and rule.transition_until
            and (answers.day < rule.transition_until)
        ):
            waiting = f"{answers.name(rule.transition_condition, rule.posts, keys)} = {IN}"
            waits.append(f"({failed} AND {waiting})")
            failed = f"({failed} AND NOT {waiting})"
        not_met.append(failed)
    passes = Verdict.SPECIALISED if any(r.is_specialised for r in rules) else Verdict.MET
    cases = [
        f" WHEN {' OR '.join(conditions)} THEN {PLACE_OF[verdict]}"
        for verdict, conditions in (
            (Verdict.NOT_MET, not_met),
            (Verdict.MISSING, missing),
            (Verdict.TRANSITION, waits),
            (Verdict.AREA, in_area),
        )
        if conditions
    ]
    return f"CASE{''.join(cases)} ELSE {PLACE_OF[passes]} END"


def place_of_post(answers: Answers, rules: Sequence[RuleOnDay], posts: Mapping[str, int]) -> str:
    """The text of the place of the verdict of a post held; `post_id` must be a column beside.

    `posts` are the keys, by code, of the posts that rules may speak of. Posts under the same rules
    share a branch, so that a row is judged by its own rules alone.
    """
    found: dict[tuple[str, ...], list[int]] = {}
    for code, key in sorted(posts.items()):
        applied = [r.code for r in rules_for(code, rules, answers.day) if not r.is_uncertain]
        if applied:
            found.setdefault(tuple(applied), []).append(key)
    by_code = {rule.code: rule for rule in rules}
    branches = [
        f" WHEN post_id IN ({', '.join(map(str, keys))}) THEN "
        f"{_branch([by_code[code] for code in codes], answers, keys)}"
        for codes, keys in found.items()
    ]
    nothing = PLACE_OF[Verdict.NO_RULE]
    return f"CASE{''.join(branches)} ELSE {nothing} END" if branches else str(nothing)


def judged_holdings(
    book: Rulebook, day: date, *, among: QuerySet[Cadre] | None = None, using: str = "default"
) -> Sql:
    """A statement with a row for each post held on `day`: id, cadre_id, commune_id, place.

    `among` narrows it to the posts of some people.
    """
    answers = Answers(Holding, day)
    place = place_of_post(answers, book.rules_on(day), book.post_keys)
    columns, parameters = answers.select(using)
    table = connections[using].ops.quote_name(Holding._meta.db_table)
    narrowed, keys = _keys_of(among, using) if among is not None else ("", ())
    # MATERIALIZED: a planner that inlines the columns asks each question at every mention.
    return (
        f"WITH held AS MATERIALIZED (SELECT id, cadre_id, commune_id, post_id{columns} "
        f"FROM {table} WHERE valid_from <= %s AND (valid_to IS NULL OR valid_to > %s){narrowed}) "
        f"SELECT id, cadre_id, commune_id, {place} AS place FROM held",
        [*parameters, day, day, *keys],
    )


def _keys_of(cadres: QuerySet[Cadre], using: str) -> tuple[str, tuple[Any, ...]]:
    query = cadres.order_by().values("pk").query
    text, parameters = query.get_compiler(using=using, elide_empty=False).as_sql()
    return f" AND cadre_id IN ({text})", tuple(parameters)


def _places(verdicts: Iterable[Verdict]) -> str:
    """The places of `verdicts`, as numbers for IN (…); that of a leaf alone is nobody's."""
    return ", ".join(str(PLACE_OF.get(verdict, -1)) for verdict in verdicts) or "-1"


def with_verdict_among(
    cadres: QuerySet[Cadre], verdicts: Iterable[Verdict], day: date, book: Rulebook | None = None
) -> QuerySet[Cadre]:
    """Those whose verdict on `day` is one of `verdicts`: what `verdicts_of` says of them, in SQL.

    Two queries to build it, none if the rulebook is given.
    """
    verdicts = list(verdicts)
    among = cadres if cadres.query.where else None
    text, parameters = judged_holdings(book or Rulebook(), day, among=among, using=cadres.db)
    people = f"SELECT cadre_id FROM ({text}) AS judged GROUP BY cadre_id"
    chosen = RawSQL(f"{people} HAVING MIN(place) IN ({_places(verdicts)})", parameters)
    condition = Q(pk__in=chosen)
    if Verdict.NO_RULE in verdicts:
        condition |= ~Q(pk__in=RawSQL(people, parameters))
    return cadres.filter(condition)


def holdings_judged(
    holdings: QuerySet[Holding], verdicts: Iterable[Verdict], day: date, book: Rulebook
) -> QuerySet[Holding]:
    """Those of `holdings`, all of `day`, whose post's verdict is one of `verdicts`."""
    text, parameters = judged_holdings(book, day, using=holdings.db)
    chosen = f"SELECT id FROM ({text}) AS judged WHERE place IN ({_places(verdicts)})"
    return holdings.filter(pk__in=RawSQL(chosen, parameters))
