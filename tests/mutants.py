"""`make mutants`: do the tests of the rules notice when a rule is changed?

mutmut changes the pure packages one place at a time ([tool.mutmut] in pyproject.toml) and runs the
tests that reach it. Fails where a package has fewer than nine in ten killed. What it prints goes
to docs/mutants.md by hand, with the machine's facts.
"""

import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTMUT = [sys.executable, "-m", "mutmut"]
AT_LEAST = 0.9
COLUMNS = ("killed", "survived", "timeout", "no tests", "other")


def counted(results: str) -> dict[str, Counter[str]]:
    """How many mutants of each package came to which end, from what `mutmut results` prints."""
    ends: dict[str, Counter[str]] = defaultdict(Counter)
    for line in results.splitlines():
        name, _, end = line.strip().rpartition(": ")
        package = ".".join(name.split(".")[:2])
        ends[package][end if end in COLUMNS else "other"] += 1
    return ends


def row(name: str, ends: Counter[str]) -> str:
    share = f"{ends['killed'] / ends.total():.1%}"
    return f"| {name} | {ends.total()} | {' | '.join(str(ends[c]) for c in COLUMNS)} | {share} |"


def main() -> int:
    # mutmut lets what it found earlier stand, whatever became of the tests since.
    shutil.rmtree(ROOT / "mutants", ignore_errors=True)
    if failed := subprocess.run([*MUTMUT, "run", "--max-children", "2"], cwd=ROOT).returncode:
        return failed
    asked = [*MUTMUT, "results", "--all", "true"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    packages = counted(done.stdout)
    print(f"| package | mutants | {' | '.join(COLUMNS)} | share killed |")
    for name, ends in sorted(packages.items()):
        print(row(name, ends))
    print(row("all", sum(packages.values(), Counter())))
    weak = [n for n, ends in packages.items() if ends["killed"] < AT_LEAST * ends.total()]
    print("\n".join(f"FAIL: {name} has too few killed" for name in weak) or "ok", flush=True)
    return 1 if weak or not packages else 0


if __name__ == "__main__":
    sys.exit(main())
