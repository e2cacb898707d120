"""The reading process from inside: which sheets it refuses, what it tells of each cell.

It runs in a process of its own (test_reading.py); here its parts are called directly.
"""

import io
import json
import re
import resource
import sys
import zipfile
from dataclasses import asdict, replace
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from daitu_portal.reading import worker
from daitu_portal.reading.child import refuse_crash
from daitu_portal.reading.limits import INTERACTIVE
from daitu_portal.reading.problems import DamagedWorkbook, TooLarge
from daitu_portal.reading.reader import read_rows, sheets_of
from daitu_portal.reading.told import Refused

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path):
    """Saves rows, then puts `rows_xml` in place of the sheet's rows; returns the path."""

    def save(rows=(("a", "b"),), rows_xml=None, without=None):
        workbook = Workbook()
        for row in rows:
            workbook.active.append(row)
        first, path = tmp_path / "first.xlsx", tmp_path / "x.xlsx"
        workbook.save(first)
        with zipfile.ZipFile(first) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == SHEET and rows_xml is not None:
                    content = re.sub(
                        rb"<sheetData>.*</sheetData>",
                        f"<sheetData>{rows_xml}</sheetData>".encode(),
                        content,
                    )
                if name != without:
                    new.writestr(name, content)
        return path

    return save


def lines(path, **limits):
    """What the worker prints, line by line."""
    out = io.StringIO()
    worker.read("xlsx", str(path), asdict(replace(INTERACTIVE, **limits)), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def refusal(path, **limits):
    with pytest.raises(Refused) as refused:
        lines(path, **limits)
    return refused.value.args


def rows(path):
    """The cells that the worker tells, row by row: (kind, value) each."""
    return [list(zip(line[3], line[4], strict=True)) for line in lines(path) if type(line) is list]


def test_each_row_comes_with_its_cells_and_the_whole_ends_with_done(book):
    path = book([("Họ tên", 7, 2.5, True), (date(2023, 6, 8), "=A1", "#N/A", None)])

    styles, sheet, *_, end, done = lines(path)

    assert styles["styles"][0] == ["General", "Calibri"]
    assert sheet == {"sheet": "Sheet", "hidden": False, "fonts": True, "8bit": False}
    assert rows(path) == [
        [("t", "Họ tên"), ("n", 7), ("n", 2.5), ("b", True)],
        [("d", "2023-06-08"), ("f", "=A1"), ("e", "#N/A")],
    ]
    assert end == {"end": True, "merges": [], "columns": [], "width": 4}
    assert done == {"done": True}


def test_cells_side_by_side_are_told_by_the_first_column_others_one_by_one(book):
    told = [
        line for line in lines(book([(None, "a", "b"), ("a", None, "b")])) if type(line) is list
    ]

    assert [line[2] for line in told if type(line) is list] == [2, [1, 3]]


def test_how_a_cell_is_shown_is_told_for_excels_formats_and_for_others(book):
    plain, own = lines(book([(datetime.fromisoformat("2023-06-08 09:30"),)])), Workbook()
    own.active["A1"].value, own.active["A1"].number_format = 5, '0" tiết"'
    path = book()
    own.save(path)

    assert ["yyyy-mm-dd h:mm:ss", "Calibri"] in plain[0]["styles"]
    assert ['0" tiết"', "Calibri"] in lines(path)[0]["styles"]


def test_a_time_and_a_number_beyond_fifteen_digits_keep_every_digit_as_text(book):
    assert rows(book([(time(9, 30), 10**15, 10**15 - 1)])) == [
        [("t", "09:30:00"), ("n", "1000000000000000"), ("n", 10**15 - 1)]
    ]


def test_a_hidden_row_is_marked(book):
    xml = (
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    )

    assert [line[1] for line in lines(book(rows_xml=xml)) if type(line) is list] == [1, 0]


@pytest.mark.parametrize(
    ("rows_xml", "expected"),
    [
        ('<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>',
         ("row_twice", "Sheet", 2, 2)),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
         ("cell_twice", "Sheet", 1, 0)),
        ('<row r="1"><c r="A3"><v>1</v></c></row>', ("cell_in_wrong_row", "Sheet", 1, 3)),
    ],
)  # fmt: skip
def test_a_sheet_that_contradicts_itself_is_refused_at_the_row(book, rows_xml, expected):
    assert refusal(book(rows_xml=rows_xml)) == expected


