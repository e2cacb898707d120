"""The cheap part of the corpus, straight against the reader; the whole is `python -m
tests.hostile`."""

import importlib
import importlib.util

import pytest

from tests.hostile.__main__ import _judged
from tests.hostile.case import ACCEPTED, PROBLEMS, REFUSED, Case
from tests.hostile.client import message_of
from tests.hostile.corpus import corpus

# The reader moves into a package of its own; its name and what it raises stay.
_PACKAGE = "daitu_portal.reading"
_IS_MOVED = importlib.util.find_spec(_PACKAGE) is not None
_READER = importlib.import_module(
    f"{_PACKAGE}.reader" if _IS_MOVED else "daitu_portal.excel_reader"
)
_PROBLEMS = importlib.import_module(
    f"{_PACKAGE}.problems" if _IS_MOVED else "daitu_portal.excel_problems"
)

CASES = {case.name: case for case in corpus()}
# What the reader itself decides, and nothing that takes long.
LIGHT = (
    "bomb: a directory that lies", "macro: vbaProject", "macro: by kind of content",
    "link to another file", "file inside", "connection", "part with a path upwards",
    "part that is a link", "part twice, in capitals", "cut at 10.0%", "cut at 90.0%",
    "bytes turned over at 40%", "directory: password flag", "packed by lzma",
    "not packed at all", "without xl/worksheets/sheet1.xml", "entities: billion laughs",
    "entities: a file of the server", "sheet: no XML", "sheet: ends in the middle",
    "rows: one number twice", "rows: backwards", "rows: a jump over 19 000",
    "rows: a cell in the last row of all", "cells: one place twice", "cells: of another row",
    "cells: the last column of all", "dimension: a lie", "shared string 99999999",
    "name: half of a pair by number", "name: NUL by number", "one sound person",
    "under the name .xlsx: pdf", "under the name .xlsx: docx", "under the name .xlsx: nothing",
    "password: .xlsx",
)  # fmt: skip


def _answer(path) -> tuple[str, str]:
    try:
        _READER.read_rows(path)
    except _PROBLEMS.WorkbookProblem as problem:
        return REFUSED, f"{problem} {problem.remedy}"
    return ACCEPTED, ""


@pytest.mark.parametrize("name", LIGHT)
def test_the_reader_answers_a_hostile_file_as_it_must(tmp_path, name):
    case = CASES[name]
    path = tmp_path / "a.xlsx"
    path.write_bytes(case.make())

    answer, message = _answer(path)

    assert list(_judged(case, answer, message)) == []


def test_the_corpus_has_two_hundred_cases_of_names_of_their_own():
    names = [case.name for case in corpus()]

    assert len(set(names)) == len(names) >= 200
    assert all(case.expected for case in corpus())


def _case(*expected: str, word: str = "") -> Case:
    return Case("thử", "a.xlsx", bytes, expected, word)


@pytest.mark.parametrize(
    ("case", "answer", "message"),
    [
        (_case(REFUSED), ACCEPTED, ""),
        (_case(ACCEPTED), REFUSED, "Tệp bị hỏng."),
        (_case(REFUSED, PROBLEMS), REFUSED, ""),
        (_case(REFUSED), REFUSED, "Bad zip file"),
        (_case(REFUSED, word="macro|hỏng"), REFUSED, "Tệp được đặt mật khẩu."),
    ],
)
def test_a_wrong_answer_is_found(case, answer, message):
    assert list(_judged(case, answer, message))


def test_a_right_answer_is_right():
    assert list(_judged(_case(REFUSED, word="macro|hỏng"), REFUSED, "Tệp bị hỏng.")) == []


def test_the_message_of_a_page_is_what_its_alert_says():
    page = (
        '<p>x</p><div class="note note-error" role="alert"><p><b>Tệp &lt;a&gt;</b></p> hỏng</div>'
    )

    assert message_of(page) == "Tệp <a> hỏng"
