"""The filters of the pairs that may be one person, and the forms of what is decided about one."""

from django import forms

from cadres.rules.likeness import WEIGHTS

_ALL = ("", "Tất cả")
_SIGNS = [
    (sign.value, f"{words[:1].upper()}{words[1:]}")
    for sign, (weight, words) in WEIGHTS.items()
    if weight > 0
]


class TwinsForm(forms.Form):
    """A GET form: what cannot be read narrows nothing."""

    xa = forms.ChoiceField(label="Đơn vị", required=False)
    ly_do = forms.ChoiceField(
        label="Dấu hiệu",
        required=False,
        choices=[
            _ALL,
            *((s.value, words.capitalize()) for s, (w, words) in WEIGHTS.items() if w > 0),
        ],
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].choices = [_ALL, *((str(unit.pk), unit.name) for unit in units)]  # type: ignore[attr-defined]

    def asked(self, name: str) -> str:
        """What is asked by `name`, "" where nothing that can be read."""
        self.is_valid()
        return self.cleaned_data.get(name, "")


class ReasonForm(forms.Form):
    """Why two people are two."""

    reason = forms.CharField(label="Vì sao không phải một người", max_length=255)


class MergeForm(forms.Form):
    """The versions of both records as the page showed them, and why they are one person's."""

    left_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    right_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label="Lý do gộp",
        max_length=255,
        help_text="Căn cứ vào đâu mà biết là một người, ví dụ: đã đối chiếu CCCD gốc.",
    )
