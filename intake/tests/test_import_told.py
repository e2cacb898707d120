"""What the sender of a workbook is told: of ends given, of every fault at its place, of what to
look at again, and of a preview that is out of date."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.tests.factories import make_user
from cadres.models import Cadre, Holding
from cadres.tests.factories import make_cadre, make_commune, make_holding, make_post
from intake.batches import confirm_import, keep_file, preview_import
from intake.models import ImportBatch
from intake.template import write_template
from intake.tests.books import PEOPLE_HEAD, TEMPLATE_HEAD, plan_of, told, write
from intake.tests.test_import_pages import PAGE, filled, saved, someone, upload

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 8)
CLOSED = date(2025, 7, 1)
CAREER_HEAD = ["Số hiệu", "Mã chức danh", "Mã đơn vị", "Từ ngày", "Đến hết ngày"]
NAME, UNIT, POST, SINCE = 1, 4, 5, 6  # columns of TEMPLATE_HEAD


@pytest.fixture
def planned(tmp_path):
    def go(sheet, head, *rows):
        return plan_of(write(tmp_path / "x.xlsx", {sheet: [head, *rows]}), TODAY)

    return go


@pytest.fixture
def office():
    """A unit that has closed since, and an office in it without a number of holders."""
    make_commune("Thị trấn Hùng Sơn", code="05761", valid_to=CLOSED)
    make_post("Văn phòng – thống kê", code="CC03")
    return {"Xã, thị trấn": "Thị trấn Hùng Sơn", "Chức vụ, chức danh": "Văn phòng – thống kê",
            "Giữ từ ngày": "01/01/2021"}  # fmt: skip


def in_template(name="Trần Văn Mới", unit="Hùng Sơn", post="CC03", since="01/01/2021"):
    return [None, name, "Nam", "12/05/1980", unit, post, since, "Đại học", None]


# -- ends ---------------------------------------------------------------------


def test_a_post_in_a_closed_unit_ends_with_it_and_the_preview_says_so(hr, office):
    page = upload(hr, filled(hr, someone(1, **office))).content.decode()

    assert "kết thúc cùng Thị trấn Hùng Sơn, hết ngày 30/06/2025" in page
    assert "1 dòng để trống ngày cuối" in page
    batch = ImportBatch.objects.get()
    hr.post(f"{PAGE}{batch.pk}/ghi/")
    assert Holding.objects.get().valid_to == CLOSED


def test_the_template_takes_a_last_day(hr, office):
    upload(hr, filled(hr, someone(1, **office, **{"Giữ đến hết ngày": "09/04/2023"})))
    hr.post(f"{PAGE}{ImportBatch.objects.get().pk}/ghi/")

    assert Holding.objects.get().last_on == date(2023, 4, 9)


def test_a_blank_end_brought_in_again_changes_nothing(hr, office):
    content = filled(hr, someone(1, **office))
    upload(hr, content)
    hr.post(f"{PAGE}{ImportBatch.objects.get().pk}/ghi/")

    assert "Không có gì thay đổi" in upload(hr, content).content.decode()


def test_five_bad_rows_among_515_with_posts_are_the_only_ones_listed(hr, office):
    people = [someone(n, **office) for n in range(1, 516)]
    for row, fields in {
        10: {"Ngày sinh": "31/02/1980"}, 100: {"Số CCCD": "12"}, 200: {"Giới tính": "X"},
        300: {"Họ và tên": "a" * 200}, 400: {"Giữ từ ngày": "01/01/2001"},
    }.items():  # fmt: skip
        people[row] |= fields

    upload(hr, filled(hr, *people))

    batch = ImportBatch.objects.get()
    assert sorted({p["row"] for p in batch.problems}) == [13, 103, 203, 303, 403]
    assert all(p["column"] and p["value"] and p["remedy"] and p["ref"] for p in batch.problems)


def test_one_bad_row_among_3000_with_posts_is_the_only_one_listed(hr, office):
    people = [someone(n, **office) for n in range(1, 3001)]
    people[1500] |= {"Giữ đến hết ngày": "01/07/2025"}

    page = upload(hr, filled(hr, *people)).content.decode()

    assert "1 lỗi, chưa ghi gì" in page
    assert "Nhập “đến hết ngày” không quá ngày ấy" in page


# -- places of faults ---------------------------------------------------------------------


def test_faults_are_listed_by_row_and_then_by_column(planned, office):
    late = in_template("Trần Văn A", since="01/01/2026")
    early = [None, "=1", "X", "31/02/1980", "Nơi Lạ", "CC03", "hôm qua", "Đại học", None]
    early[NAME] = "@b"

    plan = planned("Cán bộ", TEMPLATE_HEAD, early, late, in_template("Lê Văn 3"))

    assert [problem.ref for problem in plan.problems] == [
        "B2", "C2", "D2", "E2", "G2", "E3", "B4",
    ]  # fmt: skip


def test_a_fault_of_what_the_template_has_no_column_for_is_told_at_the_post(planned, office):
    cadre = make_cadre("Trần Văn Mới", code="DT000001", national_id="000000000001")
    make_holding(cadre, is_main=True)
    row = in_template()
    row[0] = "DT000001"

    (problem,) = planned("Cán bộ", TEMPLATE_HEAD, row).problems

    assert "đang là chức vụ chính" in problem.message
    assert (problem.column, problem.ref, problem.value) == ("Chức vụ, chức danh", "F2", "CC03")
    assert problem.remedy == "Bỏ dấu chính ở đó hoặc ở đây."


def test_a_name_too_long_is_told_once(planned):
    plan = planned("Hồ sơ", PEOPLE_HEAD, [None, "a" * 101, "Nam", "1980"])

    assert [problem.ref for problem in plan.problems] == ["B2"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("@abc", "“@”"), ("Hải\u202eHà", "U+202E"), ("Hải\u200bHà", "U+200B"), ("<b>Hải", "“<”"),
     ("\u0410n Văn Hải", "Kirin"), ("NguyÔn V¨n A", "TCVN3")],
)  # fmt: skip
def test_what_is_no_name_is_told_at_its_cell(planned, name, message):
    ((ref, said),) = told(planned("Hồ sơ", PEOPLE_HEAD, [None, name, "Nam", "1980"]).problems)

    assert ref == "B2"
    assert message in said


def test_a_stored_name_that_is_none_does_not_stop_another_correction(planned):
    make_cadre("Người Thử 2", code="DT000001", sex="M")

    head = [*PEOPLE_HEAD, "Nơi ở hiện nay"]
    plan = planned("Hồ sơ", head, ["DT000001", "Người Thử 2", "Nam", None, None, "Xóm Mới"])

    assert told(plan.problems) == []
    assert plan.counts["updated"] == 1


def test_an_old_flaw_of_a_post_does_not_stop_its_end(planned):
    unit = make_commune(code="05761", valid_from=date(2013, 12, 14))
    cadre = make_cadre(code="DT000001")
    make_holding(cadre, make_post(code="CC03"), unit, valid_from=date(2010, 1, 1))
    head = [*CAREER_HEAD, "Đơn vị có từ ngày"]
    row = ["DT000001", "CC03", "05761", "01/01/2010", "09/04/2023", "14/12/2013"]

    plan = planned("Giữ chức vụ", head, row)

    assert told(plan.problems) == []
    assert plan.counts["updated"] == 1


def test_a_note_without_measure_is_refused(planned):
    head = [*PEOPLE_HEAD, "Ghi chú"]

    plan = planned("Hồ sơ", head, [None, "Trần Văn A", "Nam", "1980", None, "a" * 2001])

    assert [problem.ref for problem in plan.problems] == ["F2"]
    assert "tối đa 2000" in plan.problems[0].message


def test_a_sheet_without_a_head_is_told_as_a_whole(hr, tmp_path):
    rows = [[n, "không phải đầu bảng"] for n in range(1, 9)]
    path = write(tmp_path / "nguon.xlsx", {"Cán bộ": rows})

    page = upload(hr, path.read_bytes()).content.decode()

    assert "Không nhận ra danh sách người nào" in page
    assert "<td>0</td>" not in page
    assert "dòng đã đọc" not in page


# -- warnings ---------------------------------------------------------------------


def test_another_name_under_a_known_number_is_marked_and_counted(hr):
    make_cadre("Lê Văn Cũ", code="DT000001")

    page = upload(hr, filled(hr, {"Số hiệu": "DT000001", "Họ và tên": "Trần Thị Lệch"}))
    page = page.content.decode()

    assert "Đổi họ tên: Lê Văn Cũ → Trần Thị Lệch, hãy kiểm tra có lệch cột không" in page
    assert "<dt>đổi họ tên</dt><dd>1</dd>" in page
    assert "Ghi tất cả" in page


def test_holders_beyond_the_number_of_a_post_are_a_warning(planned):
    secretary = make_post("Bí thư Đảng ủy", code="CB01", per_commune=1)
    unit, other = make_commune(code="05767"), make_commune(code="05770")
    make_holding(make_cadre("Lê Văn Trước"), secretary, unit)
    left = make_holding(make_cadre("Lê Văn Thôi"), secretary, other, valid_to=date(2022, 1, 1))
    for code in ("DT000001", "DT000002", "DT000003"):
        make_cadre(f"Người {code[-1]}", code=code)

    plan = planned(
        "Giữ chức vụ", CAREER_HEAD,
        ["DT000001", "CB01", "05767", "01/01/2022", None],
        ["DT000002", "CB01", "05770", left.valid_to, None],
        ["DT000003", "CB01", "05770", "01/01/2023", None],
    )  # fmt: skip

    assert told(plan.problems) == []
    assert [warning.row for warning in plan.warnings] == [2, 3, 4]  # 3 and 4: of one another
    assert "Lê Văn Trước" in plan.warnings[0].message
    assert "Lê Văn Thôi" not in f"{plan.warnings[1:]}"


# -- a preview out of date ---------------------------------------------------------------------


def test_a_code_of_nobody_in_the_template_is_told_at_its_cell(hr):
    row = {"Số hiệu": "DT009999", "Họ và tên": "Lê Văn Mới", "Giới tính": "Nam"}

    page = upload(hr, filled(hr, row)).content.decode()

    assert "Không có ai mang số hiệu này." in page
    assert "Để trống nếu là người mới" in page
    assert not Cadre.objects.exists()


@pytest.mark.parametrize(
    ("told_now", "is_warned"),
    [
        ({"Giới tính": "Nữ", "Ngày sinh": "09/09/1985"}, True),
        ({"Ngày sinh": "1983"}, True),
        ({"Ngày sinh": "09/09/1985"}, False),
        ({"Giới tính": "Nữ"}, False),
    ],
)
def test_a_row_that_makes_another_person_of_someone_is_warned_of(hr, told_now, is_warned):
    make_cadre("Lê Văn Một", code="DT000001", sex="M", born_on="1983-09-09")

    page = upload(hr, filled(hr, {"Số hiệu": "DT000001", **told_now})).content.decode()

    assert ("nhầm người" in page) is is_warned


@pytest.mark.parametrize(
    ("on_record", "told_now", "is_warned"),
    [
        ("1988", "1965", True),
        ("1973", "01/05/1984", True),
        ("1988-05", "06/1988", True),
        ("1988-05", "1988", True),
        ("1988", "05/1988", False),
        ("1988", "09/09/1988", False),
        ("1988-09", "09/09/1988", False),
    ],
)
def test_a_birth_year_that_is_another_is_warned_of_and_one_told_more_exactly_is_not(
    hr, on_record, told_now, is_warned
):
    make_cadre("Sầm Văn Dũng", code="DT000001", sex="M", born_on=on_record)

    page = upload(hr, filled(hr, {"Số hiệu": "DT000001", "Ngày sinh": told_now})).content.decode()

    assert ("nhầm người" in page) is is_warned


NUMBERED = {"Họ và tên": "Lê Văn Số", "Giới tính": "Nam", "Ngày sinh": "09/09/1983"}


@pytest.mark.parametrize(
    ("told_now", "words"),
    [
        ({"Số CCCD": "019183000001"}, "giới tính Nữ, mà giới tính ghi là Nam"),
        ({"Số CCCD": "019085000001"}, "năm sinh 1985, mà ngày sinh ghi là 09/09/1983"),
        ({"Số CCCD": "019283000001"}, "năm sinh 2083, mà ngày sinh ghi là 09/09/1983"),
        ({"Số CCCD": "019085000001", "Ngày sinh": "1983"}, "mà ngày sinh ghi là 1983"),
        (
            {"Số CCCD": "019185000001"},
            "giới tính Nữ, mà giới tính ghi là Nam; năm sinh 1985, mà ngày sinh ghi là 09/09/1983",
        ),
        ({"Số CCCD": "019083000001"}, ""),
        ({"Số CCCD": "019203000001", "Ngày sinh": "03/03/2003"}, ""),
        ({"Số CCCD": "091900001"}, ""),  # a CMND says nothing
        ({"Số CCCD": "019083000001", "Ngày sinh": ""}, ""),
    ],
)
def test_a_number_that_says_another_sex_or_year_is_warned_of(hr, told_now, words):
    page = upload(hr, filled(hr, {**NUMBERED, **told_now})).content.decode()

    assert ("Số CCCD của Lê Văn Số cho biết" in page) is bool(words)
    assert words in page


@pytest.mark.parametrize(
    ("told_now", "is_warned"),
    [
        ({"Giới tính": "Nữ"}, True),
        ({"Ngày sinh": "09/09/1984"}, True),
        ({"Dân tộc": "Tày"}, False),  # what stood before is told by its own page
    ],
)
def test_a_record_that_its_own_number_comes_to_contradict_is_warned_of(hr, told_now, is_warned):
    on_record = {"sex": "M", "born_on": "1983-09-09", "national_id": "019083000001"}
    if not is_warned:
        on_record["national_id"] = "019199000001"
    make_cadre("Lê Văn Số", code="DT000001", **on_record)

    page = upload(hr, filled(hr, {"Số hiệu": "DT000001", **told_now})).content.decode()

    assert ("Số CCCD của Lê Văn Số cho biết" in page) is is_warned


def test_a_month_that_excel_made_a_day_of_is_read_as_the_month(hr):
    make_cadre("Sầm Văn Dũng", code="DT000001", sex="M", born_on="1984")
    book = load_workbook(BytesIO(filled(hr, {"Số hiệu": "DT000001", "Ngày sinh": "?"})))
    born = next(cell for row in book.worksheets[0] for cell in row if cell.value == "?")
    born.value, born.number_format = date(1984, 5, 1), "mmm-yy"

    upload(hr, saved(book))
    hr.post(f"{PAGE}{ImportBatch.objects.get().pk}/ghi/")

    assert str(Cadre.objects.get().born_on) == "05/1984"


@pytest.mark.django_db(transaction=True)
def test_a_preview_shows_that_it_is_out_of_date_and_is_checked_again(hr):
    cadre = make_cadre("Lê Văn Cũ", code="DT000001", sex="F")
    upload(hr, filled(hr, {"Số hiệu": "DT000001", "Họ và tên": "Lê Văn Mới"}))
    batch = ImportBatch.objects.get()
    assert "Ghi tất cả" in hr.get(f"{PAGE}{batch.pk}/").content.decode()

    Cadre.objects.filter(pk=cadre.pk).update(version=7)

    page = hr.get(f"{PAGE}{batch.pk}/").content.decode()
    assert "Ghi tất cả" not in page
    assert "Chờ ghi" not in page
    assert "Kiểm tra lại tệp" in page
    assert "Đã cũ, phải kiểm tra lại" in hr.get(PAGE).content.decode()
    page = hr.post(f"{PAGE}{batch.pk}/kiem-tra/", follow=True).content.decode()
    assert "Ghi tất cả" in page
    hr.post(f"{PAGE}{batch.pk}/ghi/")
    cadre.refresh_from_db()
    assert cadre.full_name == "Lê Văn Mới"


def test_a_preview_that_was_refused_is_set_aside_until_checked_again(hr):
    cadre = make_cadre("Lê Văn Cũ", code="DT000001", sex="F")
    upload(hr, filled(hr, {"Số hiệu": "DT000001", "Họ và tên": "Lê Văn Mới"}))
    batch = ImportBatch.objects.get()
    Cadre.objects.filter(pk=cadre.pk).update(version=7)

    page = hr.post(f"{PAGE}{batch.pk}/ghi/", follow=True).content.decode()

    assert "Chưa ghi gì" in page
    assert "Ghi tất cả" not in page
    page = hr.post(f"{PAGE}{batch.pk}/kiem-tra/", follow=True).content.decode()
    assert "Ghi tất cả" in page


def test_what_was_written_or_exchanged_is_not_checked_again(hr, office):
    user = make_user()
    for content in (filled(hr, someone(1)), filled(hr, someone(2))):
        batch = keep_file([content], name="x.xlsx", by=user)
        preview_import(batch, today=TODAY)
    confirm_import(batch, by=user, today=TODAY)
    other = ImportBatch.objects.exclude(pk=batch.pk).get()
    other.path.write_bytes(b"x")

    done = hr.post(f"{PAGE}{batch.pk}/kiem-tra/", follow=True).content.decode()
    exchanged = hr.post(f"{PAGE}{other.pk}/kiem-tra/", follow=True).content.decode()

    assert "đã được ghi" in done
    assert "tải tệp lên lại" in exchanged
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.DONE


def test_the_example_of_the_template_agrees_with_itself(tmp_path):
    from cadres.models import StudyField

    StudyField.objects.create(code="it", name="Công nghệ thông tin")
    StudyField.objects.create(code="law", name="Luật")
    path = tmp_path / "mau.xlsx"
    path.write_bytes(write_template(TODAY))

    head, example = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))[:2]
    told = {str(name).replace("*", "").strip(): value for name, value in zip(head, example,
            strict=True)}  # fmt: skip

    assert "Giữ đến hết ngày" in told
    assert told["Chuyên môn: nhóm ngành"] == "Luật"
    assert told["Chuyên môn: chuyên ngành"].startswith("Luật")
