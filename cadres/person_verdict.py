"""The verdict of a person in SQL: that of every post held, the most deciding one."""

from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cadres.models import Cadre, Holding
from cadres.models.period import on_day
from cadres.rulebook import Rulebook
from cadres.rules.standards import Verdict
from cadres.standards_sql import AS_PLACE, verdict_of_holding


def verdict_place(day: date, book: Rulebook | None = None) -> Any:
    """An expression on Cadre: the place in `standards_sql.VERDICT_AT` of the person's verdict.

    Two queries to build it, none if the rulebook is given.
    """
    book = book or Rulebook()
    said = verdict_of_holding(book.rules_on(day), day, book.post_keys, told=AS_PLACE)
    least = (
        Holding.objects.filter(on_day(day), cadre=OuterRef("pk"))
        .order_by()
        .annotate(place=said)
        .values("cadre")
        .annotate(least=Min("place"))
        .values("least")
    )
    return Coalesce(Subquery(least), Value(AS_PLACE[Verdict.NO_RULE]))


def with_verdict(cadres: QuerySet[Cadre], day: date, book: Rulebook | None = None) -> QuerySet:
    """Annotate each person with `verdict_place`: VERDICT_AT[verdict_place] is the Verdict on `day`.

    It equals `verdicts_of(…)[pk].verdict`, of which it has no reasons; made for filters and
    counts over many people. A number rather than the text, so that SQL holds it once.
    """
    return cadres.annotate(verdict_place=verdict_place(day, book))
