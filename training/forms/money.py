"""Amounts and big numbers, typed as the office writes them: 1.200.000."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from training.models.ceilings import MONEY

_PLAIN = re.compile(r"[0-9]+")
_POINTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_LONGEST = 30
_MOST = 2**31 - 1


def pointed(number: int) -> str:
    """1200000 as "1.200.000"."""
    return f"{number:,}".replace(",", ".")


class PointsInput(forms.TextInput):
    """A number as text, with points between the thousands."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        told = {"inputmode": "numeric", "autocomplete": "off", "maxlength": str(_LONGEST)}
        super().__init__({**told, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int) and not isinstance(value, bool):
            return pointed(value)
        return super().format_value(value)


class NumberField(forms.Field):
    """A whole number from `min_value` to `max_value`: reads "1.200" and "1200", nothing else."""

    widget = PointsInput
    example = "1.200"

    def __init__(
        self, *, min_value: int = 0, max_value: int = _MOST, empty: int | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        """`empty` is what a field left empty means, where that is a number."""
        self.min_value, self.max_value, self.empty = min_value, max_value, empty
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        text = "" if value is None else re.sub(r"\s", "", str(value))
        if not text:
            return self.empty
        if len(text) > _LONGEST or not (_PLAIN.fullmatch(text) or _POINTED.fullmatch(text)):
            raise ValidationError(
                f"Nhập số nguyên không âm, chỉ gồm chữ số, có thể chấm phần nghìn, ví dụ "
                f"{self.example}. Không dùng dấu phẩy hay chữ.",
                code="invalid",
            )
        return int(text.replace(".", ""))

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None and not self.min_value <= value <= self.max_value:
            raise ValidationError(
                f"Nhập số từ {pointed(self.min_value)} đến {pointed(self.max_value)}.",
                code="range",
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class MoneyField(NumberField):
    """An amount in đồng."""

    example = "1.200.000"

    def __init__(self, *, max_value: int = MONEY, **kwargs: Any) -> None:
        super().__init__(max_value=max_value, **kwargs)
