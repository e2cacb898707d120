"""The one compiler of requirements to SQL: the same data that rules/ interprets.

Every requirement has two two-valued conditions, `met` and `failed`; what is neither is not known.
Dates known in part are ISO text, so a text comparison reads them at their earliest day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields import BooleanField
from django.db.models.functions import Cast, Concat, Length, Replace, Substr

from cadres.models import Cadre, Holding, Qualification, ShortTraining
from cadres.models.period import on_day
from cadres.rules.requirements import CONFIRMATION, Tree

NEVER = Q(pk__in=[])
Condition = Any  # a Q or an expression that may stand in one


@dataclass(frozen=True)
class Scope:
    """Where a condition stands: the day, the column that reaches the person, the rule's posts."""

    day: date
    cadre: str = "cadre_id"
    posts: frozenset[str] = frozenset()


def _of(model: Any, scope: Scope) -> QuerySet[Any]:
    return model.objects.filter(cadre=OuterRef(scope.cadre))


def _by(column: str, day: date) -> Q:
    return Q(**{column: None}) | Q(**{f"{column}__lte": day})


# -- levels ---------------------------------------------------------------------------------------


def _records(level: Tree, scope: Scope) -> QuerySet[Any]:
    """The person's records of the strand by the day."""
    found = _of(Qualification, scope).filter(strand=level["strand"])
    return found.filter(_by("awarded_on", scope.day))


def _level_met(level: Tree, scope: Scope) -> Condition:
    found = _records(level, scope).filter(rank__gte=level["min"])
    if level.get("confirmation_before"):
        counts = ~Q(evidence=CONFIRMATION) | Q(awarded_on__lt=level["confirmation_before"])
        found = found.filter(counts)
    if level.get("fields"):
        found = found.filter(field__code__in=level["fields"])
    return Exists(found)


def _level_failed(level: Tree, scope: Scope) -> Condition:
    """Something is on record, it does not reach the level, and nothing doubtful might."""
    doubt = Q()
    late = Q()
    if level.get("confirmation_before"):
        paper = Q(evidence=CONFIRMATION)
        doubt |= paper & Q(awarded_on=None)
        late = paper & Q(awarded_on__gte=level["confirmation_before"])
    if level.get("fields"):
        doubt |= Q(field=None) & ~late if late else Q(field=None)
    failed = Exists(_records(level, scope)) & ~_level_met(level, scope)
    if doubt:
        failed &= ~Exists(_records(level, scope).filter(doubt, rank__gte=level["min"]))
    return failed


# -- trainings, ages, careers ---------------------------------------------------------------------


def _training_met(content: str, scope: Scope) -> Condition:
    return Exists(_of(ShortTraining, scope).filter(_by("completed_on", scope.day), content=content))


def _training_failed(content: str, scope: Scope) -> Condition:
    return NEVER


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


def _people(scope: Scope) -> QuerySet[Any]:
    """The person's own row, with the ends of the birth date as numbers."""
    found = Cadre.objects.filter(pk=OuterRef(scope.cadre), born_on__isnull=False)
    return found.annotate(length=Length("born_on")).annotate(
        oldest=_number(_padded("born_on", latest=False)),
        youngest=_number(_padded("born_on", latest=True)),
    )


def _as_number(day: date) -> int:
    return int(day.strftime("%Y%m%d"))


def _age_met(limits: Tree, scope: Scope) -> Condition:
    born_by = _as_number(scope.day) - limits["min"] * 10_000
    return Exists(_people(scope).filter(youngest__lte=born_by))


def _age_failed(limits: Tree, scope: Scope) -> Condition:
    born_by = _as_number(scope.day) - limits["min"] * 10_000
    return Exists(_people(scope).filter(oldest__gt=born_by))


def _first_entry(scope: Scope) -> Any:
    """The number of the day on which the person of an outer row first entered the posts."""
    days = (
        Holding.objects.filter(
            cadre=OuterRef("pk"), post__code__in=sorted(scope.posts), valid_from__lte=scope.day
        )
        .order_by()
        .values("cadre")
        .annotate(first=Min("valid_from"))
        .values("first")
    )
    return _number(Cast(Subquery(days), CharField()))


