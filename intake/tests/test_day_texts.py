"""What a cell tells of a day: healed, asked or refused; never another day."""

from datetime import date, datetime

import pytest

from daitu_portal.dates import PartialDate
from intake.rules.day_columns import ColumnDays, column_days, shown_parts
from intake.rules.day_texts import heal_day, heal_day_parts
from intake.rules.day_uses import BIRTH, END, FROM, PAST, DayUse, Imprecise
from intake.rules.repairs import CannotHeal, Healed, RepairKind

TODAY = date(2023, 6, 8)
TEXT, SHORT = RepairKind.DATE_TEXT, RepairKind.DATE_SHORT_YEAR
SERIAL, NUMBER, WORD = RepairKind.DATE_SERIAL, RepairKind.DATE_NUMBER, RepairKind.WORD


def heal(value, use=BIRTH, number_format="General", **more):
    kind = "text" if isinstance(value, str) else "date" if isinstance(value, date) else "number"
    return heal_day(value, kind, number_format, use=use, today=TODAY, **more)


def problem_of(value, use=BIRTH, number_format="General", **more):
    with pytest.raises(CannotHeal) as caught:
        heal(value, use, number_format, **more)
    assert str(caught.value)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/05/1965", "12/05/1965"), ("05/1965", "05/1965"), ("1965", "1965"),
        ("12/5/1965 ", "12/05/1965"), ("5/1965", "05/1965"), ("12.05.1965", "12/05/1965"),
        ("5.1965", "05/1965"), ("12-5-1965", "12/05/1965"), ("1965-05-12", "12/05/1965"),
        ("1965-05", "05/1965"),
    ],
)  # fmt: skip
def test_what_the_strict_reader_takes_is_taken_alike_and_was_not_repaired(text, day):
    assert heal(text) == Healed(day)
    assert str(PartialDate.parse(text)) == day


