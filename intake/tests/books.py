"""Workbooks for tests, written as a clerk would: a head, then rows."""

from pathlib import Path

from openpyxl import Workbook

from daitu_portal.reading.reader import read_rows
from intake.planner import make_plan
from intake.reader import understand

PEOPLE_HEAD = ["Số hiệu", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD"]
TEMPLATE_HEAD = [
    "Số hiệu", "Họ và tên", "Giới tính", "Ngày sinh", "Xã, thị trấn", "Chức vụ, chức danh",
    "Giữ từ ngày", "Chuyên môn: mức", "LLCT: mức",
]  # fmt: skip


def write(path: Path, sheets: dict[str, list[list]]) -> Path:
    """A workbook with the given sheets; rows are lists of values."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def plan_of(path: Path, today):
    """What an import of the file would do."""
    return make_plan(understand(read_rows(path)), today=today)


def told(problems) -> list[tuple[str, str]]:
    """Problems as (cell or row, message)."""
    return [(problem.ref or str(problem.row), problem.message) for problem in problems]
