"""Numbers typed with points."""

import pytest
from django import forms

from training.forms.money import MoneyField, NumberField, pointed


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1.200.000", 1_200_000), ("1200000", 1_200_000), (" 1 200 000 ", 1_200_000), ("0", 0),
     ("999", 999), ("12.000", 12_000), (1_500, 1500)],
)  # fmt: skip
def test_an_amount_is_read_with_points_and_without(typed, number):
    assert MoneyField().clean(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["1,5", "1.5", "1.20.000", "1200.000", "một triệu", "-5", "1e6", "٣", "1\x00", "9" * 31,
     "1.200.000đ", "."],
)  # fmt: skip
def test_what_may_mean_something_else_is_refused_in_words(typed):
    with pytest.raises(forms.ValidationError, match="Nhập số nguyên không âm"):
        MoneyField().clean(typed)


def test_a_number_outside_its_bounds_is_refused_with_the_bounds():
    field = NumberField(min_value=1, max_value=5000)

    assert field.clean("5.000") == 5000
    for typed in ("0", "5001", "9" * 30):
        with pytest.raises(forms.ValidationError, match=r"từ 1 đến 5\.000"):
            field.clean(typed)


def test_an_empty_number_is_none_or_missing():
    assert NumberField(required=False).clean(" ") is None
    assert MoneyField(required=False, empty=0).clean("") == 0
    with pytest.raises(forms.ValidationError):
        NumberField().clean("")


def test_a_stored_number_is_shown_with_points_and_what_was_typed_as_it_was():
    class Form(forms.Form):
        amount = MoneyField()

    assert 'value="1.200.000"' in str(Form(initial={"amount": 1_200_000})["amount"])
    assert 'value="1,5"' in str(Form({"amount": "1,5"})["amount"])
    assert pointed(1056) == "1.056"


def test_only_another_number_is_a_change():
    field = MoneyField()

    assert not field.has_changed(1_200_000, "1.200.000")
    assert field.has_changed(1_200_000, "1.200.001")
    assert field.has_changed(1_200_000, "abc")
