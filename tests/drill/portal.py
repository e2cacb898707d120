"""A portal of its own for a drill: folder, database, server on loopback, a few accounts."""

import json
import os
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.concurrency.driver import Found, Session
from tests.serving import ROOT, answers, command, free_port, run_python, wait


@dataclass
class Portal:
    """One installation; `database` is a PostgreSQL address, "" for SQLite."""

    database: str = ""
    data: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="portal-drill-")))
    port: int = field(default_factory=free_port)
    server: subprocess.Popen[bytes] | None = None
    world: dict[str, Any] = field(default_factory=dict)
    found: Found = field(default_factory=Found)

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "DATA_DIR": str(self.data), "HTTPS": "0", "DEMO": "0", "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "tests.production_settings", "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        return {**os.environ, **own}

    def run(self, *words: str) -> str:
        return run_python(self.environment, *words)

    def prepare(self) -> None:
        """Tables, catalogues, people and accounts."""
        self.run("manage.py", "prepare")
        self.world = json.loads(self.run("-m", "tests.concurrency.seed"))

    def start(self) -> float:
        """Serve; the seconds until the first answer."""
        self.server = subprocess.Popen(
            command(self.port, log_level="critical"), cwd=ROOT, env=self.environment,
            start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return wait(self.port)

    def answers(self) -> bool:
        """Whether the server is there."""
        return answers(self.port)

    def kill(self) -> None:
        """kill -9 of the server and its workers, which are of its own process group."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait(30)
            self.server = None

    def session(self, number: int = 0) -> Session:
        """Somebody of the district, signed in."""
        return Session(self.port, self.world["staff"][number], self.world, self.found, [])
