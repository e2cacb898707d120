"""Forms of qualifications, short trainings and yearly ratings."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from cadres.models import Qualification, Rating, ShortTraining
from cadres.rules.levels import LEVELS, STRAND_LABELS
from daitu_portal.fields import field_of
from intake.forms.fields import DayField, VersionField

FIRST_RATED_YEAR = 1990


def level_choices() -> list:
    """All levels in one list, grouped by strand: choosing needs no script."""
    return [
        ("", "Chọn…"),
        *(
            (
                label,
                [
                    (f"{strand.value}:{rank}", f"{label}: {name}")
                    for rank, name in reversed(list(enumerate(LEVELS[strand])))
                ],
            )
            for strand, label in STRAND_LABELS.items()
        ),
    ]


class RecordForm(forms.ModelForm):
    """A row of a person's record that is not a period."""

    version = VersionField(required=False)
    versioned = False  # whether a new row is guarded by the version, too

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance.pk is None and not self.versioned:
            del self.fields["version"]
        else:
            self.fields["version"].required = True
            self.initial["version"] = self.instance.cadre.version
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *self.parts(), *(["version"] if "version" in self.fields else [])
        )

    def parts(self) -> tuple[Any, ...]:
        """What the form shows, from above."""
        raise NotImplementedError

    def _check_order(self, first: str, last: str) -> None:
        """The last day of a study may not lie wholly before the first."""
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends.latest < begins.earliest:
            self.add_error(last, "Ngày học xong phải không trước ngày bắt đầu học.")

    def _not_in_future(self, name: str):
        day = self.cleaned_data[name]
        if day and day.earliest > self.today:
            raise forms.ValidationError("Ngày này chưa tới; kiểm tra lại năm.")
        born_on = self.instance.cadre.born_on
        if day and born_on and day.latest < born_on.earliest:
            raise forms.ValidationError(f"Ngày này trước khi sinh ({born_on}); kiểm tra lại năm.")
        return day


class QualificationForm(RecordForm):
    level = forms.ChoiceField(label="Nội dung và mức", choices=level_choices)

    class Meta:
        model = Qualification
        fields = [
            "awarded_on", "field", "major", "institution", "studied_from", "studied_until",
            "study_form", "evidence", "evidence_number", "language", "note",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["level"] = f"{self.instance.strand}:{self.instance.rank}"
        field_of(self, "field", forms.ModelChoiceField).empty_label = "Chưa có dữ liệu"

    def parts(self):
        return (
            Fieldset(
                "Trình độ",
                Row(
                    Column("level", css_class="col-md-6"),
                    Column("awarded_on", css_class="col-md-6"),
                ),
                Row(Column("field", css_class="col-md-6"), Column("major", css_class="col-md-6")),
                Row(
                    Column("institution", css_class="col-md-6"),
                    Column("study_form", css_class="col-md-6"),
                ),
                Row(
                    Column("studied_from", css_class="col-md-6"),
                    Column("studied_until", css_class="col-md-6"),
                ),
                "language",
            ),
            Fieldset(
                "Giấy tờ",
                Row(
                    Column("evidence", css_class="col-md-6"),
                    Column("evidence_number", css_class="col-md-6"),
                ),
                "note",
            ),
        )

    def clean_awarded_on(self):
        return self._not_in_future("awarded_on")

    def clean_studied_from(self):
        return self._not_in_future("studied_from")

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        self._check_order("studied_from", "studied_until")
        if cleaned.get("level"):
            strand, rank = cleaned["level"].split(":")
            self.instance.strand, self.instance.rank = strand, int(rank)
        return cleaned


class ShortTrainingForm(RecordForm):
    class Meta:
        model = ShortTraining
        fields = [
            "content", "title", "started_on", "completed_on", "hours", "institution", "study_form",
            "certificate_number", "note",
        ]  # fmt: skip

    def parts(self):
        return (
            Fieldset(
                "Bồi dưỡng ngắn hạn",
                Row(Column("content", css_class="col-md-6"), Column("title", css_class="col-md-6")),
                Row(
                    Column("started_on", css_class="col-md-6"),
                    Column("completed_on", css_class="col-md-6"),
                ),
                Row(
                    Column("institution", css_class="col-md-6"),
                    Column("study_form", css_class="col-md-6"),
                ),
                Row(
                    Column("hours", css_class="col-md-6"),
                    Column("certificate_number", css_class="col-md-6"),
                ),
                "note",
            ),
        )

    def clean_completed_on(self):
        return self._not_in_future("completed_on")

    def clean(self):
        super().clean()
        self._check_order("started_on", "completed_on")
        return self.cleaned_data


class RatingForm(RecordForm):
    decided_on = DayField(label="Ngày quyết định", required=False)

    class Meta:
        model = Rating
        fields = ["year", "level", "decision_number", "decided_on", "note"]

    def parts(self):
        return (
            Fieldset(
                "Xếp loại năm",
                Row(Column("year", css_class="col-md-6"), Column("level", css_class="col-md-6")),
                Row(
                    Column("decision_number", css_class="col-md-6"),
                    Column("decided_on", css_class="col-md-6"),
                ),
                "note",
            ),
        )

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not FIRST_RATED_YEAR <= year <= self.today.year:
            raise forms.ValidationError(f"Năm phải từ {FIRST_RATED_YEAR} đến {self.today.year}.")
        others = Rating.objects.filter(cadre=self.instance.cadre_id, year=year)
        if others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Người này đã được xếp loại năm ấy; sửa dòng đã có.")
        return year
