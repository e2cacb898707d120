"""`import_cadres`: what it prints, writes and leaves alone; the page that describes its JSON."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cadres.models import Cadre
from cadres.tests.factories import make_cadre, make_holding
from daitu_portal.tests.reading_here import stay_here
from intake.healing.targets import label_of, specials, targets
from intake.models import ImportBatch
from intake.rules.repairs import LABELS
from intake.tests.old_lists import PEOPLE, TITLE, drawn, make_unit, saved

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[2] / "docs" / "healing.md"
BAD = PEOPLE.replace("12/5/1970", "32/5/1970")


@pytest.fixture(autouse=True)
def unit(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    stay_here(monkeypatch)
    return make_unit()


@pytest.fixture
def run(tmp_path, unit):
    """(what is printed, whether it failed)."""

    def command(text=PEOPLE, **options):
        path = tmp_path / "danh sách.xlsx"
        path.write_bytes(saved(drawn(text, title=TITLE.replace("TIÊN HỘI", "…"))))
        out = StringIO()
        options = {"commune": unit.code, "format": "json", **options}
        try:
            call_command("import_cadres", str(path), stdout=out, stderr=StringIO(), **options)
        except CommandError:
            return out.getvalue(), True
        return out.getvalue(), False

    return command


def test_a_dry_run_tells_all_and_writes_nothing(run, settings):
    printed, failed = run(dry_run=True)

    told = json.loads(printed)
    assert not failed
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
    printed, failed = run(BAD, dry_run=True)

    (problem,) = json.loads(printed)["problems"]
    assert not failed  # a dry run that was read has done its work
    assert (problem["row"], problem["column"], problem["kind"]) == (6, "C", "error")
    assert (problem["header"], problem["value"]) == ("Ngày sinh", "32/5/1970")


def test_a_list_is_written_to_the_unit_that_is_told(run, unit):
    printed, failed = run()

    assert not failed
    assert json.loads(printed)["counts"]["created"] == 3
    assert {c.holdings.get().commune for c in Cadre.objects.all()} == {unit}


def test_one_error_writes_nothing_and_fails_unless_bad_rows_are_left_out(run):
    printed, failed = run(BAD)
    assert failed
    assert json.loads(printed)["counts"]["failed"] == 1
    assert not Cadre.objects.exists()

    printed, failed = run(BAD, skip_bad=True)
    counts = json.loads(printed)["counts"]
    assert not failed
    assert (counts["read"], counts["created"], counts["skipped"]) == (3, 2, 1)
    assert Cadre.objects.count() == 2


def test_a_doubtful_person_is_told_with_whom_it_may_be(run):
    someone = make_holding(make_cadre("Nguyễn Văn An", born_on="1970")).cadre

    printed, _ = run(PEOPLE.replace("019070000011", ""), dry_run=True)

    told = json.loads(printed)
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
