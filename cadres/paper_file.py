"""The paper file of a person: its components by the circular, what is there and what is not."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db import transaction

from accounts.models import User
from cadres.models import Cadre, PaperItem

_DATA = Path(__file__).parent / "data" / "paper_components.csv"


@dataclass(frozen=True)
class Component:
    """One component; `confidence` says how sure we are of its source (docs of the domain)."""

    code: str
    label: str
    is_copy_enough: bool
    source: str
    confidence: str


@dataclass(frozen=True)
class Line:
    """A component and what was noted of it; `item` is None where nobody looked yet."""

    component: Component
    item: PaperItem | None

    @property
    def state(self) -> str:
        return self.item.state if self.item else ""


@lru_cache(maxsize=1)
def components() -> tuple[Component, ...]:
    """The components of a civil servant's file (TT 11/2012/TT-BNV), in its order."""
    with _DATA.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Component(code, label, bool(is_copy_enough), source, confidence)
            for code, label, is_copy_enough, source, confidence in list(csv.reader(lines))[1:]
        )


def lines_of(items: Iterable[PaperItem]) -> list[Line]:
    """Every component with what `items` of one person say of it."""
    noted = {item.component: item for item in items}
    return [Line(component, noted.get(component.code)) for component in components()]


@dataclass(frozen=True)
class Tally:
    """How many components are missing, how many nobody looked for yet, of how many."""

    missing: int
    unchecked: int
    total: int

    def __str__(self) -> str:
        told = f"thiếu {self.missing}/{self.total}" if self.missing else ""
        if self.unchecked:
            told += (", " if told else "") + f"chưa kiểm {self.unchecked}/{self.total}"
        return told or "đủ"


def tally(missing: int, noted: int) -> Tally:
    """`missing` and `noted` are numbers of a person's items: with "thiếu", and in all."""
    total = len(components())
    return Tally(missing, max(0, total - noted), total)


@transaction.atomic
def note_items(
    cadre: Cadre, noted: Mapping[str, tuple[str, str]], *, by: User, on: date
) -> list[str]:
    """Note what is there: (state, note) by the code of a component; return the codes that changed.

    Beside the record: no field and no figure hangs on it. "" as the state leaves a component that
    nobody looked for as it is. What says the same as before keeps its day and its writer.
    Raises ValueError for a code or state that does not exist.
    """
    known = {component.code for component in components()}
    if set(noted) - known or {s for s, _ in noted.values()} - {"", *PaperItem.State.values}:
        raise ValueError("no such component or state")
    Cadre.objects.select_for_update().get(pk=cadre.pk)
    stored = {item.component: item for item in PaperItem.objects.filter(cadre=cadre)}
    changed = []
    for code, (state, note) in noted.items():
        item = stored.get(code) or PaperItem(cadre=cadre, component=code, state="", note="")
        if state and (state, note) != (item.state, item.note):
            item.state, item.note, item.checked_by, item.checked_on = state, note, by, on
            item.save()
            changed.append(code)
    return changed
