"""How far the work on a long file is: a small file beside it, which every process may read.

The records' database is not asked: a long write there would keep everyone from the answer.
"""

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from daitu_portal.processes import is_alive
from intake.models import ImportBatch

READING, CHECKING, WRITING = "reading", "checking", "writing"
WORDS = {READING: "Đang đọc tệp", CHECKING: "Đang đối chiếu với hồ sơ", WRITING: "Đang ghi dữ liệu"}
Report = Callable[[str, int], None]  # (step, rows done)
_TELL_EVERY = 0.5  # seconds
_SILENT_AFTER = 900  # a process that has told nothing for so long is taken for dead


def silent(_step: str, _done: int) -> None:
    """A report that nobody asked for."""


@dataclass(frozen=True)
class Progress:
    """What a process told last: its step, the rows done, when; `said` what came of it in the end,
    "" while it works."""

    pid: int
    step: str
    done: int
    at: float
    began_at: float
    said: str = ""
    is_ended: bool = False

    @property
    def words(self) -> str:
        return WORDS[self.step]

    @property
    def is_working(self) -> bool:
        """Whether its process is alive and has told something lately."""
        return not self.is_ended and is_alive(self.pid) and time.time() - self.at < _SILENT_AFTER

    @property
    def is_broken(self) -> bool:
        """Whether it was interrupted: nothing was written then."""
        return not self.is_ended and not self.is_working


def path_of(batch: ImportBatch) -> Path:
    return batch.path.with_suffix(".progress")


def progress_of(batch: ImportBatch) -> Progress | None:
    """None where no process worked on the batch."""
    try:
        return Progress(**json.loads(path_of(batch).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


class Reporter:
    """Tells of the work of this process, not more often than anyone looks."""

    def __init__(self, batch: ImportBatch, step: str) -> None:
        now = time.time()
        self.path = path_of(batch)
        self.last = Progress(os.getpid(), step, 0, now, now)
        self._write()

    def __call__(self, step: str, done: int) -> None:
        now = time.time()
        if step != self.last.step or now - self.last.at >= _TELL_EVERY:
            self.last = Progress(self.last.pid, step, done, now, self.last.began_at)
            self._write()

    def end(self, said: str = "") -> None:
        told = asdict(self.last) | {"said": said, "is_ended": True, "at": time.time()}
        self.last = Progress(**told)
        self._write()

    def give_up(self) -> None:
        """What was to be done was never begun: told as broken off at once."""
        self.last = replace(self.last, at=0.0)
        self._write()

    def _write(self) -> None:
        new = self.path.with_suffix(".progress-new")
        new.write_text(json.dumps(asdict(self.last)), encoding="utf-8")
        new.replace(self.path)
