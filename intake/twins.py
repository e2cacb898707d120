"""Pairs of people on record who may be one person, over all that is kept.

The database pairs them by its indexes (same sounds and year of birth, same telephone), never
everybody with everybody; what was looked at and found to be two people is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Max, Q

from cadres.alike import Alike
from cadres.models import Cadre, CommitteeMembership, Holding
from cadres.record_version import Memory
from cadres.rules.likeness import Likeness, Traits, likeness
from daitu_portal.dates import PartialDate
from intake.models import NotSame

MOST_PAIRS = 5_000  # of a kind of likeness; who has more looks at one commune at a time
_TRAITS = ("full_name", "born_on", "sex", "national_id", "phone")
_SAME_SOUND = "{b}.sound_key = {a}.sound_key AND {a}.sound_key <> ''"
# The strongest first: where a kind has too many pairs, those that are left out are the weakest.
_KINDS = (
    (f"{_SAME_SOUND} AND {{b}}.born_on = {{a}}.born_on", "{a}.sound_key, {a}.born_on"),
    ("{b}.phone = {a}.phone AND {a}.phone <> ''", "{a}.phone"),
    (
        f"{_SAME_SOUND} AND substr({{b}}.born_on, 1, 4) = substr({{a}}.born_on, 1, 4)"
        " AND {b}.born_on <> {a}.born_on",
        "{a}.sound_key, {a}.born_on",
    ),
)


@dataclass(frozen=True)
class Twins:
    """Two people, by key, the lower first, and why they may be one. Names nobody."""

    first: int
    second: int
    likeness: Likeness


@dataclass(frozen=True)
class Found:
    """Pairs, the strongest first; `is_cut` where there are more than are looked at."""

    pairs: Sequence[Twins]
    is_cut: bool = False


def find_twins(units: Sequence[int] | None = None) -> Found:
    """All pairs that may be one person, of whom one holds or held something in `units` (keys of
    communes; None: anywhere). Four queries and one more inside a transaction, however many people;
    two where the record is as it was."""
    told = NotSame.objects.aggregate(last=Max("pk"))["last"]
    memory, where = Memory.now(), tuple(sorted(units)) if units is not None else None
    dismissed = NotSame.objects.count() if told else 0
    key = ("twins", where, told, dismissed)
    found: Found = memory.remembered(key, lambda: _found(where))
    return found


def _found(units: tuple[int, ...] | None) -> Found:
    pairs: dict[tuple[int, int], Twins] = {}
    is_cut = False
    for number in range(len(_KINDS)):
        rows = _rows(number, units)
        is_cut = is_cut or len(rows) > MOST_PAIRS
        for twins in _judged(rows[:MOST_PAIRS]):
            pairs.setdefault((twins.first, twins.second), twins)
    ordered = sorted(
        pairs.values(), key=lambda each: (-each.likeness.score, each.first, each.second)
    )
    return Found(ordered, is_cut)


def _judged(rows: Sequence[Sequence[Any]]) -> Iterator[Twins]:
    width = len(_TRAITS) + 1
    for row in rows:
        one, other = row[:width], row[width:]
        found = likeness(_traits(one), _traits(other))
        if found:
            yield Twins(min(one[0], other[0]), max(one[0], other[0]), found)


def _traits(row: Sequence[Any]) -> Traits:
    _, name, born_on, sex, number, phone = row
    return Traits(name, PartialDate(born_on) if born_on else None, sex, number or "", phone)


def statement(number: int, units: Sequence[int] | None) -> tuple[str, list[Any]]:
    """The query of a kind of likeness, and its parameters."""
    condition, order = (text.format(a="one", b="other") for text in _KINDS[number])
    person, told = Cadre._meta.db_table, NotSame._meta.db_table
    columns = ", ".join(f"{side}.{name}" for side in ("one", "other") for name in ("id", *_TRAITS))
    here, parameters = _here(units)
    apart = "other.id > one.id" if units is None else "other.id <> one.id"
    low, high = (f"CASE WHEN one.id {sign} other.id THEN one.id ELSE other.id END" for sign in "<>")
    return (
        f"SELECT {columns} FROM {person} one JOIN {person} other ON {condition} AND {apart} "
        f"WHERE one.is_kept AND other.is_kept{here} AND NOT EXISTS (SELECT 1 FROM {told} told "
        f"WHERE told.first_id = {low} AND told.second_id = {high}) "
        f"ORDER BY {order} LIMIT {MOST_PAIRS + 1}"
    ), parameters


def _here(units: Sequence[int] | None) -> tuple[str, list[Any]]:
    if units is None:
        return "", []
    marks = ", ".join("%s" for _ in units) or "NULL"
    held = [
        f"SELECT cadre_id FROM {model._meta.db_table} WHERE commune_id IN ({marks})"
        for model in (Holding, CommitteeMembership)
    ]
    return f" AND one.id IN ({' UNION '.join(held)})", [*units, *units]


def _rows(number: int, units: Sequence[int] | None) -> list[Sequence[Any]]:
    text, parameters = statement(number, units)
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return list(cursor.fetchall())


def without_told(person: int, alike: Sequence[Alike]) -> list[Alike]:
    """Those of `alike` of whom nobody said that they are not this person. One query, none where
    nobody is alike."""
    keys = [each.cadre.pk for each in alike]
    told: set[int] = set()
    if keys:
        pairs = NotSame.objects.filter(
            Q(first=person, second__in=keys) | Q(second=person, first__in=keys)
        )
        told = {key for pair in pairs.values_list("first", "second") for key in pair}
    return [each for each in alike if each.cadre.pk not in told]
