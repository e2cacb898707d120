from datetime import date
from decimal import Decimal
from io import BytesIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from daitu_portal.dates import PartialDate
from daitu_portal.excel import (
    TEXT_FORMAT,
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


def large(columns, rows, **more):
    """The first sheet of a workbook that went through the fast writer."""
    out = BytesIO()
    write_book([Sheet("Lớn", columns, iter(rows), expected=1_000_000, **more)], out)
    return load_workbook(BytesIO(out.getvalue())).active


def test_a_large_sheet_is_written_with_real_days_numbers_and_text_that_stays_text():
    columns = [
        Column("TT"), Column("CCCD", number_format=TEXT_FORMAT), Column("Sinh", holds_days=True),
        Column("Hệ số"), Column("Đảng"),
    ]  # fmt: skip
    rows = [
        (1, "019000000001", PartialDate("1965-05-12"), Decimal("2.34"), True),
        (None, "0", PartialDate("1965-05"), None, False),
        (3, "x\x00y\x0bz", date(2023, 6, 8), 4.5, None),
    ]

    sheet = large(columns, rows)

    first, second, third = ([cell.value for cell in row] for row in sheet.iter_rows(min_row=2))
    assert (first[2].date(), *first[:2], *first[3:]) == (
        date(1965, 5, 12),
        1,
        "019000000001",
        2.34,
        "Có",
    )
    assert second == [None, "0", "05/1965", None, "Không"]
    assert (third[2].date(), third[1], third[3]) == (date(2023, 6, 8), "xyz", 4.5)
    assert (sheet["C2"].number_format, sheet["B2"].number_format) == ("dd/mm/yyyy", "@")


@pytest.mark.parametrize("text", FORMULAS)
def test_in_a_large_sheet_text_that_looks_like_a_formula_is_text(text):
    sheet = large([Column("Tên", number_format=TEXT_FORMAT), Column("Khác")], [(text, text)])

    guarded, plain = sheet[2]
    assert (guarded.data_type, plain.data_type) == ("s", "s")
    assert guarded.value.strip() == text.strip()
    assert guarded.quotePrefix


def test_a_large_sheet_looks_like_a_small_one():
    columns = [
        Column("Họ và tên", width=30, is_required=True),
        Column("Giới", choices=("Nam", "Nữ"), is_read=True),
    ]
    lead = ["Danh sách cán bộ", "Tính đến ngày 08/06/2023"]

    sheet = large(columns, [("Nguyễn Văn Thử", "Nam"), ("Trần Thị Thử", "Nữ")], lead=lead,
                  spare_rows=0)  # fmt: skip

    assert [sheet["A1"].value, sheet["A2"].value] == lead
    assert [cell.value for cell in sheet[4]] == ["Họ và tên *", "Giới"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:B6")
    assert round(sheet.column_dimensions["A"].width) in (30, 31)  # the writer adds the padding
    assert sheet["A4"].font.bold
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("B5:B6", '"Nam,Nữ"')


def test_a_large_book_counts_its_rows_hides_its_sheets_and_keeps_heads_of_empty_ones(tmp_path):
    sheets = [
        Sheet("Người", [Column("Mã")], ((number,) for number in range(3)), expected=30_000),
        Sheet("Không", [Column("Mã"), Column("Tên")], []),
        Sheet("Ẩn", [Column("Mục")], [("x",)], is_hidden=True),
    ]

    counts = write_book(sheets, tmp_path / "x.xlsx")

    assert counts == {"Người": 3, "Không": 0, "Ẩn": 1}
    book = load_workbook(tmp_path / "x.xlsx")
    assert [cell.value for cell in book["Không"][1]] == ["Mã", "Tên"]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]


def test_a_large_sheet_whose_headers_are_alike_is_written_the_slow_way():
    sheet = large([Column("Ghi chú"), Column("Ghi chú")], [("một", "hai")])

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Ghi chú", "Ghi chú"], ["một", "hai"],
    ]  # fmt: skip


def test_what_goes_wrong_while_rows_come_is_raised():
    def rows():
        yield ("một",)
        raise LookupError("gone")

    with pytest.raises(LookupError):
        large([Column("Mã")], rows())
