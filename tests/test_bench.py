"""What `make bench` holds its figures to, and that it fails where one is past its limit."""

from contextlib import nullcontext

import pytest

from tests.bench import __main__ as bench
from tests.bench import excel, importing, matrix, training_report


@pytest.fixture
def parts(monkeypatch):
    """Every part of the bench, measured in no time and within its limit."""
    monkeypatch.setattr(excel, "main", list)
    monkeypatch.setattr(importing, "main", list)
    monkeypatch.setattr(bench, "_prepare", lambda environment: None)
    monkeypatch.setattr(bench, "_matrix", lambda environment: [])
    monkeypatch.setattr(bench, "served", lambda *args, **more: nullcontext((1, 2, 0.5)))
    monkeypatch.setattr(bench, "_writer", lambda environment: None)
    monkeypatch.setattr(bench, "_pages", lambda port, write: [])


def test_a_bench_within_its_limits_does_not_fail(parts, capsys):
    assert bench.main() == 0
    assert "FAIL" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("where", "name"),
    [(excel, "main"), (importing, "main"), (bench, "_matrix"), (bench, "_pages")],
)
def test_a_part_past_its_limit_fails_and_is_named(parts, monkeypatch, capsys, where, name):
    monkeypatch.setattr(where, name, lambda *args: ["that one: 3 x, at most 2"])

    assert bench.main() == 1
    assert "FAIL: that one: 3 x, at most 2" in capsys.readouterr().out


def test_a_workbook_is_held_to_time_and_memory():
    spent = {"ours": 1.3, excel.WAYS[1]: 1.0, excel.WAYS[2]: 9.0}
    memory = {"ours": 256}
    assert excel.past_limit(spent, memory) == []

    slow = excel.past_limit({**spent, "ours": 1.31}, {"ours": 257})
    assert slow == [
        "workbook: 1.31 x the fastest writer, at most 1.3", "workbook: +257 MiB, at most 256",
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "seconds"), [("template", 1.1), ("old list, .VnTime", 8.1)])
def test_each_kind_of_file_is_held_to_its_own_measure(kind, seconds):
    others = {"openpyxl, read-only": 1.0, "openpyxl, rich text": 4.0}

    (said,) = importing.past_limit(kind, {"ours": seconds, **others})

    assert said.startswith(f"import, {kind}: ")
    assert importing.past_limit(kind, {"ours": seconds - 0.1, **others}) == []


def test_the_matrix_is_held_to_what_is_written_by_hand():
    assert matrix.past_limit(2.0, 1.0) == []
    assert matrix.past_limit(2.1, 1.0) == ["matrix: 2.10 x what is written by hand, at most 2"]


def test_the_report_of_training_is_held_to_what_is_written_by_hand():
    assert training_report.past_limit(2.0, 1.0) == []
    (said,) = training_report.past_limit(2.1, 1.0)
    assert said == "training report: 2.10 x what is written by hand, at most 2"


def test_pages_are_held_to_the_yardstick_each_to_its_own_number():
    within = {"yardstick": 10.0, **{name: 10.0 * most for name, _, most in bench.PAGES}}
    assert bench.past_limit(within) == []

    slow = bench.past_limit({**within, "person": 41.0})
    assert slow == ["page, person: 4.1 x the yardstick, at most 4"]


@pytest.mark.parametrize(
    ("program", "said"),
    [("pass", []), ("raise SystemExit('matrix: too long')", ["matrix: too long"]),
     ("raise SystemExit(3)", ["matrix: no figure"])],
)  # fmt: skip
def test_what_the_matrix_says_of_itself_is_told(monkeypatch, program, said):
    run = bench.subprocess.run
    monkeypatch.setattr(
        bench.subprocess, "run",
        lambda command, **more: run([command[0], "-c", program], **more),
    )  # fmt: skip

    assert bench._aside("matrix", {}) == said
