"""What the house promises: who imports whom, what is pure, which door leads to people."""

import ast
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
ORDER = ["daitu_portal", "accounts", "cadres", "intake", "training", "reports"]
MODULES = [
    path
    for app in ORDER
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts and "tests" not in path.parts
]
PERSONAL = {
    "Cadre", "Holding", "CommitteeMembership", "Qualification", "ShortTraining", "Rating",
    "Enrolment", "ImportBatch", "Attachment", "PaperItem", "OutsideLearner", "Need", "Assessment",
    "Candidate", "Study", "Credit",
}  # fmt: skip
# Where code that serves a person reaches personal rows by another door, and why.
EXCEPTIONS = {
    "cadres/filters.py": "conditions on people narrowed by visible_to",
    "training/views/classes.py": "numbers of a class as a whole, without names",
    "training/views/class_page.py": "numbers of a class as a whole, without names",
    "reports/forms/training.py": "the highest level in use, without names",
    "training/forms/assessment.py": "other assessments of the person that the view found in scope",
    "intake/forms/learning.py": "another row of the person that the view found in scope",
}


def relative(path):
    return path.relative_to(ROOT).as_posix()


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_nobody_imports_upwards(path):
    app = path.relative_to(ROOT).parts[0]

    above = set(ORDER[ORDER.index(app) + 1 :])
    assert not {name.split(".")[0] for name in imports_of(path)} & above


def test_the_rules_of_the_law_are_plain_python():
    pure = [path for path in MODULES if "rules" in path.relative_to(ROOT).parts]
    pure += [ROOT / "daitu_portal" / f"{n}.py" for n in ("text", "dates", "ratio", "charts")]

    assert len(pure) > 8
    for path in pure:
        assert not {n for n in imports_of(path) if n.split(".")[0] == "django"}, path
        assert "today(" not in path.read_text(encoding="utf-8"), path


def doors(path):
    """(model, line) of each `Model.objects` that is not followed by visible_to."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Attribute) and node.attr == "objects"):
            continue
        if isinstance(node.value, ast.Name) and node.value.id in PERSONAL:
            rest = text.splitlines()[node.end_lineno - 1][node.end_col_offset :]
            following = rest or text.splitlines()[node.end_lineno].strip()
            if not following.strip().startswith(".visible_to"):
                yield node.value.id, node.lineno


def serving():
    """Modules that serve a person: views, forms, filters, exports."""
    for path in MODULES:
        parts = path.relative_to(ROOT).parts
        if {"views", "forms"} & set(parts) or path.name in (
            "views.py", "forms.py", "filters.py", "exports.py",
        ):  # fmt: skip
            yield path


def test_people_are_reached_through_one_door():
    found = {relative(path): list(doors(path)) for path in serving()}

    wrong = {name: hits for name, hits in found.items() if hits and name not in EXCEPTIONS}
    assert wrong == {}
    stale = {name for name in EXCEPTIONS if not found.get(name)}
    assert stale == set()


def test_modules_are_short_and_nothing_is_called_utils():
    for path in MODULES:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
        assert path.stem not in ("utils", "helpers", "common", "misc"), path


def lengths_of_functions():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.end_lineno - node.lineno + 1


def test_functions_are_short():
    lengths = sorted(lengths_of_functions())

    assert lengths[len(lengths) // 2] <= 9
    assert lengths[len(lengths) * 9 // 10] <= 33


def test_nobody_catches_everything_and_nobody_sends_signals():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert "except Exception" not in text, path
        assert "except:" not in text, path
        assert not re.search(r"@receiver|\.connect\(\w*signal|post_save|pre_save\.connect", text), (
            path
        )
        assert "mark_safe" not in text, path


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_templates_hold_no_script_no_style_and_nothing_unescaped(path):
    text = path.read_text(encoding="utf-8")

    assert "style=" not in re.sub(r"\{%.*?%\}|\{#.*?#\}", "", text)
    assert not re.search(r"\son\w+=", re.sub(r"\{%.*?%\}|\{#.*?#\}", "", text))
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "|safe" not in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    get_template(path.relative_to(ROOT / "templates").as_posix())


def test_every_partial_says_what_it_prints():
    for path in TEMPLATES:
        if path.name.startswith("_") or path.parent.name == "partials":
            assert path.read_text(encoding="utf-8").startswith("{#"), path


def test_every_template_is_used():
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in [*MODULES, *TEMPLATES]
    )  # fmt: skip
    by_library = ("account/", "mfa/", "usersessions/", "bootstrap5/", "django/")
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        if not name.startswith(by_library) and not re.fullmatch(r"\d{3}(_csrf)?\.html", name):
            assert f'"{name}"' in text or f"'{name}'" in text, name


def test_the_project_names_no_machine_and_no_registry():
    for path in [*MODULES, *TEMPLATES, *ROOT.glob("docs/*.md"), ROOT / "README.md"]:
        text = path.read_text(encoding="utf-8")
        assert "/work/" not in text, path
        assert "pypi.org" not in text, path


def test_days_are_typed_as_text_since_a_browsers_own_field_follows_its_language():
    native = re.compile(r"""type["']?\s*[:=]\s*["'](date|month|datetime-local)["']""")
    bare = re.compile(r"forms\.DateField\(|forms\.DateInput\(|filters\.DateFilter\(")
    files = [*ROOT.glob("templates/**/*.html"), *MODULES]
    texts = {relative(path): path.read_text(encoding="utf-8") for path in files}

    wrong = [name for name, text in texts.items() if native.search(text) or bare.search(text)]

    assert wrong == []
