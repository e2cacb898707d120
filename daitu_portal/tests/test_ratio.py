"""x/y and a percent to one decimal."""

from decimal import Decimal

import pytest

from daitu_portal.ratio import Ratio, percent


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
