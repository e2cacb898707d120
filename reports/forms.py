"""Forms of the catalogues: a new dated row, and the end of one."""

import json

from crispy_forms.helper import FormHelper
from django import forms

from cadres.models import CommuneArea, LegalDocument, Post, Rule, TitleSet
from cadres.rules import requirements
from cadres.rules.levels import CONTENT_LABELS
from daitu_portal.fields import field_of
from intake.forms.fields import DayField, LastDayField, day_after
from intake.forms.learning import level_choices
from reports.models import Indicator


def _helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class RequirementMixin(forms.Form):
    """A requirement chosen from the usual shapes, or written as data in the closed vocabulary."""

    least = forms.ChoiceField(
        label="Mức tối thiểu", choices=level_choices, required=False,
        help_text="Chọn một trong ba cách nêu điều kiện: mức, bồi dưỡng, hoặc viết chi tiết.",
    )  # fmt: skip
    training = forms.ChoiceField(
        label="Đã bồi dưỡng", required=False,
        choices=[("", "Chọn…"), *((c.value, words) for c, words in CONTENT_LABELS.items())],
    )  # fmt: skip
    written = forms.CharField(
        label="Điều kiện viết chi tiết", required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text='Ví dụ {"all": [{"level": {"strand": "professional", "min": 2}}, '
        '{"training": "law"}]}; từ vựng ở docs/adding-a-rule.md.',
    )  # fmt: skip

    def tree(self, cleaned):
        """The requirement; errors are put on the fields."""
        ways = [name for name in ("least", "training", "written") if cleaned.get(name)]
        if len(ways) != 1:
            self.add_error("least", "Nêu điều kiện bằng đúng một trong ba cách.")
            return None
        if ways == ["training"]:
            return {"training": cleaned["training"]}
        if ways == ["least"]:
            strand, rank = cleaned["least"].split(":")
            if int(rank) == 0:
                self.add_error("least", "Mức thấp nhất thì ai cũng đạt: chọn mức cao hơn.")
                return None
            return {"level": {"strand": strand, "min": int(rank)}}
        return self.parsed("written", cleaned["written"])

    def parsed(self, name, text):
        try:
            tree = json.loads(text)
            self.judge(tree)
        except json.JSONDecodeError as error:
            self.add_error(name, f"Dòng {error.lineno}, cột {error.colno}: không phải JSON đúng.")
        except ValueError as error:
            self.add_error(name, f"Ngoài từ vựng điều kiện: {error}.")
        else:
            return tree
        return None

    def judge(self, tree):
        requirements.check(tree, "điều kiện")


class DatedForm(forms.ModelForm):
    """A dated row with its last day as the office writes it."""

    valid_from = DayField(label="Từ ngày")
    last_on = LastDayField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = _helper()

    def clean(self):
        super().clean()
        self.instance.valid_to = day_after(self.cleaned_data.get("last_on"))
        return self.cleaned_data


class PostForm(DatedForm):
    title_sets = forms.ModelMultipleChoiceField(
        TitleSet.objects.filter(valid_to=None).order_by("name"),
        label="Thuộc nhóm chức danh", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Post
        fields = ["code", "name", "short_name", "category", "group", "order", "per_commune",
                  "commune_kind", "valid_from", "note"]  # fmt: skip


class RuleForm(RequirementMixin, DatedForm):
    title_set = forms.ChoiceField(label="Áp dụng cho nhóm chức danh")
    mountain = forms.CharField(
        label="Điều kiện vùng núi (viết chi tiết)", required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )  # fmt: skip
    waits = forms.CharField(
        label="Ai được chuyển tiếp (viết chi tiết)", required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )  # fmt: skip
    transition_until = DayField(label="Hết thời hạn chuyển tiếp", required=False)

    class Meta:
        model = Rule
        fields = ["code", "dimension", "label", "document", "article", "confidence", "valid_from",
                  "transition_until", "transition_article", "is_specialised", "is_uncertain",
                  "note"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sets = TitleSet.objects.filter(valid_to=None).order_by("name")
        choices = [("", "Chọn…"), *sets.values_list("code", "name")]
        field_of(self, "title_set", forms.ChoiceField).choices = choices
        self.order_fields(["code", "title_set", "dimension", "label", "least", "training",
                           "written"])  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        self.instance.title_set = cleaned.get("title_set") or ""
        self.instance.requirement = self.tree(cleaned)
        for name, attribute in (("mountain", "mountain_requirement"),
                                ("waits", "transition_condition")):  # fmt: skip
            text = cleaned.get(name)
            setattr(self.instance, attribute, self.parsed(name, text) if text else None)
        if bool(cleaned.get("transition_until")) != bool(cleaned.get("waits")):
            self.add_error("waits", "Chuyển tiếp cần cả thời hạn và ai được chuyển tiếp.")
        return cleaned


class IndicatorForm(RequirementMixin, DatedForm):
    title_set = forms.ChoiceField(label="Nhóm chức danh", required=False)
    by_verdict = forms.BooleanField(
        label="Tử số là người đạt chuẩn chức danh (khi ấy không nêu điều kiện)", required=False
    )

    class Meta:
        model = Indicator
        fields = ["code", "name", "short_name", "population", "unit", "order", "is_headline",
                  "definition", "note", "valid_from"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sets = TitleSet.objects.filter(valid_to=None).order_by("name")
        choices = [("", "Không (cấp ủy viên)"), *sets.values_list("code", "name")]
        field_of(self, "title_set", forms.ChoiceField).choices = choices
        self.order_fields(["code", "name", "short_name", "population", "title_set", "unit",
                           "by_verdict", "least", "training", "written"])  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        self.instance.title_set = cleaned.get("title_set") or ""
        is_of_seats = cleaned.get("population") == Indicator.Population.COMMITTEE
        if is_of_seats == bool(self.instance.title_set):
            self.add_error(
                "title_set", "Cấp ủy viên không có nhóm chức danh; tổng thể khác thì có."
            )
        if cleaned.get("by_verdict"):
            self.instance.predicate = {"verdict": True}
        else:
            self.instance.predicate = self.tree(cleaned)
        return cleaned

    def judge(self, tree):
        if isinstance(tree, dict) and set(tree) == {"rating"} and tree["rating"] in (1, 2, 3, 4):
            return
        super().judge(tree)


class DocumentForm(forms.ModelForm):
    effective_on = DayField(label="Ngày hiệu lực")
    issued_on = DayField(label="Ngày ban hành", required=False)

    class Meta:
        model = LegalDocument
        fields = ["number", "title", "issuer", "issued_on", "effective_on", "confidence", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = _helper()


class AreaForm(DatedForm):
    class Meta:
        model = CommuneArea
        fields = ["commune", "uses_mountain_floor", "document", "note", "valid_from"]


class CloseRowForm(forms.Form):
    """The last day of a row."""

    last_on = DayField(label="Đến hết ngày")
    reason = forms.CharField(label="Căn cứ, lý do", max_length=200)

    def __init__(self, *args, begins, **kwargs):
        super().__init__(*args, **kwargs)
        self.begins, self.helper = begins, _helper()

    def clean_last_on(self):
        last_on = self.cleaned_data["last_on"]
        if self.begins and last_on < self.begins:
            raise forms.ValidationError(f"Không được trước ngày bắt đầu ({self.begins:%d/%m/%Y}).")
        return last_on
