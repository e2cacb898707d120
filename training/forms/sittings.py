"""Forms of sittings: one, and a series of them."""

from datetime import datetime, time
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms

from daitu_portal.fields import DayField, field_of
from training.forms.money import NumberField
from training.models import TrainingClass
from training.rules.series import MOST, WEEKDAYS, Planned, days_of_series

_TIMES = ("%H:%M", "%Hh%M", "%Hg%M", "%H.%M", "%Hh", "%H")


class HourField(forms.CharField):
    """An hour of the day, typed 7:30, 7h30 or 7h."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"placeholder": "7:30", "autocomplete": "off", "maxlength": "8"}
        kwargs.setdefault("widget", forms.TextInput(attrs=told))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:  # type: ignore[override]
        if isinstance(value, time):
            return value
        text = (super().to_python(value) or "").replace(" ", "").lower()
        if not text:
            return None
        for form in _TIMES:
            try:
                return datetime.strptime(text, form).time()  # noqa: DTZ007
            except ValueError:
                continue
        raise forms.ValidationError("Nhập giờ theo dạng giờ:phút, ví dụ 7:30 hoặc 13:30.")

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class SittingForm(forms.Form):
    """One sitting of a class."""

    held_on = DayField(label="Ngày")
    begins_at = HourField(label="Từ giờ")
    ends_at = HourField(label="Đến giờ")
    hours = NumberField(label="Số tiết", required=False, min_value=1, max_value=24)
    topic = forms.CharField(label="Nội dung", required=False, max_length=200)
    venue = forms.CharField(
        label="Địa điểm", required=False, max_length=160,
        help_text="Để trống nếu học ở địa điểm của lớp.",
    )  # fmt: skip
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, found: TrainingClass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            Row(*(Column(name, css_class="col-md-3")
                  for name in ("held_on", "begins_at", "ends_at", "hours"))),
            Row(*(Column(name, css_class="col-md-6") for name in ("topic", "venue"))),
            "seen",
        )  # fmt: skip

    def clean_held_on(self):
        day, found = self.cleaned_data["held_on"], self.found
        if not found.begins_on <= day <= found.ends_on:
            raise forms.ValidationError(
                f"Lớp học từ {found.begins_on:%d/%m/%Y} đến {found.ends_on:%d/%m/%Y}: chọn ngày "
                "trong khoảng ấy, hoặc sửa ngày của lớp trước."
            )
        return day

    def clean(self):
        super().clean()
        _check_hours(self)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def planned(self) -> Planned:
        return Planned(**self.values())

    def show_again(self, seen: str) -> None:
        """Carry the mark of what is stored now: sent again, the form overwrites knowingly."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "seen": seen}


class SeriesForm(forms.Form):
    """Sittings on the same weekdays at the same hours; the address of the page is its state."""

    tu = DayField(label="Từ ngày")
    den = DayField(label="Đến hết ngày")
    thu = forms.TypedMultipleChoiceField(
        label="Các ngày trong tuần", coerce=int, choices=list(enumerate(WEEKDAYS)),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một ngày trong tuần."},
    )  # fmt: skip
    begins_at = HourField(label="Từ giờ")
    ends_at = HourField(label="Đến giờ")
    hours = NumberField(label="Số tiết mỗi buổi", required=False, min_value=1, max_value=24)
    topic = forms.CharField(label="Nội dung", required=False, max_length=200)

    def __init__(self, *args: Any, found: TrainingClass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        field_of(self, "thu", forms.TypedMultipleChoiceField).initial = list(range(5))
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            Row(*(Column(name, css_class="col-md-6") for name in ("tu", "den"))),
            "thu",
            Row(
                *(Column(name, css_class="col-md-4") for name in ("begins_at", "ends_at", "hours"))
            ),
            "topic",
        )

    def clean(self):
        super().clean()
        _check_hours(self)
        first, last = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if first and last:
            self._check_days(first, last)
        return self.cleaned_data

    def _check_days(self, first: Any, last: Any) -> None:
        found = self.found
        if last < first:
            self.add_error("den", "Ngày cuối phải không trước ngày đầu.")
        elif first < found.begins_on or last > found.ends_on:
            self.add_error(
                "tu" if first < found.begins_on else "den",
                f"Lớp học từ {found.begins_on:%d/%m/%Y} đến {found.ends_on:%d/%m/%Y}: chọn trong "
                "khoảng ấy, hoặc sửa ngày của lớp trước.",
            )
        elif "thu" in self.cleaned_data:
            self._check_number(len(days_of_series(first, last, self.cleaned_data["thu"])))

    def _check_number(self, number: int) -> None:
        if number > MOST:
            self.add_error("den", f"Có {number} buổi; mỗi lần thêm nhiều nhất {MOST} buổi.")
        elif not number:
            self.add_error("thu", "Không có ngày nào như vậy trong khoảng đã chọn.")

    def planned(self) -> list[Planned]:
        told = self.cleaned_data
        days = days_of_series(told["tu"], told["den"], told["thu"])
        return [
            Planned(day, told["begins_at"], told["ends_at"], told["topic"], "", told["hours"])
            for day in days
        ]


def _check_hours(form: forms.Form) -> None:
    begins, ends = form.cleaned_data.get("begins_at"), form.cleaned_data.get("ends_at")
    if begins and ends and ends <= begins:
        form.add_error("ends_at", "Giờ kết thúc phải sau giờ bắt đầu.")
