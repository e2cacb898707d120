"""Audit events of pages that were served while a long write held the database: kept in files.

One file an event, made whole and put in its place by a name, so that none is lost or half read;
`audit.take_in` writes them into the log in their order.
"""

import json
import os
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from accounts.models import AuditEvent

_NAME = "audit-aside"
_AT_ONCE = 5000
_COLUMNS = (
    "actor_id", "actor_name", "ip", "action", "subject_type", "subject_ids", "subject_count",
    "subject_key", "is_of_all", "purpose", "path", "detail",
)  # fmt: skip


@dataclass(frozen=True)
class Aside:
    """An event that waits, the people it tells of, and its file."""

    event: AuditEvent
    people: Sequence[int]
    file: Path

    @property
    def key(self) -> tuple[datetime, str, str]:
        return self.event.at, self.event.path, self.event.actor_name

    def forget(self) -> None:
        self.file.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / _NAME


def put(event: AuditEvent, people: Sequence[int]) -> None:
    """Keep an event; when this returns it is on the disk."""
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    told = {name: getattr(event, name) for name in _COLUMNS}
    told |= {"at": event.at.isoformat(), "people": list(people)}
    name = f"{time.time_ns():020}-{secrets.token_hex(4)}"
    new = folder / f"{name}.new"
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(told, out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    new.replace(folder / f"{name}.json")


def is_any() -> bool:
    """Whether events wait. One look at a folder."""
    try:
        with os.scandir(_folder()) as found:
            return any(each.name.endswith(".json") for each in found)
    except FileNotFoundError:
        return False


def waiting() -> list[Aside]:
    """The first events that wait, in the order in which they happened."""
    return [_read(path) for path in sorted(_folder().glob("*.json"))[:_AT_ONCE]]


def _read(path: Path) -> Aside:
    told = json.loads(path.read_text(encoding="utf-8"))
    event = AuditEvent(**{name: told[name] for name in _COLUMNS})
    event.at = datetime.fromisoformat(told["at"])
    return Aside(event, told["people"], path)
