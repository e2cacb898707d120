"""The form of a person."""

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from cadres.models import Cadre
from cadres.rules.peoples import PEOPLES
from daitu_portal.fields import field_of
from daitu_portal.text import MOST_CHARACTERS, name_fault
from intake.forms.fields import DigitsField, VersionField, keys_in

_OLDEST_YEAR = 1920
_YOUNGEST_AGE = 16
OUT_OF_SIGHT = 0  # in `alike_seen`: that there are people alike whom the user may not see


def _two(left, right):
    return Row(Column(left, css_class="col-md-6"), Column(right, css_class="col-md-6"))


class CadreForm(forms.ModelForm):
    national_id = DigitsField(
        label="Số CCCD",
        lengths=(9, 12),
        message="Số CCCD có 12 chữ số (CMND cũ: 9 chữ số), kể cả số 0 ở đầu.",
        error_messages={"unique": "Số CCCD này đã có trong một hồ sơ khác."},
    )
    phone = DigitsField(
        label="Điện thoại",
        lengths=(10, 11),
        message="Số điện thoại có 10 hoặc 11 chữ số, bắt đầu bằng 0.",
    )
    ethnicity = forms.ChoiceField(label="Dân tộc", required=False)
    note = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = VersionField(required=False)
    alike_seen = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    class Meta:
        model = Cadre
        fields = [
            "full_name", "other_name", "sex", "born_on", "national_id", "phone", "ethnicity",
            "religion", "birthplace", "home_town", "residence", "recruited_on", "recruited_by",
            "party_joined_on", "party_official_on", "note",
        ]  # fmt: skip

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.pk is None:
            del self.fields["version"]
        else:
            self.fields["version"].required = True
            self.initial["version"] = self.instance.version
        longest = field_of(self, "full_name", forms.CharField).max_length
        self.fields["full_name"].help_text = f"Nhiều nhất {longest} ký tự, kể cả dấu cách."
        field_of(self, "sex", forms.ChoiceField).choices = [("", "Chọn…"), *Cadre.Sex.choices]
        field_of(self, "ethnicity", forms.ChoiceField).choices = self._peoples()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Fieldset(
                "Nhân thân",
                _two("full_name", "other_name"),
                _two("sex", "born_on"),
                _two("ethnicity", "religion"),
                _two("national_id", "phone"),
            ),
            Fieldset("Quê quán, nơi ở", _two("birthplace", "home_town"), "residence"),
            Fieldset("Tuyển dụng", _two("recruited_on", "recruited_by")),
            Fieldset("Đảng", _two("party_joined_on", "party_official_on")),
            Fieldset("Khác", "note"),
            *(["version"] if self.instance.pk else []),
        )

    def _peoples(self):
        names = list(PEOPLES)
        if self.instance.ethnicity and self.instance.ethnicity not in names:
            names.insert(0, self.instance.ethnicity)
        return [("", "Chưa có dữ liệu"), *((name, name) for name in names)]

    def leaves(self, *names: str) -> bool:
        """Whether the fields stay as they are stored: what is wrong with them forbids nothing
        else."""
        return self.instance.pk is not None and not {*names} & {*self.changed_data}

    def clean_full_name(self):
        return self._name_of_a_person("full_name")

    def clean_other_name(self):
        return self._name_of_a_person("other_name", also=",;()")

    def _name_of_a_person(self, name: str, *, also: str = "") -> str:
        text = self.cleaned_data[name]
        fault = "" if self.leaves(name) else name_fault(text, also=also)
        if fault:
            raise forms.ValidationError(
                f"Tên người viết bằng chữ Việt, như Nguyễn Văn Hải, H'Hen Niê; {fault}."
            )
        return text

    def clean_born_on(self):
        born_on = self.cleaned_data["born_on"]
        if self.leaves("born_on"):
            return born_on
        if born_on and not _OLDEST_YEAR <= born_on.year <= self.today.year - _YOUNGEST_AGE:
            raise forms.ValidationError(
                f"Năm sinh phải từ {_OLDEST_YEAR} đến {self.today.year - _YOUNGEST_AGE}; "
                "kiểm tra lại năm."
            )
        return born_on

    def clean_national_id(self):
        return self.cleaned_data["national_id"] or None

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not phone.startswith("0"):
            raise forms.ValidationError("Số điện thoại bắt đầu bằng 0, ví dụ 0912345678.")
        return phone

    def clean_alike_seen(self):
        return keys_in(self.cleaned_data["alike_seen"])

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        self._check_order("born_on", "recruited_on", "Ngày tuyển dụng phải sau ngày sinh.")
        self._check_order("born_on", "party_joined_on", "Ngày vào Đảng phải sau ngày sinh.")
        self._check_order(
            "party_joined_on",
            "party_official_on",
            "Ngày chính thức không được trước ngày vào Đảng.",
        )
        for name in ("recruited_on", "party_joined_on", "party_official_on"):
            day = cleaned.get(name)
            if day and day.earliest > self.today and not self.leaves(name):
                self.add_error(name, "Ngày này chưa tới; kiểm tra lại năm.")
        is_half_told = cleaned.get("party_official_on") and not cleaned.get("party_joined_on")
        if is_half_told and not self.leaves("party_official_on", "party_joined_on"):
            self.add_error("party_joined_on", "Nhập cả ngày vào Đảng.")
        return cleaned

    def _check_order(self, first: str, second: str, message: str) -> None:
        """The second day may not lie wholly before the first; the unknown is no objection."""
        begins, follows = self.cleaned_data.get(first), self.cleaned_data.get(second)
        if self.leaves(first, second):
            return
        if begins and follows and follows.latest < begins.earliest:
            self.add_error(second, message)
