from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from accounts.tests.factories import make_user
from cadres.models import Cadre, Holding, Qualification, Rating
from cadres.records import write_record_set
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
    make_short_training,
)
from daitu_portal.dates import PartialDate
from intake.batches import StaleImport, confirm_import, keep_file, preview_import
from intake.models import ImportBatch
from intake.tests.books import PEOPLE_HEAD, TEMPLATE_HEAD, plan_of, told, write

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 8)


@pytest.fixture
def hr():
    return make_user()


@pytest.fixture
def bring_in(tmp_path, hr):
    """Previews and confirms a workbook of the given sheets; returns its batch."""

    def go(sheets):
        return bring_in_file(write(tmp_path / "x.xlsx", sheets), hr)

    return go


def bring_in_file(path, by):
    batch = keep_file([path.read_bytes()], name=path.name, by=by)
    preview_import(batch, today=TODAY)
    if batch.state == ImportBatch.State.PREVIEW:
        confirm_import(batch, by=by, today=TODAY)
    return batch


def counts(created=0, updated=0, unchanged=0, skipped=0, failed=0):
    total = created + updated + unchanged + skipped + failed
    return {
        "read": total,
        "created": created,
        "updated": updated,
        "unchanged": unchanged,
        "skipped": skipped,
        "failed": failed,
    }


def full_record():
    """People with something in every table, in two units."""
    commune = make_commune("Xã Phúc Lương", code="05767")
    post = make_post("Văn phòng – thống kê", code="CC03")
    for number in (1, 2, 3):
        cadre = make_cadre(
            f"Nguyễn Thị Thử {'ABC'[number - 1]}",
            code=f"DT00000{number}",
            born_on=["1980", "1980-05", "1980-05-12"][number - 1],
            national_id=f"01900000000{number}",
            phone="0912345678",
            ethnicity="Tày",
            note="Dòng một\nDòng hai",
        )
        make_holding(cadre, post, commune, valid_to=date(2025, 7, 1), decision_number="=1+1")
        make_membership(cadre, commune)
        make_qualification(cadre, "professional", 4, field="law", major="Luật")
        make_qualification(cadre, "political", 2, awarded_on=None)
        make_short_training(cadre)
        make_rating(cadre, 2022)


def test_our_own_export_brings_no_change(tmp_path, hr, writer):
    full_record()
    path = tmp_path / "x.xlsx"
    write_record_set(path)

    batch = bring_in_file(path, hr)

    assert batch.problems == []
    assert batch.state == ImportBatch.State.UNCHANGED
    assert batch.counts["unchanged"] == 3 * 7
    assert batch.counts["read"] == batch.counts["unchanged"] + batch.counts["skipped"]


def test_three_edited_cells_of_the_record_set_are_three_changes(tmp_path, hr, writer):
    full_record()
    path = tmp_path / "x.xlsx"
    write_record_set(path)
    book = load_workbook(path)
    edited = (("Hồ sơ", "Dân tộc", "Nùng"), ("Giữ chức vụ", "Số quyết định", "02/QĐ"),
              ("Trình độ", "Ngày cấp", "06/2009"))  # fmt: skip
    for sheet, header, value in edited:
        head = [cell.value for cell in book[sheet][1]]
        book[sheet].cell(2, head.index(header) + 1).value = value
    book.save(path)

    plan = plan_of(path, TODAY)

    told = [(each.table.sheet, list(each.before)) for each in plan.changes if each.before]
    assert plan.problems == []
    assert told == [
        ("Hồ sơ", ["ethnicity"]), ("Giữ chức vụ", ["decision_number"]), ("Trình độ", ["awarded_on"])
    ]  # fmt: skip
    assert plan.counts["updated"] == 3


def test_a_whole_record_set_fills_an_empty_portal_and_comes_out_the_same(tmp_path, hr):
    full_record()
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write_record_set(first)
    for model in (Holding, Qualification, Rating, *_other_rows()):
        model.objects.all().delete()
    Cadre.objects.all().delete()

    batch = bring_in_file(first, hr)

    assert batch.problems == []
    assert (batch.state, batch.counts["created"]) == (ImportBatch.State.DONE, 3 * 7)
    write_record_set(second)
    assert bring_in_file(second, hr).state == ImportBatch.State.UNCHANGED
    assert Cadre.objects.get(code="DT000002").born_on == PartialDate("1980-05")
    assert Cadre.objects.serving(TODAY).search("thu").count() == 3


