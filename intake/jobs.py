"""Long files are worked on in a process of their own: the page can be left, and found again.

A process a file, not a queue: memory goes back with it, one that dies takes nothing along, and what
it was at stands in a file that pages read (progress.py).
"""

import subprocess
import sys
import zipfile
from pathlib import Path

from django.conf import settings

from accounts.models import User
from cadres.models import Basis
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


def start(
    batch: ImportBatch, step: str, *, by: User | None, basis: Basis | None = None, reason: str = ""
) -> None:
    """Begin a step in a process of its own; how far it is, `progress_of` tells from now on."""
    Reporter(batch, _FIRST[step])
    command = [sys.executable, "manage.py", "work_on_import", str(batch.pk), step]
    command += ["--by", str(by.pk)] if by else []
    command += ["--basis", str(basis.pk)] if basis else []
    with _log_of(batch).open("ab") as log:
        worker = subprocess.Popen(
            command, cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    with worker.stdin as told:  # type: ignore[union-attr]  # a reason is nobody's on the machine
        told.write(reason.encode())


def _log_of(batch: ImportBatch) -> Path:
    return batch.path.with_suffix(".log")
