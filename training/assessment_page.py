"""What the page of a unit's competences shows: its people on a day, what they lack, what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

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
    if line.asked is None and not line.waiting:
        return False
    asks = {"thieu": bool(line.gap), "chua": line.is_unknown, "cho": bool(line.waiting)}
    return asks.get(only, line.asked is not None)


def people_of(user: User, unit: Commune, day: date, only: str) -> tuple[list[Person], Counts]:
    """The people with a post in `unit` on `day` whom `user` sees, in the order of names, each with
    the lines that `only` ("thieu", "chua", "cho" or all) leaves; and the counts of all. Four
    queries."""
    held = Holding.objects.on(day).filter(commune=unit, cadre=OuterRef("pk"))
    visible = Cadre.objects.visible_to(user).filter(Exists(held)).order_by("name_sort_key", "pk")
    cadres = list(visible.only("full_name", "code"))
    lines = competences_of_people([each.pk for each in cadres], day)
    told = [
        Person(cadre, tuple(line for line in lines[cadre.pk] if _is_shown(line, only)))
        for cadre in cadres
    ]
    shown = [person for person in told if person.lines or not only]
    every = (line for found in lines.values() for line in found)
    return shown, _counts(len(cadres), every)


def _counts(people: int, lines: Iterable[Line]) -> Counts:
    asked = [line for line in lines if line.asked is not None]
    unknown = sum(line.is_unknown for line in asked)
    short = sum(bool(line.gap) for line in asked)
    return Counts(people, len(asked), len(asked) - unknown - short, short, unknown)


def waiting_in(user: User, unit: Commune, day: date) -> QuerySet[Assessment]:
    """The assessments that wait for the head, whatever their day, of people with a post in `unit`
    on `day`: what was entered today waits also where the page tells of an earlier day."""
    held = Holding.objects.on(day).filter(commune=unit, cadre=OuterRef("cadre"))
    rows = Assessment.objects.visible_to(user).filter(Exists(held), state=Assessment.State.ENTERED)
    loaded = rows.select_related("cadre", "competence", "entered_by")
    return loaded.order_by("cadre__name_sort_key", "cadre", "competence__name", "assessed_on")
