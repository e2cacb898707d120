"""One SQL statement for every figure of a population, for all communes and several days.

The rows of a population (posts held, seats) are a Django queryset; what is counted over them is
assembled here as text, because the ORM cannot aggregate twice: first by person, then by commune
and in all, so that a person with two posts is one person. Only numbers of our own stand in the
text; whatever comes from data is a parameter.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections
from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cadres.models import CommitteeMembership, Holding, Rating
from cadres.models.period import on_day
from cadres.rules.standards import MEETING, RuleOnDay, Verdict
from cadres.standards_sql import AS_PLACE, IN, UNKNOWN, answered, verdict_of_holding

MET_PLACES = tuple(sorted(AS_PLACE[verdict] for verdict in MEETING))
MISSING_PLACE = AS_PLACE[Verdict.MISSING]
NOT_RATED = 0


def rated_year(day: date) -> int:
    """The year whose ratings count on `day`: its own on 31/12, else the one before."""
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1


def rating_level(day: date, cadre: str = "cadre_id") -> Any:
    """An expression: the person's rating that counts on `day`, NOT_RATED where there is none."""
    rating = Rating.objects.filter(cadre=OuterRef(cadre), year=rated_year(day))
    return Coalesce(
        Subquery(rating.order_by().values("level")[:1]),
        Value(NOT_RATED),
        output_field=IntegerField(),
    )


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


def _in(column: str, numbers: Iterable[int]) -> str:
    listed = ", ".join(str(int(number)) for number in sorted(numbers))
    return f"{column} IN ({listed})" if listed else "1 = 0"


class DayStatement:
    """The statement for one population on one day; `columns` are in the order of `counted`."""

    def __init__(
        self,
        day: date,
        counted: Sequence[Counted],
        rules: Sequence[RuleOnDay],
        post_keys: Mapping[str, int],
        people: QuerySet | None,
    ) -> None:
        self.day, self.counted = day, counted
        self._rules, self._post_keys, self._people = rules, post_keys, people
        self.answers: dict[str, Any] = {}
        self.columns = [self._column(each) for each in counted]

    def _column(self, each: Counted) -> _Column:
        member = "1 = 1" if each.posts is None else _in("post_id", each.posts)
        if "verdict" in each.predicate:
            self._ask("v", self._verdict)
            met, unknown = _in("{}", MET_PLACES), f"{{}} = {MISSING_PLACE}"
            return _Column(
                counted=member,
                met=f"{member} AND {met.format('v')}",
                unknown=f"{member} AND {unknown.format('v')}",
                person_met=met.format("pv"),
                person_unknown=unknown.format("pv"),
            )
        if "rating" in each.predicate:
            self._ask("r", lambda: rating_level(self.day))
            least = int(each.predicate["rating"])
            return _Column(
                counted=f"{member} AND r <> {NOT_RATED}",
                met=f"{member} AND r >= {least}",
                unknown=f"{member} AND r = {NOT_RATED}",
            )
        name = f"a{self._number(each.predicate)}"
        self._ask(name, lambda: answered(each.predicate, self.day))
        return _Column(member, f"{member} AND {name} = {IN}", f"{member} AND {name} = {UNKNOWN}")

    def _number(self, predicate: Mapping[str, Any]) -> int:
        seen = list(dict.fromkeys(repr(each.predicate) for each in self.counted))
        return seen.index(repr(predicate))

    def _ask(self, name: str, made: Any) -> None:
        if name not in self.answers:
            self.answers[name] = made()

    def _verdict(self) -> Any:
        return verdict_of_holding(self._rules, self.day, self._post_keys, told=AS_PLACE)

    def rows(self) -> QuerySet:
        """The rows of the population that day, one a post held or a seat."""
        model = CommitteeMembership if self._is_of_seats else Holding
        rows = model.objects.filter(on_day(self.day)).order_by()
        if self._people is not None:
            rows = rows.filter(cadre__in=self._people)
        if not self._is_of_seats and "v" not in self.answers:
            posts = frozenset().union(*(each.posts or () for each in self.counted))
            rows = rows.filter(post_id__in=sorted(posts))
        post = Value(0) if self._is_of_seats else F("post_id")
        return rows.annotate(in_post=post, **self.answers).values_list(
            "commune_id", "cadre_id", "in_post", *self.answers
        )

    @property
    def _is_of_seats(self) -> bool:
        return all(each.posts is None for each in self.counted)

    def sql(self, using: str, *, per_commune: bool) -> tuple[str, list[Any]]:
        """(text, parameters): rows of commune key (NULL: in all), then numerator, denominator and
        unknown of each indicator."""
        compiler = self.rows().query.get_compiler(using=using, elide_empty=False)
        inner, parameters = compiler.as_sql()
        names = ", ".join(("commune_id", "cadre_id", "post_id", *self.answers))
        place = ", MIN(v) AS v" if "v" in self.answers else ""
        window = ", MIN(v) OVER (PARTITION BY cadre_id) AS pv" if place else ""
        by_person = f"SELECT commune_id, cadre_id{self._sums()}{place} FROM held GROUP BY 1, 2"
        whole = self._select(f"(SELECT cadre_id{self._regrouped()} FROM people GROUP BY 1) AS one")
        parts = [f"SELECT CAST(NULL AS bigint){whole}"]
        if per_commune:
            parts.append(f"SELECT commune_id{self._select('people')} GROUP BY commune_id")
        text = (
            f"WITH held({names}) AS ({inner}), grouped AS ({by_person}), "
            f"people AS (SELECT *{window} FROM grouped) {' UNION ALL '.join(parts)}"
        )
        return text, list(parameters)

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
        place = ", MIN(pv) AS pv" if "v" in self.answers else ""
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
    statements: Sequence[DayStatement], *, per_commune: bool, using: str = "default"
) -> list[dict[int | None, list[Numbers]]]:
    """For each statement, by commune key (None: in all), the numbers of its indicators in order.

    All statements go as one query; they must count as many indicators as each other.
    """
    if not statements:
        return []
    texts, parameters = [], []
    for number, statement in enumerate(statements):
        text, values = statement.sql(using, per_commune=per_commune)
        texts.append(f"SELECT {number} AS statement, figures.* FROM ({text}) AS figures")
        parameters += values
    found: list[dict[int | None, list[Numbers]]] = [{} for _ in statements]
    with connections[using].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(texts), parameters)
        for number, commune, *counts in cursor.fetchall():
            found[number][commune] = [
                (int(x), int(n), int(u))
                for x, n, u in zip(counts[::3], counts[1::3], counts[2::3], strict=True)
            ]
    return found
