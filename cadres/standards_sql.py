"""The one compiler of requirements to SQL: the same data that rules/ interprets.

Every requirement becomes a number for each row, IN, UNKNOWN or OUT (True, None and False of the
pure function), asked in one subquery a leaf; "all" is the least of its parts, "any" the greatest.
Dates known in part are ISO text, so a text comparison reads them at their earliest day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields import BooleanField
from django.db.models.functions import (
    Cast,
    Coalesce,
    Concat,
    Greatest,
    Least,
    Length,
    Replace,
    Substr,
)

from cadres.models import Cadre, Holding, Qualification, ShortTraining
from cadres.models.period import on_day
from cadres.rules.requirements import CONFIRMATION, Tree

IN, UNKNOWN, OUT = 2, 1, 0  # their order is that of Kleene: "all" is the least, "any" the greatest
Score = Any  # an expression that gives one of them
_YES, _UNSURE, _NO = Value(IN), Value(UNKNOWN), Value(OUT)


@dataclass(frozen=True)
class Scope:
    """Where a requirement stands: the day, the column that reaches the person, the rule's posts."""

    day: date
    cadre: str = "cadre_id"
    posts: frozenset[str] = frozenset()


def _of(model: Any, scope: Scope) -> QuerySet[Any]:
    return model.objects.filter(cadre=OuterRef(scope.cadre)).order_by()


def _by(column: str, day: date) -> Q:
    return Q(**{column: None}) | Q(**{f"{column}__lte": day})


def _case(*whens: tuple[Q, Value], default: Value) -> Case:
    found = [When(condition, then=score) for condition, score in whens]
    return Case(*found, default=default, output_field=IntegerField())


def _asked(rows: QuerySet[Any], score: Score, *, nothing: Value = _UNSURE) -> Score:
    """The best score of `rows`, `nothing` where there is none."""
    best = rows.values("cadre").annotate(score=Max(score)).values("score")
    return Coalesce(Subquery(best), nothing, output_field=IntegerField())


# -- levels, trainings ----------------------------------------------------------------------------


def _level(level: Tree, scope: Scope) -> Score:
    records = _of(Qualification, scope).filter(_by("awarded_on", scope.day), strand=level["strand"])
    whens = [(Q(rank__lt=level["min"]), _NO)]
    if before := level.get("confirmation_before"):
        paper = Q(evidence=CONFIRMATION)
        whens += [(paper & Q(awarded_on=None), _UNSURE), (paper & Q(awarded_on__gte=before), _NO)]
    if fields := level.get("fields"):
        whens += [(Q(field=None), _UNSURE), (~Q(field__code__in=fields), _NO)]
    return _asked(records, _case(*whens, default=_YES))


def _training(content: str, scope: Scope) -> Score:
    found = _of(ShortTraining, scope).filter(_by("completed_on", scope.day), content=content)
    return _case((Q(Exists(found)), _YES), default=_UNSURE)


# -- ages, careers --------------------------------------------------------------------------------


def _number(text: Any) -> Any:
    """ISO text of a whole day as the number yyyymmdd: two of them differ by age × 10 000."""
    bare = Replace(text, Value("-"), Value(""))
    return Cast(Substr(bare, 1, 8), IntegerField())


def _padded(column: str, *, latest: bool) -> Any:
    """A date known in part as ISO text of its earliest or latest day (31 closes any month)."""
    year, month = ("-12-31", "-31") if latest else ("-01-01", "-01")
    text = Cast(column, CharField())
    return Case(
        When(length=4, then=Concat(text, Value(year))),
        When(length=7, then=Concat(text, Value(month))),
        default=text,
        output_field=CharField(),
    )


def _person(scope: Scope, column: str) -> QuerySet[Any]:
    """The person's own row, with the ends of the date in `column` as ISO text."""
    found = Cadre.objects.filter(pk=OuterRef(scope.cadre)).order_by()
    return found.annotate(length=Length(column)).annotate(
        earliest=_padded(column, latest=False), latest=_padded(column, latest=True)
    )


def _of_person(people: QuerySet[Any], *whens: tuple[Q, Value]) -> Score:
    """The score of the person's row; a date that is empty meets no condition."""
    score = people.annotate(score=_case(*whens, default=_UNSURE)).values("score")
    return Coalesce(Subquery(score), _UNSURE, output_field=IntegerField())


def _age(limits: Tree, scope: Scope) -> Score:
    born_by = int(scope.day.strftime("%Y%m%d")) - limits["min"] * 10_000
    people = _person(scope, "born_on").annotate(
        oldest=_number(F("earliest")), youngest=_number(F("latest"))
    )
    return _of_person(people, (Q(youngest__lte=born_by), _YES), (Q(oldest__gt=born_by), _NO))


def _entry_age(limits: Tree, scope: Scope) -> Score:
    first = (
        Holding.objects.filter(
            cadre=OuterRef("pk"), post__code__in=sorted(scope.posts), valid_from__lte=scope.day
        )
        .order_by()
        .values("cadre")
        .annotate(first=Min("valid_from"))
        .values("first")
    )
    most = Case(When(sex="M", then=Value(limits["max"]["M"])), default=Value(limits["max"]["F"]))
    # Not yet `most` + 1 years old on the day of entry, even if born on the earliest day.
    people = _person(scope, "born_on").annotate(
        entry=_number(Cast(Subquery(first), CharField())),
        sure=_number(F("earliest")) + (most + 1) * 10_000,
        over=_number(F("latest")) + (most + 1) * 10_000,
    )
    return _of_person(people, (Q(entry__lt=F("sure")), _YES), (Q(entry__gte=F("over")), _NO))


def _recruited_before(day: str, scope: Scope) -> Score:
    people = _person(scope, "recruited_on")
    return _of_person(people, (Q(latest__lt=day), _YES), (Q(earliest__gte=day), _NO))


def _held_before(day: str, scope: Scope) -> Score:
    eve = date.fromisoformat(day) - timedelta(days=1)
    held = _of(Holding, scope).filter(on_day(eve), post__code__in=sorted(scope.posts))
    return _case((Q(Exists(held)), _YES), default=_NO)


_LEAVES: Mapping[str, Callable[[Any, Scope], Score]] = {
    "level": _level,
    "training": _training,
    "age": _age,
    "entry_age": _entry_age,
    "recruited_before": _recruited_before,
    "held_before": _held_before,
}


def answered(tree: Tree, scope: Scope) -> Score:
    """An expression: IN, UNKNOWN or OUT, for the person that `scope` reaches on its day."""
    ((word, value),) = tree.items()
    if word in ("all", "any"):
        join: type[Func] = Least if word == "all" else Greatest
        return reduce(join, (answered(branch, scope) for branch in value))
    return _LEAVES[word](value, scope)


def is_true(condition: Q) -> Any:
    """A condition as a column of truth, for annotations."""
    return ExpressionWrapper(condition, output_field=BooleanField())
