"""A private PostgreSQL for the tests: own folder, own port, gone at the end.

PostgreSQL refuses to run as root: then it runs as the system's user postgres.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.serving import free_port

USER = "portal"
_OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c jit=off "
    "-c max_connections=60"
)


class Missing(Exception):
    """A part that the tests need is not there and could not be installed."""


def install(package: str, program: str | None = None) -> None:
    """Install a Debian package unless its program is there. Raises Missing where that fails."""
    if (program and shutil.which(program)) or (package == "postgresql" and _folder()):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing(f"cần gói {package}: cài bằng quản trị rồi chạy lại")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"],
                    ["apt-get", "install", "-y", "-qq", package]):  # fmt: skip
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise Missing(f"không cài được gói {package}: {done.stderr[-500:]}")


def _folder() -> Path | None:
    """Where initdb and pg_ctl are, the newest version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).parent if program else None


def _run(command: list[str], place: Path) -> None:
    if os.geteuid() == 0:
        command = ["su", "postgres", "-s", "/bin/sh", "-c", " ".join(command)]
    # Not captured through a pipe: the server would keep it open.
    with (place / "start.log").open("a") as log:
        done = subprocess.run(command, stdout=log, stderr=log, cwd="/")
    if done.returncode:
        raise Missing((place / "start.log").read_text()[-800:])


@contextmanager
def server() -> Iterator[str]:
    """The address of a running PostgreSQL; it is stopped and removed afterwards."""
    install("postgresql")
    programs = _folder()
    if programs is None:
        raise Missing("không tìm thấy initdb của PostgreSQL")
    place = Path(tempfile.mkdtemp(prefix="portal-pg-"))
    if os.geteuid() == 0:
        shutil.chown(place, "postgres")
    data, port = place / "data", free_port()
    try:
        _run([f"{programs}/initdb", "-D", f"{data}", "-A", "trust", "-U", USER,
              "-E", "UTF8", "--locale=C.UTF-8"], place)  # fmt: skip
        options = f"'-p {port} -k {place} -c listen_addresses=127.0.0.1 {_OPTIONS}'"
        if os.geteuid() != 0:
            options = options.strip("'")
        _run([f"{programs}/pg_ctl", "-D", f"{data}", "-w", "-o", options,
              "-l", f"{place}/server.log", "start"], place)  # fmt: skip
        yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            _run([f"{programs}/pg_ctl", "-D", f"{data}", "-m", "immediate", "stop"], place)
        shutil.rmtree(place, ignore_errors=True)