def test_rows_and_columns_beyond_the_limits_are_refused(book):
    path = book([("a", "b", "c")] * 4)

    assert refusal(path, rows=3) == ("too_many_rows", "Sheet", 4, 3)
    assert refusal(path, columns=2) == ("too_many_columns", "Sheet", 1, 2)


def test_a_sheet_that_is_named_but_not_there_is_refused(book):
    assert refusal(book(without=SHEET)) == ("sheet_missing", "Sheet", 0, 0)


def test_a_refusal_of_the_process_reaches_the_person_in_words(book):
    xml = '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>'

    with pytest.raises(DamagedWorkbook, match="“Sheet”: dòng 2 được ghi hai lần"):
        read_rows(book(rows_xml=xml))


@pytest.fixture
def started(monkeypatch, capsys):
    """Runs main() as the process would, unlocked; returns what it printed."""

    def go(path, **limits):
        argument = json.dumps(asdict(replace(INTERACTIVE, **limits)))
        monkeypatch.setattr(sys, "argv", ["worker.py", "xlsx", str(path), argument])
        monkeypatch.setattr(worker, "lock_down", lambda limits: None)
        worker.main()
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return go


def test_the_process_prints_why_it_refuses(started, book):
    assert started(book([("a",)] * 3), rows=2)[-1] == {
        "refused": ["too_many_rows", "Sheet", 3, 2]
    }  # fmt: skip


def test_the_process_prints_that_memory_was_not_enough(started, book, monkeypatch):
    def exhausted(*_):
        raise MemoryError

    monkeypatch.setattr(worker, "read", exhausted)

    assert started(book()) == [{"refused": ["memory", "", 0, 0]}]


def test_the_process_caps_what_it_may_take(monkeypatch):
    caps, hooks = {}, []
    monkeypatch.setattr(resource, "setrlimit", lambda what, cap: caps.update({what: cap}))
    monkeypatch.setattr(sys, "addaudithook", hooks.append)

    worker.lock_down({"memory": 7, "cpu_seconds": 8, "output": 9})

    assert caps == {
        resource.RLIMIT_AS: (7, 7),
        resource.RLIMIT_CPU: (8, 8),
        resource.RLIMIT_FSIZE: (9, 9),
        resource.RLIMIT_CORE: (0, 0),
    }
    (refuse,) = hooks
    assert refuse("open", ()) is None
    with pytest.raises(RuntimeError, match=r"socket\.connect is not allowed"):
        refuse("socket.connect", ())


def test_without_limits_of_the_system_sockets_are_still_refused(monkeypatch):
    hooks = []
    monkeypatch.setitem(sys.modules, "resource", None)
    monkeypatch.setattr(sys, "addaudithook", hooks.append)

    worker.lock_down({})

    assert len(hooks) == 1


@pytest.mark.parametrize(
    ("code", "trace", "problem", "words"),
    [
        (-9, "", TooLarge, "quá nhiều thời gian hoặc bộ nhớ"),
        (1, "…\nMemoryError", TooLarge, "vượt mức"),
        (1, "…\nOSError: [Errno 27] File too large", TooLarge, "vượt mức"),
        (1, "…\nmarkup.ForbiddenDeclaration: DTD", DamagedWorkbook, "khai báo XML"),
        (1, "…\nKeyError: 'xl/workbook.xml'", DamagedWorkbook, "không đúng cấu trúc"),
        (1, "", DamagedWorkbook, "không đúng cấu trúc"),
    ],
)
def test_a_crash_is_told_by_how_the_process_ended(code, trace, problem, words):
    with pytest.raises(problem, match=words):
        refuse_crash(code, trace)


def test_an_answer_that_breaks_off_is_no_answer():
    with pytest.raises(DamagedWorkbook, match="trọn vẹn"):
        sheets_of([b'{"sheet":"Sheet","hidden":false}'])
