"""`make test`: lint, the suite on both databases side by side, the whole portal from outside.

A part that is missing and cannot be installed is a failure; nothing is passed over.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import lint, postgres

ROOT = Path(__file__).resolve().parent.parent
# The browser runs on SQLite alone; fuzzing is a gate.
PORTAL = ["tests", "--ignore", "tests/fuzz", "--ignore", "tests/browser"]
APPS = ["daitu_portal", "accounts", "cadres", "intake", "training", "reports"]


def _pytest(name: str, paths: list[str], **more: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DATA_DIR": tempfile.mkdtemp(prefix="portal-test-"), **more}
    log = Path(tempfile.mkdtemp(prefix="portal-log-")) / f"{name}.log"
    out = log.open("wb")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    process.name, process.log = name, log  # type: ignore[attr-defined]
    return process


def _finish(processes: list[subprocess.Popen[bytes]]) -> list[str]:
    """Wait for all; print what each said; return the names of those that failed."""
    failed = []
    for process in processes:
        code = process.wait()
        said = process.log.read_text(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]
        shown = said if code else "\n".join(said.strip().splitlines()[-3:])
        print(f"== {process.name}\n{shown[-20000:]}", flush=True)  # type: ignore[attr-defined]
        if code:
            failed.append(process.name)  # type: ignore[attr-defined]
    return failed


def main() -> int:
    try:
        postgres.install("chromium", "chromium")
        failed = ["lint"] if lint.main() else []
        with postgres.server() as address:
            failed += _finish([
                _pytest("apps on SQLite", APPS),
                _pytest("apps on PostgreSQL", APPS, DATABASE_URL=address),
            ])  # fmt: skip
            failed += _finish([
                _pytest("portal on SQLite", ["tests", "--ignore", "tests/fuzz"]),
                _pytest("portal on PostgreSQL", PORTAL, DATABASE_URL=address),
            ])  # fmt: skip
    except postgres.Missing as missing:
        print(f"FAIL: {missing}", flush=True)
        return 1
    print(f"failed: {', '.join(failed)}" if failed else "all passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
