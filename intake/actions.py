"""Writes what a file brings: people and rows in bulk, and their history, all or nothing."""

import copy

from accounts.models import User
from cadres.actions import next_codes
from cadres.changes import Ground, record_many
from cadres.citing import cite_rows
from cadres.edits import RowEdit, adding, changed_from
from cadres.models import Cadre, Change
from cadres.records_people import PEOPLE
from daitu_portal.fields import DerivedCharField
<<<<<<< HEAD
=======
from daitu_portal.reading.container import check_fits, check_name
from daitu_portal.reading.limits import INTERACTIVE, Limits
from daitu_portal.reading.problems import WorkbookProblem
from daitu_portal.reading.reader import read_rows
from daitu_portal.text import clean
from intake.models import ImportBatch, Proposal, version_now
>>>>>>> origin/h/reader
from intake.plan import Change as RowChange
from intake.plan import Plan

_ROWS_AT_ONCE = 200


class StaleImport(Exception):
    """The records changed after the preview, or it was confirmed already: nothing was written."""


<<<<<<< HEAD
=======
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
    except WorkbookProblem:
        batch.path.unlink()
        raise
    return batch


def preview_import(batch: ImportBatch, *, today: date, limits: Limits = INTERACTIVE) -> Plan:
    """Read the kept file, compare it with the records and save what would become of it.

    Raises WorkbookProblem if the file cannot be read, TooManyTaken where it would tell of too many
    people out of sight; its copy is then removed.
    """
    batch.record_version = version_now()  # before the plan: what is written meanwhile shows
    try:
        plan = _planned(batch, understand(read_rows(batch.path, limits)), today)
        check_told(plan.taken, by=batch.uploaded_by)
        _describe(batch, plan)
        batch.save()
    finally:
        if batch.pk is None:
            batch.path.unlink(missing_ok=True)
    return plan


def check_again(
    batch: ImportBatch, *, by: User | None, today: date, limits: Limits = INTERACTIVE
) -> Plan:
    """Make the preview anew from the kept file for `by`, if nothing was written from it yet.

    Raises StaleImport if something was, or if the file is no longer the one that was sent;
    WorkbookProblem as `preview_import` does.
    """
    if not batch.path.exists() or _digest(batch.path) != batch.sha256:
        raise StaleImport("file")
    version = version_now()
    plan = _planned(batch, understand(read_rows(batch.path, limits)), today)
    check_told(plan.taken, by=by)
    with transaction.atomic():
        stored = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if stored.state in (ImportBatch.State.DONE, ImportBatch.State.PROPOSED):
            raise StaleImport("confirmed")
        batch.record_version = version
        _describe(batch, plan)
        batch.save()
    return plan


def _planned(batch: ImportBatch, reading: Reading, today: date) -> Plan:
    """The plan within the scope of the commune that sent the file, wherever its sender is now."""
    scope = None
    if batch.commune_id is not None:
        sender, unit = batch.uploaded_by_id, batch.commune_id
        scope = User(pk=sender, role=Role.COMMUNE_CLERK, commune_id=unit)
    return make_plan(reading, today=today, scope=scope)


