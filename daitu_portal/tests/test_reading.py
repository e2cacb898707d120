import json
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from daitu_portal.excel import Column, Sheet, write_book
from daitu_portal.reading import worker
from daitu_portal.reading.container import check_name
from daitu_portal.reading.limits import INTERACTIVE
from daitu_portal.reading.marking import Mark, marked_copy
from daitu_portal.reading.problems import (
    ActiveWorkbook,
    DamagedWorkbook,
    EncryptedWorkbook,
    NotAWorkbook,
    OldWorkbook,
    TooLarge,
)
from daitu_portal.reading.reader import iter_rows, read_rows
from daitu_portal.tests import biff
from daitu_portal.tests.ole import compound_file
from daitu_portal.tests.xlsx_parts import data, xlsx

ROOT = str(Path(worker.__file__).parents[2])


@pytest.fixture
def book(tmp_path):
    """Saves rows as a workbook and returns its path."""

    def save(rows, prepare=lambda sheet: None):
        workbook = Workbook()
        for row in rows:
            workbook.active.append(row)
        prepare(workbook.active)
        path = tmp_path / "x.xlsx"
        workbook.save(path)
        return path

    return save


def kinds(row):
    return {cell.ref: (cell.kind, cell.value) for cell in row.cells.values()}


def test_cells_come_with_place_kind_and_value(book):
    path = book([["Họ tên", "Ngày"], ["Lê Thử", date(2023, 6, 8)], [None, 7, True, "=A1", "#N/A"]])

    (sheet,) = read_rows(path)

    assert [row.number for row in sheet.rows] == [1, 2, 3]
    assert kinds(sheet.rows[1]) == {"A2": ("text", "Lê Thử"), "B2": ("date", date(2023, 6, 8))}
    assert kinds(sheet.rows[2]) == {
        "B3": ("number", 7),
        "C3": ("bool", True),
        "D3": ("formula", "=A1"),
        "E3": ("error", "#N/A"),
    }


def test_our_own_book_reads_back_as_it_was_written(tmp_path):
    path = tmp_path / "x.xlsx"
    rows = [["=1+1", date(1965, 5, 12)], ["019000000001", 12]]
    write_book([Sheet("Một", [Column("a"), Column("b")], rows)], path)

    (sheet,) = read_rows(path)

    assert [[cell.value for cell in row.cells.values()] for row in sheet.rows[1:]] == rows
    assert sheet.rows[1].cells[1].kind == "text"


def test_hidden_rows_and_sheets_are_read_and_marked(book):
    def hide(sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.parent.create_sheet("Ẩn").sheet_state = "hidden"

    shown, hidden = read_rows(book([["a"], ["b"], ["c"]], hide))

    assert [row.is_hidden for row in shown.rows] == [False, True, False]
    assert (shown.is_hidden, hidden.is_hidden) == (False, True)


def test_a_formatted_cell_far_away_is_not_a_row_of_data(book):
    def far(sheet):
        sheet["XFD900"].number_format = "@"

    (sheet,) = read_rows(book([["a"]], far))

    assert [row.number for row in sheet.rows] == [1]


def test_data_beyond_the_limits_is_refused_with_its_place(book):
    limits = replace(INTERACTIVE, rows=10, columns=5)

    with pytest.raises(TooLarge, match="“Sheet” có dữ liệu ở dòng 11"):
        read_rows(book([["a"]] * 11), limits)
    with pytest.raises(TooLarge, match="dòng 1: có dữ liệu ngoài cột thứ 5"):
        read_rows(book([["a"] * 6]), limits)


def test_a_file_above_the_size_limit_is_refused_unread(book):
    with pytest.raises(TooLarge, match="vượt mức 0 MB"):
        read_rows(book([["a"]]), replace(INTERACTIVE, file_size=100))


def test_the_clock_stops_a_file_that_takes_too_long(book):
    with pytest.raises(TooLarge, match="quá 0.01 giây"):
        read_rows(book([["a"]]), replace(INTERACTIVE, wall_seconds=0.01))


def test_a_file_that_needs_too_much_memory_is_refused(book):
    path = book([[f"ô {row} {column}" for column in range(60)] for row in range(300)])

    with pytest.raises(TooLarge):
        read_rows(path, replace(INTERACTIVE, memory=1024 * 1024))


def test_more_output_than_allowed_is_refused(book):
    with pytest.raises(TooLarge):
        read_rows(book([["một dòng khá dài"] * 10] * 100), replace(INTERACTIVE, output=4096))


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 1)",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
    ],
)
def test_the_reading_process_can_open_no_socket_and_start_no_program(attempt):
    limits = json.dumps({"memory": 2**31, "cpu_seconds": 10, "output": 2**20})
    script = (
        f"import sys, runpy, json; sys.path.insert(0, {ROOT!r});"
        f"worker = runpy.run_path({worker.__file__!r});"
        f"worker['lock_down'](json.loads({limits!r})); print('locked', flush=True); {attempt}"
    )

    done = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False
    )

    assert done.stdout == "locked\n"
    assert "is not allowed while a workbook is read" in done.stderr
    assert done.returncode == 1


