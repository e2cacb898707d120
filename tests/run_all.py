"""`make test`: lint, the suite on both databases side by side, the whole portal from outside.

A part that is missing and cannot be installed is a failure; nothing is passed over.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import lint, postgres

ROOT = Path(__file__).resolve().parent.parent
# The browser runs on SQLite alone; fuzzing is a gate.
# The hostile files and the ugly lists in their light form; the whole of both is a gate.
LIGHT = ["tests/hostile/test_light.py", "tests/heal"]
PORTAL = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests").glob("test_*.py"))]
BROWSER = ["tests/browser"]
APPS = ["daitu_portal", "accounts", "cadres", "intake", "training", "reports"]
AT_ONCE = 2  # as many as the machine that runs it for every submission has cores


def _passes(name: str, arguments: list[str], **more: str) -> bool:
    """Run a part of the suite to its end; print what it said: all of it where it failed."""
    environment = {**os.environ, "DATA_DIR": tempfile.mkdtemp(prefix="portal-test-"), **more}
    runner = [] if arguments[0] == "-m" else ["-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command = [sys.executable, *runner, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)  # fmt: skip
    said = done.stdout.decode(errors="replace")
    shown = said[-20000:] if done.returncode else "\n".join(said.strip().splitlines()[-3:])
    print(f"== {name}\n{shown}", flush=True)
    return done.returncode == 0


def _parts(postgresql: str) -> list[tuple[str, Callable[[], bool]]]:
    """(name, what runs it), the longest first: each is begun as soon as another is done."""

    def part(name: str, arguments: list[str], **more: str) -> tuple[str, Callable[[], bool]]:
        return name, lambda: _passes(name, arguments, **more)

    return [
        part("apps on PostgreSQL", ["-p", "tests.asks_database", *APPS], DATABASE_URL=postgresql),
        part("apps on SQLite", APPS),
        part("browser on SQLite", BROWSER),
        part("hostile files, ugly lists", LIGHT),
        part("ten ugly lists healed", ["-m", "tests.heal"], SEED="7", BOOKS="10"),
        ("lint", lambda: lint.main() == 0),
        part("portal on SQLite", PORTAL),
        part("portal on PostgreSQL", PORTAL, DATABASE_URL=postgresql),
    ]


def main() -> int:
    try:
        postgres.install("chromium", "chromium")
        with postgres.server() as address, ThreadPoolExecutor(AT_ONCE) as pool:
            begun = [(name, pool.submit(run)) for name, run in _parts(address)]
            failed = [name for name, each in begun if not each.result()]
    except postgres.Missing as missing:
        print(f"FAIL: {missing}", flush=True)
        return 1
    print(f"failed: {', '.join(failed)}" if failed else "all passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