def _other_rows():
    from cadres.models import CommitteeMembership, ShortTraining

    return CommitteeMembership, ShortTraining


def test_a_template_row_becomes_a_person_with_post_and_levels(bring_in):
    commune = make_commune("Xã Phúc Lương", code="05767")
    make_post("Văn phòng – thống kê", code="CC03")

    batch = bring_in(
        {
            "Cán bộ": [
                TEMPLATE_HEAD,
                ["Ví dụ", "Nguyễn Văn Mẫu", "Nam"],
                [None, "Hoàng Thị Hoa", "nữ", "05/1985", "Phúc Lương", "CC03",
                 date(2021, 7, 1), "Đại học", "trung cấp"],
            ]
        }
    )  # fmt: skip

    cadre = Cadre.objects.get()
    holding = cadre.holdings.get()
    levels = set(cadre.qualifications.values_list("strand", "rank"))
    assert batch.counts == counts(created=1, skipped=1)
    assert (cadre.full_name, cadre.sex, str(cadre.born_on)) == ("Hoàng Thị Hoa", "F", "05/1985")
    assert cadre.code == "DT000001"
    assert (holding.commune, holding.post.code) == (commune, "CC03")
    assert (holding.valid_from, holding.is_main) == (date(2021, 7, 1), True)
    assert levels == {("professional", 4), ("political", 2)}


def test_the_same_file_brought_in_again_changes_nothing(bring_in):
    make_commune("Xã Phúc Lương", code="05767")
    make_post("Văn phòng – thống kê", code="CC03")
    rows = [[None, f"Hoàng Thị Hoa {'ABC'[n]}", "Nữ", f"0{n + 1}/05/1985", "Xã Phúc Lương", "CC03",
             date(2021, 7, 1), "Đại học", "Trung cấp"] for n in range(3)]  # fmt: skip
    sheets = {"Cán bộ": [TEMPLATE_HEAD, *rows]}
    first = bring_in(sheets)

    again = bring_in(sheets)

    assert first.counts == counts(created=3)
    assert (again.state, again.counts) == (ImportBatch.State.UNCHANGED, counts(unchanged=3))
    assert (Cadre.objects.count(), Holding.objects.count()) == (3, 3)


def test_a_changed_cell_is_an_update_and_an_empty_one_takes_nothing_away(bring_in):
    cadre = make_cadre("Lê Văn Cũ", code="DT000001", phone="0912345678")

    batch = bring_in({"Hồ sơ": [[*PEOPLE_HEAD, "Điện thoại"], ["DT000001", "Lê Văn Mới", "Nam"]]})

    cadre.refresh_from_db()
    assert batch.counts == counts(updated=1)
    assert (cadre.full_name, cadre.phone) == ("Lê Văn Mới", "0912345678")
    assert cadre.search_text == " le van moi"
    assert cadre.version == 2


def test_the_word_xoa_takes_a_value_away(bring_in):
    cadre = make_cadre(code="DT000001", phone="0912345678", national_id="019000000001")
    head = ["Số hiệu", "Họ và tên", "Giới tính", "Số CCCD", "Điện thoại"]

    bring_in({"Hồ sơ": [head, ["DT000001", "Nguyễn Văn Thử", "Nam", "(xóa)", "(xoá)"]]})

    cadre.refresh_from_db()
    assert (cadre.phone, cadre.national_id) == ("", None)


def test_an_end_day_is_the_last_one_in_office(bring_in):
    holding = make_holding(
        make_cadre(code="DT000001"), make_post(code="CC03"), make_commune(code="05767")
    )
    head = ["Số hiệu", "Mã chức danh", "Mã đơn vị", "Từ ngày", "Đến hết ngày"]

    bring_in({"Giữ chức vụ": [head, ["DT000001", "CC03", "05767", "12/05/2021", "31/07/2023"]]})

    holding.refresh_from_db()
    assert holding.valid_to == date(2023, 8, 1)


