"""The forms of all communes at once: their quotas of a year, their classes."""

import json

from django import forms

from cadres.models import Commune
from cadres.quota_actions import TOTAL, Key
from reports.year_quotas import YearSheet, field_name

_NUMBER_FAULTS = {
    "invalid": "Nhập một số nguyên.",
    "min_value": "Không được nhỏ hơn %(limit_value)s.",
    "max_value": "Không được lớn hơn %(limit_value)s.",
}


class _SeenForm(forms.Form):
    """A form that carries the marks of what was stored when it was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=100_000)

    def clean_seen(self):
        """The marks by field name; what cannot be read fits nothing that is stored."""
        try:
            found = json.loads(self.cleaned_data["seen"])
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def show_again(self, seen: dict[str, str]) -> None:
        """Carry new marks: sent again, the form overwrites knowingly."""
        self.data = {**self.data, "seen": json.dumps(seen)}


class YearQuotaForm(_SeenForm):
    """Two numbers a commune and the district's total, from the first day of a year.

    What was given before may not be left empty: 0 says that nothing is given any more.
    """

    document = forms.CharField(
        label="Văn bản giao các xã", required=False, max_length=120,
        help_text="Để trống thì các dòng đã giao giữ văn bản đang ghi.",
    )  # fmt: skip
    total = forms.IntegerField(
        label="Tổng chỉ tiêu của huyện",
        required=False,
        min_value=0,
        max_value=9999,
        error_messages=_NUMBER_FAULTS,
    )
    total_document = forms.CharField(
        label="Văn bản giao tổng của huyện", required=False, max_length=120
    )

    def __init__(self, data=None, *, sheet: YearSheet):
        self.sheet = sheet
        keys = [key for key in sheet.held if key != TOTAL]
        initial = {field_name(key): number for key, number in sheet.before.items()}
        super().__init__(data, initial={
            **initial, "document": sheet.document(keys), "total_document": sheet.document([TOTAL]),
            "seen": json.dumps(sheet.seen),
        })  # fmt: skip
        for key in keys:
            self.fields[field_name(key)] = forms.IntegerField(
                label=sheet.label(key), required=False, min_value=0, max_value=99,
                error_messages=_NUMBER_FAULTS,
                widget=forms.NumberInput(attrs={"aria-label": sheet.label(key)}),
            )  # fmt: skip

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        for key, row in self.sheet.held.items():
            name = field_name(key)
            if row is not None and name not in self.errors and cleaned.get(name) is None:
                self.add_error(name, f"Đang có {row.number}: ghi 0 nếu không giao nữa.")
        return cleaned

    @property
    def numbers(self) -> dict[Key, int | None]:
        """The numbers as they stand in the form: typed and sound, else those to start from."""
        if not self.is_bound:
            return dict(self.sheet.before)
        return {key: self.cleaned_data.get(field_name(key)) for key in self.sheet.held}

    @property
    def given(self) -> dict[Key, int]:
        return {key: number for key, number in self.numbers.items() if number is not None}

    @property
    def marks(self) -> dict[Key, str]:
        """What was shown of each number that is given."""
        return {key: self.cleaned_data["seen"].get(field_name(key), "") for key in self.sheet.held}


class GradesForm(_SeenForm):
    """The class of each commune of a day."""

    reason = forms.CharField(label="Căn cứ (số quyết định phân loại)", max_length=200)

    def __init__(self, data=None, *, communes: list[Commune]):
        self.communes = communes
        seen = {f"g_{each.pk}": str(each.grade or "") for each in communes}
        initial = {f"g_{each.pk}": each.grade for each in communes}
        super().__init__(data, initial={**initial, "seen": json.dumps(seen)})
        for each in communes:
            self.fields[f"g_{each.pk}"] = forms.TypedChoiceField(
                label=f"Loại của {each.name}", required=False, coerce=int, empty_value=None,
                choices=[("", "chưa có"), (1, "I"), (2, "II"), (3, "III")],
                widget=forms.Select(attrs={"aria-label": f"Loại của {each.name}"}),
            )  # fmt: skip

    @property
    def grades(self) -> dict[int, int | None]:
        return {each.pk: self.cleaned_data.get(f"g_{each.pk}") for each in self.communes}

    @property
    def marks(self) -> dict[int, str]:
        return {
            each.pk: self.cleaned_data["seen"].get(f"g_{each.pk}", "") for each in self.communes
        }
