"""The figures that `make coverage` holds each module to."""

import pytest

from tests.covered import wrong_modules


def measured(percent):
    return {
        "summary": {"percent_covered": percent}, "missing_lines": [7], "missing_branches": []
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "percent", "is_wrong"),
    [("intake/rules/headers.py", 99.9, True), ("intake/rules/headers.py", 100, False),
     ("intake/reader.py", 85, False), ("intake/reader.py", 84.9, True)],
)  # fmt: skip
def test_rules_are_held_to_all_and_other_modules_to_most(name, percent, is_wrong):
    assert bool(wrong_modules({name: measured(percent)})) is is_wrong
