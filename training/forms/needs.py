"""The filters of the page of needs, and the form that answers gaps."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString

from accounts.models import User
from cadres.models import Cadre
from cadres.models.post import PostGroup
from cadres.rules.levels import Content
from cadres.rules.wording import lower_first
from daitu_portal.fields import DayField
from daitu_portal.filter_form import NameInput, field_html
from training.admission import course_of
from training.gaps import Row
from training.models import Need, Programme
from training.needs import FIRST_YEAR, LAST_YEAR
from training.rules.admission import Course
from training.rules.gaps import Gap, suffices
from training.rules.spans import last_year_ahead

_ALL = ("", "Tất cả")
_MOST_TOLD = 10  # people whom an error names
TAKEN = "dong"  # the rows that are ticked beside the answer
ADMITTED, REFUSED, RETIRING = "du", "khong", "huu"
UNANSWERED, WAITING, REGISTERED, LOST, PASSED = "chua", "cho", "roi", "lai", "dat"
_YEAR_WORDS = {
    "invalid": "Nhập năm bằng bốn chữ số, ví dụ 2024.",
    "min_value": f"Năm từ {FIRST_YEAR} đến {LAST_YEAR}.",
    "max_value": f"Năm từ {FIRST_YEAR} đến {LAST_YEAR}.",
}


def _year(**told: Any) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=FIRST_YEAR, max_value=LAST_YEAR, error_messages=_YEAR_WORDS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}), **told,
    )  # fmt: skip


class AskedForm(forms.Form):
    """A GET form: what cannot be read narrows nothing."""

    def asked(self, name: str) -> Any:
        """What is asked by `name`, "" where nothing that can be read."""
        self.is_valid()
        found = self.cleaned_data.get(name)
        return "" if found is None else found


class NeedFilterForm(AskedForm):
    q = forms.CharField(label="Tên", required=False, max_length=100, widget=NameInput())
    muc = forms.ChoiceField(label="Còn thiếu", required=False)
    ct = forms.ChoiceField(
        label="Mọi người chưa có chương trình",
        required=False,
        help_text="Kể cả người không thuộc diện phải học hoặc không đủ điều kiện.",
    )
    don_vi = forms.ChoiceField(label="Đơn vị", required=False)
    nhom = forms.ChoiceField(
        label="Nhóm chức vụ", required=False, choices=[_ALL, *PostGroup.choices]
    )
    dk = forms.ChoiceField(
        label="Điều kiện",
        required=False,
        choices=[
            _ALL,
            (ADMITTED, "Đủ điều kiện"),
            (REFUSED, "Không đủ điều kiện"),
            (RETIRING, "Sắp nghỉ hưu"),
        ],
    )
    tra_loi = forms.ChoiceField(
        label="Cách xử lý",
        required=False,
        choices=[
            _ALL,
            (UNANSWERED, "Chưa trả lời"),
            (WAITING, "Chờ xác nhận"),
            (REGISTERED, "Đã xác nhận"),
            (LOST, "Học không xong, cần lại"),
            (PASSED, "Đã đạt, chờ xác nhận chứng chỉ"),
            *Need.Answer.choices,
        ],
    )
    han = DayField(label="Phải đạt trước ngày", required=False)
    nam = _year(label="Nhu cầu năm", required=False)
    dot = forms.ChoiceField(label="Đợt rà soát", required=False)

    def __init__(
        self,
        data: Any,
        *,
        units: Mapping[int, str],
        programmes: Iterable[Programme],
        reviews: Iterable[tuple[int, str]],
        lacking: Mapping[str, str],
    ) -> None:
        super().__init__(data, label_suffix="")
        offered = [(str(each.pk), each.name) for each in programmes]
        self._choices("ct", offered)
        self._choices("don_vi", [(str(key), name) for key, name in units.items()])
        self._choices("muc", sorted(lacking.items(), key=lambda pair: pair[1]))
        self._choices("dot", [(str(key), title) for key, title in reviews])

    def fields_html(self) -> list[SafeString]:
        """The fields as HTML, made without widgets' templates: choices are many."""
        shown = [field for field in self if field.name != "dot" or "dot" in self.data]
        return [field_html(field) for field in shown]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [_ALL, *choices]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """How the chosen gaps are answered; the exceptions stand beside the people."""

    answer = forms.ChoiceField(
        label="Cách xử lý", choices=Need.Answer.choices, widget=forms.RadioSelect
    )
    year = _year(label="Năm")
    programme = forms.ModelChoiceField(
        label="Chương trình",
        queryset=Programme.objects.none(),
        required=False,
        empty_label="Theo gợi ý của từng người",
    )
    reason = forms.CharField(
        label="Lý do",
        required=False,
        max_length=255,
        help_text="Phải ghi khi miễn, sắp nghỉ hưu hoặc bố trí lại.",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        user: User,
        rows: Sequence[Row],
        year: int,
        programme: int | None = None,
    ) -> None:
        told = {"year": year, "programme": programme, "answer": Need.Answer.SEND}
        super().__init__(data, initial=told, label_suffix="")
        self.user, self.rows = user, rows
        self.taken = set(data.getlist(TAKEN)) if data else proposed_of(rows)
        self._offer()
        refused = (row for row in rows if not row.admission.is_admitted)
        self.ask_exceptions({row.person.key for row in refused})

    def _offer(self) -> None:
        """Show the programmes that close a gap of somebody here; another one is refused in words.
        One query."""
        found = Programme.objects.offered().select_related("field")
        offered = list(found.order_by("content_group", "name"))
        self.courses = {each.pk: course_of(each) for each in offered}
        field: Any = self.fields["programme"]
        field.queryset = found
        gaps = {row.gap for row in self.rows}
        fits = [each for each in offered if any(closes(self.courses[each.pk], gap) for gap in gaps)]
        field.choices = [("", field.empty_label), *((each.pk, str(each)) for each in fits)]

    @property
    def taken_rows(self) -> list[Row]:
        """The rows that are ticked."""
        return [row for row in self.rows if row.token in self.taken]

    def shared(self) -> list[Any]:
        """The fields of the one answer, without the exceptions."""
        return [self[name] for name in ("answer", "year", "programme", "reason")]

    def ask_exceptions(self, people: Collection[int]) -> None:
        """Let a reason be typed for each row of `people`, why they are sent all the same."""
        for row in self.rows:
            if row.person.key in people:
                self.fields.setdefault(_exception(row), forms.CharField(
                    label="Lý do cử ngoài đối tượng", required=False, max_length=255,
                ))  # fmt: skip

    def exception_of(self, row: Row) -> Any:
        """The field of the exception of `row`; None where none is asked for."""
        name = _exception(row)
        return self[name] if name in self.fields else None

    def exception_typed(self, row: Row) -> str:
        """What was typed there."""
        found: str = self.cleaned_data.get(_exception(row), "")
        return found

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        last = last_year_ahead(timezone.localdate())
        if year > last:
            raise forms.ValidationError(f"Chỉ nêu nhu cầu đến năm {last}; kiểm tra lại năm.")
        return year

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        answer = told.get("answer")
        if answer and answer != Need.Answer.SEND and not told.get("reason"):
            self.add_error("reason", "Ghi lý do: vì sao không cử đi học.")
        course = self.courses.get(told["programme"].pk) if told.get("programme") else None
        missed = [row for row in self.taken_rows if course and not closes(course, row.gap)]
        if missed:
            self.add_error("programme", self._not_closing(missed))
        return told

    def _not_closing(self, rows: Sequence[Row]) -> list[str]:
        """Whose gap the chosen programme does not close, in words for each. One query."""
        told = rows[:_MOST_TOLD]
        seen = Cadre.objects.visible_to(self.user)
        names = seen.filter(pk__in={row.person.key for row in told})
        by_key = dict(names.values_list("pk", "full_name"))
        words = [
            f"{by_key.get(row.person.key, '')}: chương trình này không cấp "
            f"{lower_first(row.gap.words)}; chọn chương trình khác hoặc bỏ chọn người này."
            for row in told
        ]
        left = len(rows) - len(told)
        return [*words, f"Và {left} người khác."] if left else words


