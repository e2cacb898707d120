"""The period of a report, and the cells of it that are typed."""

from django import forms

from daitu_portal.fields import DayField
from training.result_report import Period
from training.rules import result_template as template
from training.rules.result_template import LETTERS, MINORITY, WOMEN

LONGEST = 20  # years


class PeriodForm(forms.Form):
    """From a day to a day, both part of it; `default` stands where nothing is asked."""

    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến hết ngày", required=False)

    def __init__(self, data, default: Period):
        asked = {name: data.get(name, "") for name in ("tu", "den")}
        asked["tu"] = asked["tu"] or f"{default.first:%d/%m/%Y}"
        asked["den"] = asked["den"] or f"{default.last:%d/%m/%Y}"
        super().__init__(asked)
        self.default = default

    def clean(self):
        cleaned = super().clean() or {}
        first, last = cleaned.get("tu"), cleaned.get("den")
        if not first or not last:
            return cleaned
        if last < first:
            self.add_error("den", "Ngày kết thúc phải không trước ngày bắt đầu.")
        elif last.year - first.year > LONGEST:
            self.add_error("den", f"Mỗi lần nhiều nhất {LONGEST} năm.")
        return cleaned

    @property
    def period(self) -> Period:
        """What is asked; the default where it cannot be read."""
        if not self.is_valid():
            return self.default
        cleaned = self.cleaned_data
        return Period(cleaned["tu"], cleaned["den"])


class ManualRowForm(forms.Form):
    """The row of those planned for office, a box a column; an empty box is no figure."""

    note = forms.CharField(
        label="Nguồn số liệu",
        max_length=255,
        help_text="Ví dụ: báo cáo số 12/BC-BTC ngày 20/12/2023 của Ban Tổ chức.",
    )

    def __init__(self, data=None, *, values=None, note=""):
        super().__init__(data, initial={**(values or {}), "note": note})
        for letter in (*LETTERS, MINORITY, WOMEN):
            self.fields[letter] = forms.IntegerField(
                label=f"Cột {letter}", required=False, min_value=0, max_value=1_000_000,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
            )  # fmt: skip

    @property
    def boxes(self):
        """(group, words, field) of each column, in their order."""
        named = (*template.COLUMNS, *template.SUBSETS[1:])
        return [(group, words, self[letter]) for letter, group, words in named]

    def clean(self):
        cleaned = super().clean() or {}
        total = sum(cleaned.get(letter) or 0 for letter in LETTERS)
        for letter in (MINORITY, WOMEN):
            if (cleaned.get(letter) or 0) > total:
                self.add_error(letter, f"Không quá tổng các cột từ D đến X ({total}).")
        return cleaned

    @property
    def figures(self) -> dict[str, int]:
        """What was typed, by column."""
        return {
            letter: value
            for letter, value in self.cleaned_data.items()
            if letter != "note" and value is not None
        }
