"""Part of `make bench`: what reading, checking and comparing 10 000 rows of 40 cells costs, against
openpyxl on the same file in the same run.

    python -m tests.bench.importing [ROWS]

An old list in Unicode is set beside openpyxl's read-only pass over all cells (at most 1 ×), one in
the font of TCVN3 beside `load_workbook(rich_text=True)` and a pass (at most 2 ×). Each way runs in
a process of its own, in turn; the least time counts, of the processor, children's with it.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

ROWS, TURNS = 10_000, 2
KINDS = {"template": "", "old list, Unicode": "", "old list, .VnTime": ".VnTime"}
MOST = {"template": 1.0, "old list, Unicode": 1.0, "old list, .VnTime": 2.0}
_PEOPLE = """
import django; django.setup()
import sys
from pathlib import Path
from cadres.models import Commune, Post
from tests.bench.import_books import People, old_rows, template_rows, write
units = Commune.objects.filter(valid_from="2004-01-01", valid_to="2025-07-01").order_by("code")
post, folder, count = Post.objects.get(code="CC03"), Path(sys.argv[1]), int(sys.argv[2])
people = People([unit.code for unit in units], post.code)
write(folder / "0.xlsx", "Cán bộ", template_rows(people, count))
people = People([unit.name for unit in units], post.name)
write(folder / "1.xlsx", "Danh sách", old_rows(people, count))
people = People([unit.name for unit in units], post.name)
write(folder / "2.xlsx", "Danh sách", old_rows(people, count), ".VnTime")
"""


def _ours(path: Path) -> None:
    """Read, check and compare; nothing is written."""
    from django.utils import timezone

    from daitu_portal.reading.limits import BULK
    from intake.batches import look_at
    from intake.healing.recipe import Recipe

    sight = look_at(path, recipe=Recipe(), today=timezone.localdate(), limits=BULK)
    counts = sight.plan.counts
    print(f"of {counts['read']} rows {counts['created']} new, {sight.plan.problem_count} problems",
          file=sys.stderr)  # fmt: skip


def _rich(path: Path) -> None:
    for row in load_workbook(path, rich_text=True).worksheets[0].iter_rows():
        for cell in row:
            _ = cell.value


def _read_only(path: Path) -> None:
    for row in load_workbook(path, read_only=True).worksheets[0].iter_rows():
        for cell in row:
            _ = cell.value


WAYS: dict[str, Callable[[Path], None]] = {
    "ours": _ours, "openpyxl, rich text": _rich, "openpyxl, read-only": _read_only,
}  # fmt: skip


def _spent() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _measure(way: str, path: Path) -> None:
    """Once, in this process: seconds of the processor, seconds that passed, most MiB."""
    if way == "ours":  # what starting costs is not the file's
        import django

        django.setup()
        import intake.batches  # noqa: F401
    before, begun = _spent(), time.perf_counter()
    WAYS[way](path)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(_spent() - before, time.perf_counter() - begun, most)


def _run(way: str, path: Path, environment: dict[str, str]) -> tuple[float, float, int, str]:
    command = [sys.executable, "-m", "tests.bench.importing", way, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    told = done.stdout.split()
    return float(told[0]), float(told[1]), int(told[2]), done.stderr.strip()


def past_limit(kind: str, spent: dict[str, float]) -> list[str]:
    """What is past its limit, by the seconds that each way took for a kind of file."""
    ratio = spent["ours"] / spent[_against(kind)]
    if ratio <= MOST[kind]:
        return []
    return [f"import, {kind}: {ratio:.2f} x {_against(kind)}, at most {MOST[kind]}"]


def _against(kind: str) -> str:
    return "openpyxl, rich text" if KINDS[kind] else "openpyxl, read-only"


def main(count: int = ROWS) -> list[str]:
    """Print what each way takes; what is past its limit."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = {**os.environ, "DATA_DIR": f"{folder}/data", "HTTPS": "0", "DEMO": "0",
                       "LOG_LEVEL": "ERROR",
                       "DJANGO_SETTINGS_MODULE": "tests.production_settings"}  # fmt: skip
        environment.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "manage.py", "prepare"], check=True, env=environment,
                       stdout=subprocess.DEVNULL)  # fmt: skip
        subprocess.run([sys.executable, "-c", _PEOPLE, folder, str(count)], check=True,
                       env=environment)  # fmt: skip
        print(f"import, looked at: {count} rows x 40 cells; processor, passed, memory", flush=True)
        files = {kind: Path(folder) / f"{place}.xlsx" for place, kind in enumerate(KINDS)}
        return [each for kind, path in files.items() for each in _kind(kind, path, environment)]


def _kind(kind: str, path: Path, environment: dict[str, str]) -> list[str]:
    spent: dict[str, float] = {}
    for turn in range(TURNS):
        for way in WAYS:
            used, passed, most, said = _run(way, path, environment)
            spent[way] = min(used, spent.get(way, used))
            if turn == 0:
                print(f"  {kind:20} {way:20} {used:6.1f} s {passed:6.1f} s {most:5} MiB {said}",
                      flush=True)  # fmt: skip
    against = _against(kind)
    ratio = spent["ours"] / spent[against]
    print(f"  {kind:20} ours {spent['ours']:.1f} s, {ratio:.2f} x {against}, at most {MOST[kind]}",
          flush=True)  # fmt: skip
    return past_limit(kind, spent)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _measure(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit("\n".join(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)) or 0)