def test_a_corrected_date_of_a_degree_changes_it_and_adds_none(bring_in):
    make_qualification(make_cadre(code="DT000001"), major="Luật", awarded_on="2009")
    head = ["Số hiệu", "Nội dung", "Mức", "Chuyên ngành", "Ngày cấp"]

    batch = bring_in({"Trình độ": [head, ["DT000001", "Chuyên môn", "Đại học", "Luật", "06/2010"]]})

    assert batch.counts == counts(updated=1)
    assert str(Qualification.objects.get().awarded_on) == "06/2010"


def test_nothing_is_written_when_one_row_is_wrong(bring_in):
    rows = [[None, f"Trần Văn {chr(65 + n)}", "Nam", "1980"] for n in range(20)]
    rows[13][3] = "31/02/1980"

    batch = bring_in({"Hồ sơ": [PEOPLE_HEAD[:4], *rows]})

    (problem,) = batch.problems
    assert batch.state == ImportBatch.State.REFUSED
    assert (problem["sheet"], problem["row"], problem["ref"]) == ("Hồ sơ", 15, "D15")
    assert (problem["column"], problem["value"]) == ("Ngày sinh", "31/02/1980")
    assert problem["remedy"]
    assert batch.counts == counts(failed=1, skipped=19)
    assert not Cadre.objects.exists()


def test_an_import_is_confirmed_once(tmp_path, hr):
    path = write(tmp_path / "x.xlsx", {"Hồ sơ": [PEOPLE_HEAD[:3], [None, "Trần Văn A", "Nam"]]})
    batch = keep_file([path.read_bytes()], name="x.xlsx", by=hr)
    preview_import(batch, today=TODAY)
    confirm_import(batch, by=hr, today=TODAY)

    with pytest.raises(StaleImport):
        confirm_import(batch, by=hr, today=TODAY)
    assert Cadre.objects.count() == 1


def test_a_record_changed_after_the_preview_stops_the_import(tmp_path, hr):
    cadre = make_cadre("Lê Văn Cũ", code="DT000001")
    path = write(
        tmp_path / "x.xlsx", {"Hồ sơ": [PEOPLE_HEAD[:3], ["DT000001", "Lê Văn Mới", "Nam"]]}
    )
    batch = keep_file([path.read_bytes()], name="x.xlsx", by=hr)
    preview_import(batch, today=TODAY)
    Cadre.objects.update(version=2)

    with pytest.raises(StaleImport):
        confirm_import(batch, by=hr, today=TODAY)
    cadre.refresh_from_db()
    batch.refresh_from_db()
    assert cadre.full_name == "Lê Văn Cũ"
    assert batch.state == ImportBatch.State.PREVIEW


def test_a_kept_file_that_was_exchanged_is_not_written(tmp_path, hr):
    path = write(tmp_path / "x.xlsx", {"Hồ sơ": [PEOPLE_HEAD[:3], [None, "Trần Văn A", "Nam"]]})
    batch = keep_file([path.read_bytes()], name="x.xlsx", by=hr)
    preview_import(batch, today=TODAY)
    batch.path.write_bytes(batch.path.read_bytes() + b"\n")

    with pytest.raises(StaleImport):
        confirm_import(batch, by=hr, today=TODAY)
    assert not Cadre.objects.exists()


def test_a_plan_costs_the_same_queries_for_any_number_of_rows(
    tmp_path, django_assert_max_num_queries
):
    make_commune("Xã Phúc Lương", code="05767")
    make_post("Văn phòng – thống kê", code="CC03")
    names = [f"Trần Văn {first} {second}" for first in "ABCDEF" for second in "ABCDEFGHIK"]
    rows = [[None, name, "Nam", "1980", "05767", "CC03", date(2021, 7, 1), "Đại học", "Sơ cấp"]
            for name in names]  # fmt: skip
    path = write(tmp_path / "x.xlsx", {"Cán bộ": [TEMPLATE_HEAD, *rows]})

    with django_assert_max_num_queries(12):
        plan = plan_of(path, TODAY)

    assert told(plan.problems) == []
    assert plan.counts == counts(created=60)


def test_the_command_brings_in_a_file_and_tells_its_problems(tmp_path):
    good = write(tmp_path / "1.xlsx", {"Hồ sơ": [PEOPLE_HEAD[:3], [None, "Trần Văn A", "Nam"]]})
    out = StringIO()

    call_command("import_cadres", str(good), stdout=out)

    assert Cadre.objects.count() == 1
    assert "thêm mới: 1" in out.getvalue()
