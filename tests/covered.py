"""`make coverage`: both suites on SQLite, and what they leave out.

Fails where a suite fails, where our own code is covered for less than `fail_under` of
pyproject.toml, a module for less than LEAST_OF_A_MODULE, or a branch of the rules is never taken.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.run_all import APPS, PORTAL

ROOT = Path(__file__).resolve().parent.parent
LEAST_OF_A_MODULE = 85
MEASURED = ["--cov", "--cov-report=", "--cov-fail-under=0"]


def _run(*command: str) -> int:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT).returncode


def wrong_modules(files: dict[str, Any]) -> list[str]:
    """What is wrong with each module; `files` are those of coverage's JSON report."""
    found = []
    for name, measured in files.items():
        covered = measured["summary"]["percent_covered"]
        if "rules" in Path(name).parts and covered < 100:
            places = measured["missing_lines"] or measured["missing_branches"]
            found.append(f"{name}: a rule is tried in full, but for {places}")
        elif covered < LEAST_OF_A_MODULE:
            found.append(f"{name}: {covered:.0f} % of at least {LEAST_OF_A_MODULE} %")
    return found


def _measured_modules() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        _run("coverage", "json", "--quiet", "--fail-under=0", "-o", str(file))
        return json.loads(file.read_text(encoding="utf-8"))["files"]


def main() -> int:
    failed = _run("pytest", "-q", "-n", "2", *MEASURED, *APPS)
    failed = _run("pytest", "-q", *MEASURED, "--cov-append", *PORTAL) or failed
    failed = _run("coverage", "report") or failed
    wrong = wrong_modules(_measured_modules())
    for line in wrong:
        print(f"FAIL {line}", flush=True)
    return 1 if failed or wrong else 0


if __name__ == "__main__":
    sys.exit(main())
