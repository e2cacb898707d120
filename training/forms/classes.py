"""The form of a class, with its decision to open."""

import re
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row
from django import forms
from django.utils import timezone

from daitu_portal.fields import DayField
from intake.forms.fields import VersionField
from training.chosen_people import people_in
from training.forms.decision import DECISION, DecisionMixin
from training.forms.money import MoneyField, NumberField
from training.models import ContentGroup, PlanLine, Programme, Provider, TrainingClass
from training.models.programme import ClassForm as Manner
from training.rules.spans import class_too_long, too_far_ahead

_COSTS = ("cost_central", "cost_local", "cost_other")
_CODE = re.compile(r"[0-9A-Za-zÀ-ỹĐđ][0-9A-Za-zÀ-ỹĐđ._/-]*")


def _thirds(*names: str) -> Row:
    return Row(*(Column(name, css_class="col-md-4") for name in names))


def _halves(*names: str) -> Row:
    return Row(*(Column(name, css_class="col-md-6") for name in names))


class ClassForm(forms.ModelForm, DecisionMixin):
    """Facts of a class. `values` are those to store, `decision` among them."""

    programme = forms.ModelChoiceField(
        Programme.objects.none(), label="Chương trình", required=False,
        empty_label="Không theo chương trình nào",
        help_text="Chương trình cho biết hoàn thành lớp thì được ghi trình độ hay bồi dưỡng gì.",
    )  # fmt: skip
    content_group = forms.ChoiceField(
        label="Nhóm nội dung", required=False,
        choices=[("", "Theo chương trình"), *ContentGroup.choices],
    )  # fmt: skip
    form = forms.ChoiceField(label="Hình thức", choices=Manner.choices)
    begins_on = DayField(label="Khai giảng")
    ends_on = DayField(label="Bế giảng")
    hours = NumberField(label="Số tiết", required=False, min_value=1, max_value=9999)
    capacity = NumberField(
        label="Số chỗ", required=False, min_value=1, max_value=5000,
        help_text="Để trống nếu không giới hạn.",
    )  # fmt: skip
    cost_central = MoneyField(label="Kinh phí trung ương (đồng)", required=False, empty=0)
    cost_local = MoneyField(label="Kinh phí địa phương (đồng)", required=False, empty=0)
    cost_other = MoneyField(label="Kinh phí khác (đồng)", required=False, empty=0)
    plan_line = forms.ModelChoiceField(
        PlanLine.objects.none(), label="Dòng kế hoạch", required=False,
        empty_label="Ngoài kế hoạch",
    )  # fmt: skip
    version = VersionField(required=False)
    nguoi = forms.CharField(required=False, max_length=6000, widget=forms.HiddenInput)
    reason = forms.CharField(label="Lý do sửa lớp đã kết thúc", max_length=255, required=False)

    class Meta:
        model = TrainingClass
        fields = [
            "code", "name", "programme", "content_group", "form", "is_held_here", "provider",
            "venue", "begins_on", "ends_on", "hours", "capacity", *_COSTS, "plan_line", "note",
        ]  # fmt: skip

    def __init__(self, *args, user: Any, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, found = user, self.instance
        self._offer(found)
        if found.pk is None:
            del self.fields["version"], self.fields["reason"]
        else:
            del self.fields["nguoi"]
            self.fields["version"].required = True
            self.initial["version"] = found.version
            self._tell_decision(found.decision)
            if found.state == TrainingClass.State.CLOSED:
                self.fields["reason"].required = True
            else:
                del self.fields["reason"]
        self.helper = self._layout()

    def _offer(self, found: TrainingClass) -> None:
        chosen: Any = self.fields
        mine = [found.programme_id] if found.programme_id else []
        offered = Programme.objects.offered() | Programme.objects.filter(pk__in=mine)
        chosen["programme"].queryset = offered.order_by("name")
        chosen["provider"].queryset = Provider.objects.order_by("name")
        chosen["provider"].empty_label = "Chọn…"
        own = [found.plan_line_id] if found.plan_line_id else []
        lines = PlanLine.objects.of_the_district() | PlanLine.objects.filter(pk__in=own)
        lines = lines.select_related("plan", "programme")
        chosen["plan_line"].queryset = lines.order_by("-plan__year", "programme__name", "pk")

    def _tell_decision(self, decision: Any) -> None:
        if decision is not None:
            self.initial["decision_number"] = decision.number
            self.initial["decision_signed_on"] = decision.signed_on
            self.initial["decision_issuer"] = decision.issuer

    def _layout(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        helper.layout = Layout(
            Fieldset(
                "Lớp",
                _halves("code", "programme"),
                "name",
                _thirds("content_group", "form", "provider"),
                "is_held_here",
            ),
            Fieldset(
                "Thời gian, địa điểm",
                _halves("begins_on", "ends_on"),
                _thirds("venue", "hours", "capacity"),
            ),
            Fieldset("Kinh phí theo nguồn", _thirds(*_COSTS)),
            Fieldset(
                "Quyết định mở lớp",
                HTML('<p class="second">Để trống cả ba nếu chưa có quyết định.</p>'),
                _thirds(*DECISION),
            ),
            Fieldset("Kế hoạch, ghi chú", "plan_line", "note"),
            *(name for name in ("reason", "version", "nguoi") if name in self.fields),
        )
        return helper

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if code != self.instance.code and not _CODE.fullmatch(code):
            raise forms.ValidationError(
                "Mã lớp gồm chữ, số và các dấu . _ / -, không có dấu cách, ví dụ L2024-001."
            )
        return code

    def clean_nguoi(self):
        return people_in([self.cleaned_data["nguoi"]])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        programme = cleaned.get("programme")
        if programme and not cleaned.get("content_group"):
            cleaned["content_group"] = programme.content_group
        elif not cleaned.get("content_group") and "programme" not in self.errors:
            self.add_error("content_group", "Chọn nhóm nội dung, hoặc chọn một chương trình.")
        self.check_decision()
        self._check_days(cleaned.get("begins_on"), cleaned.get("ends_on"))
        return cleaned

    def _check_days(self, begins: date | None, ends: date | None) -> None:
        if begins and (words := too_far_ahead(begins, timezone.localdate())):
            self.add_error("begins_on", words)
        elif begins and ends and (words := class_too_long(begins, ends)):
            self.add_error("ends_on", words)

    def values(self) -> dict[str, Any]:
        """What to store, the decision among it: stored where it is new. Call it in the transaction
        that stores the class."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**told, "decision": self.decision(self.user)}

    def is_decided_by(self, decision: Any) -> bool:
        """Whether the decision that was typed is `decision`; None for neither."""
        typed = tuple(self.cleaned_data[name] for name in DECISION)
        if decision is None:
            return not any(typed)
        return typed == (decision.number, decision.signed_on, decision.issuer)

    def show_again(self, version: int) -> None:
        """Carry the version that is stored now: sent again, the form overwrites knowingly."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "version": str(version)}

    def validate_unique(self):
        """The code is looked for when the class is stored, under its lock."""


class MoveForm(forms.Form):
    """A step of a class: from the state that the page showed to the one beside it."""

    tu = forms.ChoiceField(choices=TrainingClass.State.choices)
    den = forms.ChoiceField(choices=TrainingClass.State.choices)
    reason = forms.CharField(max_length=160, required=False)


def prefilled_from_line(line: PlanLine) -> dict[str, Any]:
    """What a line of the plan already says of each of its classes."""
    number = max(line.classes, 1)
    told = {
        **prefilled_from_programme(line.programme),
        "plan_line": line.pk,
        "hours": line.hours or line.programme.hours,
        "capacity": min(max(-(-line.participations // number), 1), 5000),
        "begins_on": line.period_from,
        "ends_on": line.period_to,
        **{name: getattr(line, name) // number for name in _COSTS},
    }
    if line.provider_id:
        told["provider"] = line.provider_id
    return told


def prefilled_from_programme(programme: Programme) -> dict[str, Any]:
    """What a programme already says of a class that teaches it."""
    return {
        "programme": programme.pk,
        "name": programme.name,
        "content_group": programme.content_group,
        "form": programme.form,
        "provider": programme.provider_id,
        "hours": programme.hours,
    }
