"""Forms of the steps of a proposal."""

from django import forms


class StepForm(forms.Form):
    """The version of the proposal that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SubmitForm(StepForm):
    title = forms.CharField(
        label="Nội dung đề nghị",
        max_length=160,
        help_text="Một câu để huyện biết đề nghị nói về việc gì.",
    )


class ReasonForm(StepForm):
    reason = forms.CharField(
        label="Lý do trả lại", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
