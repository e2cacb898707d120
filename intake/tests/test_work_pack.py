"""A commune's work-pack goes out, is mended, and comes back through the import."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from accounts.models import AuditEvent, Role
from accounts.tests.factories import make_user
from cadres.models import Cadre, Change, Commune, StudyField
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
)
from intake.models import ImportBatch
from intake.work_pack import Pack

pytestmark = pytest.mark.django_db
DAY = date(2023, 6, 8)
PAGE = f"/nhap-lieu/xuat/?ngay={DAY}"
CCCD = "019080000417"
FORMULAS = [
    "=1+1", '=HYPERLINK("http://x")', "+84912345678", "-1", "@SUM(A1)", "\t=1", "\r=1",
    "=cmd|'/c calc'!A0", "#N/A",
]  # fmt: skip


@pytest.fixture
def here():
    """A unit whose people are as tangled as they come."""
    commune, post = make_commune("Xã Thử", code="05770"), make_post("Văn phòng – thống kê")
    law = StudyField.objects.order_by("pk").first()
    full = make_cadre(
        "Trần Thị Đủ", sex="F", born_on="1981-05", national_id=CCCD, phone="0987654321",
        ethnicity="Tày", home_town="=1+1", recruited_on="2010-03-01", party_joined_on="2008",
    )  # fmt: skip
    make_holding(full, post, commune, valid_from=date(2015, 7, 1), decision_number="01/QĐ")
    make_holding(
        full, make_post("Phó Bí thư"), make_commune("Xã Khác"), valid_from=date(2020, 1, 1)
    )
    make_holding(full, make_post("Trưởng thôn"), commune, valid_from=date(2010, 1, 1),
                 valid_to=date(2014, 1, 1))  # fmt: skip
    make_qualification(full, rank=4, major="Luật", field=law, awarded_on="2009")
    make_qualification(full, rank=4, major="Kế toán", awarded_on="2012-05")
    make_qualification(full, rank=2, major="Luật")
    make_qualification(full, strand="political", rank=2, awarded_on="2015", evidence_number="A1")
    make_qualification(full, strand="political", rank=2, awarded_on="2016", evidence_number="A2")
    make_qualification(full, strand="it", rank=0)
    make_rating(full, year=2021, level=3)
    make_rating(full, year=2022, level=4)
    plain = make_cadre("Lê Văn Thiếu", born_on=None)
    make_holding(plain, post, commune, valid_from=date(2021, 7, 1))
    seated = make_cadre("Hoàng Văn Thụ (B)", born_on="1979")
    make_membership(seated, commune, valid_from=date(2020, 6, 1))
    make_holding(make_cadre("Người Bạn"), post, make_commune("Xã Bạn"))
    return commune


def exported(client, commune, purpose="bổ sung hồ sơ"):
    answer = client.post(PAGE, {"commune": commune.pk, "purpose": purpose})
    assert answer.status_code == 200
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


def sent(client, book):
    out = BytesIO()
    book.save(out)
    client.post("/nhap-lieu/", {"tep": SimpleUploadedFile("goi.xlsx", out.getvalue())})
    return ImportBatch.objects.latest("pk")


def told(book):
    head, *rows = book["Cán bộ"].iter_rows(values_only=True)
    heads = [text.removesuffix(" *") for text in head]
    return [{k: v for k, v in zip(heads, row, strict=True) if v is not None} for row in rows]


def cell_of(book, name, header):
    head, *rows = book["Cán bộ"].iter_rows()
    column = next(n for n, cell in enumerate(head) if cell.value.removesuffix(" *") == header)
    return next(row[column] for row in rows if row[1].value == name)


def told_changes(batch):
    return {(each["who"], *cell) for each in batch.preview for cell in each["cells"]}


def test_a_pack_has_a_row_for_each_person_of_the_unit_on_the_day(hr, here):
    book = exported(hr, here)

    rows = {row["Họ và tên"]: row for row in told(book)}
    assert set(rows) == {"Trần Thị Đủ", "Lê Văn Thiếu", "Hoàng Văn Thụ (B)"}
    full = rows["Trần Thị Đủ"]
    assert (full["Số CCCD"], full["Ngày sinh"]) == (CCCD, "05/1981")
    assert full["Ngày tuyển dụng"].date() == date(2010, 3, 1)
    assert (full["Xã, thị trấn"], full["Chức vụ, chức danh"]) == ("Xã Thử", "Văn phòng – thống kê")
    assert (full["Giữ từ ngày"].date(), full["Số quyết định"]) == (date(2015, 7, 1), "01/QĐ")
    assert (full["Năm xếp loại"], full["Mức xếp loại"]) == (2022, "Hoàn thành xuất sắc nhiệm vụ")
    assert (full["Chuyên môn: mức"], full["Chuyên môn: chuyên ngành"]) == ("Đại học", "Luật")
    assert full["Tin học: mức"] == "Chưa có chứng chỉ"
    assert "Chức vụ, chức danh" not in rows["Hoàng Văn Thụ (B)"]


def test_what_the_import_could_not_tell_apart_is_left_blank(hr, here):
    (full,) = [row for row in told(exported(hr, here)) if row["Họ và tên"] == "Trần Thị Đủ"]

    assert "LLCT: mức" not in full  # two of the same level, which the template cannot tell apart


def test_a_pack_is_a_template_with_its_drop_downs_and_explanations(hr, here):
    book = exported(hr, here)

    assert book.sheetnames == [
        "Cán bộ", "Giải thích", "Hướng dẫn", "Danh mục", "Phiên bản", "Thông tin",
    ]  # fmt: skip
    assert [s.title for s in book.worksheets if s.sheet_state == "hidden"] == [
        "Phiên bản", "Thông tin",
    ]  # fmt: skip
    sheet = book["Cán bộ"]
    rules = {r.formula1: str(r.sqref) for r in sheet.data_validations.dataValidation if r.formula1}
    assert any(place.endswith("2004") for place in rules.values())  # three people, 2000 to add
    assert sheet.freeze_panes == "A2"
    assert dict(book["Thông tin"].iter_rows(values_only=True, max_col=2))["Đơn vị"] == "Xã Thử"


def test_a_pack_that_comes_back_as_it_went_changes_nothing(hr, here):
    batch = sent(hr, exported(hr, here))

    assert (batch.state, batch.problems) == (ImportBatch.State.UNCHANGED, [])
    assert batch.counts == {
        "read": 3, "created": 0, "updated": 0, "unchanged": 3, "skipped": 0, "failed": 0,
    }  # fmt: skip
    assert not Change.objects.exists()


def test_three_edited_cells_are_three_changes(hr, here):
    book = exported(hr, here)
    cell_of(book, "Trần Thị Đủ", "Chuyên môn: ngày cấp").value = "06/2009"
    cell_of(book, "Trần Thị Đủ", "Mức xếp loại").value = "Hoàn thành tốt nhiệm vụ"
    cell_of(book, "Lê Văn Thiếu", "Ngày sinh").value = "12/1985"

    batch = sent(hr, book)

    assert batch.problems == []
    assert told_changes(batch) == {
        ("Trần Thị Đủ", "Ngày cấp", "2009", "06/2009"),
        ("Trần Thị Đủ", "Mức xếp loại", "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"),
        ("Lê Văn Thiếu", "Ngày sinh", "", "12/1985"),
    }


def test_a_row_below_brings_someone_new(hr, here):
    book = exported(hr, here)
    sheet = book["Cán bộ"]
    heads = [cell.value.removesuffix(" *") for cell in sheet[1]]
    new = {"Họ và tên": "Phạm Thị Mới", "Giới tính": "Nữ", "Ngày sinh": "12/05/1990"}
    sheet.append([new.get(head) for head in heads])

    batch = sent(hr, book)

    assert (batch.counts["created"], batch.counts["unchanged"]) == (1, 3)


def test_a_record_that_changed_after_the_pack_is_told(hr, here):
    book = exported(hr, here)
    about = book["Thông tin"]
    next(r for r in about.iter_rows() if r[0].value == "Xuất lúc")[1].value = "01/01/2020 08:00:00"
    person = Cadre.objects.get(full_name="Lê Văn Thiếu")
    make_change_of(person)
    cell_of(book, "Lê Văn Thiếu", "Dân tộc").value = "Dao"

    (warning,) = sent(hr, book).warnings

    assert warning["message"].startswith("Hồ sơ của Lê Văn Thiếu đã đổi sau khi xuất tệp này")


def make_change_of(person):
    from cadres.actions import change_cadre
    from cadres.tests.factories import make_ground

    change_cadre(person.pk, {"religion": "Không"}, ground=make_ground(make_user()), version=1)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_is_text_in_every_cell_and_comes_back(hr, text):
    commune = make_commune("Xã Thử", code="05770")
    person = make_cadre("Lê Văn Thử", other_name="Thử")
    names = ("religion", "birthplace", "home_town", "residence", "recruited_by")
    Cadre.objects.filter(pk=person.pk).update(**dict.fromkeys(names, text))
    make_holding(person, make_post(), commune, decision_number=text)
    make_qualification(person, rank=4, major=text, institution=text, evidence_number=text)

    book = exported(hr, commune)

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not {cell.data_type for cell in cells} & {"f", "e"}
    assert (
        sum(cell.value is not None and str(cell.value).strip() == text.strip() for cell in cells)
        >= 9
    )
    assert sent(hr, book).state == ImportBatch.State.UNCHANGED


def test_a_clerk_gets_the_own_unit_alone_with_masked_numbers(settings, tmp_path, here):
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    clerk = make_user(Role.COMMUNE_CLERK, commune=here)
    client.force_login(clerk, "accounts.backends.WithCommune")

    page = client.get(PAGE).content.decode()
    assert "Xã Thử" in page
    assert "Xã Bạn" not in page
    theirs = Commune.objects.get(name="Xã Bạn")
    assert client.post(PAGE, {"commune": theirs.pk, "purpose": "thử"}).status_code == 400

    book = exported(client, here)
    assert cell_of(book, "Trần Thị Đủ", "Số CCCD").value == "019•••••0417"
    assert sent(client, book).state == ImportBatch.State.UNCHANGED


def test_a_pack_is_logged_with_purpose_and_people_and_none_without(hr, here):
    assert hr.post(PAGE, {"commune": here.pk, "purpose": " "}).status_code == 400
    assert not AuditEvent.objects.filter(action=AuditEvent.Action.EXPORT).exists()

    exported(hr, here, purpose="bổ sung hồ sơ quý II")

    event = AuditEvent.objects.get(action=AuditEvent.Action.EXPORT)
    assert (event.subject_count, event.purpose) == (3, "bổ sung hồ sơ quý II")
    assert event.detail == {"what": "work pack", "commune": here.pk}


def test_a_pack_costs_as_many_queries_for_one_as_for_many(here, django_assert_num_queries):
    pack = Pack(here, DAY)
    with django_assert_num_queries(11) as asked:
        pack.sheets(pack.people())
    for number in range(10):
        person = make_cadre(f"Người {number}")
        make_holding(person, Cadre.objects.first().holdings.first().post, here)
        make_qualification(person, rank=4)

    with django_assert_num_queries(len(asked)):
        pack.sheets(pack.people())


def test_the_command_writes_the_pack_of_a_unit(tmp_path, here):
    path, out = tmp_path / "goi.xlsx", StringIO()

    call_command("export_cadres", str(path), commune="05770", as_of="2023-06-08", stdout=out)

    assert {row["Họ và tên"] for row in told(load_workbook(path))} == {
        "Trần Thị Đủ", "Lê Văn Thiếu", "Hoàng Văn Thụ (B)",
    }  # fmt: skip
    assert "Cán bộ: 3" in out.getvalue()


@pytest.mark.parametrize(
    ("asked", "words"),
    [({"commune": "99999"}, "không có đơn vị mang mã 99999"),
     ({"commune": "05770", "as_of": "hôm qua"}, "Không đọc được ngày"),
     ({"as_of": "2023-06-08"}, "chỉ dùng cùng --commune")],
)  # fmt: skip
def test_the_command_says_what_it_cannot_do(tmp_path, here, asked, words):
    with pytest.raises(CommandError, match=words):
        call_command("export_cadres", str(tmp_path / "x.xlsx"), **asked)
