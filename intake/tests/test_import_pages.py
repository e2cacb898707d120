"""A workbook through the pages: refused, looked at, written, and sent again."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from accounts.models import AuditEvent
from cadres.models import Cadre, Holding
from cadres.records import write_record_set
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post
from daitu_portal.tests.ole import compound_file
from intake.models import ImportBatch

pytestmark = pytest.mark.django_db
PAGE = "/nhap-lieu/"


def upload(client, content, name="danh sách.xlsx"):
    return client.post(PAGE, {"tep": SimpleUploadedFile(name, content)}, follow=True)


def template(client):
    """The downloaded template, opened, with the row numbers of its head."""
    return load_workbook(io.BytesIO(client.get("/nhap-lieu/mau/").getvalue()))


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(client, *people):
    """The template with `people`, dictionaries by header, below the example row."""
    book = template(client)
    sheet = book.worksheets[0]
    heads = {str(cell.value).replace("*", "").strip(): cell.column for cell in sheet[1]}
    for number, person in enumerate(people, start=3):
        for header, value in person.items():
            sheet.cell(number, heads[header]).value = value
    return saved(book)


def someone(number=1, **more):
    return {"Họ và tên": f"Người Nhập {chr(65 + number % 26)}", "Giới tính": "Nữ",
            "Ngày sinh": f"{1 + number % 28:02d}/03/{1970 + number % 30}",
            "Số CCCD": f"0000{number:08d}", **more}  # fmt: skip


def test_the_template_has_drop_downs_notes_and_an_example_that_is_passed_over(hr):
    book = template(hr)

    assert book.worksheets[0].data_validations.dataValidation
    page = upload(hr, saved(book)).content.decode()
    assert not Cadre.objects.exists()
    assert "dòng đã đọc" in page or "Chưa" in page or "không có" in page.lower()


def test_people_are_shown_first_written_on_confirmation_and_not_written_twice(hr):
    commune, post = make_commune("Xã Thử"), make_post("Văn hóa – xã hội")
    work = {"Xã, thị trấn": "Xã Thử", "Chức vụ, chức danh": "Văn hóa – xã hội",
            "Giữ từ ngày": "01/07/2021"}  # fmt: skip
    content = filled(hr, someone(1, **work), someone(2))

    page = upload(hr, content)
    batch = ImportBatch.objects.get()
    assert batch.state == ImportBatch.State.PREVIEW, batch.problems
    assert "Sẽ thay đổi" in page.content.decode()
    assert not Cadre.objects.exists()

    hr.post(f"{PAGE}{batch.pk}/ghi/")
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.DONE
    assert Cadre.objects.count() == 2
    assert (Holding.objects.get().commune, Holding.objects.get().post) == (commune, post)
    counts = batch.counts
    assert counts["read"] == sum(counts[k] for k in counts if k != "read")
    assert (counts["created"], counts["skipped"]) == (2, 1)  # the example row is passed over

    again = hr.post(f"{PAGE}{batch.pk}/ghi/", follow=True).content.decode()
    assert "Chưa ghi gì" in again
    assert Cadre.objects.count() == 2
    unchanged = upload(hr, content).content.decode()
    assert "Không có gì thay đổi" in unchanged
    assert Cadre.objects.count() == 2


def test_five_bad_rows_among_515_are_all_named_and_nothing_is_written(hr):
    people = [someone(n) for n in range(1, 516)]
    for row, fields in {
        10: {"Ngày sinh": "31/02/1980"}, 100: {"Số CCCD": "12"}, 200: {"Giới tính": "X"},
        300: {"Họ và tên": None}, 400: {"Ngày sinh": "hôm qua"},
    }.items():  # fmt: skip
        people[row] |= fields

    page = upload(hr, filled(hr, *people)).content.decode()

    batch = ImportBatch.objects.get()
    assert batch.state == ImportBatch.State.REFUSED
    assert {p["row"] for p in batch.problems} == {13, 103, 203, 303, 403}
    assert batch.counts["failed"] == 5
    assert sum(batch.counts[k] for k in batch.counts if k != "read") == batch.counts["read"] == 516
    for words in ("31/02/1980", "Cách sửa", "Ngày sinh"):
        assert words in page
    assert not Cadre.objects.exists()


def test_one_error_in_three_thousand_rows_stops_all_of_them(hr):
    people = [someone(n) for n in range(1, 3001)]
    people[1500] |= {"Ngày sinh": "13/13/1980"}

    page = upload(hr, filled(hr, *people)).content.decode()

    assert "1 lỗi, chưa ghi gì" in page
    assert not Cadre.objects.exists()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
        archive.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


def without_head():
    book = Workbook()
    for row in range(1, 40):
        book.active.append([row, "không phải đầu bảng", None])
    return saved(book)


def with_macro():
    out = io.BytesIO(saved(Workbook()))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"PK nhung khong phai zip", "a.xlsx", 400),
        (b"", "a.xlsx", 400),
        (b"Ho ten,Ngay sinh\n", "a.csv", 200),
        (b"Ho ten,Ngay sinh\n", "a.xlsx", 400),
        (b"Ho ten,Ngay sinh\n", "a.docx", 400),
        (bomb(), "a.xlsx", 400),
        (without_head(), "a.xlsx", 200),
        (with_macro(), "a.xlsx", 400),
        (saved(Workbook())[:-200], "a.xlsx", 400),
        (b"x" * (5 * 1024 * 1024 + 1), "a.xlsx", 400),
    ],
    ids=[
        "no zip",
        "empty",
        "text",
        "renamed",
        "extension",
        "bomb",
        "no head",
        "macro",
        "truncated",
        "too large",
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(hr, content, name, status):
    response = upload(hr, content, name)

    page = response.content.decode()
    assert response.status_code == status
    assert "Việc cần làm" in page or "Cách sửa" in page or "lỗi" in page
    assert "Traceback" not in page
    assert not Cadre.objects.exists()


@pytest.mark.parametrize(
    ("streams", "name", "told", "to_do"),
    [
        (("EncryptionInfo", "EncryptedPackage"), "a.xlsx", "được đặt mật khẩu", "bỏ mật khẩu"),
        (("WordDocument",), "a.xls", "tệp Word 97–2003", "“Excel Workbook (.xlsx)”"),
        (("Workbook",), "a.xls", "không đúng cấu trúc", "“Excel Workbook (.xlsx)”"),
        (("Workbook",), "a.csv", "nội dung là sổ Excel 97–2003", "đổi đuôi tên tệp thành .xls"),
    ],
    ids=["password", "a document", "an empty one", "old, renamed"],
)
def test_an_old_file_that_cannot_be_read_is_told_as_what_it_is(
    hr, tmp_path, streams, name, told, to_do
):
    response = upload(hr, compound_file(*streams), name)

    page = response.content.decode()
    assert response.status_code == 400
    assert told in page
    assert to_do in page.partition("Việc cần làm:")[2].partition("Chưa ghi gì.")[0]
    assert not ImportBatch.objects.exists()
    assert not Cadre.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    refused = AuditEvent.objects.get(action="import").detail["refused"]
    assert told in refused


def test_no_file_at_all_is_told(hr):
    assert "Chưa chọn tệp" in hr.post(PAGE, {}).content.decode()


def exported():
    out = io.BytesIO()
    write_record_set(out)
    return out.getvalue()


def test_our_own_export_changes_nothing_and_three_edits_change_three(hr):
    people = [make_cadre(f"Người Thử {chr(65 + n)}") for n in range(6)]
    make_holding(people[0])

    assert "Không có gì thay đổi" in upload(hr, exported()).content.decode()

    book = load_workbook(io.BytesIO(exported()))
    sheet = book["Hồ sơ"]
    heads = {str(c.value).replace("*", "").strip(): c.column for c in sheet[1]}
    for row in (2, 3, 4):
        sheet.cell(row, heads["Nơi ở hiện nay"]).value = f"Xóm {row}"
    upload(hr, saved(book))
    batch = ImportBatch.objects.order_by("-pk")[0]
    assert batch.counts["updated"] == 3
    hr.post(f"{PAGE}{batch.pk}/ghi/")

    assert Cadre.objects.filter(residence__startswith="Xóm").count() == 3


def test_a_preview_is_stale_once_the_records_changed(hr):
    cadre = make_cadre("Người Thử")
    book = load_workbook(io.BytesIO(exported()))
    sheet = book["Hồ sơ"]
    heads = {str(c.value).replace("*", "").strip(): c.column for c in sheet[1]}
    sheet.cell(2, heads["Nơi ở hiện nay"]).value = "Xóm Mới"
    upload(hr, saved(book))
    batch = ImportBatch.objects.get()
    Cadre.objects.filter(pk=cadre.pk).update(version=7)

    page = hr.post(f"{PAGE}{batch.pk}/ghi/", follow=True).content.decode()

    assert "Chưa ghi gì" in page
    cadre.refresh_from_db()
    assert cadre.residence == ""


def test_every_import_is_logged_without_its_values(hr):
    upload(hr, filled(hr, someone(1)))

    event = AuditEvent.objects.filter(action="import").get()
    assert "Người Nhập" not in str(event.detail)
    assert event.subject_type == "import_batch"
