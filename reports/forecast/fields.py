"""Fields of the forms of a scenario."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from daitu_portal.dates import PartialDate
from daitu_portal.fields import FIRST_DAY, LAST_DAY

_MOST_CODES = 500


class MonthField(forms.CharField):
    """A month, 12/2024, read as its last day; a whole day stays that day."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"placeholder": "mm/yyyy", "autocomplete": "off", "maxlength": "10"}
        super().__init__(widget=forms.TextInput(attrs=told), **kwargs)

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]  # a day, not text
        text = super().to_python(value)
        if not text:
            return None
        try:
            found = PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(
                f"“{text}” không phải tháng: nhập tháng/năm, ví dụ 12/2024."
            ) from error
        if not FIRST_DAY <= found.latest <= LAST_DAY:
            raise ValidationError("Năm nằm ngoài khoảng tính được: kiểm tra lại năm.")
        return found.latest

    def run_validators(self, value: Any) -> None:
        """What was read is a day; the checks of text do not apply to it."""


class PercentField(forms.IntegerField):
    """A share in whole percents."""

    def __init__(self, **kwargs: Any) -> None:
        words = "Nhập số nguyên từ 0 đến 100."
        told = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "3"}
        super().__init__(
            min_value=0, max_value=100, widget=forms.TextInput(attrs=told),
            error_messages={"invalid": words, "min_value": words, "max_value": words}, **kwargs,
        )  # fmt: skip


class CodesField(forms.CharField):
    """Codes of people, between commas, spaces or lines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=8000, **kwargs)

    def clean(self, value: Any) -> list[str]:
        codes = list(dict.fromkeys(re.split(r"[\s,;]+", super().clean(value).strip())))
        if len(codes) > _MOST_CODES:
            raise ValidationError(f"Nhập nhiều nhất {_MOST_CODES} mã một lần.")
        return [code for code in codes if code]
