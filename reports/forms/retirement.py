"""What narrows the list of those who retire: a plain GET form, the address is its state."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.safestring import SafeString

from cadres.filter_choices import GROUP_CHOICES, NO_DATA
from cadres.models import Commune
from daitu_portal.fields import DayField, field_of
from daitu_portal.filter_form import field_html

HORIZON = 2030  # the last year of the list unless more is asked for
_UNITS_OFFERED = 200  # more would make every page heavy: then one comes from the tab of units
_LATEST = date(2080, 12, 31)
_ALL = ("", "Tất cả")


def _day_field(label: str) -> DayField:
    return DayField(
        label=label,
        required=False,
        error_messages={"invalid": "Nhập ngày/tháng/năm, ví dụ 31/12/2025."},
    )


class RetirementForm(forms.Form):
    """Days, year, commune and group; what cannot be read is told beside the field and not used."""

    tu = _day_field("Nghỉ từ ngày")
    den = _day_field("Nghỉ đến ngày")
    nam = forms.TypedChoiceField(
        label="Nghỉ trong năm", required=False, coerce=int, empty_value=None
    )
    xa = forms.TypedChoiceField(label="Xã, thị trấn", required=False, coerce=int, empty_value=None)
    nhom = forms.ChoiceField(
        label="Nhóm",
        required=False,
        choices=[_ALL, *(each for each in GROUP_CHOICES if each[0] != NO_DATA)],
    )

    def __init__(self, data: Mapping[str, Any], day: date, communes: Sequence[Commune]) -> None:
        super().__init__(data)
        self.day = day
        years = range(day.year, max(HORIZON, day.year) + 1)
        field_of(self, "nam", forms.ChoiceField).choices = [
            _ALL, *((year, str(year)) for year in years)
        ]  # fmt: skip
        self._offer_units(communes)
        self.is_valid()

    def _offer_units(self, communes: Sequence[Commune]) -> None:
        field = field_of(self, "xa", forms.ChoiceField)
        if len(communes) > _UNITS_OFFERED:
            communes = [each for each in communes if str(each.pk) == self.data.get("xa")]
            field.help_text = "Nhiều đơn vị quá để liệt kê: chọn ở tab Chỗ khuyết."
        field.choices = [_ALL, *((each.pk, each.name) for each in communes)]

    def clean_den(self) -> date | None:
        until: date | None = self.cleaned_data["den"]
        if until and until > _LATEST:
            raise forms.ValidationError(f"Chọn ngày đến {_LATEST:%d/%m/%Y} là muộn nhất.")
        if until and until < (self.cleaned_data.get("tu") or self.day):
            raise forms.ValidationError("Ngày cuối phải không trước ngày đầu và ngày tính.")
        return until

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and could be read, by the names of the address."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def window(self) -> tuple[date, date]:
        """The first and the last day of those that count, both included."""
        asked = self.asked
        first = max(asked.get("tu", self.day), self.day)
        last = asked.get("den", date(max(HORIZON, first.year), 12, 31))
        if year := asked.get("nam"):
            first, last = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        return first, last

    def fields_html(self) -> Iterator[SafeString]:
        """The fields as HTML."""
        return (field_html(field) for field in self)

    def told(self) -> Iterator[tuple[str, str, str]]:
        """(name, label, value in words) of each condition in force."""
        for name, value in self.asked.items():
            words = dict(getattr(self.fields[name], "choices", ()))
            told = f"{value:%d/%m/%Y}" if isinstance(value, date) else words.get(value, str(value))
            yield name, str(self.fields[name].label), str(told)
