"""Forms of individual study: sending people, correcting facts, recording a step."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from cadres.models import Qualification
from daitu_portal.fields import DayField, field_of
from intake.forms.fields import VersionField
from intake.forms.learning import level_choices
from training.forms.decision import DECISION, DecisionMixin
from training.forms.money import MoneyField, pointed
from training.models import Programme, Study, StudyStep
from training.rules.spans import study_too_long, too_far_ahead
from training.rules.study import Step, Told, correctable


def _typed(what: str) -> dict[str, str]:
    """What is told where a day is missing."""
    return {"required": f"Nhập {what}: ngày/tháng/năm, ví dụ 05/09/2023."}


def _halves(*names: str) -> Row:
    return Row(*(Column(name, css_class="col-md-6") for name in names))


def _thirds(*names: str) -> Row:
    return Row(*(Column(name, css_class="col-md-4") for name in names))


def _helper(*parts: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*parts)
    return helper


class _Facts(forms.ModelForm):
    """What is agreed about a study, whoever it is of."""

    level = forms.ChoiceField(
        label="Nội dung và mức", choices=level_choices, required=False,
        help_text="Để trống nếu chương trình đã cho biết.",
    )  # fmt: skip
    begins_on = DayField(label="Học từ", error_messages=_typed("ngày bắt đầu học"))
    due_on = DayField(label="Dự kiến tốt nghiệp", error_messages=_typed("ngày dự kiến tốt nghiệp"))
    committed_until = DayField(
        label="Cam kết phục vụ đến hết ngày", required=False,
        help_text="Để trống nếu không có cam kết.",
    )  # fmt: skip
    support_agreed = MoneyField(label="Mức hỗ trợ (đồng)", required=False)

    class Meta:
        model = Study
        fields = [
            "programme", "school", "major", "field", "form", "begins_on", "due_on",
            "support_agreed", "committed_until", "exception_reason",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = field_of(self, "programme", forms.ModelChoiceField)
        mine = Programme.objects.filter(kind=Programme.Kind.TRAINING).exclude(strand="")
        programmes.queryset = (
            mine.offered() | mine.filter(pk=self.instance.programme_id)
        ).order_by("name")
        programmes.empty_label = "Không theo chương trình nào trong danh mục"
        field_of(
            self, "field", forms.ModelChoiceField
        ).empty_label = "Theo chương trình, hoặc chưa rõ"
        self.fields["exception_reason"].label = "Lý do cử ngoài quy định"
        self.fields["exception_reason"].help_text = (
            "Bắt buộc khi có người chưa đủ điều kiện theo quy định, hoặc học dưới 12 tháng mà cấp "
            "bằng."
        )

    def clean_support_agreed(self):
        return self.cleaned_data["support_agreed"] or 0

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        programme, level = cleaned.get("programme"), cleaned.get("level")
        of_programme = f"{programme.strand}:{programme.rank}" if programme else ""
        told = of_programme or level or ""
        if programme and level and level != of_programme:
            self.add_error("level", f"Chương trình này cấp {programme.awards}; để trống ô này.")
        elif told:
            strand, rank = told.split(":")
            self.instance.strand, self.instance.rank = strand, int(rank)
        elif "programme" not in self.errors:
            self.add_error("level", "Chọn nội dung và mức, hoặc một chương trình.")
        if programme and not cleaned.get("field"):
            cleaned["field"] = programme.field
        self._check_days(cleaned.get("begins_on"), cleaned.get("due_on"))
        return cleaned

    def _check_days(self, begins: date | None, due: date | None) -> None:
        until = self.cleaned_data.get("committed_until")
        if begins and begins.year < 1990:
            self.add_error("begins_on", "Ngày học phải từ năm 1990.")
        elif begins and (words := too_far_ahead(begins, timezone.localdate())):
            self.add_error("begins_on", words)
        if begins and due and due <= begins:
            self.add_error("due_on", "Ngày dự kiến tốt nghiệp phải sau ngày bắt đầu học.")
        elif begins and due and (words := study_too_long(begins, due)):
            self.add_error("due_on", words)
        elif due and until and until < due:
            self.add_error("committed_until", "Cam kết phục vụ phải đến sau ngày tốt nghiệp.")


class SendForm(_Facts, DecisionMixin):
    """Sending people by one decision: what holds for all of them."""

    needs_decision = True

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = _helper(
            Fieldset("Quyết định cử đi học", _thirds(*DECISION)),
            Fieldset(
                "Học gì, ở đâu",
                _halves("programme", "level"), _halves("school", "major"),
                _halves("field", "form"), _halves("begins_on", "due_on"),
            ),
            Fieldset(
                "Hỗ trợ và cam kết",
                _halves("support_agreed", "committed_until"), "exception_reason",
            ),
        )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        self.check_decision()
        return cleaned

    def terms(self, by: User) -> Study:
        """What holds for everyone sent, unsaved, with its decision. Inside a transaction."""
        terms = self.instance
        terms.decision = self.decision(by)
        terms.exception_reason = ""
        return terms

    def refuse(self, error: ValidationError) -> None:
        """Tell on top of the form what the sending was refused for."""
        self.add_error(None, error.messages)


class CorrectForm(_Facts):
    """The facts of a study, corrected."""

    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.instance
        self.initial["version"] = found.version
        if found.is_over:  # a level that is proposed for the record, or in it
            del self.fields["level"], self.fields["programme"]
        elif not found.programme_id:
            self.initial["level"] = f"{found.strand}:{found.rank}"
        what = [] if found.is_over else [_halves("programme", "level")]
        self.helper = _helper(
            Fieldset(
                "Học gì, ở đâu", *what, _halves("school", "major"), _halves("field", "form"),
                _halves("begins_on", "due_on"),
            ),
            Fieldset(
                "Hỗ trợ và cam kết",
                _halves("support_agreed", "committed_until"), "exception_reason",
            ),
            "version",
        )  # fmt: skip

    def clean(self):
        if not self.instance.is_over:
            return super().clean()
        forms.ModelForm.clean(self)
        self._check_days(self.cleaned_data.get("begins_on"), self.cleaned_data.get("due_on"))
        return self.cleaned_data

    def clean_support_agreed(self):
        agreed, paid = super().clean_support_agreed(), self.instance.money.paid
        if agreed < min(paid, self.initial.get("support_agreed") or 0):
            raise ValidationError(f"Đã trả {pointed(paid)} đồng; mức hỗ trợ không thấp hơn.")
        return agreed


# which fields each kind of step asks for, besides the day
_ASKED: dict[str, tuple[str, ...]] = {
    Step.PROGRESS: ("text",),
    Step.EXTENSION: ("until", "text", *DECISION),
    Step.SUPPORT: ("amount", "text"),
    Step.GRADUATED: ("diploma_number", "evidence", "text", *DECISION),
    Step.FAILED: ("text", *DECISION),
    Step.STOPPED: ("text", *DECISION),
    Step.BROKEN: ("amount", "text", *DECISION),
    Step.REPAYMENT: ("amount", "text"),
    Step.CORRECTION: ("corrects", "text"),
}
_DAY_LABELS: dict[str, str] = {
    Step.EXTENSION: "Gia hạn từ ngày",
    Step.SUPPORT: "Trả ngày",
    Step.GRADUATED: "Tốt nghiệp ngày",
    Step.BROKEN: "Thôi việc, vi phạm ngày",
    Step.REPAYMENT: "Thu ngày",
    Step.CORRECTION: "Đính chính ngày",
}


class StepForm(DecisionMixin):
    """A step of a study: the fields that its kind asks for."""

    on = DayField(label="Ngày", error_messages=_typed("ngày của bước này"))
    until = DayField(label="Dự kiến tốt nghiệp mới", required=False)
    amount = MoneyField(label="Số tiền (đồng)", required=False)
    diploma_number = forms.CharField(
        label="Số hiệu văn bằng, chứng chỉ", max_length=60, required=False,
        help_text="Để trống nếu chưa có: trình độ chỉ tính khi văn bằng được xác nhận.",
    )  # fmt: skip
    evidence = forms.ChoiceField(
        label="Giấy tờ", required=False,
        choices=[("", "Theo nội dung học"), *Qualification.Evidence.choices],
    )  # fmt: skip
    corrects = forms.TypedChoiceField(
        label="Bước sai", coerce=int, required=False, empty_value=None
    )
    text = forms.CharField(label="Nội dung", max_length=255, required=False)
    version = VersionField()

    def __init__(self, *args: Any, study: Study, kind: Step, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.study, self.kind, self.today = study, kind, today
        asked = _ASKED[kind]
        for name in set(self.fields) - {"on", "version", *asked}:
            del self.fields[name]
        self.fields["on"].label = _DAY_LABELS.get(kind, "Ngày")
        self.initial["version"] = study.version
        if kind == Step.CORRECTION:
            field_of(self, "corrects", forms.ChoiceField).choices = [
                ("", "Chọn…"), *((each.key, _step_words(each)) for each in correctable(study.told))
            ]  # fmt: skip
        self.needs_decision = kind == Step.EXTENSION
        mine = [name for name in asked if name not in DECISION]
        decision = [Fieldset("Quyết định", _thirds(*DECISION))] if len(mine) < len(asked) else []
        self.helper = _helper(_halves("on", mine[0]), *mine[1:], *decision, "version")

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError("Ngày này chưa tới; kiểm tra lại năm.")
        return day

    def clean(self):
        super().clean()
        if "decision_number" in self.fields:
            self.check_decision()
        return self.cleaned_data

    def refuse(self, error: ValidationError) -> None:
        """Tell beside its field what the step was refused for."""
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in told.items():
            for words in messages:
                self.add_error(name if name in self.fields else None, words)


def _step_words(step: Told) -> str:
    amount = f", {pointed(step.amount)} đồng" if step.amount else ""
    return f"{StudyStep.Kind(step.kind).label}, {step.on:%d/%m/%Y}{amount}"
