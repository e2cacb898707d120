"""The filters of the list of findings."""

from django import forms

from intake.rules.completeness import SEVERITY_LABELS
from intake.rules.examination import CHECKS
from intake.rules.record_facts import GROUP_LABELS

_ALL = ("", "Tất cả")


class FindingsForm(forms.Form):
    """A GET form: what cannot be read narrows nothing."""

    xa = forms.ChoiceField(label="Đơn vị", required=False)
    muc = forms.ChoiceField(
        label="Mức",
        required=False,
        choices=[_ALL, *((str(k), words.capitalize()) for k, words in SEVERITY_LABELS.items())],
    )
    phan = forms.ChoiceField(
        label="Nhóm thông tin",
        required=False,
        choices=[_ALL, *((str(group), words) for group, words in GROUP_LABELS.items())],
    )
    loai = forms.ChoiceField(
        label="Loại",
        required=False,
        choices=[_ALL, *((check.code, check.words[:90]) for check in CHECKS.values())],
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].choices = [_ALL, *((str(unit.pk), unit.name) for unit in units)]  # type: ignore[attr-defined]

    def asked(self, name: str) -> str:
        """What is asked by `name`, "" where nothing that can be read."""
        self.is_valid()
        return self.cleaned_data.get(name, "")
