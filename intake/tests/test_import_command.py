"""`import_cadres`: what it prints, writes and leaves alone; the page that describes its JSON."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cadres.models import Cadre, Post
from cadres.tests.factories import make_cadre, make_holding
from intake.healing.targets import label_of, specials, targets
from intake.models import ImportBatch
from intake.rules.repairs import LABELS
from intake.tests.old_lists import PEOPLE, TITLE, drawn, saved

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[2] / "docs" / "healing.md"
BAD = PEOPLE.replace("12/5/1970", "32/5/1970")


@pytest.fixture(autouse=True)
def unit(unit, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return unit


@pytest.fixture
def run(tmp_path, unit):
    """(what is printed on stdout, the exit code)."""

    def command(text=PEOPLE, **options):
        path = tmp_path / "danh sách.xlsx"
        path.write_bytes(saved(drawn(text, title=TITLE.replace("TIÊN HỘI", "…"))))
        out = StringIO()
        options = {"commune": unit.code, "format": "json", **options}
        try:
            call_command("import_cadres", str(path), stdout=out, stderr=StringIO(), **options)
        except CommandError as error:
            return out.getvalue(), error.returncode
        return out.getvalue(), 0

    return command


def test_a_dry_run_tells_all_and_writes_nothing(run, settings):
    printed, code = run(dry_run=True)

    told = json.loads(printed)
    assert code == 0
    assert set(told) == {"counts", "people", "repairs", "problems"}
    assert (told["counts"]["read"], told["counts"]["created"]) == (3, 3)
    assert told["people"][0] == {
        "row": 6, "sheet": "Sheet1", "match": "new", "person": None,
        "values": {
            "full_name": "Nguyễn Văn An", "born_on": "12/05/1970", "sex": "Nam",
            "national_id": "019070000011", "holding.post": "CC03",
            "holding.valid_from": "01/07/2015", "professional.rank": "Đại học",
            "professional.major": "Luật", "professional.field": "law",
        },
    }  # fmt: skip
    assert told["repairs"][0] == {
        "sheet": "Sheet1", "row": 6, "column": "F", "header": "Chức vụ", "kind": "post",
        "before": "Văn phòng - TK", "after": "Văn phòng – thống kê",
    }  # fmt: skip
    assert not ImportBatch.objects.exists()
    assert not Cadre.objects.exists()
    assert not Path(settings.MEDIA_ROOT).exists()


def test_what_is_wrong_stands_in_the_json_with_its_cell(run):
    printed, code = run(BAD, dry_run=True)

    (problem,) = json.loads(printed)["problems"]
    assert code == 1  # as without --dry-run
    assert (problem["row"], problem["column"], problem["kind"]) == (6, "C", "error")
    assert (problem["header"], problem["value"]) == ("Ngày sinh", "32/5/1970")


@pytest.mark.parametrize("format", ["json", "text"])
def test_a_dry_run_fails_where_the_file_would_not_be_written(run, format):
    assert run(BAD, dry_run=True, format=format)[1] == 1
    assert run(BAD, dry_run=True, format=format, skip_bad=True)[1] == 0
    assert run(PEOPLE, dry_run=True, format=format)[1] == 0


def test_a_warning_fails_no_dry_run(run, unit):
    an = make_cadre("Nguyễn Văn An", born_on="1970-05-12", national_id="019070000011")
    make_holding(an, Post.objects.get(code="CC03"), unit)  # since another day than the list says

    printed, code = run(dry_run=True)

    assert {problem["kind"] for problem in json.loads(printed)["problems"]} == {"warning"}
    assert code == 0


def test_a_list_is_written_to_the_unit_that_is_told(run, unit):
    printed, code = run()

    assert code == 0
    assert json.loads(printed)["counts"]["created"] == 3
    assert {c.holdings.get().commune for c in Cadre.objects.all()} == {unit}


def test_one_error_writes_nothing_and_fails_unless_bad_rows_are_left_out(run):
    printed, code = run(BAD)
    assert code == 1
    assert json.loads(printed)["counts"]["failed"] == 1
    assert not Cadre.objects.exists()

    printed, code = run(BAD, skip_bad=True)
    counts = json.loads(printed)["counts"]
    assert code == 0
    assert (counts["read"], counts["created"], counts["skipped"]) == (3, 2, 1)
    assert Cadre.objects.count() == 2


def test_a_doubtful_person_is_told_with_whom_it_may_be(run):
    someone = make_holding(make_cadre("Nguyễn Văn An", born_on="1970")).cadre

    printed, code = run(PEOPLE.replace("019070000011", ""), dry_run=True)

    told = json.loads(printed)
    assert code == 1  # a question forbids to write until it is answered
    assert told["people"][0]["match"] == "doubtful"
    assert told["people"][0]["candidates"] == [someone.code]
    assert told["problems"][0]["kind"] == "question"


def test_a_file_that_cannot_be_read_is_json_too_and_fails(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"no workbook")
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("import_cadres", str(path), dry_run=True, format="json", stdout=out)

    told = json.loads(out.getvalue())
    assert told["counts"]["read"] == 0
    assert told["problems"][0]["remedy"]


def test_a_unit_that_does_not_exist_and_a_file_that_is_not_there_fail(tmp_path):
    with pytest.raises(CommandError, match="Không có đơn vị nào"):
        call_command("import_cadres", "a.xlsx", commune="99999")
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        call_command("import_cadres", str(tmp_path / "a.xlsx"), dry_run=True)


def test_the_page_lists_every_target_and_every_repair():
    page = PAGE.read_text(encoding="utf-8")

    for code in (*targets(), *specials()):
        assert f"| `{code}` | {label_of(code)} |" in page, f"stale: {code}"
    for kind, label in LABELS.items():
        assert f"| `{kind.value}` | {label} |" in page, f"stale: {kind.value}"
