"""What the page of a unit's competences shows: its people on a day, what they lack, what waits."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from accounts.models import User
from cadres.models import Cadre, Commune, Holding
from training.competences import Line, competences_of_people
from training.models import Assessment


@dataclass(frozen=True)
class Person:
    """Someone of the unit, with the lines to show."""

    cadre: Cadre
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Counts:
    """People of the unit, and the competences asked of them all together."""

    people: int
    asked: int
    met: int
    short: int
    unknown: int


def _is_shown(line: Line, only: str) -> bool:
    asks = {"thieu": bool(line.gap), "chua": line.is_unknown, "cho": bool(line.waiting)}
    return asks.get(only, line.asked is not None)


@dataclass(frozen=True)
class Unit:
    """The people of a unit, all with all lines."""

    people: list[Person]

    def shown(self, only: str) -> list[Person]:
        """With the lines that `only` ("thieu", "chua", "cho", or "" for all that posts ask) leaves;
        nobody without a line where it narrows."""
        told = [
            Person(person.cadre, tuple(line for line in person.lines if _is_shown(line, only)))
            for person in self.people
        ]
        return [person for person in told if person.lines or not only]

    def waiting(self) -> list[tuple[Cadre, Assessment]]:
        """What waits for the head, whatever its day: entered today it waits also where the page
        tells of an earlier day."""
        return [
            (person.cadre, each)
            for person in self.people
            for line in person.lines
            for each in line.waiting
        ]

    def counts(self) -> Counts:
        asked = [line for each in self.people for line in each.lines if line.asked is not None]
        unknown = sum(line.is_unknown for line in asked)
        short = sum(bool(line.gap) for line in asked)
        met = len(asked) - unknown - short
        return Counts(len(self.people), len(asked), met, short, unknown)


def unit_of(user: User, unit: Commune, day: date) -> Unit:
    """The people with a post in `unit` on `day` whom `user` sees, in the order of names. Four
    queries."""
    held = Holding.objects.on(day).filter(commune=unit, cadre=OuterRef("pk"))
    visible = Cadre.objects.visible_to(user).filter(Exists(held)).order_by("name_sort_key", "pk")
    cadres = list(visible.only("full_name", "code"))
    lines = competences_of_people([each.pk for each in cadres], day)
    return Unit([Person(cadre, tuple(lines[cadre.pk])) for cadre in cadres])
