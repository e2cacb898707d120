"""A workbook from its upload to what became of it: look at it, then write all of it or nothing."""

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role, User
from cadres.attachments import storing
from cadres.changes import Ground
from cadres.edits import adding
from cadres.models import Basis, Change
from cadres.records_people import PEOPLE
from daitu_portal.long_write import Beat, long_write
from daitu_portal.reading.container import check_container, check_fits, check_name
from daitu_portal.reading.limits import BULK, INTERACTIVE, Limits
from daitu_portal.reading.problems import WorkbookProblem
from daitu_portal.text import clean
from intake.actions import StaleImport, edit_of, free_codes, write
from intake.healing.memory import remember_columns
from intake.healing.reading import read_file
from intake.healing.recipe import Recipe
from intake.healing.staged import stage
from intake.healing.staging import Staging
from intake.jobs import is_long
from intake.long_plan import CHANGES_KEPT, PROBLEMS_KEPT, plan_kept, plan_parts
from intake.long_reading import reading_in_parts
from intake.models import (
    ImportBatch,
    ImportedChange,
    Proposal,
    has_moved,
    version_before,
    version_now,
)
from intake.pieces import Pieces
from intake.plan import Plan
from intake.planner import make_plan
from intake.preview import described, people_told
from intake.progress import CHECKING, READING, WRITING, Report, silent
from intake.proposals import Draft, put_all
from intake.reader import Problem, Reading
from intake.taken_numbers import check_told

_TRIES = 3
_LONG_WRITE = 2_000  # rows: a write of more is told to everybody else


