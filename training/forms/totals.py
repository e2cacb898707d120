"""What the pages of totals are asked: a plain GET form, the address is its state."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from accounts.models import User
from cadres.models import Commune
from daitu_portal.fields import DayField, field_of
from daitu_portal.filter_form import field_html
from training.learned import IN_POST, OFFICIALS, STRANGERS, Wanted
from training.models import ContentGroup
from training.models.programme import ClassForm
from training.totals import NO_UNIT, Period
from training.units_chosen import dated_name, of_learners, units_to_choose

_ALL = [("", "Tất cả")]
FIRST_YEAR, LAST_YEAR = 1990, 2100


class _Asked(forms.Form):
    def __init__(self, data: Any, *, day: date) -> None:
        super().__init__(data, auto_id="id_%s")
        self.day = day

    def fields_html(self) -> Iterator[SafeString]:
        """The fields, as lists print them."""
        return (field_html(field) for field in self.visible_fields())

    def value(self, name: str) -> Any:
        """What was asked and could be read; None for anything else."""
        self.is_valid()
        return self.cleaned_data.get(name) or None


class PeriodForm(_Asked):
    """From a day to a day; by default the year of the day, up to it."""

    tu = DayField(label="Khai giảng từ ngày", required=False)
    den = DayField(label="Đến hết ngày", required=False)

    def clean(self):
        super().clean()
        first, last = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if first and last and first > last:
            self.add_error("den", "Đến ngày phải không trước từ ngày.")
        return self.cleaned_data

    @property
    def is_misread(self) -> bool:
        """Whether a day of the period could not be read: then the period is that by default."""
        return bool({"tu", "den"} & set(self.errors))

    @property
    def period(self) -> Period:
        """What it asks for, never past the day of the page."""
        if self.is_misread:
            return Period(date(self.day.year, 1, 1), self.day)
        last = min(self.value("den") or self.day, self.day)
        first = self.value("tu") or date(last.year, 1, 1)
        return Period(first, last)


class PeopleForm(PeriodForm):
    """Which participations of a period, and of whom."""

    nhom = forms.ChoiceField(
        label="Nhóm nội dung", required=False, choices=[*_ALL, *ContentGroup.choices]
    )
    hinh_thuc = forms.ChoiceField(
        label="Hình thức", required=False, choices=[*_ALL, *ClassForm.choices]
    )
    nam = forms.IntegerField(
        label="Năm khai giảng", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
    )  # fmt: skip
    xa = forms.ChoiceField(label="Xã, thị trấn", required=False)
    loai = forms.ChoiceField(
        label="Đối tượng", required=False,
        choices=[
            *_ALL, (OFFICIALS, "Có hồ sơ trên cổng"),
            (IN_POST, "Cán bộ, công chức, không chuyên trách khi học"),
            (STRANGERS, "Học viên ngoài"),
        ],
    )  # fmt: skip

    def __init__(self, data: Any, *, day: date, user: User) -> None:
        super().__init__(data, day=day)
        last = PeriodForm(data, day=day).period.last  # this form is not read before its choices
        mine = Commune.objects.visible_to(user)
        units = units_to_choose(mine, day, has_rows=of_learners(last))
        field_of(self, "xa", forms.ChoiceField).choices = [
            *_ALL, *((str(unit.pk), dated_name(unit, day)) for unit in units),
            (NO_UNIT, "Không rõ đơn vị"),
        ]  # fmt: skip

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            self.period,
            self.value("nhom") or "",
            self.value("hinh_thuc") or "",
            self.value("nam"),
            self.value("xa") or "",
            self.value("loai") or "",
        )


class _OfUnit(_Asked):
    xa = forms.ChoiceField(label="Xã, thị trấn", required=False)

    def __init__(self, data: Any, *, day: date, user: User) -> None:
        super().__init__(data, day=day)
        units = Commune.objects.visible_to(user).on(day).order_by("kind", "sort_key")
        field_of(self, "xa", forms.ChoiceField).choices = [*_ALL, *units.values_list("pk", "name")]

    @property
    def commune(self) -> int | None:
        found = self.value("xa")
        return int(found) if found else None


class YearForm(_OfUnit):
    """The hours of a year, by default that of the day."""

    nam = forms.IntegerField(
        label="Năm", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
    )  # fmt: skip

    @property
    def year(self) -> int:
        """The year asked for, never past that of the day."""
        return min(self.value("nam") or self.day.year, self.day.year)


class YearsForm(_OfUnit):
    """Without training in so many years."""

    nam = forms.IntegerField(
        label="Trong mấy năm", required=False, min_value=1, max_value=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "2"}),
    )  # fmt: skip
