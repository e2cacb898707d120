"""Forms of the annual plan: a year, a line, a reason."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from daitu_portal.dates import PartialDate
from daitu_portal.fields import DayField, field_of
from training.forms.money import MoneyField, NumberField
from training.models import PlanLine, Programme, TrainingPlan
from training.planning import COSTS, mark_of_line
from training.rules.spans import last_year_ahead

_MONTH = re.compile(r"[0-9]{1,2}/[0-9]{4}")
_PERIOD = "Tháng/năm, ví dụ 03/2024; hoặc ngày/tháng/năm."


def _helper(*layout) -> FormHelper:
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.layout = Layout(*layout)
    return made


def _beside(*names: str) -> Row:
    return Row(*(Column(name, css_class=f"col-md-{12 // len(names)}") for name in names))


class PeriodField(DayField):
    """A day, or a month that is meant whole: its first day, with `is_last` its last."""

    default_error_messages = {
        "invalid": "Nhập tháng hoặc ngày có thật, ví dụ 03/2024 hoặc 12/03/2024."
    }

    def __init__(self, *, is_last: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_last = is_last
        self.widget.attrs["placeholder"] = "mm/yyyy"

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and _MONTH.fullmatch(value.strip()):
            try:
                month = PartialDate.parse(value.strip())
            except ValueError as error:
                raise forms.ValidationError(
                    self.error_messages["invalid"], code="invalid"
                ) from error
            return month.latest if self.is_last else month.earliest
        found: date | None = super().to_python(value)
        return found


class PlanForm(forms.ModelForm):
    """The plan of a year that has none yet."""

    year = forms.IntegerField(
        label="Năm", min_value=2000, max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
        error_messages={"invalid": "Nhập năm, ví dụ 2024.", "required": "Nhập năm."},
    )  # fmt: skip

    class Meta:
        model = TrainingPlan
        fields = ["year", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = _helper("year", "note")

    def clean_year(self):
        year, last = self.cleaned_data["year"], last_year_ahead(timezone.localdate())
        if year > last:
            raise forms.ValidationError(f"Chỉ lập kế hoạch đến năm {last}; kiểm tra lại năm.")
        return year

    def validate_unique(self):
        """A year that has a plan is no fault: the page leads to it."""


class PlanLineForm(forms.ModelForm):
    classes = NumberField(label="Số lớp", min_value=0, max_value=1000)
    participations = NumberField(label="Số lượt người", min_value=1, max_value=1_000_000)
    hours = NumberField(label="Số tiết", required=False, min_value=1, max_value=9999)
    days = NumberField(label="Thời gian (ngày)", required=False, min_value=1, max_value=3660)
    period_from = PeriodField(label="Thời điểm từ", required=False, help_text=_PERIOD)
    period_to = PeriodField(
        label="Thời điểm đến",
        required=False,
        is_last=True,
        help_text="Tháng thì tính đến hết tháng.",
    )
    cost_central = MoneyField(label="Kinh phí trung ương (đồng)", required=False)
    cost_local = MoneyField(label="Kinh phí địa phương (đồng)", required=False)
    cost_other = MoneyField(label="Kinh phí khác (đồng)", required=False)
    token = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    class Meta:
        model = PlanLine
        fields = [
            "programme", "target_group", "classes", "participations", "hours", "days",
            "period_from", "period_to", "provider", "cost_central", "cost_local", "cost_other",
            "lead", "note",
        ]  # fmt: skip
        help_texts = {
            "provider": "Để trống thì lấy của chương trình, cũng như số tiết và số ngày.",
            "target_group": "Ví dụ: cấp phó MTTQ và đoàn thể cấp xã.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = mark_of_line(self.instance)
        else:
            self.initial["classes"], self.initial["token"] = 1, uuid4().hex
        offered = Programme.objects.offered() | Programme.objects.filter(
            pk=self.instance.programme_id
        )
        programme = field_of(self, "programme", forms.ModelChoiceField)
        programme.queryset, programme.empty_label = offered, "Chọn…"
        self.helper = _helper(
            Fieldset("Nội dung", "programme", "target_group"),
            Fieldset(
                "Quy mô", _beside("classes", "participations"), _beside("hours", "days"),
                _beside("period_from", "period_to"),
            ),
            Fieldset("Nơi học", _beside("provider", "lead")),
            Fieldset("Kinh phí", _beside("cost_central", "cost_local", "cost_other")),
            "note", "token", "seen",
        )  # fmt: skip

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        for name in COSTS:  # nothing typed is nothing paid
            if name in cleaned and cleaned[name] is None:
                cleaned[name] = 0
        return cleaned

    def clean_period_from(self):
        day, year = self.cleaned_data["period_from"], self.instance.plan.year
        if day and day.year != year:
            raise forms.ValidationError(f"Phải bắt đầu trong năm {year} của kế hoạch.")
        return day

    def clean_period_to(self):
        day, year = self.cleaned_data["period_to"], self.instance.plan.year
        if day and abs(day.year - year) > 1:
            raise forms.ValidationError(
                f"Phải trong khoảng năm {year - 1} – {year + 1}; kiểm tra lại năm."
            )
        return day


class ReasonForm(forms.Form):
    """A step of a plan or a line that needs a reason."""

    reason = forms.CharField(
        label="Lý do", max_length=200, error_messages={"required": "Ghi lý do."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = _helper("reason")


class VersionForm(forms.Form):
    """Which state of the plan the page showed."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
