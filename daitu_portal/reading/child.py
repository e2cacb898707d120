"""The limited process that reads a file: started, watched, and judged by how it ended.

It writes to a file, so that it never waits for its reader, and what it wrote is read while it is
still at work.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from daitu_portal.reading.limits import Limits
from daitu_portal.reading.problems import DamagedWorkbook, TooLarge

_WORKER = Path(__file__).with_name("worker.py")
# Without SYSTEMROOT no Python starts on Windows; nothing else is handed on.
_KEPT_ENVIRONMENT = ("SYSTEMROOT",)
_PIECE = 512 * 1024
_PAUSE = 0.005  # seconds between two looks at a process that has nothing new
_TOO_MUCH = ("MemoryError", "zlib.error: Error -4", "OSError: [Errno 27]")


class Child:
    """A process that is at work on one file. Leaving the context ends it and removes its output.

    `task` is what the worker is to do (a kind of file to read …), `more` its further arguments.
    """

    def __init__(self, task: str, path: Path, limits: Limits, *more: str) -> None:
        self._limits = limits
        self._arguments = [task, str(path), json.dumps(asdict(limits)), *more]

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="portal-reading-")
        self._out, self._errors = Path(self._folder.name) / "out", Path(self._folder.name) / "err"
        self._deadline = time.monotonic() + self._limits.wall_seconds
        command = [sys.executable, "-I", "-X", "utf8", str(_WORKER), *self._arguments]
        with self._out.open("wb") as out, self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=errors,
                env={name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ},
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def lines(self) -> Iterator[bytes]:
        """What the process tells, line by line, while it works; from the start at each call.

        Raises TooLarge and DamagedWorkbook by how it ended.
        """
        with self._out.open("rb") as out:
            rest = b""
            while True:
                has_ended = self._process.poll() is not None  # before reading: no line is missed
                piece = out.read(_PIECE)
                if piece:
                    *lines, rest = (rest + piece).split(b"\n")
                    yield from lines
                elif has_ended:
                    break
                else:
                    self._pause()
        self._judge()

    def wait(self) -> None:
        """Return when the process has ended well. Raises as `lines` does."""
        while self._process.poll() is None:
            self._pause()
        self._judge()

    def _pause(self) -> None:
        if time.monotonic() > self._deadline:
            raise TooLarge(f"Đọc tệp quá {self._limits.wall_seconds} giây nên phải dừng.")
        time.sleep(_PAUSE)

    def _judge(self) -> None:
        if self._process.returncode:
            refuse_crash(
                self._process.returncode, self._errors.read_bytes().decode("utf-8", "replace")
            )


def refuse_crash(code: int, trace: str) -> None:
    """Say why the process ended: too long, too much, or a file that cannot be understood."""
    if code < 0:
        raise TooLarge("Đọc tệp tốn quá nhiều thời gian hoặc bộ nhớ nên phải dừng.")
    last = trace.strip().splitlines()[-1] if trace.strip() else ""
    if last.startswith(_TOO_MUCH):
        raise TooLarge("Nội dung tệp vượt mức được đọc.")
    if "ForbiddenDeclaration" in last:
        raise DamagedWorkbook("Tệp chứa khai báo XML không được phép.")
    raise DamagedWorkbook("Nội dung bên trong tệp không đúng cấu trúc của sổ Excel.")
