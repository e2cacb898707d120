"""What a catalogue is that HR keeps: its address, its form, how a row is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, DateField, QuerySet, Value, When
from django.db.models.functions import Cast

from reports.forms.rows import day_before
from reports.preview import Moved

_LONG_PAST = date(1900, 1, 1)


@dataclass(frozen=True)
class Kind:
    """A catalogue: its slug in the address, its model and form, and the words of its rows.

    `starts` and `ends` name the fields of the first day and of the day after the last ("": the
    rows have no days); `moved` is what a change is previewed on. The rows of a kind that is not
    `is_dated` are only corrected, or added too where `may_add`; `offered` names the field that says
    whether a row without days can still be chosen.
    """

    slug: str
    name: str
    one: str
    model: Any
    form: Any
    heads: tuple[str, ...]
    cells: Callable[[Any], tuple]
    moved: Moved = Moved.NOTHING
    starts: str = "valid_from"
    ends: str = "valid_to"
    related: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    prepare: Callable[[QuerySet], QuerySet] = lambda rows: rows
    is_dated: bool = True
    may_add: bool = False
    offered: str = ""

    @property
    def takes_new(self) -> bool:
        """Whether a row can be added on screen."""
        return self.is_dated or self.may_add

    def rows(self) -> QuerySet:
        """All rows, with what their cells need. One query."""
        found = self.prepare(self.model.objects.select_related(*self.related))
        return found.order_by(*self.order) if self.order else found

    def days(self) -> QuerySet:
        """(slug, first day, day after the last) of each row."""
        rows = self.model.objects.order_by()
        if self.starts:
            return rows.values_list(Value(self.slug), self.starts, self.ends)
        never = Cast(Value(None), DateField())
        ended = (
            Case(When(**{self.offered: False}, then=Value(_LONG_PAST)), output_field=DateField())
            if self.offered
            else never
        )
        return rows.values_list(Value(self.slug), never, ended)

    def begins(self, row: Any) -> date | None:
        return getattr(row, self.starts) if self.starts else None

    def ended(self, row: Any) -> date | None:
        return getattr(row, self.ends) if self.ends else None

    def last_on(self, row: Any) -> date | None:
        """The last day of a row, as the office writes it."""
        return day_before(self.ended(row))

    def is_in_force(self, row: Any, day: date) -> bool:
        if self.offered:
            return getattr(row, self.offered)
        begins, ended = self.begins(row), self.ended(row)
        return (begins is None or begins <= day) and (ended is None or day < ended)

    def nearest(self, row: Any, day: date) -> date:
        """The day nearest to `day` on which a row is in force: there it shows what it does."""
        begins, last_on = self.begins(row), self.last_on(row)
        day = max(begins, day) if begins else day
        return min(last_on, day) if last_on else day
