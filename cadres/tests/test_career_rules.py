"""What a career may not contain, around the days of the mergers and of NĐ 33/2023."""

from datetime import date

import pytest

from cadres.rules.careers import (
    Span,
    Stay,
    end_of,
    existence_problems,
    main_post_problems,
    most_at_once,
    order_problems,
    repetition_problems,
    term_problems,
)

OLD_QUAN_CHU = Span("Xã Quân Chu", date(2004, 1, 1), date(2023, 4, 10))
NEW_QUAN_CHU = Span("Thị trấn Quân Chu", date(2023, 4, 10), date(2025, 7, 1))
POLICE_CHIEF = Span("Trưởng Công an", date(2004, 1, 1), date(2023, 8, 1))


def stay(begins, ends=None, **fields):
    return Stay("VP – thống kê, Xã Thử", begins, ends, **{"what": 1, "where": 1, **fields})


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (OLD_QUAN_CHU, "từ ngày 01/01/2004 đến hết ngày 09/04/2023"),
        (Span("Xã", date(2023, 4, 10)), "từ ngày 10/04/2023"),
    ],
)
def test_a_period_is_told_with_its_last_day(span, words):
    assert span.words == words


@pytest.mark.parametrize(
    ("ends", "is_sound"),
    [
        (None, True),
        (date(2021, 5, 13), True),
        (date(2021, 5, 12), False),
        (date(2020, 1, 1), False),
    ],
)
def test_a_period_has_at_least_one_day(ends, is_sound):
    problems = order_problems(stay(date(2021, 5, 12), ends))

    assert [each.field for each in problems] == ([] if is_sound else ["last_on"])


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        (date(2020, 1, 1), date(2023, 4, 10), None),
        (date(2020, 1, 1), date(2023, 4, 11), "last_on"),
        (date(2020, 1, 1), None, "last_on"),
        (date(2003, 12, 31), date(2010, 1, 1), "commune"),
        (date(2004, 1, 1), date(2010, 1, 1), None),
        (date(2023, 4, 10), None, "commune"),
        (date(2023, 4, 9), date(2023, 4, 10), None),
    ],
)
def test_a_post_ends_with_its_unit_on_the_ninth_of_april_2023(begins, ends, field):
    problems = existence_problems(stay(begins, ends), OLD_QUAN_CHU, "commune")

    assert [each.field for each in problems] == ([field] if field else [])


def test_an_empty_period_is_told_with_its_first_day():
    (problem,) = order_problems(stay(date(2021, 5, 12), date(2021, 5, 12)))

    assert problem.message == (
        "Ngày cuối phải không trước ngày đầu (12/05/2021); kiểm tra lại cả hai ngày."
    )


def test_the_message_says_the_last_day_and_what_to_do():
    (problem,) = existence_problems(stay(date(2020, 1, 1)), OLD_QUAN_CHU, "commune")

    assert problem.message == (
        "Xã Quân Chu chỉ có đến hết ngày 09/04/2023; nhập “đến hết ngày” không quá ngày ấy, "
        "phần sau thêm thành dòng mới."
    )


def test_a_post_begun_after_its_unit_ended_is_to_stand_elsewhere():
    (problem,) = existence_problems(stay(date(2023, 4, 10)), OLD_QUAN_CHU, "commune")

    assert problem.message == (
        "Xã Quân Chu chỉ có từ ngày 01/01/2004 đến hết ngày 09/04/2023; "
        "chọn nơi hoặc chức danh khác."
    )


def test_the_new_unit_takes_over_on_the_tenth():
    assert (
        existence_problems(stay(date(2023, 4, 10), date(2025, 7, 1)), NEW_QUAN_CHU, "commune") == []
    )
    early, late = existence_problems(stay(date(2023, 4, 9)), NEW_QUAN_CHU, "commune")
    assert "chỉ có từ ngày 10/04/2023" in early.message
    assert late.field == "last_on"  # both ends are told at once


@pytest.mark.parametrize(
    ("begins", "ends", "is_sound"),
    [
        (date(2020, 1, 1), date(2023, 8, 1), True),
        (date(2020, 1, 1), date(2023, 8, 2), False),
        (date(2023, 7, 31), date(2023, 8, 1), True),
        (date(2023, 8, 1), date(2023, 9, 1), False),
    ],
)
def test_the_police_chief_is_no_civil_servant_from_the_first_of_august_2023(begins, ends, is_sound):
    problems = existence_problems(stay(begins, ends), POLICE_CHIEF, "post")

    assert (problems == []) is is_sound


