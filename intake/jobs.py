"""Long files are worked on in a process of their own: the page can be left, and found again.

A process a file, not a queue: memory goes back with it, one that dies takes nothing along, and what
it was at stands in a file that pages read (progress.py).
"""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from accounts.models import User
from cadres.attachments import storing
from cadres.changes import Ground
from intake.models import ImportBatch
from intake.progress import CHECKING, READING, WRITING, Reporter, progress_of

LONG = 3 * 1024 * 1024  # bytes of what a file holds: more takes longer than anyone waits for a page
PREVIEW, CHECK, WRITE = "preview", "check", "write"
_FIRST = {PREVIEW: READING, CHECK: CHECKING, WRITE: WRITING}


def is_long(batch: ImportBatch) -> bool:
    """Whether the file holds so much that a page would keep its reader waiting."""
    try:
        with zipfile.ZipFile(batch.path) as archive:
            return sum(part.file_size for part in archive.infolist()) > LONG
    except (OSError, zipfile.BadZipFile):
        return batch.file_size > LONG


def is_at_work(batch: ImportBatch) -> bool:
    """Whether a process works on the batch."""
    found = progress_of(batch)
    return found is not None and found.is_working


class AtWork(Exception):
    """A process works on the batch already: another request was quicker."""


def start(
    batch: ImportBatch, step: str, *, by: User | None, ground: Callable[[], Ground] | None = None
) -> None:
    """Begin a step in a process of its own; how far it is, `progress_of` tells from now on.

    `ground` stores what a step that writes rests on; it and the batch's recipe are stored only if
    the step begins. Raises AtWork where one is at work already: of several requests at once, of
    whichever process, one begins.
    """
    reporter = None
    try:
        with storing():
            reporter = _taken(batch, step)
            if step == CHECK:
                _keep_recipe(batch)
            told = ground() if ground else None
        _run(batch, step, by, told)
    except BaseException:
        if reporter is not None:
            reporter.give_up()
        raise


def _taken(batch: ImportBatch, step: str) -> Reporter:
    """The batch, taken for a step: told in the file beside it before anyone else who wants it may
    look there, since they wait for this transaction to end."""
    ImportBatch.objects.select_for_update().values_list("pk").get(pk=batch.pk)
    if is_at_work(batch):
        raise AtWork
    return Reporter(batch, _FIRST[step])


def _keep_recipe(batch: ImportBatch) -> None:
    """Store what was decided of a file before a process of its own reads it; not where something
    was written from it meanwhile."""
    ended = (ImportBatch.State.DONE, ImportBatch.State.PROPOSED)
    ImportBatch.objects.filter(pk=batch.pk).exclude(state__in=ended).update(recipe=batch.recipe)


def _run(batch: ImportBatch, step: str, by: User | None, ground: Ground | None) -> None:
    command = [sys.executable, "manage.py", "work_on_import", str(batch.pk), step]
    command += ["--by", str(by.pk)] if by else []
    command += ["--basis", str(ground.basis.pk)] if ground and ground.basis else []
    with _log_of(batch).open("ab") as log:
        worker = subprocess.Popen(
            command, cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    with worker.stdin as told:  # type: ignore[union-attr]  # a reason is nobody's on the machine
        told.write(ground.reason.encode() if ground else b"")


def _log_of(batch: ImportBatch) -> Path:
    return batch.path.with_suffix(".log")
