"""Part of `make bench`: what writing 220 000 rows of 30 cells costs, against the fastest
maintained writer on the same rows in the same run.

    python -m tests.bench.excel [ROWS]

Each way runs in a process of its own, three times in turn (openpyxl, which takes ten times as long,
once); the least time and the most added memory count. All of them work in one thread, so the
processor's time is theirs and no neighbour's on the machine: the ratio is of that.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROWS, TURNS = 220_000, 3
HEADS = [f"Cột {number}" for number in range(30)]
WAYS = ("ours", "bare rustpy-xlsxwriter", "bare openpyxl, write-only")
MOST_TIMES, MOST_MEMORY = 1.3, 256  # of the fastest; MiB


def rows(number: int) -> Iterator[list[Any]]:
    """As a list of people: numbers, codes, names, days, choices, gaps, formula-like text."""
    first = date(1960, 1, 1)
    for each in range(number):
        half = [
            each + 1, f"DT{each:06}", f"Nguyễn Văn Thử {each % 9973}",
            first + timedelta(each % 12_000), f"0190{each:08}", "Nam" if each % 2 else "Nữ", "Kinh",
            "Không", f"Xã Thử {each % 500}, huyện Đại Từ", date(2010, 3, 1), 1 + each % 12,
            2.34 + each % 5, None, "1965", "=1+1" if each % 50 == 0 else "Đại học · Luật kinh tế",
        ]  # fmt: skip
        yield half * 2


def _ours(number: int, path: Path) -> None:
    from daitu_portal.excel import TEXT_FORMAT, Column, Sheet, write_book

    columns = [Column(head, **_shape(place % 15, TEXT_FORMAT)) for place, head in enumerate(HEADS)]
    with path.open("wb") as out:  # as a page does: into a file that is then sent
        write_book([Sheet("Danh sách", columns, rows(number), expected=number)], out)


def _shape(place: int, text_format: str) -> dict[str, Any]:
    if place in (3, 9):
        return {"holds_days": True, "width": 12}
    return {"number_format": "" if place in (0, 10, 11) else text_format}


def _bare(number: int, path: Path) -> None:
    from rustpy_xlsxwriter import write_worksheet

    records = (dict(zip(HEADS, row, strict=True)) for row in rows(number))
    write_worksheet(records, str(path), sheet_name="A", datetime_format="dd/mm/yyyy")


def _openpyxl(number: int, path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("A")
    sheet.append(HEADS)
    for row in rows(number):
        sheet.append(row)
    book.save(path)


def _measure(way: str, number: int) -> None:
    """Write once, in this process; print seconds and added MiB."""
    with tempfile.TemporaryDirectory() as folder:
        write = dict(zip(WAYS, (_ours, _bare, _openpyxl), strict=True))[way]
        write(10, Path(folder) / "small.xlsx")  # what is imported at first use is not the rows'
        before, start, begun = _most_memory(), time.process_time(), time.perf_counter()
        write(number, Path(folder) / "large.xlsx")
        spent, passed = time.process_time() - start, time.perf_counter() - begun
        print(spent, passed, _most_memory() - before)


def _most_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _run(way: str, number: int) -> tuple[float, float, int]:
    """Seconds of the processor, seconds that passed, added MiB."""
    command = [sys.executable, "-m", "tests.bench.excel", str(number), way]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(told[0]), float(told[1]), int(told[2])


def past_limit(spent: dict[str, float], most: dict[str, int]) -> list[str]:
    """What is past its limit, by the seconds and the added MiB of each way."""
    ratio = spent["ours"] / min(spent[way] for way in WAYS[1:])
    wrong = []
    if ratio > MOST_TIMES:
        wrong.append(f"workbook: {ratio:.2f} x the fastest writer, at most {MOST_TIMES}")
    if most["ours"] > MOST_MEMORY:
        wrong.append(f"workbook: +{most['ours']} MiB, at most {MOST_MEMORY}")
    return wrong


def main(number: int = ROWS) -> list[str]:
    """Print what each way takes; what is past its limit."""
    found: dict[str, list[tuple[float, float, int]]] = {way: [] for way in WAYS}
    for turn in range(TURNS):
        for way in WAYS[: 3 if turn == 0 else 2]:
            found[way].append(_run(way, number))
    spent = {way: min(run[0] for run in runs) for way, runs in found.items()}
    most = {way: max(run[2] for run in runs) for way, runs in found.items()}
    fastest = min(spent[way] for way in WAYS[1:])
    print(f"workbook of {number} rows x {len(HEADS)} cells: processor, passed, ratio, memory")
    for way in WAYS:
        passed = min(run[1] for run in found[way])
        ratio = spent[way] / fastest
        print(f"  {way:28} {spent[way]:6.1f} s {passed:6.1f} s {ratio:5.2f}x  +{most[way]} MiB")
    return past_limit(spent, most)


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    if len(sys.argv) > 2:
        _measure(sys.argv[2], size)
    else:
        sys.exit("\n".join(main(size)) or 0)
