"""The sheet of results of a class: a line a learner, and what holds for all that are changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cadres.models import Basis
from daitu_portal.fields import DayField
from intake.forms.fields import DecimalField, VersionField
from training.forms.decision import DECISION, DecisionMixin
from training.models import Enrolment, TrainingClass
from training.results import ResultLine
from training.rules.results import BY_DECISION, STUDYING
from training.same_numbers import same_numbers

State = TrainingClass.State
_RESULT = forms.ChoiceField(choices=Enrolment.Result.choices)
_SCORE = DecimalField(required=False)
_NUMBER = forms.CharField(required=False, max_length=60)
_DAY = DayField(required=False)
_MOST_POINTS = 100


class ResultsForm(DecisionMixin):
    """What holds for every result that this sheet changes."""

    on = DayField(
        label="Ngày có kết quả", required=False,
        help_text="Của các dòng bạn đổi kết quả bên dưới.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Lý do đính chính", required=False, max_length=255,
        help_text="Bắt buộc khi sửa kết quả đã có.",
    )  # fmt: skip
    transferred_to = forms.ModelChoiceField(
        TrainingClass.objects.none(), label="Chuyển sang lớp", required=False,
        empty_label="Chọn khi chuyển lớp",
    )  # fmt: skip
    version = VersionField()

    def __init__(self, *args, held: TrainingClass, user: Any, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.initial["version"] = held.version
        self.initial["on"] = min(held.ends_on, timezone.localdate())
        others: Any = self.fields["transferred_to"]
        others.queryset = (
            TrainingClass.objects.exclude(pk=held.pk)
            .filter(state__in=[State.OPEN, State.RUNNING])
            .order_by("-begins_on", "code")
        )
        others.label_from_instance = lambda each: f"{each.code}: {each.name}"[:90]

    @property
    def says_decision(self) -> bool:
        """Whether anything of the decision was typed, or is wrong."""
        names = [*DECISION, "transferred_to"]
        return any(self.data.get(name) or name in self.errors for name in names)

    def clean(self):
        super().clean()
        self.check_decision()
        return self.cleaned_data


@dataclass
class SheetLine:
    """A learner on the sheet: what stands, what was typed, and what is wrong with it."""

    row: Enrolment
    unit: str
    attended: str
    result: str
    score: str
    number: str
    day: str
    options: SafeString
    errors: list[str] = field(default_factory=list)
    same: str = ""  # whose certificate bears that number too
    now: str = ""  # what stands, where something else was typed before somebody wrote it


def offered(state: str) -> list[str]:
    """The results that a class in that state can be given."""
    everything = [str(code) for code in Enrolment.Result.values]
    if state == State.RUNNING:
        return [code for code in everything if code == STUDYING or code in BY_DECISION]
    if state == State.CLOSED:
        return [code for code in everything if code != STUDYING]
    return everything


@cache
def options_of(state: str, chosen: str) -> SafeString:
    """The options of a result as HTML, made once: a page has them a hundred times. The end tags
    are left out, as HTML allows."""
    words = dict(Enrolment.Result.choices)
    codes = dict.fromkeys([*offered(state), chosen])
    lines = ((code, " selected" if code == chosen else "", words[code]) for code in codes)
    return format_html_join("", '<option value="{}"{}>{}', lines)


class Sheet:
    """The lines of a page of the sheet, as they stand or as `data` says."""

    def __init__(
        self, held: TrainingClass, rows: Iterable[Enrolment], units: Mapping[int, str],
        attended: Mapping[int, str], data: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        self.held, self.data = held, data
        self.lines = [
            self._line(row, units.get(row.pk, ""), attended.get(row.pk, "")) for row in rows
        ]

    def _line(self, row: Enrolment, unit: str, attended: str) -> SheetLine:
        stands = {
            "kq": row.result, "d": _told_score(row.score), "so": row.certificate_number,
            "nc": _told_day(row.certificate_on),
        }  # fmt: skip
        said = {name: self._typed(name, row.pk, value) for name, value in stands.items()}
        if said["kq"] not in Enrolment.Result.values:
            said["kq"] = row.result
        return SheetLine(
            row, unit, attended, said["kq"], said["d"], said["so"], said["nc"],
            options_of(self.held.state, said["kq"]),
        )  # fmt: skip

    def _typed(self, name: str, key: int, standing: str) -> str:
        return standing if self.data is None else self.data.get(f"{name}_{key}", standing)

    def results(self, form: ResultsForm, decision: Basis | None) -> dict[int, ResultLine]:
        """What was typed, by key; lines that cannot be read tell so in their `errors`."""
        found = {}
        for line in self.lines:
            read = {
                "result": _cleaned(line, "Kết quả", _RESULT, line.result),
                "score": _score(line),
                "certificate_number": _cleaned(line, "Số chứng chỉ", _NUMBER, line.number),
                "certificate_on": _cleaned(line, "Ngày cấp", _DAY, line.day),
            }
            if not line.errors:
                found[line.row.pk] = self._result(line, read, form.cleaned_data, decision)
        return found

    def _result(
        self, line: SheetLine, read: dict[str, Any], said: dict[str, Any], decision: Basis | None
    ) -> ResultLine:
        """A result that stays keeps its day and its decision."""
        if read["result"] == line.row.result:
            return ResultLine(**read)
        goes_to = said["transferred_to"]
        is_decided = read["result"] in BY_DECISION
        return ResultLine(
            **read, on=said["on"], note=said["reason"], decision=decision if is_decided else None,
            transferred_to=goes_to.pk if goes_to and read["result"] == "transferred" else None,
        )  # fmt: skip

    def tell(self, why: Mapping[int, str]) -> None:
        """Say on each line why it was refused."""
        for line in self.lines:
            if line.row.pk in why:
                line.errors.append(why[line.row.pk])

    def tell_same(self) -> None:
        """Say on each line whose certificate bears the same number. One query."""
        rows = [line.row for line in self.lines]
        same = same_numbers(rows, {line.row.pk: line.number for line in self.lines})
        for line in self.lines:
            line.same = same.get(line.row.pk, "")

    def tell_now(self) -> None:
        """Say on each line what stands, where something else was typed."""
        for line in self.lines:
            row = line.row
            if (line.result, line.number) != (row.result, row.certificate_number):
                number = f", chứng chỉ {row.certificate_number}" if row.certificate_number else ""
                line.now = f"{row.get_result_display()}{number}"


def _cleaned(line: SheetLine, label: str, cleaner: forms.Field, text: str) -> Any:
    try:
        return cleaner.clean(text)
    except ValidationError as error:
        line.errors.append(f"{label}: {' '.join(error.messages)}")
        return None


def _score(line: SheetLine) -> Decimal | None:
    found: Decimal | None = _cleaned(line, "Điểm", _SCORE, line.score)
    if found is None:
        return None
    if not 0 <= found <= _MOST_POINTS:
        line.errors.append("Điểm: từ 0 đến 100.")
        return None
    return found.quantize(Decimal("0.01"))


def _told_score(score: Decimal | None) -> str:
    return "" if score is None else f"{score.normalize():f}".replace(".", ",")


def _told_day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


class PassRestForm(forms.Form):
    """Everyone without a result has completed the class on a day."""

    rest_on = DayField(label="Ngày có kết quả")
    version = VersionField()

    def __init__(self, *args, held: TrainingClass, **kwargs):
        super().__init__(*args, **{"auto_id": "rest_%s", **kwargs})
        self.initial["version"] = held.version
        self.initial["rest_on"] = min(held.ends_on, timezone.localdate())
