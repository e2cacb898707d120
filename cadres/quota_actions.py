"""Giving the quotas of a year: all communes and the district's total at once, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from cadres.models import Commune, DistrictQuota, Quota
from cadres.models.period import overlapping

# A commune's key and the group; the district's total is the line of no commune.
Key = tuple[int | None, str]
TOTAL: Key = (None, "")
Row = Quota | DistrictQuota


class StaleQuotas(Exception):
    """Someone else gave quotas since the form was shown: `changed` holds the rows now in force."""

    def __init__(self, changed: Mapping[Key, Row | None]) -> None:
        super().__init__("quotas were given since the form was shown")
        self.changed = changed


@dataclass
class Given:
    """What giving the quotas wrote: rows opened, closed, corrected; and how many stayed."""

    opened: list[Row] = field(default_factory=list)
    closed: list[Row] = field(default_factory=list)
    corrected: list[Row] = field(default_factory=list)
    unchanged: int = 0

    @property
    def written(self) -> list[Row]:
        return [*self.opened, *self.closed, *self.corrected]


def rows_since(day: date, until: date | None = None) -> dict[Key, list[Row]]:
    """The rows in force on a day of [day, until), by what they are given to, the earliest first.
    Two queries."""
    span = overlapping(day, until)
    found: dict[Key, list[Row]] = {}
    for quota in Quota.objects.filter(span).order_by("valid_from"):
        found.setdefault((quota.commune_id, quota.group), []).append(quota)
    for total in DistrictQuota.objects.filter(span).order_by("valid_from"):
        found.setdefault(TOTAL, []).append(total)
    return found


def in_force(rows: list[Row], day: date) -> Row | None:
    """The latest of `rows` that is in force on `day`."""
    return next((row for row in reversed(rows) if row.is_in_force(day)), None)


def mark_of(row: Row | None) -> str:
    """What a form shows of a row: a row that was written since has another mark."""
    return f"{row.number} {row.valid_from.isoformat()}" if row else ""


@transaction.atomic
def give_quotas(
    *,
    begins: date,
    numbers: Mapping[Key, int],
    seen: Mapping[Key, str],
    document: str = "",
    total_document: str = "",
) -> Given:
    """Open a row from `begins` for each of `numbers` and close the row before it.

    A row that begins on the day already is corrected, or stays where nothing differs: giving the
    same twice writes nothing. A row that begins later stays, and the new one ends where it begins.
    An empty document leaves the document of rows already given. `seen` are the marks of what was
    in force on `begins` when the numbers were typed.

    Raises StaleQuotas where something else is in force now.
    """
    # All who give quotas wait here for each other.
    locked = Commune.objects.select_for_update().filter(
        pk__in=[key[0] for key in numbers if key[0]]
    )
    units = {unit.pk: unit for unit in locked}
    stored = rows_since(begins)
    held = {key: in_force(stored.get(key, []), begins) for key in numbers}
    changed = {key: row for key, row in held.items() if mark_of(row) != seen.get(key, "")}
    if changed:
        raise StaleQuotas(changed)
    given = Given()
    for key, number in numbers.items():
        text = total_document if key == TOTAL else document
        row = held[key]
        if row is not None and row.valid_from == begins:
            _correct(given, row, number, text)
            continue
        for old in stored.get(key, []):
            if old.valid_from < begins:
                old.valid_to = begins
                given.closed.append(old)
        new = _new(units, key, number, text)
        end = _end(stored.get(key, []), begins, units.get(key[0] or 0))
        new.valid_from, new.valid_to = begins, end
        given.opened.append(new)
    _write(given)
    return given


def _correct(given: Given, row: Row, number: int, document: str) -> None:
    if row.number == number and document in ("", row.document):
        given.unchanged += 1
        return
    row.number, row.document = number, document or row.document
    given.corrected.append(row)


def _new(units: Mapping[int, Commune], key: Key, number: int, document: str) -> Row:
    commune, group = key
    if commune is None:
        return DistrictQuota(number=number, document=document)
    return Quota(commune=units[commune], group=group, number=number, document=document)


def _end(rows: list[Row], begins: date, unit: Commune | None) -> date | None:
    """Where a row from `begins` ends: where a later one begins, or with its commune."""
    ends = [row.valid_from for row in rows if row.valid_from > begins]
    if unit is not None and unit.valid_to:
        ends.append(unit.valid_to)
    return min(ends, default=None)


def _write(given: Given) -> None:
    models: tuple[Any, ...] = (Quota, DistrictQuota)
    for model in models:
        old = [row for row in (*given.closed, *given.corrected) if isinstance(row, model)]
        if old:
            model.objects.bulk_update(old, ["number", "document", "valid_to"])
        new = [row for row in given.opened if isinstance(row, model)]
        if new:
            model.objects.bulk_create(new)


class StaleGrades(Exception):
    """Someone else classed communes since the form was shown: `changed` are they, as stored."""

    def __init__(self, changed: list[Commune]) -> None:
        super().__init__("communes were classed since the form was shown")
        self.changed = changed


@transaction.atomic
def class_communes(grades: Mapping[int, int | None], *, seen: Mapping[int, str]) -> list[Commune]:
    """Set the classes (I to III, None: not known) of communes, by key; return those that changed.

    The class is the unit's for as long as it lives. Raises StaleGrades where one is no longer what
    was `seen` ("" for none).
    """
    units = list(Commune.objects.select_for_update().filter(pk__in=grades))
    stale = [unit for unit in units if str(unit.grade or "") != seen.get(unit.pk, "")]
    if stale:
        raise StaleGrades(stale)
    changed = [unit for unit in units if unit.grade != grades[unit.pk]]
    for unit in changed:
        unit.grade = grades[unit.pk]
    if changed:
        Commune.objects.bulk_update(changed, ["grade"])
    return changed
