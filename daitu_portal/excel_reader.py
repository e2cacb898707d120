"""Reads a workbook that someone sent: judged first, then read in a limited process of its own.

What comes back is every cell that holds something, with its place, its kind and how it was
shown, so that whoever repairs old lists can stand between this and the checks.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from openpyxl.utils import get_column_letter

from daitu_portal.excel_container import INTERACTIVE, Limits, check_container
from daitu_portal.excel_problems import DamagedWorkbook, TooLarge, WorkbookProblem

_WORKER = Path(__file__).with_name("excel_worker.py")
# Without SYSTEMROOT no Python starts on Windows; nothing else is handed on.
_KEPT_ENVIRONMENT = ("SYSTEMROOT",)

_REFUSALS: dict[str, tuple[type[WorkbookProblem], str]] = {
    "row_twice": (DamagedWorkbook, "Trang “{sheet}”: dòng {row} được ghi hai lần trong tệp."),
    "cell_twice": (DamagedWorkbook, "Trang “{sheet}”, dòng {row}: một ô được ghi hai lần."),
    "cell_in_wrong_row": (
        DamagedWorkbook,
        "Trang “{sheet}”, dòng {row}: có ô mang địa chỉ của dòng {number}.",
    ),
    "too_many_rows": (
        TooLarge,
        "Trang “{sheet}” có dữ liệu ở dòng {row}, vượt mức {number} dòng.",
    ),
    "too_many_columns": (
        TooLarge,
        "Trang “{sheet}”, dòng {row}: có dữ liệu ngoài cột thứ {number}.",
    ),
    "sheet_missing": (DamagedWorkbook, "Trang “{sheet}” có tên trong tệp nhưng không có nội dung."),
    "memory": (TooLarge, "Tệp cần quá nhiều bộ nhớ để đọc."),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something. `kind`: text, number, date, bool, formula or error."""

    sheet: str
    row: int
    column: int
    kind: str
    value: str | int | float | bool | date
    number_format: str = "General"

    @property
    def ref(self) -> str:
        """Its address: B7."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    is_hidden: bool
    cells: dict[int, Cell]


@dataclass(frozen=True)
class ReadSheet:
    name: str
    is_hidden: bool
    rows: list[Row] = field(default_factory=list)


def read_rows(path: Path, limits: Limits = INTERACTIVE) -> list[ReadSheet]:
    """All rows that hold something, sheet by sheet, hidden ones too.

    Raises a WorkbookProblem that says in Vietnamese what is wrong and what to do.
    """
    check_container(path, limits)
    with tempfile.TemporaryFile("w+b") as out:
        _run_worker(path, limits, out)
        out.seek(0)
        return _sheets(json.loads(line) for line in out)


def _run_worker(path: Path, limits: Limits, out: IO[bytes]) -> None:
    command = [sys.executable, "-I", "-X", "utf8", str(_WORKER), str(path)]
    environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(
            [*command, json.dumps(asdict(limits))],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=limits.wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooLarge(f"Đọc tệp quá {limits.wall_seconds} giây nên phải dừng.") from error
    if done.returncode:
        _refuse_crash(done.returncode, done.stderr.decode("utf-8", "replace"))


def _refuse_crash(code: int, trace: str) -> None:
    """Say why the worker ended: too long, too much, or a file that cannot be understood."""
    if code < 0:
        raise TooLarge("Đọc tệp tốn quá nhiều thời gian hoặc bộ nhớ nên phải dừng.")
    last = trace.strip().splitlines()[-1] if trace.strip() else ""
    if last.startswith(("MemoryError", "zlib.error: Error -4", "OSError: [Errno 27]")):
        raise TooLarge("Nội dung tệp vượt mức được đọc.")
    if "Entit" in last or "DTD" in last:
        raise DamagedWorkbook("Tệp chứa khai báo XML không được phép.")
    raise DamagedWorkbook("Nội dung bên trong tệp không đúng cấu trúc của sổ Excel.")


def _sheets(lines: Iterator[dict[str, Any]]) -> list[ReadSheet]:
    sheets: list[ReadSheet] = []
    is_whole = False
    for line in lines:
        if "sheet" in line:
            sheets.append(ReadSheet(line["sheet"], line["hidden"]))
        elif "row" in line:
            sheets[-1].rows.append(_row(sheets[-1].name, line))
        elif "refused" in line:
            _refuse(*line["refused"])
        else:
            is_whole = True
    if not is_whole:
        raise DamagedWorkbook("Nội dung bên trong tệp không đọc được trọn vẹn.")
    return sheets


def _refuse(code: str, sheet: str, row: int, number: int) -> None:
    problem, message = _REFUSALS[code]
    raise problem(message.format(sheet=sheet, row=row, number=number))


def _row(sheet: str, line: dict[str, Any]) -> Row:
    cells = {}
    for column, kind, value, number_format in line["cells"]:
        if kind == "date":
            value = _day(value)
        cells[column] = Cell(sheet, line["row"], column, kind, value, number_format)
    return Row(line["row"], line["hidden"], cells)


def _day(text: str) -> date:
    moment = datetime.fromisoformat(text)
    return (
        moment if moment.time().replace(microsecond=0).isoformat() != "00:00:00" else moment.date()
    )
