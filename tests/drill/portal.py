"""A portal of its own for a drill: folder, database, server on loopback, a few accounts."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.concurrency.driver import Found, Session

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=self.environment, check=True,
                              stdout=subprocess.PIPE, text=True)  # fmt: skip
        return done.stdout

    def prepare(self) -> None:
        """Tables, catalogues, people and accounts."""
        self.run("manage.py", "prepare")
        self.world = json.loads(self.run("-m", "tests.concurrency.seed"))

    def start(self) -> float:
        """Serve; the seconds until the first answer."""
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port),
            "--workers", "2", "--blocking-threads", "4", "--no-ws", "--backpressure", "64",
            "--log-level", "critical", "daitu_portal.wsgi:application",
        ]  # fmt: skip
        begun = time.perf_counter()
        self.server = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while time.perf_counter() - begun < 60:
            if self.answers():
                return time.perf_counter() - begun
            time.sleep(0.02)
        raise SystemExit("the server did not answer")

    def answers(self) -> bool:
        """Whether the server is there."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def kill(self) -> None:
        """kill -9 of the server and its workers, which are of its own process group."""
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)
            self.server.wait(30)
            self.server = None

    def session(self, number: int = 0) -> Session:
        """Somebody of the district, signed in."""
        return Session(self.port, self.world["staff"][number], self.world, self.found, [])
