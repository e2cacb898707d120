"""The people list as a workbook: what is seen, streamed."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from cadres.columns import ListColumn, Row
from cadres.models import Cadre
from cadres.rulebook import Rulebook
from cadres.verdicts import verdict_from
from daitu_portal.excel import TEXT_FORMAT, Column, Sheet

_AT_ONCE = 500


def people_sheet(
    people: QuerySet[Cadre],
    columns: Sequence[ListColumn],
    day: date,
    book: Rulebook,
    lead: Sequence[str] = (),
) -> Sheet:
    """A sheet with a row for each of `people`, in their order; read 500 at a time."""
    heads = [Column("TT", width=6), Column("Họ và tên", width=28)]
    heads += [Column(each.label, width=each.width, number_format=TEXT_FORMAT) for each in columns]
    return Sheet("Danh sách", heads, _rows(people, columns, day, book), lead=lead)


def _rows(
    people: QuerySet[Cadre], columns: Sequence[ListColumn], day: date, book: Rulebook
) -> Iterator[list[Any]]:
    rules = book.rules_on(day)
    keys = list(people.values_list("pk", flat=True))
    numbers = iter(range(1, len(keys) + 1))
    remaining = iter(keys)
    while chunk := list(islice(remaining, _AT_ONCE)):
        found = Cadre.objects.filter(pk__in=chunk).with_record(day).in_bulk()
        for key in chunk:
            person = found[key]
            row = Row(person, verdict_from(person, day, rules), day)
            yield [next(numbers), person.full_name, *(each.text(row) for each in columns)]
