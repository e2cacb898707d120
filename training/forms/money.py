"""Whole numbers and sums of money as offices type them: with points between the thousands."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from training.models.ceilings import MONEY

_PLAIN = re.compile(r"[0-9]{1,20}")
_POINTED = re.compile(r"[0-9]{1,3}(?:[.\u00a0\u202f ][0-9]{3}){1,6}")
_NUMBERS = 999_999_999


def pointed(value: int) -> str:
    """1.200.000"""
    return f"{value:,}".replace(",", ".")


class NumberField(forms.CharField):
    """A whole number from `min_value` to `max_value`: 1.200 or 1200; an int, or `empty`."""

    example = "1.200"

    def __init__(
        self, *, min_value: int = 0, max_value: int = _NUMBERS, empty: int | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.min_value, self.max_value, self.empty = min_value, max_value, empty
        told = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "26"}
        kwargs.setdefault("widget", forms.TextInput(attrs=told))
        super().__init__(**kwargs)  # no max_length: its check would ask a number for its length

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Raises ValidationError for anything but a whole number within the limits."""
        if isinstance(value, int):
            return value
        text = super().to_python(value) or ""
        if not text:
            return self.empty
        if not (_PLAIN.fullmatch(text) or _POINTED.fullmatch(text)):
            raise ValidationError(
                f"Nhập một số nguyên, có thể có dấu chấm phần nghìn, ví dụ {self.example}.",
                code="invalid",
            )
        return self._within(int(re.sub(r"[^0-9]", "", text)))

    def _within(self, number: int) -> int:
        if number < self.min_value:
            raise ValidationError(f"Số nhỏ nhất là {pointed(self.min_value)}.", code="min_value")
        if number > self.max_value:
            raise ValidationError(
                f"Số lớn nhất là {pointed(self.max_value)}; kiểm tra lại số chữ số.",
                code="max_value",
            )
        return number

    def validate(self, value: Any) -> None:
        """Zero is an answer; only nothing at all is missing."""
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Those of a text do not apply to a number: it was matched digit by digit."""

    def prepare_value(self, value: Any) -> Any:
        return pointed(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True


class MoneyField(NumberField):
    """A sum in đồng: 1.200.000 or 1200000."""

    example = "1.200.000"

    def __init__(self, *, max_value: int = MONEY, **kwargs: Any) -> None:
        super().__init__(max_value=max_value, **kwargs)
