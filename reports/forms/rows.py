"""Forms of the catalogues: a dated row, what goes with its correction, and its end."""

from datetime import date, timedelta

from crispy_forms.helper import FormHelper
from django import forms

from cadres.models import (
    Commune,
    CommuneArea,
    DistrictQuota,
    LegalDocument,
    Post,
    PostManagement,
    Quota,
    QuotaCeiling,
    Term,
    TitleSet,
)
from cadres.models.post import ManagingLevel
from intake.forms.fields import DayField, LastDayField, day_after

NOBODY = "khong"


def helper() -> FormHelper:
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    return made


def day_before(ends_on: date | None) -> date | None:
    """The last day, of a period that is stored with the day after it."""
    return ends_on - timedelta(days=1) if ends_on else None


def period_of(row) -> str:
    """ "từ 10/04/2023", and the last day where it has one."""
    until = f" đến hết {row.last_on:%d/%m/%Y}" if row.last_on else ""
    return f"từ {row.valid_from:%d/%m/%Y}{until}"


class CommuneField(forms.ModelChoiceField):
    """A unit with its days: the same name comes again over time."""

    def label_from_instance(self, obj):
        return f"{obj} ({period_of(obj)})"


class DatedForm(forms.ModelForm):
    """A dated row with its last day as the office writes it. A stored row keeps its code."""

    valid_from = DayField(label="Từ ngày")
    last_on = LastDayField()

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        known = {} if instance is None else self.stored(instance)
        kwargs |= {"instance": instance, "initial": {**known, **(initial or {})}}
        super().__init__(*args, **kwargs)
        self.helper = helper()
        names = [name for name in self.fields if name != "last_on"]
        names.insert(names.index("valid_from") + 1, "last_on")
        self.order_fields(names)
        if "note" in self.fields and isinstance(self.fields["note"].widget, forms.Textarea):
            self.fields["note"].widget.attrs["rows"] = 3
        if instance is not None and "code" in self.fields:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = "Mã là tên của dòng trong bộ dữ liệu: không sửa."

    def stored(self, row):
        """What a stored row puts into the fields that are not the model's own."""
        return {"last_on": row.last_on}

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        self.instance.valid_to = day_after(cleaned.get("last_on"))
        return cleaned


class PostForm(DatedForm):
    title_sets = forms.ModelMultipleChoiceField(
        TitleSet.objects.filter(valid_to=None).order_by("name"),
        label="Thuộc nhóm chức danh", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    level = forms.ChoiceField(
        label="Cấp quản lý",
        choices=[("", "Chọn…"), *ManagingLevel.choices, (NOBODY, "Không thuộc ba cấp này")],
        help_text="Áp dụng từ ngày đầu của chức danh; đổi về sau ở danh mục Phân cấp quản lý.",
    )

    class Meta:
        model = Post
        fields = ["code", "name", "short_name", "category", "group", "order", "per_commune",
                  "commune_kind", "valid_from", "note"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["level"]

    def stored(self, row):
        return {**super().stored(row), "title_sets": [each.pk for each in row.title_sets.all()]}

    def clean_level(self):
        return "" if self.cleaned_data["level"] == NOBODY else self.cleaned_data["level"]


class ManagementForm(DatedForm):
    class Meta:
        model = PostManagement
        fields = ["post", "level", "valid_from"]


class TermForm(DatedForm):
    class Meta:
        model = Term
        fields = ["organisation", "name", "note", "valid_from"]
        help_texts = {"name": "Ví dụ 2020–2025."}


class DocumentForm(forms.ModelForm):
    effective_on = DayField(label="Ngày hiệu lực")
    issued_on = DayField(label="Ngày ban hành", required=False)
    last_on = LastDayField(label="Có hiệu lực đến hết ngày")

    class Meta:
        model = LegalDocument
        fields = ["number", "title", "issuer", "issued_on", "effective_on", "last_on",
                  "confidence", "note"]  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, instance=None, **kwargs):
        expired_on = instance.expired_on if instance is not None else None
        kwargs |= {"instance": instance, "initial": {"last_on": day_before(expired_on)}}
        super().__init__(*args, **kwargs)
        self.helper = helper()

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        self.instance.expired_on = day_after(cleaned.get("last_on"))
        begins, ended = cleaned.get("effective_on"), self.instance.expired_on
        if begins and ended and ended <= begins:
            self.add_error("last_on", "Ngày cuối phải không trước ngày hiệu lực.")
        return cleaned


class AreaForm(DatedForm):
    class Meta:
        model = CommuneArea
        fields = ["commune", "uses_mountain_floor", "document", "note", "valid_from"]
        field_classes = {"commune": CommuneField}


class QuotaForm(DatedForm):
    class Meta:
        model = Quota
        fields = ["commune", "group", "number", "document", "note", "valid_from"]
        field_classes = {"commune": CommuneField}

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        commune, begins = cleaned.get("commune"), cleaned.get("valid_from")
        if commune and begins and not commune.is_in_force(begins):
            self.add_error("valid_from", f"Ngày này không có đơn vị ấy: có {period_of(commune)}.")
        return cleaned


class DistrictQuotaForm(DatedForm):
    class Meta:
        model = DistrictQuota
        fields = ["number", "document", "note", "valid_from"]


class CeilingForm(DatedForm):
    class Meta:
        model = QuotaCeiling
        fields = ["grade", "number", "less_with_regular_police", "document", "valid_from"]


class GradeForm(forms.ModelForm):
    """The class of a unit, for as long as the unit lives: the row has no other days."""

    class Meta:
        model = Commune
        fields = ["grade", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        labels = {"grade": "Loại đơn vị"}
        help_texts = {
            "grade": "Loại tính cho cả thời gian đơn vị tồn tại, kể cả các ngày đã qua.",
            "note": "Ghi số quyết định phân loại.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper()


class CorrectionForm(forms.Form):
    """What goes with a correction: why, and the mark of the row as it was shown."""

    reason = forms.CharField(label="Căn cứ, lý do sửa", max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper()


class CloseRowForm(forms.Form):
    """The last day of a row."""

    last_on = DayField(label="Đến hết ngày")
    reason = forms.CharField(label="Căn cứ, lý do", max_length=200)

    def __init__(self, *args, begins, **kwargs):
        super().__init__(*args, **kwargs)
        self.begins, self.helper = begins, helper()

    def clean_last_on(self):
        last_on = self.cleaned_data["last_on"]
        if self.begins and last_on < self.begins:
            raise forms.ValidationError(f"Không được trước ngày bắt đầu ({self.begins:%d/%m/%Y}).")
        return last_on