def set_aside(batch: ImportBatch) -> None:
    """Mark a preview that cannot be written as it is."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.PREVIEW)
    waiting.update(state=ImportBatch.State.STALE)


def _describe(batch: ImportBatch, plan: Plan) -> None:
    batch.counts = plan.counts
    batch.notices = plan.notices
    batch.problem_count = len(plan.problems)
    batch.problems = [asdict(problem) for problem in plan.problems[:PROBLEMS_KEPT]]
    batch.warning_count = len(plan.warnings)
    batch.warnings = [asdict(warning) for warning in plan.warnings[:PROBLEMS_KEPT]]
    batch.preview = list(described(plan, CHANGES_SHOWN)) if plan.is_writable else []
    batch.people = people_told(plan, CHANGES_SHOWN, PROBLEMS_KEPT)
    batch.fingerprint = plan.fingerprint
    if plan.problems:
        batch.state = ImportBatch.State.REFUSED
    elif plan.changes_nothing:
        batch.state = ImportBatch.State.UNCHANGED
    else:
        batch.state = ImportBatch.State.PREVIEW


def confirm_import(
    batch: ImportBatch, *, by: User | None, today: date, limits: Limits = INTERACTIVE,
    ground: Callable[[], Ground] | None = None,
) -> Plan:  # fmt: skip
    """Write what the preview showed, in one transaction, and return what was written.

    `ground` stores, inside it, what the import rests on; without, it is the file itself. The file
    is read again before the transaction opens, and its digest compared. Raises StaleImport if
    anything is not as the preview showed it.
    """
    if batch.state != ImportBatch.State.PREVIEW:
        raise StaleImport("confirmed")
    if not batch.path.exists() or _digest(batch.path) != batch.sha256:
        raise StaleImport("file")
    reading = understand(read_rows(batch.path, limits))
    try:
        with transaction.atomic():
            _claim(batch)
            plan = _planned(batch, reading, today)
            if not plan.is_writable or plan.fingerprint != batch.fingerprint:
                raise StaleImport("records")
            write(plan, ground=ground() if ground else _ground_of(batch, by))
    except IntegrityError as error:
        raise StaleImport("records") from error
    batch.refresh_from_db()
    return plan


def propose_import(
    batch: ImportBatch, *, by: User, today: date, limits: Limits = INTERACTIVE
) -> Proposal:
    """Make what the preview showed a draft of `by`, an item for each new or changed row.

    Nothing goes into a record. Raises StaleImport as `confirm_import` does.
    """
    if batch.state != ImportBatch.State.PREVIEW:
        raise StaleImport("confirmed")
    if not batch.path.exists() or _digest(batch.path) != batch.sha256:
        raise StaleImport("file")
    plan = _planned(batch, understand(read_rows(batch.path, limits)), today)
    if not plan.is_writable or plan.fingerprint != batch.fingerprint:
        raise StaleImport("records")
    with transaction.atomic():
        _claim(batch, ImportBatch.State.PROPOSED)
        proposal = Proposal.objects.create(
            author=by,
            commune_id=by.commune_id,
            batch=batch,
            title=f"Nhập từ tệp {batch.file_name}"[:160],
        )
        put_all(_drafts(plan), proposal)
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
            edits=[adding(change.row) if change.is_new else _edit_of(change)],
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


>>>>>>> origin/h/reader
def write(plan: Plan, *, ground: Ground) -> list[Change]:
    """Write the new and changed records of a plan, and their history on `ground`: one change a
    person. The caller's transaction holds them together.
    """
    people = [change for change in plan.changes if change.table is PEOPLE]
    rows = [change for change in plan.changes if change.table is not PEOPLE]
    _lock({change.cadre for change in plan.changes if change.before and change.cadre.pk})
    new = [change for change in plan.changes if change.is_new]
    changed = [change for change in plan.changes if change.before and not change.is_new]
    edits = [(change.cadre, edit_of(change)) for change in changed]
    cite_rows((change.row for change in new), ground.basis)
    _create_people(
        [change.row for change in people if change.is_new], ground.proposed_by or ground.by
    )
    _update_rows([change for change in people if change.before and not change.is_new])
    for model in dict.fromkeys(type(change.row) for change in rows):
        mine = [change for change in rows if type(change.row) is model]
        made = [change.row for change in mine if change.is_new]
        for row in made:
            row.cadre = row.cadre  # takes over the key that the person has only now
        model._default_manager.bulk_create(made, batch_size=_ROWS_AT_ONCE)
        _update_rows([change for change in mine if change.before and not change.is_new])
    edits = [*((change.cadre, adding(change.row)) for change in new), *edits]
    return record_many(edits, ground, kind="import")


def edit_of(change: RowChange) -> RowEdit:
    """A changed row as the history tells it."""
    was = copy.copy(change.row)
    for name, value in change.before.items():
        setattr(was, name, value)
    edit = changed_from(was, change.row)
    assert edit is not None, f"{change.row!r} is told to change and does not"
    return edit


def _lock(cadres: set[Cadre]) -> None:
    keys = sorted(cadre.pk for cadre in cadres)
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        chunk = keys[start : start + _ROWS_AT_ONCE]
        found = dict(
            Cadre.objects.select_for_update().filter(pk__in=chunk).values_list("pk", "version")
        )
        for cadre in cadres:
            if cadre.pk in found and found[cadre.pk] != cadre.version:
                raise StaleImport("records")


def _create_people(cadres: list[Cadre], by: User | None) -> None:
    nameless = [cadre for cadre in cadres if not cadre.code]
    taken = {cadre.code for cadre in cadres}
    codes = iter(code for code in next_codes(len(cadres) + len(taken)) if code not in taken)
    for cadre in nameless:
        cadre.code = next(codes)
    for cadre in cadres:
        cadre.entered_by = by
    Cadre.objects.bulk_create(cadres, batch_size=_ROWS_AT_ONCE)


def _update_rows(changes: list[RowChange]) -> None:
    if not changes:
        return
    model = type(changes[0].row)
    derived = [f for f in model._meta.concrete_fields if isinstance(f, DerivedCharField)]
    for change in changes:
        for column in derived:
            column.pre_save(change.row, add=False)  # bulk_update does not
    names = {code for change in changes for code in change.before}
    names |= {f.name for f in derived if f.source in names}
    model._default_manager.bulk_update(
        [change.row for change in changes], sorted(names), batch_size=_ROWS_AT_ONCE
    )
