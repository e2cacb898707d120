"""Forms of the catalogues of training."""

from django import forms

from cadres.rules.levels import CONTENT_LABELS
from daitu_portal.text import clean
from intake.forms.learning import level_choices
from reports.forms.rows import DatedForm, helper
from training.forms.money import MoneyField, NumberField
from training.models import (
    Assessment,
    Competence,
    CostNorm,
    PostCompetence,
    Programme,
    Provider,
    TrainingSetting,
)
from training.rules.admission_codes import ADMISSION_LABELS

_CODE_STAYS = "Mã là tên của dòng trong bộ dữ liệu: không sửa."
_FEWEST_LEVELS, _MOST_LEVELS, _LONGEST_LEVEL = 3, 5, 120


class PlainRowForm(forms.ModelForm):
    """A row without days of its own. A stored row keeps its code."""

    def __init__(self, *args, instance=None, initial=None, **kwargs):
        known = {} if instance is None else self.stored(instance)
        kwargs |= {"instance": instance, "initial": {**known, **(initial or {})}}
        super().__init__(*args, **kwargs)
        self.helper = helper()
        if instance is not None:
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _CODE_STAYS

    def stored(self, row):
        """What a stored row puts into the fields that are not the model's own."""
        return {}


class ProviderForm(PlainRowForm):
    class Meta:
        model = Provider
        fields = ["code", "name", "note"]
        help_texts = {"code": "Ngắn, không dấu, ví dụ tct-tinh.", "name": "Tên đầy đủ."}


def award_choices() -> list:
    """Levels by strand, then contents of short training: a programme awards one of them."""
    _, *levels = level_choices()
    above = [(label, [pair for pair in group if not pair[0].endswith(":0")])
             for label, group in levels]  # fmt: skip
    contents = [(f"content:{code.value}", words) for code, words in CONTENT_LABELS.items()]
    return [("", "Không cấp gì, chỉ tính tiết"), *above, ("Bồi dưỡng ngắn hạn", contents)]


class ProgrammeForm(PlainRowForm):
    """What completion awards is one choice: no strand without its level, and never both."""

    awards = forms.ChoiceField(
        label="Hoàn thành thì được cấp", choices=award_choices, required=False,
        help_text="Một mức của một nội dung trình độ, hoặc một nội dung bồi dưỡng ngắn hạn.",
    )  # fmt: skip
    hours = NumberField(label="Số tiết", required=False, min_value=1, max_value=9999)
    days = NumberField(label="Số ngày", required=False, min_value=1, max_value=3660)
    admission = forms.ChoiceField(
        label="Quy định về đối tượng", required=False,
        choices=[("", "Không có quy định riêng"),
                 *((code.value, words) for code, words in ADMISSION_LABELS.items())],
    )  # fmt: skip

    class Meta:
        model = Programme
        fields = ["code", "name", "kind", "content_group", "form", "awards", "field",
                  "report_column", "hours", "days", "provider", "admission", "is_offered",
                  "confidence", "note"]  # fmt: skip
        help_texts = {
            "field": "Chỉ với chương trình cấp trình độ chuyên môn.",
            "report_column": "Cột của biểu tổng hợp kết quả đào tạo, bồi dưỡng.",
            "is_offered": "Bỏ chọn khi không mở nữa: lớp, nhu cầu đã có giữ nguyên, chỉ không "
            "chọn được cho việc mới.",
        }

    def stored(self, row):
        awards = f"{row.strand}:{row.rank}" if row.strand else ""
        return {"awards": f"content:{row.content}" if row.content else awards}

    def clean(self):
        super().clean()
        strand, _, rank = self.cleaned_data.get("awards", "").partition(":")
        is_content = strand == "content"
        self.instance.content = rank if is_content else ""
        self.instance.strand = "" if is_content else strand
        self.instance.rank = int(rank) if rank and not is_content else None
        if self.cleaned_data.get("field") and self.instance.strand != "professional":
            self.add_error(
                "field", "Nhóm ngành chỉ đi với chương trình cấp trình độ chuyên môn: để trống."
            )
        return self.cleaned_data


