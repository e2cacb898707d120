"""The tables whose rows are somebody's: each app registers its own, so that merging two records, or
setting one aside, knows no upper app.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from cadres.edits import all_plain
from cadres.models import Cadre

# A row by its table ("cadres.holding") and key; and what becomes of a row that hangs on another:
# what is set on it, None where it goes as well.
RowKey = tuple[str, int]
Settled = tuple[Model, Mapping[str, Any] | None]


def key_of(row: Model) -> RowKey:
    """By which a merge knows a row."""
    return row._meta.label_lower, row.pk


@dataclass(frozen=True)
class Obstacle:
    """Why two rows cannot both be one person's; `may_both` where one of them only gives way."""

    why: str
    may_both: bool = False


def _nothing(left: Any, right: Any) -> Obstacle | None:
    return None


def _nothing_hangs(gone: Any, kept: Any, going: Collection[RowKey]) -> Iterable[Settled]:
    return ()


@dataclass(frozen=True)
class Moved:
    """A table whose rows belong to a person.

    `obstacle` judges a row of the record that stays beside one that comes; `same` are the columns
    that make two rows say the same (empty: all); `doubled` gives what is set on a row that says
    the same, which otherwise goes; `giving_way` what is set on a row that stays beside another;
    rows outside `where` stay with the record that is set aside, and so do, where `stays`, rows
    with an obstacle. `settle` says, before a row goes, what becomes of the rows that hang on it:
    it is given that row, the one that stays in its stead, and the keys of all rows that go.
    """

    model: type[Model]
    obstacle: Callable[[Any, Any], Obstacle | None] = _nothing
    same: tuple[str, ...] = ()
    doubled: Callable[[], Mapping[str, Any]] | None = None
    giving_way: Mapping[str, Any] = field(default_factory=dict)
    where: Q = field(default_factory=Q)
    stays: bool = False
    settle: Callable[[Any, Any, Collection[RowKey]], Iterable[Settled]] = _nothing_hangs

    def says(self, row: Model) -> str:
        """All that a row says, but whose it is."""
        told = all_plain(row)
        names = self.same or sorted(told)
        return json.dumps([told[name] for name in names if name != "cadre"])


_moved: dict[type[Model], Moved] = {}


def register(*tables: Moved) -> None:
    """Add tables whose rows follow the person, in the order in which pages list them."""
    for table in tables:
        _moved[table.model] = table


def moved_tables() -> tuple[Moved, ...]:
    """All tables of all apps."""
    return tuple(_moved.values())


def left_with(cadre: Cadre) -> list[str]:
    """What the tables are called that still have rows of this person. One query a table."""
    return [
        str(table.model._meta.verbose_name)
        for table in moved_tables()
        if table.model._default_manager.filter(table.where, cadre=cadre.pk).exists()
    ]
