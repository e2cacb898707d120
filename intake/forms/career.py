"""Forms of posts held and seats in Party committees, and of their ends."""

from collections.abc import Callable

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from cadres.careers import (
    crowding_on_record,
    crowding_words,
    end_with_holder,
    gone_of,
    holding_problems,
    membership_problems,
)
from cadres.models import CommitteeMembership, Commune, Ended, Holding, Post, Term
from cadres.rules.careers import Problem
from daitu_portal.fields import field_of
from intake.forms.fields import DayField, LastDayField, VersionField, day_after, keys_in


class DatedChoiceField(forms.ModelChoiceField):
    """Choices that say until when each exists."""

    def label_from_instance(self, row):
        return f"{row.name} (đến hết {row.last_on:%d/%m/%Y})" if row.last_on else row.name


def _helper(*parts, has_version: bool) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*parts, *(["version"] if has_version else []))
    return helper


def _ratification() -> Fieldset:
    return Fieldset(
        "Phê chuẩn, chuẩn y; vì sao thôi giữ",
        "awaits_ratification",
        Row(
            Column("ratified_on", css_class="col-md-6"), Column("end_reason", css_class="col-md-6")
        ),
    )


class PeriodForm(forms.ModelForm):
    """A dated row of a person's record, with its last day as the office writes it.

    `told` is what saving it did by itself; `warning` asks to press again before it is saved.
    """

    told = warning = ""

    valid_from = DayField(label="Từ ngày")
    last_on = LastDayField()
    ratified_on = DayField(
        label="Ngày phê chuẩn, chuẩn y", required=False,
        help_text="Của chức vụ bầu cử; để trống nếu chưa có hoặc không cần.",
    )  # fmt: skip
    version = VersionField(required=False)
    needed: set[str]
    problems: Callable[..., list[Problem]]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"] = DatedChoiceField(
            Commune.objects.visible_to(user), label="Xã, thị trấn", empty_label="Chọn…"
        )
        self.initial["last_on"] = self.instance.last_on
        if self.instance.pk is None:
            del self.fields["version"]
        else:
            self.fields["version"].required = True
            self.initial["version"] = self.instance.cadre.version
        self.helper = self.layout()

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        self.instance.valid_to = day_after(cleaned.get("last_on"))
        if cleaned.get("end_reason") and not cleaned.get("last_on"):
            self.add_error("last_on", "Đã chọn vì sao thôi giữ: ghi cả ngày giữ cuối cùng.")
        return cleaned

    def layout(self) -> FormHelper:
        raise NotImplementedError

    def _post_clean(self):
        super()._post_clean()  # type: ignore[misc]  # the stub leaves this hook out
        if self.needed & set(self.errors):
            return
        if self.instance.pk is None:
            self.told = end_with_holder(self.instance, gone_of(self.instance.cadre_id))
        for problem in self.problems(self.instance):
            self.add_error(problem.field or None, problem.message)


class HoldingForm(PeriodForm):
    needed = {"post", "commune", "valid_from", "last_on"}
    problems = staticmethod(holding_problems)
    crowd_seen = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)

    class Meta:
        model = Holding
        fields = [
            "post", "commune", "valid_from", "is_main", "standing", "term", "decision_number",
            "awaits_ratification", "ratified_on", "end_reason", "note",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"] = DatedChoiceField(
            Post.objects.all(), label="Chức vụ, chức danh", empty_label="Chọn…"
        )
        field_of(self, "term", forms.ModelChoiceField).queryset = Term.objects.all()

    def _post_clean(self):
        super()._post_clean()
        if self.instance.pk and not self.needed & set(self.changed_data):
            return
        if not self.errors:
            self._warn_of(crowding_on_record(self.instance))

    def _warn_of(self, others):
        """Ask about holders beyond the post's number, once for each: whom the user has seen is
        in `crowd_seen`."""
        self.crowd = ",".join(str(each.pk) for each in others)
        if {each.pk for each in others} - keys_in(self.cleaned_data.get("crowd_seen", "")):
            self.warning = crowding_words(self.instance, others)

    def layout(self):
        return _helper(
            Fieldset(
                "Chức vụ, chức danh",
                Row(Column("post", css_class="col-md-6"), Column("commune", css_class="col-md-6")),
                Row(
                    Column("valid_from", css_class="col-md-6"),
                    Column("last_on", css_class="col-md-6"),
                ),
                "is_main",
            ),
            Fieldset(
                "Căn cứ",
                Row(Column("standing", css_class="col-md-6"), Column("term", css_class="col-md-6")),
                Row(
                    Column("decision_number", css_class="col-md-6"),
                    Column("note", css_class="col-md-6"),
                ),
            ),
            _ratification(),
            has_version=self.instance.pk is not None,
        )


class MembershipForm(PeriodForm):
    needed = {"commune", "valid_from", "last_on"}
    problems = staticmethod(membership_problems)

    class Meta:
        model = CommitteeMembership
        fields = [
            "commune", "role", "valid_from", "term", "awaits_ratification", "ratified_on",
            "end_reason", "note",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        terms = Term.objects.filter(organisation=Term.Organisation.PARTY)
        field_of(self, "term", forms.ModelChoiceField).queryset = terms

    def layout(self):
        return _helper(
            Fieldset(
                "Cấp ủy",
                Row(Column("commune", css_class="col-md-6"), Column("role", css_class="col-md-6")),
                Row(
                    Column("valid_from", css_class="col-md-6"),
                    Column("last_on", css_class="col-md-6"),
                ),
                Row(Column("term", css_class="col-md-6"), Column("note", css_class="col-md-6")),
            ),
            _ratification(),
            has_version=self.instance.pk is not None,
        )


class CloseForm(forms.Form):
    """Ends a post or seat: the day typed is the first one without it."""

    left_on = DayField(
        label="Thôi giữ từ ngày",
        help_text="Ngày đầu tiên không còn giữ; ngày giữ cuối cùng là hôm trước ngày ấy.",
    )
    end_reason = forms.ChoiceField(
        label="Vì", required=False, choices=[("", "Chưa có dữ liệu"), *Ended.choices]
    )
    version = VersionField()

    def __init__(self, *args, row, **kwargs):
        kwargs.setdefault("initial", {"version": row.cadre.version})
        super().__init__(*args, **kwargs)
        self.row = row
        self.helper = _helper("left_on", "end_reason", has_version=True)

    def clean_left_on(self):
        left_on = self.cleaned_data["left_on"]
        if left_on <= self.row.valid_from:
            raise forms.ValidationError(
                f"Phải sau ngày bắt đầu ({self.row.valid_from:%d/%m/%Y}); "
                "nếu nhập nhầm ngày bắt đầu thì dùng “Sửa”."
            )
        if self.row.valid_to and left_on > self.row.valid_to:
            raise forms.ValidationError(
                f"Đã thôi từ ngày {self.row.valid_to:%d/%m/%Y} rồi; nếu ngày ấy sai thì dùng “Sửa”."
            )
        return left_on
