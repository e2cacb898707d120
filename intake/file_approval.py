"""Approves what a clerk's file proposed: all items at once, written as an import is.

A fixed number of queries and a few for each two hundred rows, so that others wait a moment only.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from cadres.changes import Ground
from cadres.edits import RowMoved, from_plain, loaded
from cadres.models import Cadre, Change
from cadres.records import Table, tables
from cadres.records_people import PEOPLE
from cadres.soundness import SAME_ROW
from intake.actions import write
from intake.approval_items import ItemRefused, moved_since, person_of
from intake.checks import gone_after, problems_of
from intake.directory import in_chunks
from intake.models import ProposalItem
from intake.plan import Change as RowChange
from intake.plan import Plan
from intake.reader import SourceRow

_SAME = "Hồ sơ đã có đúng dòng này."
_TAKEN = "Số CCCD này đã có trong một hồ sơ khác."


def write_items(
    items: Sequence[ProposalItem], ground: Ground, people: Mapping[int, Cadre]
) -> list[tuple[ProposalItem, Change]]:
    """Write all items and tell with each the change that it became a part of: one a person.

    `people` are those on record, locked, by the keys that the items have. Raises ItemRefused with
    the first item that the record forbids; nothing is written then.
    """
    changes = _changes_of(items, people)
    by_number = {item.pk: item for item in items}
    _check(changes, by_number)
    made = {change.cadre_id: change for change in write(Plan(changes, [], {}, []), ground=ground)}
    cadre_of = {change.source.number: change.cadre for change in changes}
    return [(item, made[cadre_of[item.pk].pk]) for item in items]


def _changes_of(items: Sequence[ProposalItem], people: Mapping[int, Cadre]) -> list[RowChange]:
    by_label = {table.model._meta.label_lower: table for table in tables() if table.is_imported}
    rows = loaded(
        (edit["table"], edit["row"])
        for item in items for edit in item.edits if edit["row"] is not None
    )  # fmt: skip
    made: dict[int, Cadre] = {}
    found = []
    for item in sorted(items, key=lambda each: (not each.adds_person, each.pk)):
        for edit in item.edits:
            change = _change_of(item, edit, by_label[edit["table"]], rows, people, made)
            found.append(change)
            if change.table is PEOPLE and change.is_new:
                made[item.pk] = change.row
    _load_named(found)
    return found


def _change_of(
    item: ProposalItem, edit: Mapping[str, Any], table: Table,
    rows: Mapping[tuple[str, int], Any], people: Mapping[int, Cadre], made: Mapping[int, Cadre],
) -> RowChange:  # fmt: skip
    is_new = edit["action"] == "add"
    cadre = None if table is PEOPLE and is_new else person_of(item, people, made)
    row = cadre if table is PEOPLE and cadre else rows.get((edit["table"], edit["row"]))
    before = {} if row is None else {name: getattr(row, name) for name in edit["after"]}
    try:
        row = from_plain(edit, row, cadre).row
    except RowMoved as moved:
        raise moved_since(item, moved) from moved
    if cadre is not None and table is not PEOPLE:
        row.cadre = cadre
    if is_new:
        before = dict.fromkeys(edit["after"])
    source = SourceRow(table, "", item.pk, {each.code: each for each in table.fields}, {}, {})
    return RowChange(source, table, row, cadre or row, is_new, before)


def _load_named(changes: Sequence[RowChange]) -> None:
    """Load the units, posts and the like that rows name: a query for each column of a table."""
    by_table: dict[str, list[Any]] = {}
    for change in changes:
        by_table.setdefault(change.table.code, []).append(change.row)
    for rows in by_table.values():
        columns = rows[0]._meta.concrete_fields
        names = [each.name for each in columns if each.is_relation and each.name != "cadre"]
        prefetch_related_objects(rows, *(name for name in names if name not in _NEVER_TOLD))


_NEVER_TOLD = {"entered_by", "merged_into"}


def _check(changes: Sequence[RowChange], items: Mapping[int, ProposalItem]) -> None:
    stored = _stored(changes)
    for change in changes:
        same = SAME_ROW.get(type(change.row)) if change.is_new else None
        if same and any(_says_same(each, change.row, same) for each in stored[change.table.code]):
            raise ItemRefused(items[change.source.number], _SAME)
    _check_numbers(changes, items)
    problems = problems_of(changes, stored, gone_after(changes), today=timezone.localdate())
    for problem in problems:
        raise ItemRefused(items[problem.row], f"{problem.column}: {problem.message}")


def _stored(changes: Sequence[RowChange]) -> dict[str, list[Any]]:
    """All rows of the people concerned, by table, the changed ones as they will be."""
    found = {}
    mine = {
        (change.table.code, change.row.pk): change.row for change in changes if not change.is_new
    }
    for table in {change.table.code: change.table for change in changes}.values():
        if table is PEOPLE:
            continue
        keys = {change.cadre.pk for change in changes if change.table is table}
        rows = in_chunks(table.queryset(), "cadre_id", keys)
        found[table.code] = [mine.get((table.code, row.pk), row) for row in rows]
    return found


def _says_same(one: Any, other: Any, names: Sequence[str]) -> bool:
    return one.cadre_id == other.cadre.pk and all(
        getattr(one, name) == getattr(other, name) for name in names
    )


def _check_numbers(changes: Sequence[RowChange], items: Mapping[int, ProposalItem]) -> None:
    """Refuse a CCCD number that someone else has by now. One query for each five thousand."""
    told = {
        change.row.national_id: change
        for change in changes
        if change.table is PEOPLE and "national_id" in change.before and change.row.national_id
    }
    for other in in_chunks(Cadre.objects.all(), "national_id", told):
        change = told[other.national_id]
        if other.pk != change.row.pk:
            raise ItemRefused(items[change.source.number], _TAKEN)


def is_writable(items: Sequence[ProposalItem]) -> bool:
    """Whether all items are new or changed rows of the tables that files bring."""
    brought = {table.model._meta.label_lower for table in tables() if table.is_imported}
    edits = [edit for item in items for edit in item.edits]
    return all(edit["table"] in brought and edit["action"] != "remove" for edit in edits)
