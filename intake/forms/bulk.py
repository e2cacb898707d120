"""What is asked for many people at once: each field stays, gets a new value, or is emptied."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from cadres.models import Rating, Term
from cadres.rules.peoples import PEOPLES
from daitu_portal.fields import field_of
from daitu_portal.text import MOST_CHARACTERS, clean
from intake.bulk_rows import Wanted, WantedArea, WantedRating, WantedTerm
from intake.forms.fields import DayField, DecimalField
from intake.forms.learning import FIRST_RATED_YEAR

KEEP, SET, ERASE = "", "moi", "xoa"
HOW = [(KEEP, "Không đổi"), (SET, "Giá trị mới"), (ERASE, "Xoá giá trị")]
PERSON = ("ethnicity", "religion", "recruited_by", "note")
PROFILE = ("main_work",)
# Lines of the form: (what is changed, its label, the fields beside "how").
_LINES = (
    ("ethnicity", "Dân tộc", ("ethnicity",)),
    ("religion", "Tôn giáo", ("religion",)),
    ("recruited_by", "Cơ quan tuyển dụng", ("recruited_by",)),
    ("main_work", "Công việc chính được giao", ("main_work",)),
    ("term", "Nhiệm kỳ của chức vụ chính", ("term",)),
    ("rating", "Xếp loại của một năm", ("year", "level")),
    ("area", "Phụ cấp khu vực", ("coefficient", "from_on")),
    ("note", "Ghi chú", ("note",)),
)
# What is needed for each way where it is not simply the value.
_NEEDED = {
    ("rating", SET): ("year", "level"), ("rating", ERASE): ("year",),
    ("area", SET): ("coefficient", "from_on"), ("area", ERASE): ("from_on",),
}  # fmt: skip


def how_of(line: str) -> str:
    """The name of the field that says what happens to a line."""
    return f"{line}-cach"


@dataclass(frozen=True)
class Line:
    """A line of the form: what is changed, how, and to what."""

    label: str
    how: BoundField
    inputs: list[BoundField]


class BulkForm(forms.Form):
    ethnicity = forms.ChoiceField(
        label="Dân tộc", required=False,
        choices=[("", "Chọn…"), *((name, name) for name in PEOPLES)],
    )  # fmt: skip
    religion = forms.CharField(label="Tôn giáo", required=False, max_length=60)
    recruited_by = forms.CharField(label="Cơ quan tuyển dụng", required=False, max_length=120)
    main_work = forms.CharField(label="Công việc chính", required=False, max_length=160)
    term = forms.ModelChoiceField(Term.objects, label="Nhiệm kỳ", required=False)
    year = forms.IntegerField(label="Năm", required=False)
    level = forms.TypedChoiceField(
        label="Mức xếp loại", required=False, coerce=int, empty_value=None,
        choices=[("", "Chọn mức…"), *Rating.Level.choices],
    )  # fmt: skip
    coefficient = DecimalField(label="Hệ số", required=False)
    from_on = DayField(label="Từ ngày", required=False)
    note = forms.CharField(
        label="Ghi chú", required=False, max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        for line, label, _ in _LINES:
            how = forms.ChoiceField(label=f"{label}: làm gì", choices=HOW, required=False)
            self.fields[how_of(line)] = how
        field_of(self, "term", forms.ModelChoiceField).empty_label = "Chọn nhiệm kỳ…"

    def lines(self) -> Iterator[Line]:
        """The lines, for the template."""
        for line, label, inputs in _LINES:
            yield Line(label, self[how_of(line)], [self[name] for name in inputs])

    @property
    def asked(self) -> list[str]:
        """The lines that are not left as they are."""
        return [line for line, _, _ in _LINES if self.cleaned_data.get(how_of(line))]

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year is not None and not FIRST_RATED_YEAR <= year <= self.today.year:
            raise forms.ValidationError(f"Năm phải từ {FIRST_RATED_YEAR} đến {self.today.year}.")
        return year

    def clean_coefficient(self):
        number = self.cleaned_data["coefficient"]
        if number is not None and not Decimal(0) < number < Decimal(10):
            raise forms.ValidationError("Hệ số phụ cấp lớn hơn 0 và nhỏ hơn 10, ví dụ 0,5.")
        return number

    def clean(self):
        super().clean()
        for line, _, inputs in _LINES:
            self._check_line(line, inputs)
        if not self.errors and not self.asked:
            raise forms.ValidationError("Chưa có mục nào để sửa: chọn “Giá trị mới” hoặc “Xoá giá "
                                        "trị” ở ít nhất một mục.")  # fmt: skip
        return self.cleaned_data

    def _check_line(self, line: str, inputs: tuple[str, ...]) -> None:
        """A value beside "không đổi" or "xoá" is most often a slip, and so is none beside "mới"."""
        how = self.cleaned_data.get(how_of(line), KEEP)
        needed = _NEEDED.get((line, how), inputs if how == SET else ())
        for name in inputs:
            is_told = self.cleaned_data.get(name) not in (None, "")
            if name in self.errors:
                continue
            if name in needed and not is_told:
                self.add_error(name, f"Nhập “{self.fields[name].label}”.")
            elif name not in needed and is_told:
                self.add_error(name, "Có giá trị nhưng mục này đang để “Không đổi” hoặc “Xoá giá "
                                     "trị”: chọn “Giá trị mới”, hoặc bỏ trống ô này.")  # fmt: skip

    def wanted(self) -> Wanted:
        """What the valid form asks for."""
        told, asked = self.cleaned_data, self.asked
        values = {name: self._value(name) for name in (*PERSON, *PROFILE) if name in asked}
        return Wanted(
            person={name: values[name] for name in PERSON if name in values},
            profile={name: values[name] for name in PROFILE if name in values},
            term=WantedTerm(told["term"]) if "term" in asked else None,
            rating=WantedRating(told["year"], told["level"]) if "rating" in asked else None,
            area=WantedArea(told["from_on"], told["coefficient"]) if "area" in asked else None,
        )

    def _value(self, name: str) -> Any:
        """As it is stored: bulk writes do not pass the fields' own cleaning."""
        text = self.cleaned_data[name]
        if name != "note":
            return clean(text)
        return "\n".join(clean(line) for line in text.splitlines()).strip()

    @property
    def told_fields(self) -> list[str]:
        """What the log keeps: which fields, and no value."""
        return [f"{how}:{line}" for line in self.asked if (how := self.cleaned_data[how_of(line)])]
