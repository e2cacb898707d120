"""Forms of rules and indicators: a requirement chosen, or written as data."""

import json

from django import forms
from django.db.models import Q

from cadres.models import Rule, TitleSet
from cadres.rules import requirements
from cadres.rules.levels import CONTENT_LABELS
from daitu_portal.fields import field_of
from daitu_portal.text import text_sort_key
from intake.forms.fields import DayField, day_after
from intake.forms.learning import level_choices
from reports.forms.rows import DatedForm, day_before
from reports.models import Indicator


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


def _written(tree) -> str:
    return json.dumps(tree, ensure_ascii=False) if tree else ""


def _chosen(tree) -> dict[str, str]:
    """The fields in which a stored requirement is shown: the shortest way that says all of it."""
    if set(tree) == {"training"}:
        return {"training": tree["training"]}
    if set(tree) == {"level"} and set(tree["level"]) == {"strand", "min"}:
        return {"least": f"{tree['level']['strand']}:{tree['level']['min']}"}
    return {"written": _written(tree)}


def _title_sets(row) -> list[tuple[str, str]]:
    """(code, name) of the sets in use, and of the one that `row` names."""
    found = TitleSet.objects.filter(Q(valid_to=None) | Q(code=row.title_set or ""))
    names = dict(found.order_by("valid_from").values_list("code", "name"))
    return sorted(names.items(), key=lambda pair: text_sort_key(pair[1]))


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
    transition_last_on = DayField(label="Chuyển tiếp đến hết ngày", required=False)

    class Meta:
        model = Rule
        fields = ["code", "dimension", "label", "document", "article", "confidence", "valid_from",
                  "transition_last_on", "transition_article", "is_specialised", "is_uncertain",
                  "note"]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "Chọn…"), *_title_sets(self.instance)]
        field_of(self, "title_set", forms.ChoiceField).choices = choices
        self.order_fields(["code", "title_set", "dimension", "label", "least", "training",
                           "written", "mountain", "document", "article", "confidence",
                           "valid_from", "last_on", "transition_last_on", "waits"])  # fmt: skip

    def stored(self, row):
        return {
            **super().stored(row), **_chosen(row.requirement), "title_set": row.title_set,
            "mountain": _written(row.mountain_requirement),
            "waits": _written(row.transition_condition),
            "transition_last_on": day_before(row.transition_until),
        }  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        self.instance.title_set = cleaned.get("title_set") or ""
        self.instance.transition_until = day_after(cleaned.get("transition_last_on"))
        self.instance.requirement = self.tree(cleaned)
        for name, attribute in (("mountain", "mountain_requirement"),
                                ("waits", "transition_condition")):  # fmt: skip
            text = cleaned.get(name)
            setattr(self.instance, attribute, self.parsed(name, text) if text else None)
        if bool(cleaned.get("transition_last_on")) != bool(cleaned.get("waits")):
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
        choices = [("", "Không (cấp ủy viên)"), *_title_sets(self.instance)]
        field_of(self, "title_set", forms.ChoiceField).choices = choices
        self.order_fields(["code", "name", "short_name", "population", "title_set", "unit",
                           "by_verdict", "least", "training", "written"])  # fmt: skip

    def stored(self, row):
        way = {"by_verdict": True} if "verdict" in row.predicate else _chosen(row.predicate)
        return {**super().stored(row), **way, "title_set": row.title_set}

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
