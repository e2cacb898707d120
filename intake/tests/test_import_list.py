"""The people list goes out as a workbook and comes back: unchanged it changes nothing, and what was
edited is changed, cell by cell."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Role
from accounts.tests.factories import make_user
from cadres.actions import change_cadre
from cadres.columns import COLUMNS
from cadres.models import Cadre, Change
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_ground,
    make_holding,
    make_post,
    make_profile,
    make_qualification,
    make_salary_step,
)
from cadres.tests.pages import list_url
from intake.about_sheet import moment_of
from intake.models import ImportBatch, Proposal
from intake.shapes import LISTED

pytestmark = pytest.mark.django_db
CCCD = "019080000417"
STORED = [each.code for each in COLUMNS if each.stored]
DERIVED = [each.code for each in COLUMNS if not each.stored]


@pytest.fixture
def people():
    """People as ugly as they come: partial dates, numbers with zeros, missing fields, formulas."""
    post, commune = make_post(), make_commune()
    full = make_cadre(
        "Trần Thị Đủ", sex="F", born_on="1981-05", national_id=CCCD, phone="0987654321",
        ethnicity="Tày", religion="Không", home_town="Xã Thử, huyện Đại Từ",
        recruited_on="2010-03-01", party_joined_on="2008", party_official_on="2009-02",
    )  # fmt: skip
    make_profile(full, insured_from="2010-04", main_work="Một cửa, hộ tịch")
    make_qualification(full, rank=4, major="Luật")
    make_salary_step(full)
    others = [
        make_cadre("Lê Văn Thiếu", born_on=None),
        make_cadre("Hoàng Văn Thụ (B)", born_on="1979", home_town="=1+1", phone="0243862123"),
    ]
    for person in (full, *others):
        make_holding(person, post, commune)
    return [full, *others]


def exported(client, **query):
    query.setdefault("cot", STORED)
    told = {"loc": list_url(**query).partition("?")[2], "muc_dich": "sửa ngoài cổng"}
    answer = client.post("/can-bo/xuat/", told)
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


def sent(client, book):
    """Upload the workbook; the batch of its preview."""
    out = BytesIO()
    book.save(out)
    client.post("/nhap-lieu/", {"tep": SimpleUploadedFile("ds.xlsx", out.getvalue())})
    return ImportBatch.objects.latest("pk")


def cell_of(book, name, header):
    sheet = book["Danh sách"]
    rows = list(sheet.iter_rows())
    head = next(row for row in rows if row[0].value == "TT")
    column = next(n for n, cell in enumerate(head) if cell.value == header)
    return next(row[column] for row in rows if row[2].value == name)


def told_changes(batch):
    return {(each["who"], *cell) for each in batch.preview for cell in each["cells"]}


@pytest.mark.parametrize("columns", [STORED, DERIVED, ["chuc", "sinh", "cccd", "hs"]])
def test_a_list_that_comes_back_as_it_went_changes_nothing(hr, people, writer, columns):
    batch = sent(hr, exported(hr, cot=columns))

    assert (batch.state, batch.problems) == (ImportBatch.State.UNCHANGED, [])
    assert batch.counts == {
        "read": 3, "created": 0, "updated": 0, "unchanged": 3, "skipped": 0, "failed": 0,
    }  # fmt: skip
    assert not Change.objects.exists()


def test_three_edited_cells_are_three_changes_and_nothing_else_moves(hr, people, writer):
    full, lacking, _ = people
    book = exported(hr)
    cell_of(book, "Trần Thị Đủ", "Dân tộc").value = "Nùng"
    cell_of(book, "Lê Văn Thiếu", "Ngày sinh").value = "12/1985"
    cell_of(book, "Lê Văn Thiếu", "Công việc chính").value = "Địa chính"

    batch = sent(hr, book)

    assert batch.problems == []
    assert told_changes(batch) == {
        ("Trần Thị Đủ", "Dân tộc", "Tày", "Nùng"),
        ("Lê Văn Thiếu", "Ngày sinh", "", "12/1985"),
        ("Lê Văn Thiếu", "Công việc chính được giao", "", "Địa chính"),
    }
    hr.post(f"/nhap-lieu/{batch.pk}/ghi/")
    full.refresh_from_db()
    lacking.refresh_from_db()
    assert (full.ethnicity, full.national_id, str(full.born_on)) == ("Nùng", CCCD, "05/1981")
    assert (str(lacking.born_on), lacking.profile.main_work) == ("12/1985", "Địa chính")
    assert Change.objects.values("cadre").distinct().count() == 2


def test_days_and_numbers_of_the_list_are_real_and_may_be_chosen(hr, people):
    book = exported(hr, cot=["gioi", "tuyen", "sinh", "hs", "dt", "dantoc"])

    joined = cell_of(book, "Trần Thị Đủ", "Ngày tuyển dụng")
    assert (joined.is_date, joined.number_format) == (True, "dd/mm/yyyy")
    assert cell_of(book, "Trần Thị Đủ", "Ngày sinh").value == "05/1981"  # Excel has no such dates
    pay = cell_of(book, "Trần Thị Đủ", "Hệ số lương")
    assert (pay.value, pay.data_type) == (3, "n")
    assert cell_of(book, "Trần Thị Đủ", "Điện thoại").value == "0987654321"
    rules = {rule.formula1 for rule in book["Danh sách"].data_validations.dataValidation}
    assert {'"Nam,Nữ"', "'Danh mục'!$A$2:$A$55"} <= rules  # the second: the 54 peoples


def test_a_masked_number_is_passed_over_with_a_notice_and_a_whole_one_is_read(hr, people):
    book = exported(hr, cot=["cccd", "chuc"])
    assert cell_of(book, "Trần Thị Đủ", "Số CCCD (che)").value == "019•••••0417"
    assert any("1 ô số giấy tờ còn che" in notice for notice in sent(hr, book).notices)

    cell_of(book, "Lê Văn Thiếu", "Số CCCD (che)").value = "019085000999"
    batch = sent(hr, book)
    assert told_changes(batch) == {("Lê Văn Thiếu", "Số CCCD", "", "019085000999")}


def test_what_the_portal_derives_is_told_not_to_come_back(hr, people):
    book = exported(hr, cot=["chuc", "dat", "sinh"])
    cell_of(book, "Lê Văn Thiếu", "Chức vụ, chức danh").value = "Chủ tịch nước"

    batch = sent(hr, book)

    assert batch.state == ImportBatch.State.UNCHANGED
    (notice,) = batch.notices
    assert notice.startswith("Các cột “Chức vụ, chức danh”, “Đạt chuẩn” do cổng tính ra")


def test_rows_may_be_sorted_left_out_and_the_sheet_renamed(hr, people):
    book = exported(hr)
    sheet = book["Danh sách"]
    sheet.delete_rows(sheet.max_row)
    sheet.title = "Tháng 6"
    cell_row = [row for row in sheet.iter_rows() if row[2].value == "Trần Thị Đủ"][0]
    sheet.append([cell.value for cell in cell_row])
    sheet.delete_rows(cell_row[0].row)

    batch = sent(hr, book)

    assert (batch.state, batch.counts["read"]) == (ImportBatch.State.UNCHANGED, 2)


@pytest.mark.parametrize("code", ["T999999", None])
def test_a_list_brings_nobody_new(hr, people, code):
    book = exported(hr)
    cell_of(book, "Lê Văn Thiếu", "Số hiệu").value = code
    cell_of(book, "Lê Văn Thiếu", "Họ và tên").value = "Người Mới Toanh"

    batch = sent(hr, book)

    assert batch.state == ImportBatch.State.REFUSED
    assert [each["message"] for each in batch.problems] == [
        "Không nhận ra người của dòng này theo số hiệu."
    ]
    assert Cadre.objects.count() == 3


def test_text_that_looks_like_a_formula_comes_back_as_the_text_it_is(hr, people, writer):
    book = exported(hr)
    assert cell_of(book, "Hoàng Văn Thụ (B)", "Quê quán").data_type == "s"

    assert sent(hr, book).state == ImportBatch.State.UNCHANGED


def test_a_record_that_changed_after_the_export_is_told_where_the_file_would_change_it(hr, people):
    full, lacking, _ = people
    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=False):
        book = exported(hr)
    by = make_user()
    for person in (full, lacking):
        change_cadre(person.pk, {"ethnicity": "Dao"}, ground=make_ground(by), version=1)
    cell_of(book, "Lê Văn Thiếu", "Dân tộc").value = "Dao"

    batch = sent(hr, book)

    assert told_changes(batch) == {("Trần Thị Đủ", "Dân tộc", "Dao", "Tày")}
    (warning,) = batch.warnings
    assert warning["message"].startswith("Hồ sơ của Trần Thị Đủ đã đổi sau khi xuất tệp này")


def test_an_ordinary_sheet_of_that_name_is_any_list(hr, people):
    book = exported(hr)
    del book["Thông tin"]

    batch = sent(hr, book)

    assert batch.is_healed  # nothing says that the portal wrote it


def test_a_clerk_corrects_the_own_people_as_a_draft_and_no_others(settings, tmp_path, hr, people):
    settings.MEDIA_ROOT = tmp_path
    make_holding(make_cadre("Người Bạn"))
    theirs = exported(hr)
    client = Client()
    clerk = make_user(Role.COMMUNE_CLERK, commune=people[0].holdings.get().commune)
    client.force_login(clerk, "accounts.backends.WithCommune")

    refused = sent(client, theirs)
    assert refused.state == ImportBatch.State.REFUSED

    book = exported(client)
    cell_of(book, "Trần Thị Đủ", "Dân tộc").value = "Nùng"
    batch = sent(client, book)
    client.post(f"/nhap-lieu/{batch.pk}/ghi/")
    assert Proposal.objects.get().items.count() == 1
    assert Cadre.objects.get(pk=people[0].pk).ethnicity == "Tày"


def test_the_shape_names_every_column_of_the_list_and_reads_only_what_is_stored():
    headers = [column.field.header for column in LISTED.columns]
    read = {column.field.header for column in LISTED.columns if not column.field.is_info}

    assert headers == ["TT", "Số hiệu", "Họ và tên", *(c.label for c in COLUMNS if c.code != "ma")]
    assert read == {"Số hiệu", "Họ và tên"} | {c.label for c in COLUMNS if c.stored}
    assert len(headers) == len(set(headers))


def test_when_a_list_was_written_is_read_as_it_is_told_now_and_was_told_before():
    moment = datetime(2023, 6, 8, 2, 30, 15, tzinfo=UTC)

    assert moment_of("08/06/2023 09:30:15") == moment
    assert moment_of("2023-06-08T02:30:15+00:00") == moment
    for text in ("", "hôm qua", "2023-06-08T02:30:15", "2023-13-45T02:30:15+00:00"):
        assert moment_of(text) is None
