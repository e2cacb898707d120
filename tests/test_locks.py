"""The step of lint that compares the pinned lists with pyproject.toml can fail."""

import pytest

from tests import lint
from tests.locks import DEV, ROOT, RUN, all_problems

PROJECT, RUN_TEXT, DEV_TEXT = (
    (ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", RUN, DEV)
)
DIRECT = '"django>=5.2.19,<5.3",'


def without(text, name):
    """A list without the entry of `name`."""
    lines, is_left_out = [], False
    for line in text.splitlines(keepends=True):
        if line[0] not in " #":
            is_left_out = line.startswith(f"{name}==")
        if not is_left_out:
            lines.append(line)
    return "".join(lines)


def test_the_lists_of_the_project_are_those_of_pyproject():
    assert all_problems(PROJECT, RUN_TEXT, DEV_TEXT) == []


def test_lint_asks():
    assert any(command[1:] == ["-m", "tests.locks"] for _, command, _ in lint.steps())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (DIRECT, f'{DIRECT} "attrs>=25",', "attrs>=25 of pyproject.toml is missing"),
        (DIRECT, '"django>=99",', "is not django>=99, as pyproject.toml asks"),
        (DIRECT, "", "django is pinned, but pyproject.toml does not ask for it"),
        (DIRECT, f'{DIRECT} "asgiref",', "asgiref is pinned for the sake of another"),
        ("psycopg[binary,pool]", "psycopg[binary,pool,c]", "psycopg-c, of psycopg"),
        ('"mutmut>=3",', "", f"{DEV}: mutmut is pinned, but"),
        ('"uv>=0.9", ', '"uv>=0.9", "tox", ', f"{DEV}: tox of pyproject.toml is missing"),
    ],
)  # fmt: skip
def test_a_dependency_added_changed_or_removed_without_a_new_list_is_told(old, new, told):
    assert old in PROJECT

    found = all_problems(PROJECT.replace(old, new), RUN_TEXT, DEV_TEXT)

    assert any(told in problem for problem in found), found


@pytest.mark.parametrize("name", ["django", "psycopg-pool"])
def test_an_entry_taken_out_is_told(name):
    found = all_problems(PROJECT, without(RUN_TEXT, name), DEV_TEXT)

    assert found
    assert all(problem.startswith(RUN) and name in problem for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("\nopenpyxl==", "\nopenpyxl>=", "openpyxl is not pinned to one version"),
        ("\nopenpyxl==", "\nleftover==1.0\nopenpyxl==", "leftover has no hash"),
        ("\nopenpyxl==", "\n-e .\nopenpyxl==", "Expected package name"),
    ],
)
def test_a_line_without_its_pin_or_hash_is_told(old, new, told):
    found = all_problems(PROJECT, RUN_TEXT.replace(old, new), DEV_TEXT)

    assert any(problem.startswith(RUN) and told in problem for problem in found), found


def test_both_lists_pin_the_same_versions():
    found = all_problems(PROJECT, RUN_TEXT, DEV_TEXT.replace("\nasgiref==", "\nasgiref==0."))

    assert len(found) == 1
    assert found[0].startswith(f"{DEV}: asgiref is not")
