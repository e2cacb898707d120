"""README and docs/ speak of what is there: make targets, commands, files, links, pictures."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, flags=re.MULTILINE))
FOLDERS = ("daitu_portal", "accounts", "cadres", "intake", "training", "reports", "templates",
           "static", "tests", "docs")  # fmt: skip
FILES = [path.relative_to(ROOT).as_posix() for name in FOLDERS for path in (ROOT / name).rglob("*")]

each_page = pytest.mark.parametrize("doc", PAGES, ids=lambda doc: doc.name)


@each_page
def test_every_target_named_is_one_of_the_makefile(doc):
    named = re.findall(r"(?:`|^ {4,}|=\S+ )make ([a-z-]+)", TEXTS[doc], flags=re.MULTILINE)

    assert set(named) <= TARGETS


def test_readme_names_every_target_and_the_makefile_makes_those_it_declares():
    (declared,) = re.findall(r"^\.PHONY: (.+)$", MAKEFILE, flags=re.MULTILINE)

    assert set(declared.split()) == TARGETS
    assert set(re.findall(r"make ([a-z-]+)", TEXTS[PAGES[0]])) >= TARGETS


@each_page
def test_every_command_named_is_there(doc):
    named = re.findall(r"manage\.py ([a-z_]+)", TEXTS[doc])

    assert set(named) <= set(get_commands())


@each_page
def test_every_link_leads_somewhere(doc):
    for address in re.findall(r"\]\(([^)#]+)", TEXTS[doc]):
        assert (doc.parent / address).exists(), address


@each_page
def test_every_file_named_is_there(doc):
    for name in re.findall(r"`([a-z][a-z_/]*\.(?:py|html|css|json|csv|md))`", TEXTS[doc]):
        assert any(f"/{file}".endswith(f"/{name}") for file in FILES), name


def test_every_picture_is_shown_somewhere():
    told = "".join(TEXTS.values())

    for picture in (ROOT / "docs" / "images").iterdir():
        assert f"images/{picture.name}" in told, picture.name
