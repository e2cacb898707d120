"""A sheet of the questionnaire, entered from paper."""

from secrets import token_urlsafe

from django import forms

from training.rules.survey import MARKS, QUESTIONS

_CHOICES = [("", "không trả lời"), *((str(mark), str(mark)) for mark in MARKS)]


class SheetForm(forms.Form):
    """Marks by question, a comment, and a token by which a sheet sent twice counts once."""

    token = forms.RegexField(
        r"^[A-Za-z0-9_-]{20,40}$", widget=forms.HiddenInput,
        error_messages={"required": "Biểu đã cũ: tải lại trang rồi nhập phiếu.",
                        "invalid": "Biểu đã cũ: tải lại trang rồi nhập phiếu."},
    )  # fmt: skip
    comment = forms.CharField(
        label="Ý kiến khác", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
    )  # fmt: skip

    def __init__(self, data=None):
        super().__init__(data, initial={"token": token_urlsafe(24)}, label_suffix="")
        for code, words in QUESTIONS.items():
            self.fields[f"q_{code}"] = forms.TypedChoiceField(
                label=words,
                choices=_CHOICES,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def clean(self):
        super().clean()
        if not self.errors and not self.marks() and not self.cleaned_data.get("comment"):
            self.add_error(None, "Phiếu trống: chọn ít nhất một mức, hoặc ghi ý kiến.")
        return self.cleaned_data

    def marks(self) -> dict[str, int]:
        """The marks that were given, by code of the question."""
        told = {code: self.cleaned_data.get(f"q_{code}") for code in QUESTIONS}
        return {code: mark for code, mark in told.items() if mark is not None}

    def questions(self):
        return [self[f"q_{code}"] for code in QUESTIONS]