def closes(course: Course, gap: Gap) -> bool:
    """Whether a need for `course` answers `gap`: it awards what is missing, or more; without a gap
    any does."""
    if not gap.strand and gap.content in ("", Content.OTHER):
        return True
    return suffices(course, gap)


def proposed_of(rows: Sequence[Row]) -> set[str]:
    """The rows that are ticked at first: who may and should be sent; where nobody is, all."""
    return {row.token for row in rows if row.is_proposed} or {row.token for row in rows}


def _exception(row: Row) -> str:
    return f"ngoai-{row.token}"


class RegisterFilterForm(AskedForm):
    """The filters of the list of stated needs."""

    q = forms.CharField(label="Tên", required=False, max_length=100, widget=NameInput())
    nam = _year(label="Năm", required=False)
    ct = forms.ModelChoiceField(
        label="Chương trình", queryset=Programme.objects.order_by("content_group", "name"),
        required=False, empty_label="Tất cả",
    )  # fmt: skip
    cach = forms.ChoiceField(
        label="Cách xử lý", required=False, choices=[_ALL, *Need.Answer.choices]
    )
    tt = forms.ChoiceField(label="Tình trạng", required=False, choices=[
        _ALL, *Need.State.choices, ("open", "Đã xác nhận, chưa cử đi học"),
        ("unplanned", "Đã xác nhận, chưa vào kế hoạch hay lớp"), ("planned", "Đã vào kế hoạch"),
    ])  # fmt: skip

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