def keep_file(pieces: Iterable[bytes], *, name: str, by: User | None) -> ImportBatch:
    """Store an upload under a random name and return its batch, not yet saved.

    Raises WorkbookProblem for a file that is no list or workbook, or is called what it is not.
    """
    check_name(name)
    batch = ImportBatch(uploaded_by=by, file_name=clean(Path(name).name)[:255], file_size=0)
    batch.commune_id = by.commune_id if by is not None else None
    batch.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    handle = os.open(batch.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for piece in pieces:
            digest.update(piece)
            batch.file_size += out.write(piece)
    batch.sha256 = digest.hexdigest()
    try:
        check_fits(batch.path, name)
        check_container(batch.path, limits_of(batch))
    except WorkbookProblem:
        batch.path.unlink()
        raise
    return batch


@dataclass
class Sight:
    """What a file says, and what would become of it."""

    reading: Reading
    plan: Plan
    is_staged: bool = False


def look_at(
    path: Path, *, recipe: Recipe, today: date, limits: Limits = INTERACTIVE,
    scope: User | None = None, report: Report = silent,
) -> Sight:  # fmt: skip
    """Read a file with what its sender decided and compare it with the records; nothing is written.

    Raises WorkbookProblem if the file cannot be read.
    """
    report(READING, 0)
    reading = read_file(path, recipe=recipe, today=today, limits=limits)
    report(CHECKING, reading.read)
    plan = make_plan(reading, today=today, scope=scope, skips_bad=recipe.skips_bad)
    return Sight(reading, plan)


def look_in_parts(
    path: Path, *, recipe: Recipe, today: date, limits: Limits = BULK, scope: User | None = None,
    report: Report = silent, beside: Path | None = None,
) -> Sight:  # fmt: skip
    """The same of a long file, part by part, so that memory holds one of them; what pages and the
    write need of all stands in files beside `beside`, the file's own place if not given."""
    staging, pieces = places_of(beside or path)
    report(READING, 0)
    with (
        reading_in_parts(path, recipe=recipe, today=today, limits=limits) as parts,
        staging.anew() as filling,
    ):
        reading, plan = plan_parts(
            parts, today=today, scope=scope, skips_bad=recipe.skips_bad, filling=filling,
            pieces=pieces, report=report,
        )  # fmt: skip
    return Sight(reading, plan, is_staged=True)


def places_of(path: Path) -> tuple[Staging, Pieces]:
    """Where the findings of a file stand, and what it would write."""
    return Staging(path.with_suffix(".staged")), Pieces(path.with_suffix(".pieces"))


def preview_import(
    batch: ImportBatch, *, today: date, limits: Limits = INTERACTIVE, report: Report = silent,
    in_parts: bool = True,
) -> Sight:  # fmt: skip
    """Read the kept file, compare it with the records and save what would become of it; a long
    one `in_parts`, unless all of it is wanted at once.

    Raises WorkbookProblem if the file cannot be read, TooManyTaken where it would tell of too many
    people out of sight; its copy is then removed.
    """
    batch.record_version = version_now()  # before the plan: what is written meanwhile shows
    try:
        sight = _sight_of(batch, today, limits, report, in_parts=in_parts)
        check_told(sight.plan.taken, by=batch.uploaded_by)
        _describe(batch, sight)
        batch.save()
    finally:
        if batch.pk is None:
            forget_file(batch)
    return sight


def limits_of(batch: ImportBatch) -> Limits:
    """What reading the batch's file may cost: the bulk lane's for what the ordinary one refuses."""
    return BULK if batch.file_size > INTERACTIVE.file_size else INTERACTIVE


def forget_file(batch: ImportBatch) -> None:
    """Remove the copy of a file, and what was staged of it."""
    batch.path.unlink(missing_ok=True)
    for beside in places_of(batch.path):
        beside.drop()


def check_again(
    batch: ImportBatch, *, by: User | None, today: date, limits: Limits = INTERACTIVE,
    report: Report = silent,
) -> Sight:  # fmt: skip
    """Make the preview anew from the kept file for `by`, if nothing was written from it yet.

    Raises StaleImport if something was, or if the file is no longer the one that was sent;
    WorkbookProblem as `preview_import` does.
    """
    _check_file(batch)
    version = version_now()
    sight = _sight_of(batch, today, limits, report)
    check_told(sight.plan.taken, by=by)
    with transaction.atomic():
        stored = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if stored.state in (ImportBatch.State.DONE, ImportBatch.State.PROPOSED):
            raise StaleImport("confirmed")
        batch.record_version = version
        _describe(batch, sight)
        batch.save()
    return sight


def _check_file(batch: ImportBatch) -> None:
    if not batch.path.exists() or _digest(batch.path) != batch.sha256:
        raise StaleImport("file")


def _sight_of(
    batch: ImportBatch, today: date, limits: Limits, report: Report = silent, *,
    in_parts: bool = True,
) -> Sight:  # fmt: skip
    """The plan within the scope of the commune that sent the file, wherever its sender is now."""
    recipe, scope = Recipe.of(batch.recipe), None
    if batch.commune is not None:
        sender, unit = batch.uploaded_by_id, batch.commune_id
        scope = User(pk=sender, role=Role.COMMUNE_CLERK, commune_id=unit)
        recipe = recipe.with_constant("holding.commune", batch.commune.code)
    look = look_in_parts if in_parts and is_long(batch) else look_at
    return look(batch.path, recipe=recipe, today=today, limits=limits, scope=scope, report=report)


def refuse(batch: ImportBatch, problem: WorkbookProblem) -> None:
    """Keep of a file that could not be read why, where its page shows it."""
    told = Problem("", 0, "", "", batch.file_name, str(problem), problem.remedy)
    batch.problems, batch.problem_count = [asdict(told)], 1
    batch.state = ImportBatch.State.REFUSED
    batch.save()


def set_aside(batch: ImportBatch) -> None:
    """Mark a preview that cannot be written as it is."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.PREVIEW)
    waiting.update(state=ImportBatch.State.STALE)


def _describe(batch: ImportBatch, sight: Sight) -> None:
    plan = sight.plan
    batch.is_healed = sight.reading.is_healed
    batch.counts = plan.counts
    batch.notices = plan.notices
    batch.problem_count = plan.problem_count
    batch.problems = [asdict(problem) for problem in plan.problems[:PROBLEMS_KEPT]]
    batch.warning_count = plan.warning_count
    batch.warnings = [asdict(warning) for warning in plan.warnings[:PROBLEMS_KEPT]]
    batch.preview = list(described(plan, CHANGES_KEPT)) if plan.is_writable else []
    batch.people = people_told(plan, CHANGES_KEPT, PROBLEMS_KEPT)
    batch.fingerprint = plan.fingerprint
    if plan.problems:
        batch.state = ImportBatch.State.REFUSED
    elif plan.changes_nothing:
        batch.state = ImportBatch.State.UNCHANGED
    else:
        batch.state = ImportBatch.State.PREVIEW
    if not sight.is_staged:
        stage(batch.staging, sight.reading, plan)


def confirm_import(
    batch: ImportBatch, *, by: User | None, today: date, limits: Limits = INTERACTIVE,
    ground: Callable[[], Ground] | None = None, report: Report = silent, in_parts: bool = True,
) -> Plan:  # fmt: skip
    """Write what the preview showed, in one transaction, and return what was written.

    `ground` stores, inside it, what the import rests on; without, it is the file itself. The file
    is read and compared before the transaction opens, and again where the records moved meanwhile;
    what a long one writes was kept with the preview, and holds where nothing moved since.

    Raises StaleImport if anything is not as the preview showed it.
    """
    _check_state(batch)
    _check_file(batch)
    for _ in range(_TRIES):
        before = version_before()
        plan = (in_parts and _kept(batch, version_now(), today)) or _as_previewed(
            batch, today, limits, report, in_parts=in_parts
        )
        report(WRITING, 0)
        try:
            # What `ground` stores goes with the transaction where it is undone.
            with _told_to_others(plan) as beat, storing():
                _claim(batch)
                if has_moved(before):
                    raise _Moved
                _write(batch, plan, ground() if ground else _ground_of(batch, by), report, beat)
        except _Moved:
            continue
        except IntegrityError as error:
            raise StaleImport("records") from error
        places_of(batch.path)[1].drop()
        batch.refresh_from_db()
        return plan
    raise StaleImport("records")


class _Moved(Exception):
    """Somebody wrote between the comparison and the transaction."""


def _check_state(batch: ImportBatch) -> None:
    if batch.state != ImportBatch.State.PREVIEW:
        raise StaleImport("confirmed")


def _kept(batch: ImportBatch, version: str, today: date) -> Plan | None:
    """What the preview of a long file kept to be written; None where record or day moved since."""
    _, pieces = places_of(batch.path)
    if not version or version != batch.record_version or pieces.made_on() != today:
        return None
    return plan_kept(batch.counts, set(batch.staging.fact("codes", [])), pieces)


def _told_to_others(plan: Plan) -> AbstractContextManager[Beat]:
    return long_write() if plan.counts["read"] > _LONG_WRITE else nullcontext(lambda: None)


def _as_previewed(
    batch: ImportBatch, today: date, limits: Limits, report: Report = silent, *,
    in_parts: bool = True,
) -> Plan:  # fmt: skip
    plan = _sight_of(batch, today, limits, report, in_parts=in_parts).plan
    if not plan.is_writable or plan.fingerprint != batch.fingerprint:
        raise StaleImport("records")
    return plan


def _write(batch: ImportBatch, plan: Plan, ground: Ground, report: Report, beat: Beat) -> None:
    codes, done = free_codes(plan.counts["created"], plan.codes), 0
    for piece in plan.pieces():
        changes = write(piece, ground=ground, codes=codes)
        rows = [ImportedChange(batch=batch, change=change) for change in changes]
        ImportedChange.objects.bulk_create(rows, batch_size=500)
        done += len(rows)
        report(WRITING, done)
        beat()
    remember_columns(batch.staging)


def propose_import(
    batch: ImportBatch, *, by: User, today: date, limits: Limits = INTERACTIVE
) -> Proposal:
    """Make what the preview showed a draft of `by`, an item for each new or changed row.

    Nothing goes into a record. Raises StaleImport as `confirm_import` does.
    """
    _check_state(batch)
    _check_file(batch)
    plan = _as_previewed(batch, today, limits)
    with transaction.atomic():
        _claim(batch, ImportBatch.State.PROPOSED)
        proposal = Proposal.objects.create(
            author=by,
            commune_id=by.commune_id,
            batch=batch,
            title=f"Nhập từ tệp {batch.file_name}"[:160],
        )
        put_all([draft for piece in plan.pieces() for draft in _drafts(piece)], proposal)
        remember_columns(batch.staging)
    batch.refresh_from_db()
    return proposal


def _drafts(plan: Plan) -> list[Draft]:
    """The plan's changes as items: people first, for what is about someone new names the item."""
    changes = [change for change in plan.changes if change.before or change.is_new]
    ordered = sorted(changes, key=lambda change: change.table is not PEOPLE)
    return [
        Draft(
            change.cadre,
            table=change.row._meta.label_lower,
            row_id=change.row.pk,
            action="add" if change.is_new else "change",
            edits=[adding(change.row) if change.is_new else edit_of(change)],
        )
        for change in ordered
    ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _claim(batch: ImportBatch, state: str = ImportBatch.State.DONE) -> None:
    """Turn the preview into a finished import: only one request can do so."""
    claimed = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.PREVIEW)
    if not claimed.update(state=state, written_at=timezone.now()):
        raise StaleImport("confirmed")


def _ground_of(batch: ImportBatch, by: User | None) -> Ground:
    """What an import by the command line rests on: the list that was sent, kept as it came."""
    basis = Basis.objects.create(
        kind=Basis.Kind.DECLARATION,
        number=f"Tệp {batch.pk}",
        signed_on=timezone.localdate(batch.uploaded_at),
        about=about(batch),
        created_by=by,
        commune=batch.commune,
    )
    return Ground(by=by, basis=basis, source=Change.Source.IMPORTED)


def about(batch: ImportBatch) -> str:
    """What a basis says of the file that came with it."""
    return f"{batch.file_name} (SHA-256 {batch.sha256[:16]}…)"[:255]


def audit_detail(batch: ImportBatch, **more: Any) -> dict[str, Any]:
    """What the audit log keeps of a batch: numbers and keys, never the file's values."""
    return {"batch": batch.pk, "sha256": batch.sha256, "counts": batch.counts, **more}