def _entered(limits: Tree, scope: Scope) -> QuerySet[Any]:
    """The person's row, where an entry is known, with the most years allowed to the sex."""
    most = Case(When(sex="M", then=Value(limits["max"]["M"])), default=Value(limits["max"]["F"]))
    found = _people(scope).annotate(entry=_first_entry(scope), most=most)
    return found.filter(entry__isnull=False)


def _entry_age_met(limits: Tree, scope: Scope) -> Condition:
    # Not yet `most` + 1 years old on the day of entry, even if born on the earliest day.
    limit = F("oldest") + (F("most") + 1) * 10_000
    return Exists(_entered(limits, scope).filter(entry__lt=limit))


def _entry_age_failed(limits: Tree, scope: Scope) -> Condition:
    limit = F("youngest") + (F("most") + 1) * 10_000
    return Exists(_entered(limits, scope).filter(entry__gte=limit))


def _recruited(scope: Scope) -> QuerySet[Any]:
    found = Cadre.objects.filter(pk=OuterRef(scope.cadre), recruited_on__isnull=False)
    return found.annotate(length=Length("recruited_on")).annotate(
        earliest=_padded("recruited_on", latest=False), last=_padded("recruited_on", latest=True)
    )


def _recruited_before_met(day: str, scope: Scope) -> Condition:
    return Exists(_recruited(scope).filter(last__lt=day))


def _recruited_before_failed(day: str, scope: Scope) -> Condition:
    return Exists(_recruited(scope).filter(earliest__gte=day))


def _held_before_met(day: str, scope: Scope) -> Condition:
    eve = date.fromisoformat(day) - timedelta(days=1)
    return Exists(_of(Holding, scope).filter(on_day(eve), post__code__in=sorted(scope.posts)))


def _held_before_failed(day: str, scope: Scope) -> Condition:
    return ~_held_before_met(day, scope)


_MET = {
    "level": _level_met,
    "training": _training_met,
    "age": _age_met,
    "entry_age": _entry_age_met,
    "recruited_before": _recruited_before_met,
    "held_before": _held_before_met,
}
_FAILED = {
    "level": _level_failed,
    "training": _training_failed,
    "age": _age_failed,
    "entry_age": _entry_age_failed,
    "recruited_before": _recruited_before_failed,
    "held_before": _held_before_failed,
}


def _met(tree: Tree, scope: Scope) -> Condition:
    ((word, value),) = tree.items()
    if word in ("all", "any"):
        join = and_ if word == "all" else or_
        return reduce(join, (Q(_met(branch, scope)) for branch in value))
    return Q(_MET[word](value, scope))


def _failed(tree: Tree, scope: Scope) -> Condition:
    ((word, value),) = tree.items()
    if word in ("all", "any"):
        join = or_ if word == "all" else and_
        return reduce(join, (Q(_failed(branch, scope)) for branch in value))
    return Q(_FAILED[word](value, scope))


def met(tree: Tree, day: date, *, cadre: str = "cadre_id") -> Q:
    """The condition that the person behind `cadre` meets `tree` on `day`."""
    return Q(_met(tree, Scope(day, cadre)))


def unknown(tree: Tree, day: date, *, cadre: str = "cadre_id") -> Q:
    """The condition that the record does not tell whether the person meets `tree` on `day`."""
    scope = Scope(day, cadre)
    return ~Q(_met(tree, scope)) & ~Q(_failed(tree, scope))


IN, UNKNOWN, OUT = 2, 1, 0  # how `answered` tells True, None and False


def answered(tree: Tree, scope: Scope) -> Any:
    """An expression: IN, UNKNOWN or OUT, for the person that `scope` reaches on its day."""
    return Case(
        When(Q(_met(tree, scope)), then=Value(IN)),
        When(Q(_failed(tree, scope)), then=Value(OUT)),
        default=Value(UNKNOWN),
        output_field=IntegerField(),
    )


def is_true(condition: Q) -> Any:
    """A condition as a column of truth, for annotations."""
    return ExpressionWrapper(condition, output_field=BooleanField())