class CostNormForm(DatedForm):
    amount = MoneyField(label="Mức chi tối đa (đồng)", min_value=1, max_value=10**12)

    class Meta:
        model = CostNorm
        fields = ["what", "programme", "content_group", "unit", "amount", "document", "confidence",
                  "note", "valid_from"]  # fmt: skip
        help_texts = {
            "programme": "Để trống cả hai là áp dụng cho mọi lớp; chọn chương trình hoặc nhóm nội "
            "dung, không chọn cả hai."
        }

    def clean(self):
        super().clean()
        if self.cleaned_data.get("programme") and self.cleaned_data.get("content_group"):
            self.add_error("content_group", "Đã chọn chương trình thì để trống nhóm nội dung.")
        return self.cleaned_data


_CEILINGS = {
    TrainingSetting.Code.HOURS_MIN: 2000,
    TrainingSetting.Code.HOURS_MAX: 2000,
    TrainingSetting.Code.SESSIONS_COUNT: 1,
    TrainingSetting.Code.AWAY_SHARE: 100,
    TrainingSetting.Code.YEARS_WITHOUT: 40,
}


class SettingForm(DatedForm):
    value = NumberField(label="Giá trị", max_value=100_000)

    class Meta:
        model = TrainingSetting
        fields = ["code", "value", "document", "article", "confidence", "note", "valid_from"]
        labels = {"code": "Thông số"}

    def clean(self):
        super().clean()
        code, value = self.cleaned_data.get("code"), self.cleaned_data.get("value")
        if value is not None and code and value > _CEILINGS[code]:
            self.add_error("value", f"Thông số này nhận giá trị từ 0 đến {_CEILINGS[code]}.")
        return self.cleaned_data


class LevelsField(forms.CharField):
    """The levels of a competence in words, a line each, the lowest first."""

    widget = forms.Textarea

    def to_python(self, value):
        lines = [clean(line) for line in (super().to_python(value) or "").splitlines()]
        return [line for line in lines if line]

    def validate(self, value):
        if not _FEWEST_LEVELS <= len(value) <= _MOST_LEVELS:
            raise forms.ValidationError(
                f"Ghi từ {_FEWEST_LEVELS} đến {_MOST_LEVELS} mức, mỗi mức một dòng, thấp nhất ở "
                f"dòng đầu; ở đây có {len(value)} dòng."
            )
        for number, line in enumerate(value, start=1):
            if len(line) > _LONGEST_LEVEL:
                raise forms.ValidationError(
                    f"Dòng {number} dài quá {_LONGEST_LEVEL} ký tự: viết gọn lại."
                )
        twice = len({line.casefold() for line in value}) < len(value)
        if twice:
            raise forms.ValidationError("Có hai mức viết giống nhau: mỗi mức phải khác nhau.")

    def run_validators(self, value):
        """Those of text do not apply to a list."""

    def has_changed(self, initial, data):
        return self.to_python(data) != self.to_python(initial)


class CompetenceForm(PlainRowForm):
    levels = LevelsField(
        label="Các mức", max_length=1000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=f"Từ {_FEWEST_LEVELS} đến {_MOST_LEVELS} mức, mỗi mức một dòng, thấp nhất ở dòng "
        "đầu.",
    )  # fmt: skip

    class Meta:
        model = Competence
        fields = ["code", "name", "group", "levels", "note"]

    def stored(self, row):
        return {"levels": "\n".join(row.levels)}

    def clean_levels(self):
        levels = self.cleaned_data["levels"]
        highest = self._highest_in_use()
        if len(levels) < highest:
            raise forms.ValidationError(
                f"Mức {highest} đang được chức danh yêu cầu hoặc đã dùng để đánh giá: giữ ít nhất "
                f"{highest} mức."
            )
        return levels

    def _highest_in_use(self):
        """The highest level that a post asks or somebody was assessed at."""
        if self.instance.pk is None:
            return 0
        asked = PostCompetence.objects.filter(competence=self.instance).order_by("-level")
        reached = Assessment.objects.filter(competence=self.instance).order_by("-level")
        levels = [rows.values_list("level", flat=True).first() or 0 for rows in (asked, reached)]
        return max(levels)


class PostCompetenceForm(DatedForm):
    level = NumberField(label="Mức cần", min_value=1, max_value=9)

    class Meta:
        model = PostCompetence
        fields = ["post", "competence", "level", "note", "valid_from"]

    def clean(self):
        super().clean()
        competence, level = self.cleaned_data.get("competence"), self.cleaned_data.get("level")
        if competence and level and level > len(competence.levels):
            levels = range(1, len(competence.levels) + 1)
            told = "; ".join(competence.told(each) for each in levels)
            self.add_error("level", f"“{competence}” không có mức {level}. Các mức: {told}.")
        return self.cleaned_data
