"""One SQL statement for every figure of a population, for all communes and several days.

The rows of a population (posts held, seats) and the answers about their people come from
cadres.verdict_sql; what is counted over them is text, because the ORM cannot aggregate twice:
first by person, then by commune and in all, so that a person with two posts is one person. What is
MATERIALIZED is asked once: a planner that inlines it asks again at each mention. Only numbers of
our own stand in the text; whatever comes from data is a parameter.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections

from cadres.models import CommitteeMembership, Holding, Rating
from cadres.rules.ratings import rated_year
from cadres.rules.standards import MEETING, RuleOnDay, Verdict
from cadres.standards_sql import IN, UNKNOWN
from cadres.verdict_sql import PLACE_OF, Answers, Sql, place_of_post

MET_PLACES = tuple(sorted(PLACE_OF[verdict] for verdict in MEETING))
MISSING_PLACE = PLACE_OF[Verdict.MISSING]
NOT_RATED = 0


@dataclass(frozen=True)
class Counted:
    """One indicator on one day, as counting needs it.

    `posts`: keys of the posts of its population; None for seats, which have none.
    """

    code: str
    predicate: Mapping[str, Any]
    posts: frozenset[int] | None
    by_person: bool


@dataclass(frozen=True)
class _Column:
    """Conditions over a row of the inner query: it is in the denominator, the numerator, unknown.

    `person_met` and `person_unknown` stand where the person's answer is not that of the row.
    """

    counted: str
    met: str
    unknown: str
    person_met: str = ""
    person_unknown: str = ""


def in_list(column: str, numbers: Iterable[int]) -> str:
    listed = ", ".join(str(int(number)) for number in sorted(numbers))
    return f"{column} IN ({listed})" if listed else "1 = 0"


class DayStatement:
    """The statement for one population on one day; its columns are in the order of `counted`.

    `line` are the communes of the scope (None: all); `without` are keys of people who are counted
    as if they held nothing. Where a person's verdict is counted, the
    person's other posts are read too: the standard of every post held is to be met.
    """

    def __init__(
        self,
        day: date,
        counted: Sequence[Counted],
        rules: Sequence[RuleOnDay],
        post_keys: Mapping[str, int],
        line: Iterable[int] | None,
        without: Collection[int] = (),
    ) -> None:
        self.day, self.counted, self._without = day, counted, without
        self._rules, self._post_keys = rules, post_keys
        self._line = None if line is None else sorted(line)
        self._is_of_seats = all(each.posts is None for each in counted)
        self.answers = Answers(CommitteeMembership if self._is_of_seats else Holding, day)
        self._place = self._rated = ""
        self.columns = [self._column(each) for each in counted]

    def _column(self, each: Counted) -> _Column:
        member = "1 = 1" if each.posts is None else in_list("post_id", each.posts)
        if "verdict" in each.predicate:
            self._place = self._place or place_of_post(self.answers, self._rules, self._post_keys)
            met, unknown = in_list("{}", MET_PLACES), f"{{}} = {MISSING_PLACE}"
            return _Column(
                counted=member,
                met=f"{member} AND {met.format('v')}",
                unknown=f"{member} AND {unknown.format('v')}",
                person_met=met.format("pv"),
                person_unknown=unknown.format("pv"),
            )
        if "rating" in each.predicate:
            self._rated = ", COALESCE(rated.level, 0) AS r"
            least = int(each.predicate["rating"])
            return _Column(
                counted=f"{member} AND r <> {NOT_RATED}",
                met=f"{member} AND r >= {least}",
                unknown=f"{member} AND r = {NOT_RATED}",
            )
        name = self.answers.name(each.predicate, asked_of=each.posts)
        return _Column(member, f"{member} AND {name} = {IN}", f"{member} AND {name} = {UNKNOWN}")

    def _rows(self, using: str) -> Sql:
        """A row for each post held or seat of the day, with its answers."""
        quote = connections[using].ops.quote_name
        table = quote(self.answers.model._meta.db_table)
        columns, parameters = self.answers.select(using)
        post = ", 0 AS post_id" if self._is_of_seats else f", {table}.post_id"
        text = (
            f"SELECT {table}.commune_id, {table}.cadre_id{post}{columns}{self._rated} FROM {table}"
        )
        if self._rated:
            ratings = quote(Rating._meta.db_table)
            text += (
                f" LEFT JOIN {ratings} AS rated"
                f" ON rated.cadre_id = {table}.cadre_id AND rated.year = {rated_year(self.day)}"
            )
        on_day = f"{table}.valid_from <= %s AND ({table}.valid_to IS NULL OR {table}.valid_to > %s)"
        parameters += [self.day, self.day]
        chosen = f"{on_day}{self._narrowed(table)}"
        if self._needs_whole_people:
            chosen = (
                f"{on_day} AND {table}.cadre_id IN (SELECT cadre_id FROM {table} WHERE {chosen})"
            )
            parameters += [self.day, self.day]
        return f"{text} WHERE {chosen}", parameters

    @property
    def _needs_whole_people(self) -> bool:
        """Whether a person's verdict is counted: it may depend on a post that is no row here."""
        return not self._is_of_seats and any(
            each.by_person and "verdict" in each.predicate for each in self.counted
        )

    def _narrowed(self, table: str) -> str:
        """The conditions that leave the rows of the populations, the scope and who stays."""
        text = ""
        if not self._is_of_seats:
            posts = frozenset().union(*(each.posts or () for each in self.counted))
            text = f" AND {in_list(f'{table}.post_id', posts)}"
        if self._line is not None:
            text += f" AND {in_list(f'{table}.commune_id', self._line)}"
        if self._without:
            text += f" AND NOT {in_list(f'{table}.cadre_id', self._without)}"
        return text

    def sql(self, using: str, *, per_commune: bool) -> Sql:
        """(text, parameters): rows of commune key (NULL: in all), then numerator, denominator and
        unknown of each indicator."""
        inner, parameters = self._rows(using)
        place = f", {self._place} AS v" if self._place else ""
        least = ", MIN(v) AS v" if place else ""
        window = ", MIN(v) OVER (PARTITION BY cadre_id) AS pv" if place else ""
        by_person = f"SELECT commune_id, cadre_id{self._sums()}{least} FROM judged GROUP BY 1, 2"
        # People read whole may hold posts elsewhere too: those are no rows of the scope.
        here = "" if self._line is None else f" WHERE {in_list('commune_id', self._line)}"
        regrouped = f"SELECT cadre_id{self._regrouped()} FROM people{here} GROUP BY 1"
        whole = self._select(f"({regrouped}) AS one")
        parts = [f"SELECT CAST(NULL AS bigint){whole}"]
        if per_commune:
            parts.append(f"SELECT commune_id{self._select('people')} GROUP BY commune_id")
        text = (
            f"WITH held AS MATERIALIZED ({inner}), "
            f"judged AS MATERIALIZED (SELECT *{place} FROM held), "
            f"grouped AS MATERIALIZED ({by_person}), people AS (SELECT *{window} FROM grouped) "
            f"{' UNION ALL '.join(parts)}"
        )
        return text, parameters

    def _sums(self) -> str:
        """For each indicator, over the rows of one person in one commune: how many are in the
        denominator (n), the numerator (x), unknown (u)."""
        return "".join(
            f", SUM(CASE WHEN {condition} THEN 1 ELSE 0 END) AS {letter}{number}"
            for number, column in enumerate(self.columns)
            for letter, condition in zip(
                "nxu", (column.counted, column.met, column.unknown), strict=True
            )
        )

    def _regrouped(self) -> str:
        names = [f"{letter}{n}" for n in range(len(self.columns)) for letter in "nxu"]
        place = ", MIN(pv) AS pv" if self._place else ""
        return "".join(f", SUM({name}) AS {name}" for name in names) + place

    def _select(self, source: str) -> str:
        parts = []
        for number, (each, column) in enumerate(zip(self.counted, self.columns, strict=True)):
            n, x, u = (f"{letter}{number}" for letter in "nxu")
            if not each.by_person:
                parts += [x, n, u]
                continue
            met = f"{n} > 0 AND {column.person_met}" if column.person_met else f"{x} > 0"
            unknown = (
                f"{n} > 0 AND {column.person_unknown}" if column.person_unknown else f"{u} > 0"
            )
            parts += [
                f"CASE WHEN {condition} THEN 1 ELSE 0 END"
                for condition in (met, f"{n} > 0", unknown)
            ]
        return "".join(f", COALESCE(SUM({part}), 0)" for part in parts) + f" FROM {source}"


Numbers = tuple[int, int, int]  # numerator, denominator, unknown


def run(
    statements: Sequence[DayStatement], per_commune: Sequence[bool], *, using: str = "default"
) -> list[dict[int | None, list[Numbers]]]:
    """For each statement, by commune key (None: in all), the numbers of its indicators in order.

    `per_commune` says of each whether its communes are counted too. All go as one query.
    """
    if not statements:
        return []
    texts, parameters = [], []
    widest = max(len(statement.columns) for statement in statements)
    for number, (statement, communes) in enumerate(zip(statements, per_commune, strict=True)):
        text, values = statement.sql(using, per_commune=communes)
        padding = ", 0, 0, 0" * (widest - len(statement.columns))
        texts.append(f"SELECT {number} AS statement, figures.*{padding} FROM ({text}) AS figures")
        parameters += values
    found: list[dict[int | None, list[Numbers]]] = [{} for _ in statements]
    with connections[using].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(texts), parameters)
        for number, commune, *counts in cursor.fetchall():
            found[number][commune] = [
                (int(x), int(n), int(u))
                for x, n, u in zip(counts[::3], counts[1::3], counts[2::3], strict=True)
            ][: len(statements[number].columns)]
    return found
