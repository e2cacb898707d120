"""The tables whose rows are somebody's: each app registers its own, so that merging two records, or
setting one aside, knows no upper app.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from cadres.edits import all_plain
from cadres.models import Cadre

# A row by its table ("cadres.holding") and key; and what becomes of a row that hangs on another:
# what is set on it, None where it goes as well.
RowKey = tuple[str, int]
Settled = tuple[Model, Mapping[str, Any] | None]
# (a row that goes, the one that stays in its stead, the keys of all rows that go): what hangs on it
Settle = Callable[[Any, Any, Collection[RowKey]], Iterable[Settled]]


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


@dataclass(frozen=True)
class Moved:
    """A table whose rows belong to a person.

    `obstacle` judges a row of the record that stays beside one that comes; `same` are the columns
    that make two rows say the same (empty: all); `doubled` gives what is set on a row that says
    the same, which otherwise goes; `giving_way` what is set on a row that stays beside another;
    rows outside `where` stay with the record that is set aside, and so do, where `stays`, rows
    with an obstacle.
    """

    model: type[Model]
    obstacle: Callable[[Any, Any], Obstacle | None] = _nothing
    same: tuple[str, ...] = ()
    doubled: Callable[[], Mapping[str, Any]] | None = None
    giving_way: Mapping[str, Any] = field(default_factory=dict)
    where: Q = field(default_factory=Q)
    stays: bool = False

    def says(self, row: Model) -> str:
        """All that a row says, but whose it is."""
        told = all_plain(row)
        names = self.same or sorted(told)
        return json.dumps([told[name] for name in names if name != "cadre"])


_moved: dict[type[Model], Moved] = {}
_settles: dict[type[Model], list[Settle]] = {}


def register(*tables: Moved) -> None:
    """Add tables whose rows follow the person, in the order in which pages list them."""
    for table in tables:
        _moved[table.model] = table


def moved_tables() -> tuple[Moved, ...]:
    """All tables of all apps."""
    return tuple(_moved.values())


def settle_before(model: type[Model], settle: Settle) -> None:
    """Ask `settle`, before a row of `model` goes, what becomes of the rows that hang on it; each
    app speaks for its own rows."""
    _settles.setdefault(model, []).append(settle)


def settled(gone: Model, kept: Model, going: Collection[RowKey]) -> Iterator[Settled]:
    """What becomes of all rows that hang on `gone`, as the apps say."""
    for settle in _settles.get(type(gone), ()):
        yield from settle(gone, kept, going)


def left_with(cadre: Cadre) -> list[str]:
    """What the tables are called that still have rows of this person. One query a table."""
    return [
        str(table.model._meta.verbose_name)
        for table in moved_tables()
        if table.model._default_manager.filter(table.where, cadre=cadre.pk).exists()
    ]
