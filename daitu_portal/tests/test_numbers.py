"""Coefficients come with a comma or a dot; what may mean two numbers is refused."""

from decimal import Decimal

import pytest

from daitu_portal.numbers import AmbiguousNumber, decimal_of


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2,67", "2.67"), ("2.67", "2.67"), (" 3 ", "3"), ("0,5", "0.5"), ("4,9800", "4.98")],
)
def test_a_comma_and_a_dot_are_alike(typed, number):
    assert decimal_of(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1.800", "1,800", "12.345"])
def test_what_may_be_thousands_or_decimals_is_not_guessed(typed):
    with pytest.raises(AmbiguousNumber):
        decimal_of(typed)


@pytest.mark.parametrize("typed", ["", "-1", "1e3", "1.234,5", "hai", "2,", ",5", "NaN", "٣"])
def test_anything_else_is_no_number(typed):
    with pytest.raises(ValueError, match="no number"):
        decimal_of(typed)