@pytest.mark.parametrize(
    "text",
    [
        "ngày 12 tháng 5 năm 1965", "Ngày 12 tháng 05 năm 1965", "12 tháng 5, 1965",
        "12 tháng 5 1965", "ngày 12/5/1965", "sinh ngày 12/05/1965", "Ngày sinh: 12/05/1965",
        "12/5 năm 1965", "1965-05-12 00:00:00", "1965-05-12T00:00:00", "12/05/1965 0:00:00",
        "12051965", "19650512", "12/05/1965.", "12/05/1965,", "'12/05/1965", "12//05/1965",
        "12/05//1965", "l2/O5/1965", "12/05/I965", "12 / 05 / 1965", "12/ 5/1965", "12 05 1965",
        "12\\05\\1965", "12,05,1965", "12:05:1965", "12–05–1965", "1 2/05/1965", "12/05/19 65",
        "12-May-1965", "12 May 1965", "May 12, 1965", "12-thg5-1965", "12/T5/1965", "1965/5/12",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text):
    assert heal(text) == Healed("12/05/1965", (TEXT,))


@pytest.mark.parametrize(
    "text",
    ["12-5-65", "12/05/65", "12.5.65.", "120565", "12-May-65", "12-thg5-65",
     "ngày 12 tháng 5 năm 65"],
)  # fmt: skip
def test_a_year_of_two_digits_is_completed_by_what_is_told(text):
    assert heal(text) == Healed("12/05/1965", (SHORT,))


@pytest.mark.parametrize(
    "text",
    ["…/5/1965", "../5/1965", "00/05/1965", "--/05/1965", "__/05/1965", "xx/05/1965", "?/5/1965",
     "T5/1965", "tháng 5/1965", "tháng 5 năm 1965", "ngày … tháng 5 năm 1965", "Th.5 1965",
     "từ tháng 5/1965", "051965", "196505", "O5/1965", "5 / 1965", "1965/5",
     "May 1965", "/5/1965"],
)  # fmt: skip
def test_a_month_is_read_however_it_is_written(text):
    assert heal(text) == Healed("05/1965", (TEXT,))


@pytest.mark.parametrize("text", ["05/65", "5-65", "May-65", "T5/65"])
def test_a_month_with_a_short_year_is_completed(text):
    assert heal(text) == Healed("05/1965", (SHORT,))


@pytest.mark.parametrize(
    "text",
    ["SN 1965", "Năm 1965", "sinh năm 1965", "NS: 1965", "…/…/1965", "../../1965", "00/00/1965",
     "--/--/1965", "xx/xx/1965", "1965.0", "//1965", "ngày … tháng … năm 1965"],
)  # fmt: skip
def test_a_year_is_read_however_it_is_written(text):
    assert heal(text) == Healed("1965", (TEXT,))


def test_a_short_year_after_its_word_is_completed():
    assert heal("SN 65") == Healed("1965", (SHORT,))


@pytest.mark.parametrize(
    ("text", "day"), [("lO/l1/1965", "10/11/1965"), ("O1.O2.1966", "01/02/1966")]
)
def test_letters_for_digits_are_read_where_nothing_but_digits_can_be(text, day):
    assert heal(text) == Healed(day, (TEXT,))


@pytest.mark.parametrize("text", ["…/…/…", "-", "  …  ", "__/__/____", "Không", "chưa", "Không rõ"])
def test_marks_for_nothing_tell_nothing(text):
    assert heal(text) == Healed("", (WORD,))


@pytest.mark.parametrize("blank", ["", "   "])
def test_blanks_tell_nothing_without_a_repair(blank):
    assert heal(blank) == Healed("")


@pytest.mark.parametrize(
    "text",
    ["20/13/1970", "31/02/1970", "29/02/1971", "30/02/65", "31/04/1970", "32/01/1965", "13/1965",
     "45.5.1965", "31021970", "ngày 31 tháng 2 năm 1970", "31-Feb-70", "T13/1965", "1970-02-31",
     "12/5/196", "ngày 5 năm 1965", "hôm qua", "12/05/1965 17:00:00", "đến 5/1965",
     "1/2/3/1965", "7", "1965-1966", "999999", "012/05/1965", "12/tháng"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text):
    assert not problem_of(text).is_question


@pytest.mark.parametrize(
    "text",
    ["05/13/1970", "1121965", "121965", "12/…/1965", "12//1965", "12/05", "5/12", "12/00/1965",
     "65", "12/5/19..", "12/05/19…", "12/5/19xx", "1 2/1965", "ngày 5/1965", "May-12",
     "12/05/2015", "12/05/1925", "12/05/25", "12/05/1865", "12/…/05/1965", "SN 25", "20565",
     "1970-00-12"],
)  # fmt: skip
def test_what_may_be_several_days_or_makes_no_sense_is_asked(text):
    assert problem_of(text).is_question


def test_digits_that_are_a_day_of_other_years_are_asked_and_those_of_none_refused():
    assert problem_of("101112").is_question  # 10/11/2012, 12/11/2010: nobody's birth
    assert not problem_of("300229").is_question  # 30/02, or the 29th of February 2030
    assert not problem_of("12/05/0000").is_question


def test_the_question_names_the_day_that_would_make_sense():
    assert "13/05/1970" in str(problem_of("05/13/1970"))
    assert "13/05/70" in str(problem_of("05/13/70"))
    assert "01/12/1965 hoặc 11/02/1965" in str(problem_of("1121965"))


@pytest.mark.parametrize(
    ("number", "day", "repairs"),
    [
        (1965, "1965", ()), (1965.0, "1965", ()), (23874, "12/05/1965", (SERIAL,)),
        (23874.0, "12/05/1965", (SERIAL,)), (5.1965, "05/1965", (NUMBER,)),
        (10.1965, "10/1965", (NUMBER,)), (12051965, "12/05/1965", (NUMBER,)),
        (5121965, "05/12/1965", (NUMBER,)), (120565, "12/05/1965", (SHORT,)),
        (51965, "05/1965", (NUMBER,)), (0, "", ()),
    ],
)  # fmt: skip
def test_a_number_is_a_year_a_serial_number_or_a_day_without_its_marks(number, day, repairs):
    assert heal(number) == Healed(day, repairs)


@pytest.mark.parametrize("number", [5.196, 12.2, 65, 20565, 21965, 2015, 45000, 121965])
def test_a_number_that_may_be_several_days_is_asked(number):
    assert problem_of(number).is_question


@pytest.mark.parametrize(
    "number", [12.5, 13.1965, 5.19651, -1965, float("nan"), float("inf"), 1e20, 7, 123, 99999999]
)
def test_a_number_that_is_no_day_is_refused(number):
    assert not problem_of(number).is_question


def test_a_serial_number_as_text_is_read():
    assert heal("23874") == Healed("12/05/1965", (SERIAL,))


@pytest.mark.parametrize("value", [20565, "20565"])
@pytest.mark.parametrize("sure", [23874, 23874.0])
def test_among_sure_serial_numbers_a_doubtful_one_is_believed(value, sure):
    column = column_days([(sure, "number", "General"), (5, "number", ""), (1.5, "number", "")])

    assert column.has_serials
    assert heal(value, column=column) == Healed("20/04/1956", (SERIAL,))


@pytest.mark.parametrize(
    ("day", "number_format", "told"),
    [
        (date(1965, 5, 12), "dd/mm/yyyy", "12/05/1965"), (date(1965, 5, 1), "mmm-yy", "05/1965"),
        (date(1965, 1, 1), "yyyy", "1965"),
        (datetime.fromisoformat("1965-05-12"), "General", "12/05/1965"),
    ],
)  # fmt: skip
def test_a_date_cell_tells_what_it_shows(day, number_format, told):
    assert heal(day, number_format=number_format) == Healed(told)


def test_a_year_typed_into_a_date_cell_is_the_year_and_not_a_day_of_1905():
    assert heal(date(1905, 5, 18)) == Healed("1965", (SERIAL,))


def test_a_year_typed_into_a_date_cell_is_asked_where_it_makes_no_sense():
    assert problem_of(date(1905, 7, 5)).is_question  # 2013


def test_the_zero_of_a_formula_in_a_date_cell_tells_nothing():
    assert heal(date(1899, 12, 30)) == Healed("", (SERIAL,))


@pytest.mark.parametrize(
    ("day", "number_format"),
    [(date(2023, 5, 12), "d-mmm"), (datetime.fromisoformat("1965-05-12T17:00"), "dd/mm/yyyy"),
     (date(2023, 5, 12), "dd/mm/yyyy")],
)  # fmt: skip
def test_a_date_cell_without_its_year_or_with_an_hour_or_of_today_is_asked(day, number_format):
    assert problem_of(day, number_format=number_format).is_question


@pytest.mark.parametrize("kind", ["formula", "error", "bool", "date", "number"])
def test_other_kinds_of_cells_are_refused(kind):
    with pytest.raises(CannotHeal):
        heal_day("=A1", kind, "General", use=BIRTH, today=TODAY)


def test_where_a_day_is_needed_a_month_is_asked_and_known():
    asked = problem_of("5/2016", FROM)

    assert isinstance(asked, Imprecise)
    assert (asked.known, asked.is_question) == ("05/2016", True)
    assert heal("01/06/2016", FROM) == Healed("01/06/2016")


def test_digits_without_marks_are_precise_enough_or_asked():
    assert isinstance(problem_of("196505", DayUse(65, 0, needs_day=True)), Imprecise)


def test_past_is_over_and_what_begins_may_lie_ahead():
    assert problem_of("09/06/2023", PAST).is_question
    assert heal("08/06/2023", PAST) == Healed("08/06/2023")
    assert heal("01/01/2026", FROM) == Healed("01/01/2026")
    assert problem_of("01/01/2027", FROM).is_question


def test_a_short_year_that_may_be_of_two_centuries_is_asked():
    assert problem_of("12/05/20", DayUse(110, 0)).is_question


@pytest.mark.parametrize("word", ["nay", "đến nay", "Hiện nay"])
def test_an_end_may_be_open(word):
    assert heal(word, END) == Healed("", (WORD,))
    assert not problem_of(word, PAST).is_question


def test_an_end_may_have_its_word():
    assert heal("đến 30/6/2021", END) == Healed("30/06/2021", (TEXT,))


@pytest.mark.parametrize(
    ("number_format", "parts"),
    [("General", ""), ("dd/mm/yyyy", "dmy"), ("[$-42A]mmmm\\ yyyy;@", "my"), ('"năm "yyyy', "y"),
     ("d-mmm", "dm"), ("0.00", "")],
)  # fmt: skip
def test_the_parts_that_a_number_format_shows(number_format, parts):
    assert shown_parts(number_format) == parts


def cells(*values):
    kinds = {str: "text", date: "date", int: "number", float: "number", bool: "bool"}
    return [(value, kinds[type(value)], "dd/mm/yyyy") for value in values]


SWAPPED = [date(1970, 5, 3), date(1971, 4, 12), date(1980, 9, 9)]
LATE = ["13/05/1970", "25/12/1966", "30/4/1975"]


def test_date_cells_of_a_swapped_column_are_asked():
    column = column_days(cells(*SWAPPED, *LATE))

    assert column.is_swapped
    assert problem_of(SWAPPED[0], column=column).is_question
    assert heal(SWAPPED[2], column=column) == Healed("09/09/1980")
    assert heal(LATE[0], column=column) == Healed("13/05/1970")


def test_one_late_date_cell_among_many_does_not_excuse_the_rest():
    late = date(1970, 5, 20)

    assert column_days(cells(*SWAPPED * 3, late, *LATE)).is_swapped
    assert not column_days(cells(*SWAPPED, late, *LATE)).is_swapped


@pytest.mark.parametrize(
    "values", [[True, *SWAPPED, *LATE[:1]], SWAPPED[:1] + LATE, LATE, SWAPPED, []]
)
def test_few_cells_accuse_nobody(values):
    assert not column_days(cells(*values)).is_swapped


def test_cells_that_show_no_day_accuse_nobody():
    months = [(date(1970, number, 1), "date", "mm/yyyy") for number in (1, 2, 3)]

    assert not column_days([*months, *cells(*LATE)]).is_swapped


def test_texts_of_a_column_that_tells_the_month_first_are_asked():
    column = column_days(cells("05/13/1970", "12/25/1966", "05/12/1970", "hôm qua", "5/1965"))

    assert column == ColumnDays(is_month_first=True)
    assert problem_of("05/12/1970", column=column).is_question
    assert heal("05/05/1970", column=column) == Healed("05/05/1970")


def test_one_slip_does_not_turn_a_column():
    assert not column_days(cells("05/13/1970", *LATE)).is_month_first


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ((12, 5, 1965), "12/05/1965"), (("12", "05", "1965"), "12/05/1965"),
        ((None, 5.0, 1965.0), "05/1965"), (("", "…", "1965"), "1965"),
    ],
)  # fmt: skip
def test_a_day_in_three_columns_is_put_together(parts, told):
    assert heal_day_parts(*parts, use=BIRTH, today=TODAY) == Healed(told, (TEXT,))


def test_three_columns_may_tell_nothing_a_short_year_or_no_day():
    assert heal_day_parts(None, "", "…", use=BIRTH, today=TODAY) == Healed("")
    assert heal_day_parts(1, 2, 65, use=BIRTH, today=TODAY) == Healed("01/02/1965", (SHORT,))
    with pytest.raises(CannotHeal):
        heal_day_parts(31, 2, 1965, use=BIRTH, today=TODAY)
    with pytest.raises(CannotHeal):
        heal_day_parts(31, None, 1965, use=BIRTH, today=TODAY)