@pytest.mark.parametrize(
    ("first", "second", "shares_a_day"),
    [
        ((date(2020, 1, 1), date(2021, 1, 1)), (date(2021, 1, 1), None), False),
        ((date(2020, 1, 1), date(2021, 1, 2)), (date(2021, 1, 1), None), True),
        ((date(2020, 1, 1), None), (date(2030, 1, 1), None), True),
        ((date(2021, 1, 1), None), (date(2020, 1, 1), date(2021, 1, 1)), False),
    ],
)
def test_periods_overlap_when_they_share_a_day(first, second, shares_a_day):
    assert stay(*first).overlaps(stay(*second)) is shares_a_day
    assert stay(*second).overlaps(stay(*first)) is shares_a_day


def test_nobody_holds_the_same_post_twice_on_one_day():
    old = stay(date(2018, 1, 1), date(2022, 1, 1))

    (problem,) = repetition_problems(stay(date(2021, 12, 31)), [old])

    assert problem.field == "valid_from"
    assert "đến hết ngày 31/12/2021" in problem.message
    assert repetition_problems(stay(date(2022, 1, 1)), [old]) == []
    assert repetition_problems(stay(date(2021, 12, 31), what=2), [old]) == []


def test_one_post_is_the_main_one_at_a_time():
    main = stay(date(2018, 1, 1), is_main=True)
    beside = stay(date(2018, 1, 1), what=3)

    (problem,) = main_post_problems(stay(date(2020, 1, 1), what=2, is_main=True), [main, beside])

    assert problem.field == "is_main"
    assert main_post_problems(stay(date(2020, 1, 1), what=2), [main]) == []
    assert main_post_problems(stay(date(2017, 1, 1), date(2018, 1, 1), is_main=True), [main]) == []


def test_the_other_main_post_is_named_with_its_days():
    main = stay(date(2018, 1, 1), date(2022, 1, 1), is_main=True)

    (problem,) = main_post_problems(stay(date(2020, 1, 1), what=2, is_main=True), [main])

    assert problem.message == (
        "VP – thống kê, Xã Thử (từ ngày 01/01/2018 đến hết ngày 31/12/2021) đang là chức vụ chính; "
        "bỏ dấu chính ở đó hoặc ở đây."
    )


@pytest.mark.parametrize(
    ("begins", "is_sound"),
    [
        (date(2020, 5, 31), False),
        (date(2020, 6, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_a_post_is_of_the_term_in_which_it_began(begins, is_sound):
    term = Span("Đảng bộ 2020–2025", date(2020, 6, 1), date(2025, 7, 1))

    problems = term_problems(stay(begins, date(2026, 1, 1)), term)

    assert [each.field for each in problems] == ([] if is_sound else ["term"])


def test_a_post_without_an_end_ends_with_whatever_ends_first():
    chief = stay(date(2020, 1, 1))

    assert end_of(chief, [OLD_QUAN_CHU, POLICE_CHIEF]) is OLD_QUAN_CHU
    assert end_of(chief, [Span("Xã", date(2004, 1, 1)), POLICE_CHIEF]) is POLICE_CHIEF
    assert end_of(chief, [Span("Xã", date(2004, 1, 1))]) is None
    assert end_of(stay(date(2020, 1, 1), date(2021, 1, 1)), [OLD_QUAN_CHU]) is None
    assert end_of(stay(date(2023, 4, 10)), [OLD_QUAN_CHU]) is None  # it began too late for that


def test_holders_are_counted_on_one_day_not_over_the_years():
    first, second = stay(date(2018, 1, 1), date(2019, 1, 1)), stay(date(2019, 1, 1))

    assert most_at_once(stay(date(2017, 1, 1)), [first, second]) == 1
    assert most_at_once(stay(date(2017, 1, 1)), [first, second, stay(date(2018, 6, 1))]) == 2
    assert most_at_once(stay(date(2017, 1, 1), date(2018, 1, 1)), [first, second]) == 0
