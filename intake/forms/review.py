"""The forms of a review: opened by the district, ticked by the clerk, its steps with a reason."""

from datetime import date

from django import forms

from cadres.models import Commune
from daitu_portal.fields import DayField
from intake.rules.record_facts import GROUP_LABELS


class ReviewForm(forms.Form):
    title = forms.CharField(
        label="Tên đợt rà soát",
        max_length=160,
        error_messages={"required": "Nhập tên đợt rà soát."},
        help_text="Ví dụ: Rà soát hồ sơ quý II năm 2023.",
    )
    groups = forms.MultipleChoiceField(
        label="Nhóm thông tin cần rà soát",
        choices=[(str(group), words) for group, words in GROUP_LABELS.items()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "checks-wide"}),
        error_messages={"required": "Chọn ít nhất một nhóm thông tin."},
    )
    as_of = DayField(
        label="Tính đến ngày",
        error_messages={"required": "Nhập ngày tính của danh sách."},
    )
    due_on = DayField(label="Hạn xác nhận", error_messages={"required": "Nhập hạn xác nhận."})
    communes = forms.ModelMultipleChoiceField(
        label="Đơn vị",
        queryset=Commune.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "checks-wide"}),
        help_text="Không chọn đơn vị nào là rà soát mọi xã, thị trấn của ngày ấy.",
    )

    def __init__(self, data=None, *, user, day: date, today: date):
        super().__init__(
            data, initial={"as_of": day, "groups": list(GROUP_LABELS)}, label_suffix=""
        )
        self.today, self.everywhere = today, Commune.objects.visible_to(user)
        self.fields["communes"].queryset = self.everywhere.on(day)  # type: ignore[attr-defined]

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError("Hạn đã qua: chọn từ hôm nay trở đi.")
        return due_on

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        day = cleaned.get("as_of")
        if day is None or "communes" not in cleaned:
            return cleaned
        chosen = list(cleaned["communes"]) or list(self.everywhere.on(day))
        gone = [unit.name for unit in chosen if not unit.is_in_force(day)]
        if gone:
            self.add_error("communes", f"Ngày {day:%d/%m/%Y} không có: {', '.join(gone)}.")
        elif not chosen:
            self.add_error("as_of", "Ngày này không có xã, thị trấn nào: chọn ngày khác.")
        cleaned["communes"] = chosen
        return cleaned


class StepForm(forms.Form):
    """A step that needs a reason, which the others are told."""

    reason = forms.CharField(label="Lý do", max_length=160)


class TicksForm(forms.Form):
    """What the clerk ticked and noted on a page of a list: keys of lines, notes by key."""

    def __init__(self, data, *, lines):
        super().__init__(data)
        self.lines = list(lines)
        for key in self.lines:
            self.fields[f"ghi_chu_{key}"] = forms.CharField(max_length=255, required=False)

    def ticked(self) -> set[int]:
        chosen = set(self.data.getlist("da_xem"))  # type: ignore[attr-defined]
        return {key for key in self.lines if str(key) in chosen}

    def notes(self) -> dict[int, str]:
        return {key: self.cleaned_data[f"ghi_chu_{key}"] for key in self.lines}
