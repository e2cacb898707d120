"""What must be known of the earlier parts of a long file while a later one is compared.

Small things only: who was told of, by what makes two rows one person; those who are new, by what
may make them alike; who holds the posts that have a number of holders; codes that rows bring.
"""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cadres.models import Cadre, Holding
from cadres.records_people import HOLDINGS, PEOPLE
from daitu_portal.dates import PartialDate
from daitu_portal.text import sound_key
from intake.checks import is_told
from intake.plan import Plan

Key = tuple[str, str]


class RowPlace(NamedTuple):
    """Where an earlier row stands, as far as messages tell."""

    sheet: str
    number: int

    @property
    def place(self) -> tuple[str, int]:
        return self.sheet, self.number


class NewPerson(NamedTuple):
    """Someone whom an earlier part brings: what tells who it is, and where it stood."""

    full_name: str
    born_on: PartialDate | None
    sex: str
    national_id: str | None
    phone: str
    place: RowPlace

    def as_cadre(self) -> Cadre:
        return Cadre(
            full_name=self.full_name, born_on=self.born_on, sex=self.sex,
            national_id=self.national_id, phone=self.phone,
        )  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A post that an earlier part gives someone."""

    post_id: int
    commune_id: int
    valid_from: Any
    valid_to: Any
    full_name: str


class Across:
    """What the earlier parts of one file said; empty for a file that is compared in one."""

    def __init__(self) -> None:
        self.seen: dict[Any, Any] = {}  # of a person's row: a SourceRow, or its RowPlace
        self.codes: set[str] = set()
        self._new: dict[Key, list[NewPerson]] = defaultdict(list)
        self._held: dict[tuple[int, int], list[Held]] = defaultdict(list)

    def seen_for_now(self) -> MutableMapping[Any, Any]:
        """What was seen, to look and write in while a part is compared, maybe more than once."""
        return ChainMap({}, self.seen)

    def learn(self, plan: Plan, seen: MutableMapping[Any, Any]) -> None:
        """Keep of a part that was compared what later ones must know."""
        mine = seen.maps[0] if isinstance(seen, ChainMap) else seen
        self.seen.update((key, RowPlace(*row.place)) for key, row in mine.items())
        for change in plan.changes:
            if change.table is PEOPLE and change.is_new:
                self._learn_person(change.row, RowPlace(*change.source.place))
            elif change.table is HOLDINGS and change.is_new and is_told(change):
                self._learn_holding(change.row)

    def _learn_person(self, cadre: Cadre, place: RowPlace) -> None:
        if cadre.code:
            self.codes.add(cadre.code)
        if cadre.full_name:
            told = NewPerson(
                cadre.full_name, cadre.born_on, cadre.sex, cadre.national_id, cadre.phone, place
            )
            for key in likeness_keys(cadre):
                self._new[key].append(told)

    def _learn_holding(self, row: Holding) -> None:
        if row.post.per_commune is not None:
            held = Held(row.post_id, row.commune_id, row.valid_from, row.valid_to,
                        row.cadre.full_name)  # fmt: skip
            self._held[row.post_id, row.commune_id].append(held)

    @property
    def has_new(self) -> bool:
        return bool(self._new)

    def new_like(self, keys: Iterable[Key]) -> list[tuple[Cadre, RowPlace]]:
        """The new people of earlier parts who may be like those of `keys`, and where they stood."""
        found = {id(one): one for key in keys for one in self._new.get(key, ())}
        return [(one.as_cadre(), one.place) for one in found.values()]

    def holders(self, post_id: int, commune_id: int) -> list[Holding]:
        """Who holds a post in a unit by what earlier parts say."""
        return [
            Holding(
                post_id=each.post_id, commune_id=each.commune_id,
                valid_from=each.valid_from, valid_to=each.valid_to,
                cadre=Cadre(full_name=each.full_name),
            )
            for each in self._held.get((post_id, commune_id), ())
        ]  # fmt: skip


def likeness_keys(person: Cadre) -> list[Key]:
    """By what two people of a file are set side by side: the telephone, and sounds with year."""
    born_on = person.born_on if isinstance(person.born_on, PartialDate) else None
    keys = [("phone", person.phone)] if person.phone else []
    return keys + ([(sound_key(person.full_name), born_on.iso[:4])] if born_on else [])
