"""One SQL statement for the members behind a figure, in the order of their names: each with the
state of the figure's level and, beside it, the verdict under the standards of the day.

The statement also counts the figure of an earlier day, so that a page asks once. Only numbers and
names of our own stand in the text; whatever comes from data is a parameter.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db import connections

from cadres.models import Cadre, CommitteeMembership, Commune, Holding, Rating
from cadres.rulebook import Rulebook
from cadres.rules.ratings import rated_year
from cadres.standards_sql import IN, OUT, UNKNOWN
from cadres.verdict_sql import Answers, Sql, place_of_post
from reports.figure_sql import (
    NOT_RATED,
    Counted,
    DayStatement,
    Numbers,
    in_list,
)

# What stands for the state in rows that are no members: the numbers of the earlier day, the place
# of the verdict of a post.
_EARLIER, _JUDGED = -1, -2


@dataclass(frozen=True)
class Asked:
    """A figure of a day and whose rows it counts.

    `line` are the communes of the rows (None: all). `judged` are the states whose members need
    their verdict: the others are spared the question.
    """

    counted: Counted
    day: date
    line: frozenset[int] | None = None
    judged: Collection[int] = (IN, UNKNOWN, OUT)
    earlier: date | None = None
    earlier_line: frozenset[int] | None = None


class Found(NamedTuple):
    """A row that the figure counts: a post held or a seat, in the order the statement selects.

    A tuple: of a whole country there are 100 000 of them.

    `value` is the rating of the year, 0 without one. `place` and `person_place` stand for the
    verdicts of the post and of the person (cadres.verdict_sql.VERDICT_AT); None where not asked
    or where no post is held.
    """

    row_id: int
    cadre_id: int
    commune_id: int
    commune: str
    commune_order: str
    post_id: int
    value: int
    state: int
    place: int | None
    person_place: int | None


class NamesStatement:
    """Builds the statement for what is `asked`; `run` gives its rows."""

    def __init__(self, asked: Asked, book: Rulebook, using: str) -> None:
        self.asked, self.book, self.using = asked, book, using
        self._predicate = asked.counted.predicate
        self._is_of_seats = asked.counted.posts is None
        self._model: Any = CommitteeMembership if self._is_of_seats else Holding
        self._table = connections[using].ops.quote_name(self._model._meta.db_table)

    def _name(self, model: Any) -> str:
        return connections[self.using].ops.quote_name(model._meta.db_table)

    def _on_day(self, table: str) -> str:
        return f"{table}.valid_from <= %s AND ({table}.valid_to IS NULL OR {table}.valid_to > %s)"

    def _members(self) -> Sql:
        """A row for each post held or seat of the day that the figure counts, with its state."""
        table, day = self._table, self.asked.day
        state, value, join = str(OUT), "0", ""
        answers = Answers(self._model, day)
        if "rating" in self._predicate:
            least, value = int(self._predicate["rating"]), "COALESCE(rated.level, 0)"
            state = (
                f"CASE WHEN value = {NOT_RATED} THEN {UNKNOWN} WHEN value >= {least} THEN {IN}"
                f" ELSE {OUT} END"
            )
            join = (
                f" LEFT JOIN {self._name(Rating)} AS rated"
                f" ON rated.cadre_id = {table}.cadre_id AND rated.year = {rated_year(day)}"
            )
        elif "verdict" not in self._predicate:
            state = answers.name(self._predicate)
        columns, parameters = answers.select(self.using)
        post = "0 AS post_id, FALSE" if self._is_of_seats else f"{table}.post_id, {table}.is_main"
        text = (
            f"SELECT counted.*, {state} AS state FROM (SELECT {table}.id, {table}.cadre_id,"
            f" {table}.commune_id, {post} AS is_main, {value} AS value{columns}"
            f" FROM {table}{join} WHERE {self._on_day(table)}{self._narrowed()}) AS counted"
        )
        return text, [*parameters, day, day]

    def _narrowed(self) -> str:
        posts, line, table = self.asked.counted.posts, self.asked.line, self._table
        text = "" if posts is None else f" AND {in_list(f'{table}.post_id', posts)}"
        return text if line is None else f"{text} AND {in_list(f'{table}.commune_id', line)}"

    def _judged(self) -> Sql:
        """A row for each post that the members to be judged hold, with the place of its verdict."""
        day, table = self.asked.day, self._name(Holding)
        answers = Answers(Holding, day)
        place = place_of_post(answers, self.book.rules_on(day), self.book.post_keys)
        columns, parameters = answers.select(self.using)
        # The state of a verdict is the verdict: then everyone is asked.
        all_or_some = "1 = 1" if "verdict" in self._predicate else ""
        wanted = all_or_some or in_list("state", self.asked.judged)
        text = (
            f"held AS MATERIALIZED (SELECT {table}.id, {table}.cadre_id, {table}.commune_id,"
            f" {table}.post_id{columns} FROM {table} WHERE {self._on_day(table)}"
            f" AND {table}.cadre_id IN (SELECT cadre_id FROM member WHERE {wanted})),"
            f" judged AS (SELECT id, cadre_id, {place} AS v FROM held)"
        )
        return text, [*parameters, day, day]

    def sql(self) -> Sql:
        """(text, parameters): a row for each member in the order of names, and before them the
        posts that were judged and the numbers of the earlier day.

        Members and verdicts are put together afterwards: joined here, a planner that takes the
        verdicts for few would compare each with each.
        """
        (members, values), (judged, more) = self._members(), self._judged()
        parameters = [*values, *more]
        selects = [
            "SELECT member.id AS row_id, member.cadre_id AS owner, member.commune_id,"
            " commune.short_name, commune.sort_key, member.post_id, member.value, member.state,"
            " cadre.name_sort_key AS name, CASE WHEN member.is_main THEN 0 ELSE 1 END AS turn"
            f" FROM member JOIN {self._name(Cadre)} AS cadre ON cadre.id = member.cadre_id"
            f" JOIN {self._name(Commune)} AS commune ON commune.id = member.commune_id",
            f"SELECT id, cadre_id, 0, '', '', 0, v, {_JUDGED}, '', 0 FROM judged",
        ]
        if self.asked.earlier:
            numbers, more = self._earlier(self.asked.earlier)
            judged += f", before (commune_id, x, n, u) AS ({numbers})"
            parameters += more
            selects.append(
                "SELECT CAST(x AS bigint), CAST(n AS bigint), CAST(u AS bigint), '', '', 0, 0,"
                f" {_EARLIER}, '', 0 FROM before"
            )
        text = (
            f"WITH member AS MATERIALIZED ({members}), {judged} {' UNION ALL '.join(selects)}"
            " ORDER BY name, owner, turn, row_id"
        )
        return text, parameters

    def _earlier(self, day: date) -> Sql:
        rules, keys = self.book.rules_on(day), self.book.post_keys
        statement = DayStatement(day, [self.asked.counted], rules, keys, self.asked.earlier_line)
        return statement.sql(self.using, per_commune=False)


def run(
    asked: Asked, book: Rulebook, using: str = "default"
) -> tuple[Sequence[Found], Numbers | None]:
    """The rows in the order of their names, and the numbers of the earlier day if asked for.

    One query. Someone with two posts in the population stands there twice, the main one first.
    """
    text, parameters = NamesStatement(asked, book, using).sql()
    with connections[using].cursor() as cursor:
        cursor.execute(text, parameters)
        rows = cursor.fetchall()
    members: list[tuple[Any, ...]] = []
    earlier: Numbers | None = None
    of_post: dict[int, int] = {}
    of_person: dict[int, int] = {}
    for row in rows:
        if row[7] == _EARLIER:
            earlier = row[:3]
        elif row[7] == _JUDGED:
            key, person, place = row[0], row[1], row[6]
            of_post[key] = place
            of_person[person] = min(place, of_person.get(person, place))
        else:
            members.append(row)
    if asked.counted.posts is None:
        of_post = {}  # the keys of seats are no keys of posts
    found = [Found._make((*row[:8], of_post.get(row[0]), of_person.get(row[1]))) for row in members]
    return found, earlier
