"""`make test`: lint, the suite on both databases side by side, the whole portal from outside.

A part that is missing and cannot be installed is a failure; nothing is passed over.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import lint, postgres

ROOT = Path(__file__).resolve().parent.parent
# The browser runs on SQLite alone; fuzzing is a gate.
PORTAL = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "tests").glob("test_*.py"))]
BROWSER = ["tests/browser"]
APPS = ["daitu_portal", "accounts", "cadres", "intake", "training", "reports"]


def _passes(name: str, paths: list[str], **more: str) -> bool:
    """Run a part of the suite to its end; print what it said: all of it where it failed."""
    environment = {**os.environ, "DATA_DIR": tempfile.mkdtemp(prefix="portal-test-"), **more}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)  # fmt: skip
    said = done.stdout.decode(errors="replace")
    shown = said[-20000:] if done.returncode else "\n".join(said.strip().splitlines()[-3:])
    print(f"== {name}\n{shown}", flush=True)
    return done.returncode == 0


def _on(database: str, portal: list[str], **more: str) -> list[str]:
    """The apps, then the portal from outside, on a database; the names of what failed."""
    parts = ((f"apps on {database}", APPS), (f"portal on {database}", portal))
    return [name for name, paths in parts if not _passes(name, paths, **more)]


def main() -> int:
    try:
        postgres.install("chromium", "chromium")
        failed = ["lint"] if lint.main() else []
        with postgres.server() as address, ThreadPoolExecutor() as both:
            found = [
                both.submit(_on, "SQLite", [*PORTAL, *BROWSER]),
                both.submit(_on, "PostgreSQL", PORTAL, DATABASE_URL=address),
            ]
            failed += [name for each in found for name in each.result()]
    except postgres.Missing as missing:
        print(f"FAIL: {missing}", flush=True)
        return 1
    print(f"failed: {', '.join(failed)}" if failed else "all passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
