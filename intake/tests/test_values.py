"""What one cell says, by the kind of its field, and what cannot be taken as it is."""

from datetime import date

import pytest

from cadres.records import Field, Kind
from daitu_portal.dates import PartialDate
from daitu_portal.reading.cells import Cell
from intake.values import ERASE, MOST_CHARACTERS, ValueProblem, level_rank, shown_value, value_of


def cell(value, kind=None):
    kinds = {str: "text", int: "number", float: "number", bool: "bool", date: "date"}
    return Cell("Trang", 2, 1, kind or kinds[type(value)], value)


def read(kind, value, **more):
    return value_of(Field("x", "Cột thử", kind, **more), cell(value))


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.TEXT, "  Trần   Văn ", "Trần Văn"),
        (Kind.TEXT, 12.0, "12"),
        (Kind.TEXT, 1.5, "1.5"),
        (Kind.NOTE, " Dòng  một \n\n hai ", "Dòng một\n\nhai"),
        (Kind.DIGITS, "001 085-000.001", "001085000001"),
        (Kind.INTEGER, 2022, 2022),
        (Kind.INTEGER, 2022.0, 2022),
        (Kind.INTEGER, " 2022 ", 2022),
        (Kind.PARTIAL, "5/1965", PartialDate("1965-05")),
        (Kind.PARTIAL, date(1965, 5, 12), PartialDate("1965-05-12")),
        (Kind.DAY, "12/05/2021", date(2021, 5, 12)),
        (Kind.LAST_DAY, "31/07/2023", date(2023, 8, 1)),
        (Kind.YES_NO, "Có", True),
        (Kind.YES_NO, True, True),
        (Kind.YES_NO, "KHÔNG", False),
    ],
)
def test_a_cell_is_read_by_the_kind_of_its_field(kind, value, expected):
    assert read(kind, value) == expected


@pytest.mark.parametrize(
    ("number_format", "day", "expected"),
    [
        ("mmm-yy", date(1984, 5, 1), "1984-05"),
        ("mm/yyyy", date(1984, 5, 1), "1984-05"),
        ("[$-42A]mmmm\\ yyyy;@", date(1984, 5, 1), "1984-05"),
        ('"tháng đ"mm"/dd"yyyy', date(1984, 5, 1), "1984-05"),
        ("yyyy", date(1984, 1, 1), "1984"),
        ("dd/mm/yyyy", date(1984, 5, 1), "1984-05-01"),
        ("mm-dd-yy", date(1984, 5, 1), "1984-05-01"),
        ("mmm-yy", date(1984, 5, 12), "1984-05-12"),  # Excel makes no 12th: someone typed it
        ("yyyy", date(1984, 5, 1), "1984-05-01"),
        ("d-mmm", date(1984, 5, 1), "1984-05-01"),
    ],
)
def test_the_first_of_a_month_that_excel_added_and_does_not_show_is_no_day(
    number_format, day, expected
):
    shown = Cell("Trang", 2, 1, "date", day, number_format)

    assert value_of(Field("x", "Cột thử", Kind.PARTIAL), shown) == PartialDate(expected)


def test_a_month_alone_is_no_day_of_a_term():
    shown = Cell("Trang", 2, 1, "date", date(2021, 5, 1), "mmm-yy")

    with pytest.raises(ValueProblem, match="đủ ngày, tháng, năm"):
        value_of(Field("x", "Từ ngày", Kind.DAY), shown)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Kind.TEXT, True, "phải là chữ"),
        (Kind.TEXT, date(2021, 5, 12), "phải là chữ"),
        (Kind.TEXT, "x" * (MOST_CHARACTERS + 1), "quá dài"),
        (Kind.INTEGER, "hai nghìn", "Không phải số nguyên"),
        (Kind.INTEGER, 2022.5, "Không phải số nguyên"),
        (Kind.INTEGER, True, "Không phải số nguyên"),
        (Kind.INTEGER, "-1", "Không phải số nguyên"),
        (Kind.PARTIAL, "31/02/1980", "Không phải ngày có thật"),
        (Kind.PARTIAL, "1899", "Năm 1899 ngoài khoảng"),
        (Kind.PARTIAL, "2101", "Năm 2101 ngoài khoảng"),
        (Kind.DAY, "05/2021", "đủ ngày, tháng, năm"),
        (Kind.DAY, "31/12/1929", "Năm 1929 ngoài khoảng"),
        (Kind.YES_NO, "có lẽ", "Có hoặc Không"),
    ],
)
def test_what_cannot_be_taken_says_why(kind, value, words):
    with pytest.raises(ValueProblem, match=words) as refused:
        read(kind, value)

    assert refused.value.remedy


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1900", PartialDate("1900")), ("2100", PartialDate("2100"))],
)
def test_the_first_and_last_years_that_are_taken(value, expected):
    assert read(Kind.PARTIAL, value) == expected


def test_an_error_of_excel_is_never_a_value():
    with pytest.raises(ValueProblem, match="báo lỗi"):
        value_of(Field("x", "Cột thử"), cell("#N/A", kind="error"))


def test_blanks_are_nothing():
    assert read(Kind.TEXT, " \u00a0 ") is None


@pytest.mark.parametrize(
    ("text", "is_erased"), [("(xóa)", True), ("( Xoá )", True), ("xóa", False)]
)
def test_the_word_that_takes_away_stands_in_brackets(text, is_erased):
    assert (read(Kind.TEXT, text) is ERASE) is is_erased
    assert repr(ERASE) == "ERASE"


def test_a_choice_is_known_by_label_and_by_code_and_others_are_listed():
    choices = {"M": "Nam", "F": "Nữ"}

    assert [read(Kind.CHOICE, word, choices=choices) for word in ("nu", "m")] == ["F", "M"]
    with pytest.raises(ValueProblem) as refused:
        read(Kind.CHOICE, "X", choices=choices)
    assert refused.value.remedy == "Chọn một trong: Nam; Nữ."


def test_a_level_of_another_strand_lists_those_there_are():
    assert level_rank("professional", "dai hoc") == 4
    with pytest.raises(ValueProblem) as refused:
        level_rank("professional", "cao cấp")
    assert "Đại học" in refused.value.remedy


def test_a_value_is_shown_as_it_was_typed_and_short():
    assert shown_value(date(2021, 5, 12)) == "12/05/2021"
    assert len(shown_value("x" * 500)) == 120
