from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from cadres.models import CommuneArea, SalaryStep
from cadres.records import Table, table, tables, write_record_set
from cadres.tests.factories import (
    make_cadre,
    make_commune,
    make_holding,
    make_membership,
    make_post,
    make_qualification,
    make_rating,
    make_rule,
    make_short_training,
    make_title_set,
)
from daitu_portal.dates import PartialDate

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(tmp_path):
    """Writes the record set and returns the rows of a sheet as dictionaries by header."""

    def of(sheet):
        path = tmp_path / "x.xlsx"
        write_record_set(path)
        head, *rows = load_workbook(path)[sheet].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]

    return of


def test_every_table_of_the_issue_has_a_sheet(tmp_path):
    call_command("export_cadres", str(tmp_path / "x.xlsx"), stdout=StringIO())

    sheets = load_workbook(tmp_path / "x.xlsx").sheetnames
    assert set(sheets) >= {
        "Đơn vị", "Khu vực", "Chức danh", "Tiêu chuẩn", "Hồ sơ", "Giữ chức vụ", "Cấp ủy viên",
        "Trình độ", "Bồi dưỡng", "Xếp loại năm", "Lớp", "Tập huấn", "Lượt người học",
    }  # fmt: skip


def test_a_holding_is_told_with_public_codes_and_its_last_day(export):
    cadre = make_cadre("Lê Thị Hoa", code="DT000007")
    commune = make_commune("Xã Thử", code="05770")
    make_holding(
        cadre,
        make_post("Văn phòng – thống kê", code="CC03"),
        commune,
        valid_from=date(2021, 5, 12),
        valid_to=date(2023, 8, 1),
    )

    (row,) = export("Giữ chức vụ")

    assert row["Số hiệu"] == "DT000007"
    assert row["Họ và tên"] == "Lê Thị Hoa"
    assert (row["Mã chức danh"], row["Mã đơn vị"]) == ("CC03", "05770")
    assert row["Từ ngày"].date() == date(2021, 5, 12)
    assert row["Đến hết ngày"].date() == date(2023, 7, 31)
    assert row["Là chức vụ chính"] == "Có"


def test_people_keep_zeros_and_the_precision_of_their_dates(export):
    make_cadre(
        code="DT000001", national_id="019000000001", phone="0912345678", born_on=PartialDate("1965")
    )
    make_cadre(code="DT000002", born_on=PartialDate("1965-05-12"))

    first, second = export("Hồ sơ")

    assert (first["Số CCCD"], first["Điện thoại"]) == ("019000000001", "0912345678")
    assert first["Ngày sinh"] == "1965"
    assert second["Ngày sinh"].date() == date(1965, 5, 12)


def test_levels_are_told_by_label_and_rank(export):
    cadre = make_cadre()
    make_qualification(cadre, "political", 2, awarded_on="2018-06")
    make_qualification(cadre, "professional", 4, field="law", major="Luật")

    political, professional = export("Trình độ")

    assert (political["Nội dung"], political["Mức"], political["Thứ bậc"]) == (
        "Lý luận chính trị",
        "Trung cấp",
        2,
    )
    assert political["Ngày cấp"] == "06/2018"
    assert (professional["Mức"], professional["Mã nhóm ngành"]) == ("Đại học", "law")


def test_rules_and_title_sets_are_told_whole(export):
    make_title_set(make_post(code="CC03"), make_post(code="CC02"))
    make_rule(code="R1", valid_to=date(2023, 8, 1))

    (title_set,) = export("Nhóm chức danh")
    (rule,) = export("Tiêu chuẩn")

    assert title_set["Gồm các mã chức danh"] == "CC02 CC03"
    assert rule["Điều kiện"] == '{"level": {"min": 4, "strand": "professional"}}'
    assert rule["Đến hết ngày"].date() == date(2023, 7, 31)


def test_areas_memberships_trainings_and_ratings_are_told(export):
    cadre = make_cadre(code="DT000001")
    commune = make_commune(code="05770")
    CommuneArea.objects.create(
        commune=commune, uses_mountain_floor=True, valid_from=date(2020, 1, 1), document="QĐ 1"
    )
    make_membership(cadre, commune)
    make_short_training(cadre)
    make_rating(cadre, 2022)

    assert export("Khu vực")[0]["Áp dụng sàn miền núi"] == "Có"
    assert export("Cấp ủy viên")[0]["Chức danh cấp ủy"] == "Ủy viên Ban Chấp hành"
    assert export("Bồi dưỡng")[0]["Nội dung"] == "Nghiệp vụ công tác xây dựng Đảng"
    rating = export("Xếp loại năm")[0]
    assert (rating["Năm"], rating["Mức xếp loại"]) == (2022, "Hoàn thành tốt nhiệm vụ")


def test_no_table_exports_a_database_key():
    for each in tables():
        assert not {field.code for field in each.fields} & {"id", "pk"}, each.code


def test_keys_and_headers_of_each_table_are_sound():
    for each in tables():
        headers = [field.header for field in each.fields]
        assert len(set(headers)) == len(headers), each.sheet
        for code in (*each.key, *(c for one in each.alike for c in (*one.same, *one.blank))):
            assert each.field(code), each.code


def test_a_table_is_read_in_a_fixed_number_of_queries(django_assert_num_queries):
    for _ in range(5):
        make_holding()

    with django_assert_num_queries(1):
        assert len(list(table("holdings").rows())) == 5


def test_rows_beyond_the_end_of_a_sheet_go_on_in_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("cadres.records.ROWS_OF_A_SHEET", 2)
    for number in range(5):
        make_cadre(code=f"DT00000{number}")

    write_record_set(tmp_path / "x.xlsx")

    book = load_workbook(tmp_path / "x.xlsx")
    codes = [
        row[0]
        for sheet in ("Hồ sơ", "Hồ sơ (2)", "Hồ sơ (3)")
        for row in book[sheet].iter_rows(min_row=2, values_only=True)
    ]
    assert codes == [f"DT00000{number}" for number in range(5)]


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path):
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("export_cadres", str(tmp_path / "absent" / "x.xlsx"))
    with pytest.raises(CommandError, match=r"\.xlsx"):
        call_command("export_cadres", str(tmp_path / "x.csv"))
    assert list(tmp_path.iterdir()) == []


def test_a_table_refuses_an_unknown_field():
    assert isinstance(table("people"), Table)
    with pytest.raises(KeyError):
        table("people").field("salary")


def test_a_coefficient_is_told_with_a_comma():
    step = SalaryStep(grade_code="01.003", step=6, coefficient=Decimal("3.99"))

    assert str(step) == "01.003 bậc 6, hệ số 3,99"
