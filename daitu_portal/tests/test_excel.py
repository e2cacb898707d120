from datetime import date
from decimal import Decimal
from io import BytesIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from daitu_portal.dates import PartialDate
from daitu_portal.excel import (
    Column,
    Sheet,
    sheet_title,
    workbook_response,
    write_book,
    write_table,
)

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x")',
    "+84912345678",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|'/c calc'!A0",
    "#N/A",
]


def cells(content, row=2):
    sheet = load_workbook(BytesIO(content)).active
    return list(sheet[row])


def test_dates_and_numbers_are_real_and_identifiers_stay_text():
    columns = [Column("Ngày"), Column("Số"), Column("Diện tích"), Column("CCCD")]

    content = write_table(
        columns, [(date(2023, 6, 8), 7, Decimal("12.50"), "019000000001")], title="Thử"
    )

    day, number, area, identifier = cells(content)
    assert (day.value.date(), day.number_format) == (date(2023, 6, 8), "dd/mm/yyyy")
    assert (number.value, number.data_type) == (7, "n")
    assert area.value == 12.5
    assert (identifier.value, identifier.data_type) == ("019000000001", "s")


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_a_formula_is_stored_as_text(text):
    content = write_table([Column("Họ và tên")], [(text,)], title="Thử")

    (cell,) = cells(content)
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()


def test_text_that_looks_like_a_formula_stays_text_when_edited_in_excel():
    content = write_table([Column("Tên"), Column("Khác")], [("=1", "tên thường")], title="Thử")

    guarded, plain = cells(content)
    assert guarded.quotePrefix
    assert not plain.quotePrefix


def test_a_partly_known_day_is_text_and_a_whole_one_a_date():
    content = write_table(
        [Column("a"), Column("b"), Column("c")],
        [(PartialDate("1965"), PartialDate("1965-05"), PartialDate("1965-05-12"))],
        title="Thử",
    )

    year, month, day = cells(content)
    assert (year.value, month.value) == ("1965", "05/1965")
    assert day.value.date() == date(1965, 5, 12)


def test_head_is_frozen_filtered_and_comes_below_the_lead_lines():
    content = write_table(
        [Column("Họ và tên", width=30), Column("Xã")],
        [("Nguyễn Văn Thử", "Xã Thử")],
        title="Danh sách",
        lead=["Danh sách cán bộ", "Tính đến ngày 08/06/2023"],
    )

    sheet = load_workbook(BytesIO(content)).active
    assert sheet["A1"].value == "Danh sách cán bộ"
    assert [cell.value for cell in sheet[4]] == ["Họ và tên", "Xã"]
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:B5"
    assert sheet.column_dimensions["A"].width == 30
    assert sheet["A4"].font.bold


def test_characters_a_workbook_cannot_hold_are_left_out_and_long_text_is_cut():
    content = write_table([Column("a"), Column("b")], [("x\x00y\x0bz", "d" * 40_000)], title="T")

    bad, long = cells(content)
    assert bad.value == "xyz"
    assert len(long.value) == 32_767


def test_a_book_tells_how_many_rows_each_sheet_has(tmp_path):
    tables = [
        Sheet("Người", [Column("Mã")], ((number,) for number in range(3))),
        Sheet("Không", [Column("Mã")], []),
    ]

    counts = write_book(tables, tmp_path / "x.xlsx")

    assert counts == {"Người": 3, "Không": 0}
    assert load_workbook(tmp_path / "x.xlsx").sheetnames == ["Người", "Không"]


def test_sheet_titles_fit_excel():
    assert sheet_title("Đào tạo / bồi dưỡng: [2023]") == "Đào tạo   bồi dưỡng   2023"
    assert len(sheet_title("x" * 50)) == 31
    assert sheet_title("??") == "Bảng"


def test_a_download_has_a_vietnamese_name_and_runs_nothing():
    response = workbook_response(b"PK", 'Danh sách "cán bộ"\r\nX: 1')

    disposition = response["Content-Disposition"]
    assert "\r" not in disposition
    assert 'filename="danh-sach-can-bo-x-1.xlsx"' in disposition
    encoded = disposition.split("filename*=UTF-8''")[1]
    assert unquote(encoded) == 'Danh sách "cán bộ"\r\nX: 1.xlsx'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store"
