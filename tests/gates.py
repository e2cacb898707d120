"""`make gates`: what takes longer than the suite and still belongs to every submission.

Fuzzing of every route and form, 2 000 requests per database, the bad files of the import, the
60-second run of many people at once, every route asked by everyone in every way, every hostile
file sent to a served portal, and 60 ugly lists healed.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests import postgres
from tests.concurrency import __main__ as concurrency

ROOT = Path(__file__).resolve().parent.parent
# Each in a process of its own: fuzzing works on the demo, bad files on an empty portal.
PARTS = (
    ["tests/fuzz"],
    ["intake/tests/test_import_pages.py", "daitu_portal/tests/test_reading.py"],
)

# Each route × role × object × method; roles are answered the same on both databases.
MATRIX = ["-n", "2", "daitu_portal/tests/test_access.py"]


def _pytest(parts: Sequence[list[str]] = PARTS, **more: str) -> int:
    """How many parts failed."""
    failed = 0
    for part in parts:
        environment = {**os.environ, "DATA_DIR": tempfile.mkdtemp(prefix="portal-gate-"), **more}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *part]
        failed += subprocess.run(command, cwd=ROOT, env=environment).returncode != 0
    return failed


def _module(name: str, **more: str) -> int:
    """1 if the module fails, run in a process of its own."""
    command = [sys.executable, "-m", name]
    return int(subprocess.run(command, cwd=ROOT, env={**os.environ, **more}).returncode != 0)


def main() -> int:
    failed = _pytest() + _pytest([MATRIX], WHOLE_MATRIX="1") + concurrency.main()
    failed += _module("tests.hostile") + _module("tests.heal", SEED="2026", BOOKS="60")
    try:
        with postgres.server() as address:
            failed += _pytest(DATABASE_URL=address) + concurrency.main(address)
    except postgres.Missing as missing:
        print(f"FAIL: {missing}", flush=True)
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
