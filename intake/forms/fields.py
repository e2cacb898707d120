"""Form fields that the forms of a person's record share."""

import re
from datetime import date, timedelta
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from daitu_portal.fields import DayField
from daitu_portal.numbers import AmbiguousNumber, decimal_of

_OPEN_END = (
    "Để trống nếu chưa kết thúc; ở đơn vị hoặc chức danh không còn, dòng mới để trống là giữ đến "
    "hết ngày cuối của nó."
)


class LastDayField(DayField):
    """The last day of a period; stored as the day after it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Đến hết ngày")
        kwargs.setdefault("help_text", _OPEN_END)
        super().__init__(required=False, **kwargs)


def day_before(end: date | None) -> date | None:
    """The last day of a period that is stored with the day after it."""
    return end - timedelta(days=1) if end else None


def day_after(last_on: date | None) -> date | None:
    """How a last day is stored."""
    return last_on + timedelta(days=1) if last_on else None


def keys_in(text: str) -> set[int]:
    """The keys that a hidden field brings back: of the rows that its user has been shown."""
    return {int(key) for key in re.findall(r"[0-9]{1,15}", text)}


class DigitsField(forms.CharField):
    """A number kept as text: spaces and dots are taken out, `lengths` are how long it may be."""

    def __init__(self, *, lengths: tuple[int, ...], message: str, **kwargs):
        self.lengths, self.message = lengths, message
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        )
        kwargs.setdefault("max_length", 20)
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        return re.sub(r"[\s.\-]", "", super().to_python(value) or "")

    def validate(self, value):
        super().validate(value)
        if value and not (re.fullmatch(r"[0-9]+", value) and len(value) in self.lengths):
            raise ValidationError(self.message)


class DecimalField(forms.CharField):
    """A number with decimals, typed with a comma or a dot; what may mean two is refused."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": "12"}
            ),
        )
        super().__init__(**kwargs)  # no max_length: its check would ask a number for its length

    def to_python(self, value):
        if isinstance(value, Decimal):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return decimal_of(text)
        except AmbiguousNumber as error:
            raise ValidationError(
                f"“{text}” có thể là phần nghìn hay phần thập phân; ghi tối đa hai chữ số lẻ, "
                "ví dụ 2,67."
            ) from error
        except ValueError as error:
            raise ValidationError("Nhập số, ví dụ 2,67.") from error

    def prepare_value(self, value):
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else value

    def has_changed(self, initial, data):
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class VersionField(forms.IntegerField):
    """The version of the person's record that the form shows."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.HiddenInput, min_value=1, **kwargs)


def all_valid(*forms_: forms.BaseForm) -> bool:
    """Whether all are valid; every one is asked, so that all errors show at once."""
    answers = [form.is_valid() for form in forms_]
    return all(answers)
