"""x/y and a percent to one decimal."""

from decimal import Decimal

import pytest

from daitu_portal.ratio import Change, Ratio, percent


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (209, 255, "82.0"),
        (163, 255, "63.9"),
        (88, 138, "63.8"),
        (96, 138, "69.6"),
        (132, 144, "91.7"),
        (1, 8, "12.5"),
        (1, 2000, "0.1"),  # 0,05: halves go up
        (0, 5, "0.0"),
        (5, 5, "100.0"),
    ],
)
def test_percents_have_one_decimal_and_halves_go_up(part, whole, expected):
    assert percent(part, whole) == Decimal(expected)


def test_nothing_of_nothing_is_no_percent():
    assert percent(0, 0) is None
    assert Ratio(0, 0).percent is None


@pytest.mark.parametrize(("part", "whole"), [(-1, 5), (6, 5), (1, 0)])
def test_what_is_no_part_is_an_error(part, whole):
    with pytest.raises(ValueError, match="is no part of"):
        percent(part, whole)


def test_whoever_is_not_in_the_numerator_is_missing_the_unknown_among_them():
    ratio = Ratio(209, 255, 4)

    assert (ratio.missing, ratio.is_ruled, ratio.percent) == (46, True, Decimal("82.0"))


def test_a_day_without_a_rule_has_no_numerator_and_no_percent():
    ratio = Ratio(None, 138, None)

    assert not ratio.is_ruled
    assert ratio.percent is None
    assert ratio.missing == 138


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Ratio(209, 255, 4), "209/255"),
        (Ratio(1209, 12550), "1.209/12.550"),
        (Ratio(None, 138, None), "–/138"),
        (Ratio(0, 0), "—"),
        (Ratio(None, 0, None), "—"),
    ],
)
def test_a_ratio_reads_as_the_office_writes_it(ratio, text):
    assert str(ratio) == text


@pytest.mark.parametrize(
    ("now", "before", "points", "numerator", "denominator"),
    [
        (Ratio(209, 255), Ratio(207, 264), "3.6", 2, -9),
        (Ratio(132, 144), Ratio(134, 150), "2.4", -2, -6),
        (Ratio(144, 144), Ratio(144, 144), "0.0", 0, 0),
        (Ratio(0, 5), Ratio(1, 5), "-20.0", -1, 0),
    ],
)
def test_a_change_is_of_the_percent_and_of_both_its_parts(
    now, before, points, numerator, denominator
):
    change = Change(now, before)

    assert change.points == Decimal(points)
    assert (change.numerator, change.denominator) == (numerator, denominator)
    assert change.why_none == ""
    assert change.is_same is (now == before)


NOBODY, UNRATED, UNRULED = Ratio(0, 0), Ratio(0, 0, 544), Ratio(None, 138, None)


@pytest.mark.parametrize(
    ("now", "before", "why"),
    [
        (UNRULED, Ratio(1, 2), "ngày đang xem chưa có quy định"),
        (NOBODY, Ratio(1, 2), "không có ai thuộc nhóm này"),
        (UNRATED, Ratio(1, 2), "chưa ai được xếp loại"),
        (Ratio(1, 2), None, "chỉ tiêu chưa áp dụng ngày ấy"),
        (Ratio(1, 2), UNRULED, "chưa có quy định ngày ấy"),
        (Ratio(1, 2), NOBODY, "không có ai thuộc nhóm ngày ấy"),
        (Ratio(1, 2), UNRATED, "chưa ai được xếp loại ngày ấy"),
    ],
)
def test_against_nothing_there_is_no_change_and_it_says_why(now, before, why):
    change = Change(now, before)

    assert change.why_none == why
    assert (change.points, change.numerator, change.denominator) == (None, None, None)


def test_why_there_is_no_earlier_ratio_may_be_told():
    assert Change(Ratio(1, 2), None, "đơn vị chưa có ngày ấy").why_none == "đơn vị chưa có ngày ấy"
