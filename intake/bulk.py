"""Changes many people at once: planned, shown, and written in one transaction or not at all.

A fixed number of queries to plan; to write, a few for each table and each two hundred rows. The
district's staff write; a clerk's becomes a draft, like everything that a commune enters.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import transaction

from accounts.models import User
from cadres.changes import Ground, record_many
from cadres.citing import cite
from cadres.edits import Action, RowEdit
from cadres.models import Allowance, Cadre, Holding, Profile, Rating
from intake.bulk_rows import Refusal, Stored, Wanted, by_person, edits_of
from intake.models import Proposal
from intake.proposals import Draft, put_all

MOST_PEOPLE = 1000
_ROWS_AT_ONCE = 200
KIND = "bulk"


class StaleBulk(Exception):
    """Someone's record is no longer as the preview showed it; `plan` is what it would be now."""

    def __init__(self, plan: "BulkPlan") -> None:
        super().__init__("the records changed since the preview")
        self.plan = plan


@dataclass(frozen=True)
class Outcome:
    """What becomes of one person: edits, none where all is so already, or why not."""

    cadre: Cadre
    edits: Sequence[RowEdit] = ()
    refused: str = ""


@dataclass(frozen=True)
class BulkPlan:
    """What becomes of everyone, in the order of names."""

    outcomes: Sequence[Outcome] = field(default_factory=list)

    @cached_property
    def changed(self) -> list[Outcome]:
        return [each for each in self.outcomes if each.edits]

    @cached_property
    def refused(self) -> list[Outcome]:
        return [each for each in self.outcomes if each.refused]

    @property
    def unchanged(self) -> int:
        """How many people are so already."""
        return len(self.outcomes) - len(self.changed) - len(self.refused)

    @property
    def cells(self) -> int:
        """How many rows of records would be written."""
        return sum(len(each.edits) for each in self.changed)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all that would be written, on which version of whose record, and of who is
        refused: the same only while nothing moved."""
        told = [
            [each.cadre.pk, each.cadre.version, each.refused, [e.as_plain() for e in each.edits]]
            for each in self.outcomes
        ]
        text = json.dumps(told, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def plan_bulk(keys: Iterable[int], wanted: Wanted, *, by: User, day: date) -> BulkPlan:
    """What `wanted` makes of the people `by` may see among `keys`; anyone else is nobody. `day`
    says which post is the main one. Six queries at most; writes nothing."""
    return _planned(Cadre.objects.visible_to(by).filter(pk__in=list(keys)), wanted, day)


def _planned(people: Any, wanted: Wanted, day: date) -> BulkPlan:
    found = sorted(people.order_by("pk"), key=lambda each: (each.name_sort_key, each.pk))
    stored = _stored(found, wanted)
    return BulkPlan([_outcome(stored[cadre.pk], wanted, day) for cadre in found])


def _outcome(stored: Stored, wanted: Wanted, day: date) -> Outcome:
    try:
        return Outcome(stored.cadre, edits_of(stored, wanted, day))
    except Refusal as refusal:
        return Outcome(stored.cadre, refused=str(refusal))


def _stored(people: Sequence[Cadre], wanted: Wanted) -> dict[int, Stored]:
    """The rows that the edit reads, by person: a query for each table that it is about."""
    keys = [cadre.pk for cadre in people]
    profiles = _of(Profile, keys) if wanted.profile else {}
    posts = Holding.objects.with_post_and_commune().main_first()
    holdings = _of(Holding, keys, posts) if wanted.term else {}
    areas = Allowance.objects.filter(kind=Allowance.Kind.AREA).order_by("valid_from")
    allowances = _of(Allowance, keys, areas) if wanted.area else {}
    year = wanted.rating.year if wanted.rating else None
    ratings = _of(Rating, keys, Rating.objects.filter(year=year)) if year else {}
    return {
        cadre.pk: Stored(
            cadre,
            profile=next(iter(profiles.get(cadre.pk, ())), None),
            holdings=holdings.get(cadre.pk, []),
            rating=next(iter(ratings.get(cadre.pk, ())), None),
            areas=allowances.get(cadre.pk, []),
        )
        for cadre in people
    }


def _of(model: Any, keys: Sequence[int], rows: Any = None) -> dict[int, list[Any]]:
    """Rows of the people with these keys, by person. One query."""
    found = model.objects.all() if rows is None else rows
    return by_person(found.filter(cadre__in=keys))


@transaction.atomic
def write_bulk(
    keys: Iterable[int], wanted: Wanted, ground: Ground, *, day: date, fingerprint: str
) -> BulkPlan:
    """Write what the preview with this fingerprint showed: everyone's or nobody's.

    People are locked in the order of their keys, and what is asked is planned anew on their
    records as they stand. Raises StaleBulk, with nothing written; ValidationError for a basis
    that was revoked.
    """
    scope = Cadre.objects.visible_to(ground.by).select_for_update()
    plan = _planned(scope.filter(pk__in=list(keys)), wanted, day)
    if plan.fingerprint != fingerprint:
        raise StaleBulk(plan)
    edits = [(each.cadre, edit) for each in plan.changed for edit in each.edits]
    cite((edit for _, edit in edits), ground.basis)
    _write([edit for _, edit in edits])
    record_many(edits, ground, kind=KIND)
    return plan


def _write(edits: Sequence[RowEdit]) -> None:
    """Write the rows, table by table: first what goes or changes, then what is new."""
    for model in dict.fromkeys(type(edit.row) for edit in edits):
        mine = [edit for edit in edits if type(edit.row) is model]
        gone = [edit.row.pk for edit in mine if edit.action == Action.REMOVE]
        changed = [edit for edit in mine if edit.action == Action.CHANGE]
        new = [edit.row for edit in mine if edit.action == Action.ADD]
        if gone:
            model._default_manager.filter(pk__in=gone).delete()
        if changed:
            names = sorted({name for edit in changed for name in edit.after})
            rows = [edit.row for edit in changed]
            model._default_manager.bulk_update(rows, names, batch_size=_ROWS_AT_ONCE)
        model._default_manager.bulk_create(new, batch_size=_ROWS_AT_ONCE)


@transaction.atomic
def propose_bulk(
    keys: Iterable[int], wanted: Wanted, *, by: User, day: date, fingerprint: str
) -> Proposal:
    """Make what the preview showed a draft of `by`, an item for each row of each person.

    Nothing goes into a record. Raises StaleBulk as `write_bulk` does.
    """
    plan = plan_bulk(keys, wanted, by=by, day=day)
    if plan.fingerprint != fingerprint:
        raise StaleBulk(plan)
    title = f"Sửa hàng loạt {len(plan.changed)} người"
    proposal = Proposal.objects.create(author=by, commune_id=by.commune_id, title=title)
    put_all((draft for each in plan.changed for draft in _drafts(each)), proposal)
    return proposal


def _drafts(outcome: Outcome) -> list[Draft]:
    """An item for each row, in the order of writing, so that the forms can go on with each."""
    return [
        Draft(outcome.cadre, table=edit.table, row_id=edit.row.pk, action=edit.action, edits=[edit])
        for edit in outcome.edits
    ]
