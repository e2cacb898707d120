"""A portal of its own for drills and measures: folder, database, server on loopback."""

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOOR = "daitu_portal.wsgi:application"


def run_python(environment: dict[str, str], *words: str) -> str:
    """What a command of the project prints. Raises CalledProcessError."""
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True,
                          stdout=subprocess.PIPE, text=True)  # fmt: skip
    return done.stdout


def seeded(name: str, database: str) -> tuple[dict[str, str], dict[str, Any]]:
    """(environment, accounts and people) of a new portal; `database` is the address of a PostgreSQL
    database, which is emptied, "" for SQLite."""
    environment = {**os.environ, "DATA_DIR": tempfile.mkdtemp(prefix=f"portal-{name}-"),
                   "HTTPS": "0", "DEMO": "0", "DATABASE_URL": database,
                   "DJANGO_SETTINGS_MODULE": "tests.production_settings"}  # fmt: skip
    if database:
        run_python(environment, "manage.py", "migrate", "-v0")
        run_python(environment, "manage.py", "flush", "--no-input")
    else:
        del environment["DATABASE_URL"]
    run_python(environment, "manage.py", "prepare")
    return environment, json.loads(run_python(environment, "-m", "tests.concurrency.seed"))


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(port: int, *, door: str = DOOR, log_level: str = "error") -> list[str]:
    """What serves the portal with two workers."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers",
        "2", "--blocking-threads", "4", "--no-ws", "--backpressure", "64", "--log-level",
        log_level, door,
    ]  # fmt: skip


def answers(port: int) -> bool:
    """Whether a portal is there."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def wait(port: int) -> float:
    """Seconds until the first answer. Raises SystemExit where there is none for a minute."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < 60:
        if answers(port):
            return time.perf_counter() - begun
        time.sleep(0.02)
    raise SystemExit("the server did not answer")


@contextmanager
def served(
    environment: dict[str, str], *, log: Path | None = None, **how: str
) -> Iterator[tuple[int, int, float]]:
    """(port, process, seconds until it answered) of a portal; its words go to `log`, or on."""
    port = free_port()
    with log.open("wb") if log else nullcontext() as said:
        server = subprocess.Popen(command(port, **how), cwd=ROOT, env=environment, stderr=said)
    try:
        yield port, server.pid, wait(port)
    finally:
        server.terminate()
        server.wait(30)
