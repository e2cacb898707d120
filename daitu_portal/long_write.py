"""A long write to the one SQLite file of the records: others are told at once, readers go on.

SQLite has one writer at a time. While a process writes for minutes, a small file in DATA_DIR says
so: pages that would write answer at once instead of waiting, and what a page only notes by the way
(the audit log, when a session was last used) is put aside until the end. On PostgreSQL writers do
not wait for each other, and nothing of this happens.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from daitu_portal.processes import is_alive

_NAME = "long-write"
_SILENT_AFTER = 900  # seconds: a process that has told nothing for so long is taken for dead
Beat = Callable[[], None]


def _path() -> Path:
    return Path(settings.DATA_DIR) / _NAME


def is_by_another() -> bool:
    """Whether another process is at a long write now; a dead one is at none. Asks no database."""
    try:
        path = _path()
        told = json.loads(path.read_text(encoding="utf-8"))
        heard_at = path.stat().st_mtime
    except (FileNotFoundError, ValueError):
        return False
    pid = int(told["pid"])
    is_fresh = time.time() - heard_at < _SILENT_AFTER
    return pid != os.getpid() and is_fresh and is_alive(pid)


@contextmanager
def long_write() -> Iterator[Beat]:
    """Say to all processes that this one writes for long; gives what is to be called now and then.

    The pages that it changes stay in memory until the commit, so that readers wait for the commit
    alone. To be opened around the transaction, never in one.
    """
    if connection.vendor != "sqlite":
        yield lambda: None
        return
    path = _path()
    _put(path)
    try:
        with _kept_in_memory():
            yield path.touch
    finally:
        path.unlink(missing_ok=True)


def _put(path: Path) -> None:
    new = path.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")
    new.replace(path)


@contextmanager
def _kept_in_memory() -> Iterator[None]:
    """SQLite writes changed pages early when its cache is full, and shuts readers out for it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_spill=OFF")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_spill=ON")
