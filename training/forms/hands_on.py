"""The form of a hands-on session."""

from django import forms

from intake.forms.fields import DayField
from training.forms.money import NumberField
from training.models import HandsOnSession


class HandsOnForm(forms.ModelForm):
    """A stored session keeps its code: it names the row in the record set."""

    held_on = DayField(label="Ngày")
    attendance = NumberField(
        label="Số người dự", required=False, max_value=5000,
        help_text="Để trống nếu chưa biết: chưa biết khác với không có ai.",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    class Meta:
        model = HandsOnSession
        fields = ["code", "name", "partner", "held_on", "venue", "attendance", "note"]
        help_texts = {
            "code": "Ví dụ TH2023-19.",
            "partner": "Ngành cùng tổ chức, ví dụ Phòng Tư pháp huyện.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = "Mã là tên của dòng trong bộ dữ liệu: không sửa."
