"""Forms of sources of cadres: who was introduced, what became of them."""

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from accounts.models import COMMUNE_ROLES, User
from cadres.models import Cadre, Commune
from daitu_portal.fields import DayField, field_of
from daitu_portal.text import name_fault
from intake.forms.fields import VersionField, keys_in
from training.models import Candidate, Programme
from training.rules.candidate_states import StepFault, is_possible_birth, next_states

_FIRST_YEAR = 2000
_FAULTS = {
    StepFault.NOT_FORWARD: (
        "state",
        "Tình trạng chỉ đi tới: bước này không đi tiếp được từ tình trạng hiện nay. "
        "Ghi nhầm thì rút bước cuối ở trang trước.",
    ),
    StepFault.BEFORE_THE_LAST: ("on", "Ngày này trước bước liền trước; kiểm tra lại ngày."),
    StepFault.NOT_YET: ("on", "Ngày này chưa tới: ghi khi việc đã xảy ra."),
}


def plain_helper() -> FormHelper:
    """The form's tag and its token stand on the page."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    return made


def two(left: str, right: str) -> Row:
    """Two fields side by side where there is room."""
    return Row(Column(left, css_class="col-md-6"), Column(right, css_class="col-md-6"))


class UnitField(forms.ModelChoiceField):
    """A unit; one that is no more says until when it was."""

    def label_from_instance(self, obj):
        return f"{obj} (đến hết {obj.last_on:%d/%m/%Y})" if obj.last_on else str(obj)


class CandidateForm(forms.ModelForm):
    commune = UnitField(Commune.objects.none(), label="Xã, thị trấn", empty_label="Chọn…")
    introduced_on = DayField(label="Ngày giới thiệu")
    alike_seen = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    version = VersionField(required=False)

    class Meta:
        model = Candidate
        fields = [
            "full_name", "sex", "born_on", "kind", "commune", "body", "body_name",
            "introduced_on", "strengths", "training_agreed", "programme",
        ]  # fmt: skip
        labels = {"kind": "Đang là", "programme": "Chương trình bồi dưỡng đã thống nhất"}
        help_texts = {"body_name": "Ví dụ: Chi bộ xóm Đồng Ỏm."}

    def __init__(self, *args, user: User, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        communes = Commune.objects.visible_to(user).order_by("sort_key", "-valid_from")
        field_of(self, "commune", forms.ModelChoiceField).queryset = communes
        if user.role in COMMUNE_ROLES and self.instance.pk is None:
            self.initial.setdefault("commune", user.commune_id)
        if self.instance.pk is None:
            del self.fields["version"]
        else:
            self.fields["version"].required = True
            self.initial["version"] = self.instance.version
        field_of(self, "sex", forms.ChoiceField).choices = [
            ("", "Chọn…"),
            *Cadre.Sex.choices,
        ]
        programmes = Programme.objects.offered() | Programme.objects.filter(
            pk=self.instance.programme_id
        )
        field_of(self, "programme", forms.ModelChoiceField).queryset = programmes
        self.helper = plain_helper()
        self.helper.layout = self._layout()

    def _layout(self) -> Layout:
        return Layout(
            Fieldset(
                "Người được giới thiệu",
                two("full_name", "sex"),
                two("born_on", "kind"),
            ),
            Fieldset(
                "Giới thiệu", two("commune", "introduced_on"), two("body", "body_name"),
                "strengths",
            ),
            Fieldset("Bồi dưỡng", two("training_agreed", "programme")),
            *(["version"] if self.instance.pk else []),
        )  # fmt: skip

    def clean_full_name(self):
        text = self.cleaned_data["full_name"]
        fault = name_fault(text)
        if fault:
            raise forms.ValidationError(
                f"Tên người viết bằng chữ Việt, như Nguyễn Văn Hải, H'Hen Niê; {fault}."
            )
        return text

    def clean_introduced_on(self):
        day = self.cleaned_data["introduced_on"]
        if day > self.today:
            raise forms.ValidationError("Ngày này chưa tới; kiểm tra lại năm.")
        if day.year < _FIRST_YEAR:
            raise forms.ValidationError(f"Ngày giới thiệu từ năm {_FIRST_YEAR} trở đi.")
        return day

    def clean_alike_seen(self):
        return keys_in(self.cleaned_data["alike_seen"])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        born_on, introduced_on = cleaned.get("born_on"), cleaned.get("introduced_on")
        if born_on and introduced_on and not is_possible_birth(born_on.earliest, introduced_on):
            self.add_error(
                "born_on",
                "Ngày sinh không hợp lý: khi được giới thiệu người ấy phải từ 16 đến 70 tuổi. "
                "Kiểm tra năm sinh, hoặc để trống nếu chưa biết.",
            )
        commune = cleaned.get("commune")
        if commune and introduced_on and not commune.is_in_force(introduced_on):
            self.add_error("introduced_on", f"Ngày này không có đơn vị {commune}; xem lại ngày.")
        return cleaned


class CandidateStepForm(forms.Form):
    """The next step of a candidate."""

    state = forms.ChoiceField(label="Tình trạng mới")
    on = DayField(label="Từ ngày")
    note = forms.CharField(label="Ghi chú", max_length=255, required=False)
    version = VersionField()

    def __init__(self, *args, candidate: Candidate, **kwargs):
        super().__init__(*args, **kwargs)
        words = dict(Candidate.State.choices)
        field_of(self, "state", forms.ChoiceField).choices = [
            ("", "Chọn…"),
            *((each, words[Candidate.State(each)]) for each in next_states(candidate.state)),
        ]
        self.initial["version"] = candidate.version
        self.helper = plain_helper()
        self.helper.layout = Layout(two("state", "on"), "note", "version")

    def refuse(self, fault: StepFault) -> None:
        """Say at its field why the step cannot be written."""
        self.add_error(*_FAULTS[fault])


class CandidateLinkForm(forms.Form):
    """Which record the candidate is; none takes the link back."""

    cadre = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    version = VersionField()
