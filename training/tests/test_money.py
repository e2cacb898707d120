"""Numbers with points are read as offices mean them, and nothing else is."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from training.forms.money import MoneyField, NumberField


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1.200.000", 1_200_000), ("1200000", 1_200_000), ("1 200 000", 1_200_000), (" 40 ", 40),
     ("0", 0), ("007", 7), ("10.000.000.000.000", 10**13)],
)  # fmt: skip
def test_a_sum_is_read_with_points_and_without(typed, number):
    assert MoneyField().clean(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["1,5", "1.5", "1.20", "1.2000", "1200.000", ".000", "triệu", "1e6", "-5", "1\x00", "٣",
     "10.000.000.000.001", "9" * 500],
)  # fmt: skip
def test_what_may_mean_something_else_is_refused_in_words(typed):
    with pytest.raises(ValidationError) as refused:
        MoneyField().clean(typed)

    assert "ví dụ 1.200.000" in str(refused.value) or "Số lớn nhất" in str(refused.value)


def test_nothing_typed_is_missing_or_what_the_form_says():
    with pytest.raises(ValidationError):
        MoneyField().clean("")

    assert MoneyField(required=False).clean("") is None
    assert MoneyField(required=False, empty=0).clean("") == 0


def test_a_number_keeps_to_its_limits():
    field = NumberField(min_value=1, max_value=5000)

    assert field.clean("5.000") == 5000
    for typed in ("0", "5001"):
        with pytest.raises(ValidationError):
            field.clean(typed)


def test_it_is_shown_with_points_and_unchanged_where_the_number_is():
    class Form(forms.Form):
        cost = MoneyField(initial=1_200_000)

    assert 'value="1.200.000"' in str(Form()["cost"])
    assert not Form({"cost": "1200000"}).has_changed()
    assert Form({"cost": "1.200.001"}).has_changed()
    assert Form({"cost": "abc"}).has_changed()
    assert 'value="1,5"' in str(Form({"cost": "1,5"})["cost"])
