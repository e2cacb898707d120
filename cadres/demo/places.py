"""Where people of the demo serve: a place goes on as one unit after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cadres.models import Commune

MERGED = date(2023, 4, 10)
SPLIT = date(2024, 12, 1)
ABOLISHED = date(2025, 7, 1)
QUAN_CHU, HUNG_SON = "Quân Chu", "Hùng Sơn"


@dataclass(frozen=True)
class Place:
    """The units that stand one after the other in a place, with the day each is entered."""

    name: str
    units: tuple[tuple[Commune, date], ...]

    def not_before(self, day: date) -> date:
        """`day`, or the first day of the place where that is the later one: nobody serves in a
        unit before there is one."""
        return max(day, self.units[0][0].valid_from)

    def stretches(self, begins: date, ends: date | None) -> Iterator[tuple[Commune, date, date]]:
        """The parts of a stay in each unit; it ends when the communes were abolished at the latest.

        Each is (unit, first day, the day after the last).
        """
        last = min(ends or ABOLISHED, ABOLISHED)
        entered = [since for _, since in self.units[1:]]
        for number, (unit, since) in enumerate(self.units):
            until = entered[number] if number < len(entered) else ABOLISHED
            start, stop = max(begins, since) if number else begins, min(last, until)
            if start < stop:
                yield unit, start, stop


def places() -> list[Place]:
    """The 29 places of 08/06/2023 in catalogue order, without their past before that day's unit.

    The people of Vạn Thọ and Ký Phú go on in Vạn Phú, those of Na Mao in Phú Cường (giả định).
    """
    goes_on = {"Vạn Thọ": "Vạn Phú", "Ký Phú": "Vạn Phú", "Na Mao": "Phú Cường"}
    later = {unit.short_name: unit for unit in Commune.objects.on(SPLIT)}
    found = []
    for unit in Commune.objects.on(date(2023, 6, 8)).order_by("kind", "sort_key"):
        units = [(unit, unit.valid_from)]
        if unit.short_name in goes_on:
            units.append((later[goes_on[unit.short_name]], SPLIT))
        found.append(Place(unit.short_name, tuple(units)))
    return found


def origins_of_quan_chu(new_town: Commune) -> list[Place]:
    """The old town and the old commune that became the new town on 10/04/2023."""
    old = Commune.objects.filter(short_name=QUAN_CHU, valid_to=MERGED).order_by("code")
    return [Place(unit.name, ((unit, unit.valid_from), (new_town, MERGED))) for unit in old]
