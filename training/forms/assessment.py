"""Forms of assessments: what a paper says, a filter of the list, why one is withdrawn."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django import forms
from django.forms import BoundField

from cadres.models import Cadre, Commune
from daitu_portal.fields import DayField, field_of
from training.competences import Line
from training.models import Assessment, Competence

_ALL = ("", "Tất cả")


class AssessmentForm(forms.Form):
    """A paper: its day, and the level of each competence that it tells of."""

    assessed_on = DayField(label="Ngày ghi trên phiếu đánh giá")
    note = forms.CharField(
        label="Ghi chú", max_length=255, required=False,
        help_text="Ví dụ số phiếu, người đánh giá. Áp dụng cho cả phiếu.",
    )  # fmt: skip

    def __init__(
        self, *args, cadre: Cadre, lines: Sequence[Line], others: Iterable[Competence],
        today: date, **kwargs,
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.cadre, self.today = cadre, today
        self.competences = {each.pk: each for each in others}
        self.asked = {}
        for line in lines:
            self.competences[line.competence.pk] = line.competence
            if line.asked is not None:
                self.asked[line.competence.pk] = line
        for key, competence in self.competences.items():
            self.fields[f"c_{key}"] = self._level_field(competence, self.asked.get(key))

    def _level_field(self, competence, line):
        levels = range(len(competence.levels) + 1)
        told = [f"Chức danh cần: {line.asked_words}", f"hiện: {line.level_words}"] if line else []
        return forms.ChoiceField(
            label=competence.name,
            required=False,
            choices=[("", "Phiếu không đánh giá"), *((str(n), competence.told(n)) for n in levels)],
            help_text="; ".join(told),
            error_messages={"invalid_choice": "Năng lực này không có mức ấy: chọn lại mức."},
        )

    def asked_fields(self) -> Iterator[BoundField]:
        """Of what the posts of the person ask."""
        return (self[f"c_{key}"] for key in self.competences if key in self.asked)

    def other_fields(self) -> Iterator[BoundField]:
        """Of what they do not ask."""
        return (self[f"c_{key}"] for key in self.competences if key not in self.asked)

    @property
    def has_other_errors(self) -> bool:
        """Whether something is wrong in the part that is folded away."""
        return any(field.errors for field in self.other_fields())

    def clean_assessed_on(self):
        on = self.cleaned_data["assessed_on"]
        if on > self.today:
            raise forms.ValidationError(
                f"Ngày đánh giá không được sau hôm nay ({self.today:%d/%m/%Y})."
            )
        held = self.cadre.holdings.order_by("valid_from").values_list("valid_from", flat=True)
        first = held.first()
        if first and on < first:
            raise forms.ValidationError(
                f"Ngày này người ấy chưa giữ chức vụ nào: chức vụ đầu tiên từ {first:%d/%m/%Y}."
            )
        return on

    def clean(self):
        super().clean()
        levels = self.levels()
        if not levels and not self.errors:
            raise forms.ValidationError("Chưa chọn mức nào: chọn mức của ít nhất một năng lực.")
        self._refuse_repeated(levels)
        return self.cleaned_data

    def _refuse_repeated(self, levels):
        on = self.cleaned_data.get("assessed_on")
        if on is None:
            return
        standing = Assessment.objects.filter(
            cadre=self.cadre, competence__in=levels, assessed_on=on
        ).exclude(state=Assessment.State.WITHDRAWN)
        for each in standing.select_related("competence", "entered_by"):
            told = f"{each.competence.told(each.level)}, {each.entered_by.full_name} nhập"
            self.add_error(
                f"c_{each.competence_id}",
                f"Đã có đánh giá ngày {on:%d/%m/%Y} ({told}): rút đánh giá ấy trước nếu sai.",
            )

    def levels(self) -> dict[Competence, int]:
        """The level by competence, of those that the paper tells of."""
        found = {}
        for key, competence in self.competences.items():
            chosen = self.cleaned_data.get(f"c_{key}")
            if chosen:
                found[competence] = int(chosen)
        return found


class AssessmentFilter(forms.Form):
    """A GET form: what cannot be read narrows nothing."""

    SHOWN = (
        _ALL, ("thieu", "Thiếu mức"), ("chua", "Chưa đánh giá"), ("cho", "Chờ xác nhận"),
    )  # fmt: skip

    xa = forms.ChoiceField(label="Đơn vị", required=False)
    chi = forms.ChoiceField(label="Chỉ hiện", required=False, choices=SHOWN)

    def __init__(self, *args, units: Sequence[Commune], **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        pairs = [(key, unit.name) for key, unit in self.units.items()]
        field_of(self, "xa", forms.ChoiceField).choices = [("", "Chọn đơn vị"), *pairs]
        if len(units) == 1:
            del self.fields["xa"]

    def unit(self) -> Commune | None:
        """The unit chosen, or the only one."""
        if len(self.units) == 1:
            return next(iter(self.units.values()))
        return self.units.get(self.asked("xa"))

    def asked(self, name: str) -> str:
        """What is asked by `name`, "" where nothing that can be read."""
        self.is_valid()
        found: str = self.cleaned_data.get(name, "")
        return found


class WithdrawForm(forms.Form):
    """Why an assessment is taken back."""

    reason = forms.CharField(label="Lý do rút", max_length=160)