def test_the_reading_process_is_told_nothing_of_the_installation(book, monkeypatch):
    seen = {}
    real = subprocess.Popen
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")

    def spy(*args, **options):
        seen.update(options)
        return real(*args, **options)

    monkeypatch.setattr(subprocess, "Popen", spy)
    read_rows(book([["a"]]))

    assert set(seen["env"]) <= {"SYSTEMROOT"}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("ds.xlsb", OldWorkbook),
        ("ds.xlsm", ActiveWorkbook),
        ("ds.docx", NotAWorkbook),
        ("ds", NotAWorkbook),
    ],
)
def test_a_wrong_extension_is_refused(name, problem):
    with pytest.raises(problem, match=r"\.xlsx|macro"):
        check_name(name)


@pytest.mark.parametrize("ending", ["XLSX", "xls", "ods", "csv", "tsv", "txt"])
def test_the_endings_of_lists_are_taken_in_any_case(ending):
    assert check_name(f"Danh sách XÃ.{ending}") is None


def test_a_truncated_file_is_damaged(book):
    path = book([["a"]])
    path.write_bytes(path.read_bytes()[:-200])

    with pytest.raises(DamagedWorkbook, match="hỏng") as caught:
        read_rows(path)
    assert "lưu dưới dạng" in caught.value.remedy


@pytest.mark.parametrize(
    ("streams", "problem", "message", "remedy"),
    [
        (("EncryptionInfo", "EncryptedPackage"), EncryptedWorkbook, "mật khẩu", "bỏ mật khẩu"),
        (("Workbook", "_VBA_PROJECT"), ActiveWorkbook, "macro", "không có macro"),
        (("Workbook", "MBD00000001"), ActiveWorkbook, "tệp nhúng", "không có macro"),
        (("WordDocument",), NotAWorkbook, "Word", r"lưu dưới dạng .*\.xlsx"),
        ((), OldWorkbook, "định dạng cũ", r"lưu dưới dạng .*\.xlsx"),
    ],
)
def test_a_compound_file_is_told_by_its_streams(tmp_path, streams, problem, message, remedy):
    path = tmp_path / "x.xlsx"
    path.write_bytes(compound_file(*streams))

    with pytest.raises(problem, match=message) as caught:
        read_rows(path)
    assert re.search(remedy, caught.value.remedy)


def test_a_word_in_an_old_document_is_no_password(tmp_path):
    path = tmp_path / "x.xlsx"
    content = compound_file("WordDocument")
    path.write_bytes(content + "EncryptedPackage".encode("utf-16-le").ljust(512, b"\0"))

    with pytest.raises(NotAWorkbook):
        read_rows(path)


def test_a_compound_file_cut_short_is_damaged(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(compound_file("Workbook")[:1500])

    with pytest.raises(DamagedWorkbook):
        read_rows(path)


def test_formatted_rows_without_data_are_read_fast(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(
        f'<row r="{number}" s="1" customFormat="1"/>' for number in range(2, 300_000)
    )

    started = time.monotonic()
    (found,) = read_rows(xlsx(tmp_path / "x.xlsx", data(rows)))

    assert [row.number for row in found.rows] == [1]
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("kind", ["csv", "xls", "ods"])
def test_every_kind_is_read_in_a_process_of_its_own(tmp_path, kind):
    path = tmp_path / "x"
    if kind == "xls":
        inside = biff.number(0, 0, 7)
        path.write_bytes(biff.xls(("A", 0, inside), shared_parts=biff.xf(0, 0)))
    elif kind == "csv":
        path.write_text("7,a\n", encoding="utf-8")
    else:
        row = "<table-row><table-cell><p>7</p></table-cell></table-row>"
        content = f"<content><table>{row}</table></content>"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", content)

    (sheet,) = read_rows(path)

    assert str(sheet.rows[0].cells[1].value) == "7"


def test_a_file_is_marked_in_a_process_of_its_own(book):
    path = book([["a", "b"]])

    with marked_copy(path, [Mark("Sheet", 1, 2, "Sai.")]) as copy:
        sheet = load_workbook(copy)["Sheet"]

    assert [cell.value for cell in sheet[1]] == ["a", "b", "Sai."]


def test_leaving_a_long_file_unread_ends_its_process_and_removes_what_it_wrote(
    book, tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    rows = iter_rows(book([["a"]] * 5))
    next(rows)
    rows.close()

    assert [path.name for path in tmp_path.iterdir()] == ["x.xlsx"]
