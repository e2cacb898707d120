"""The forms of learners outside the file."""

from typing import Any

from django import forms

from cadres.models import Commune
from daitu_portal.text import name_fault
from training.learners import mark_of
from training.models import OutsideLearner

FIELDS = ["full_name", "kind", "workplace", "commune", "sex", "born_on", "ethnicity"]


class LearnerForm(forms.ModelForm):
    """A learner; `seen` is what the form showed of one who is corrected."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    is_another = forms.BooleanField(
        label="Đã xem những người trên: đây là người khác, vẫn thêm", required=False
    )

    class Meta:
        model = OutsideLearner
        fields = FIELDS
        help_texts = {"born_on": "Ngày/tháng/năm, tháng/năm hoặc chỉ năm."}

    def __init__(self, *args: Any, user: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        units = Commune.objects.visible_to(user).on(day)
        if self.instance.commune_id:
            units = units | Commune.objects.filter(pk=self.instance.commune_id)
        self.fields["commune"].queryset = units  # type: ignore[attr-defined]
        self.initial["seen"] = mark_of(self.instance) if self.instance.pk else ""
        self.twins: list[OutsideLearner] = []

    def clean_full_name(self) -> str:
        name: str = self.cleaned_data["full_name"]
        fault = name_fault(name)
        if fault:
            raise forms.ValidationError(f"Họ tên có chữ không đúng: {fault}.")
        return name

    @property
    def values(self) -> dict[str, Any]:
        """What is stored of it."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def is_confirmed(self) -> bool:
        return bool(self.cleaned_data.get("is_another"))

    def ask_about(self, twins: list[OutsideLearner]) -> None:
        """Show who may be the same person; the writer then says so or not."""
        self.twins = twins
        self.add_error(None, "Đã có học viên có thể là người này; chưa thêm. Xem bên dưới.")


class UnlinkForm(forms.Form):
    reason = forms.CharField(
        label="Lý do bỏ nối", max_length=255,
        error_messages={"required": "Ghi lý do, ví dụ: nối nhầm người cùng tên."},
    )  # fmt: skip
