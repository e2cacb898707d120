"""The forms of enrolment: a pasted list, a workbook, the confirmation, the decision to send."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from daitu_portal.fields import DayField
from daitu_portal.reading.limits import INTERACTIVE
from daitu_portal.reading.problems import WorkbookProblem
from daitu_portal.text import clean
from training.enrol_lists import meant_in
from training.enrol_preview import Preview
from training.models import OutsideLearner
from training.rules.meant_people import MOST_LINES, Meant, lines_of

_MOST_PASTED = 60_000  # characters
TICKED, REASON = "chon", "ly_do_"


class PasteForm(forms.Form):
    names = forms.CharField(
        label="Danh sách họ tên, mỗi dòng một người",
        max_length=_MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        error_messages={"required": "Dán hoặc gõ ít nhất một họ tên."},
        help_text=(
            "Sau tên, cách bằng dấu phẩy hoặc dấu Tab, có thể ghi thêm đơn vị, năm sinh, Số hiệu "
            "hoặc số CCCD để phân biệt người cùng tên. Ví dụ: Nguyễn Văn An, Tân Thái, 1980"
        ),
    )

    def clean_names(self) -> list[Meant]:
        found = lines_of(self.cleaned_data["names"])
        if not found:
            raise forms.ValidationError("Không dòng nào có họ tên: gõ mỗi dòng một họ tên.")
        if len(found) > MOST_LINES:
            raise forms.ValidationError(
                f"Danh sách có {len(found)} người; mỗi lần nhiều nhất {MOST_LINES}. Chia làm nhiều "
                "lần."
            )
        return found


class ListFileForm(forms.Form):
    file = forms.FileField(
        label="Tệp .xlsx, .xls hoặc .ods (tối đa 5 MB)",
        error_messages={
            "required": "Chọn tệp danh sách.",
            "empty": "Tệp rỗng: chọn đúng tệp danh sách.",
        },
        help_text="Có cột “Họ và tên”; thêm được “Đơn vị”, “Năm sinh”, “Số hiệu”, “Số CCCD”.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def clean_file(self) -> list[Meant]:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > INTERACTIVE.file_size:
            raise forms.ValidationError("Tệp lớn quá 5 MB: tách riêng danh sách rồi tải lên.")
        try:
            return meant_in(file.chunks(), file.name or "")
        except WorkbookProblem as problem:
            raise forms.ValidationError(f"{problem} Việc cần làm: {problem.remedy}") from problem


class DecisionFields(forms.Form):
    """The decision to send: all three or nothing; `is_asked`: it must be told."""

    is_asked = False
    number = forms.CharField(label="Số quyết định", max_length=60, required=False)
    signed_on = DayField(label="Ngày ký", required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=160, required=False)

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        names = ("number", "signed_on", "issuer")
        told = [name for name in names if self.cleaned_data.get(name)]
        if told or self.is_asked:
            for name in names:
                if name not in told and name not in self.errors:
                    self.add_error(name, "Quyết định phải có đủ số, ngày ký và cơ quan ban hành.")
        return self.cleaned_data

    @property
    def decision(self) -> dict[str, Any] | None:
        """What `decision_of` takes; None where none was told."""
        told = {name: self.cleaned_data[name] for name in ("number", "signed_on", "issuer")}
        told = {name: clean(v) if isinstance(v, str) else v for name, v in told.items()}
        return told if told["number"] else None


class DecisionForm(DecisionFields):
    is_asked = True


class EnrolForm(DecisionFields):
    """The confirmation: who is ticked, why those who are not admitted are sent, the decision."""

    reason = forms.CharField(
        label="Lý do chung cho người ngoài đối tượng", max_length=255, required=False
    )

    def __init__(self, data: Any = None, *, preview: Preview) -> None:
        super().__init__(data)
        self.preview = preview
        exceptions = preview.of("exception")
        self.may_come = {line.person.key for line in (*preview.of("coming"), *exceptions)}
        if not exceptions:
            del self.fields["reason"]
        for line in exceptions:
            self.fields[f"{REASON}{line.person.key}"] = forms.CharField(
                label=f"Lý do cử {line.person.name}", max_length=255, required=False
            )

    @property
    def ticked(self) -> list[str]:
        """Whom the form has ticked of those who may come; unsent, those who come as they are."""
        if not self.is_bound:
            return [line.person.key for line in self.preview.of("coming")]
        chosen = set(self.data.getlist(TICKED))  # type: ignore[attr-defined]
        return [line.person.key for line in self.preview.lines
                if line.person.key in chosen & self.may_come]  # fmt: skip

    @property
    def common(self) -> list[Any]:
        """The fields that are not a person's."""
        return [field for field in self if not field.name.startswith(REASON)]

    def rows(self) -> list[tuple[Any, bool, Any]]:
        """(line, whether it is ticked, the field of its reason or None), of everyone."""
        ticked = set(self.ticked)
        return [
            (line, line.person.key in ticked,
             self[f"{REASON}{line.person.key}"] if line.state == "exception" else None)
            for line in self.preview.lines
        ]  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        super().clean()
        chosen = set(self.data.getlist(TICKED))  # type: ignore[attr-defined]
        for line in self.preview.of("refused"):
            if line.person.key in chosen:  # it could be ticked when the page was shown
                self.add_error(
                    None,
                    f"Từ lúc xem trước, {line.person.name} không còn ghi danh được: {line.why}. "
                    "Chưa ghi danh ai; xem lại rồi bấm lần nữa.",
                )
        if not self.ticked:
            self.add_error(None, "Chưa chọn ai: đánh dấu ít nhất một người ghi danh được.")
        for line in self.preview.of("exception"):
            name = f"{REASON}{line.person.key}"
            if line.person.key in self.ticked and not self._reason(name):
                self.add_error(name, "Ghi lý do, ở đây hoặc ở ô lý do chung.")
        return self.cleaned_data

    def _reason(self, name: str) -> str:
        told: str = self.cleaned_data.get(name) or self.cleaned_data.get("reason") or ""
        return told

    def exceptions(self) -> dict[int, str]:
        """Why each who is not admitted is sent, by key of the official."""
        return {
            int(line.person.key[1:]): self._reason(f"{REASON}{line.person.key}")
            for line in self.preview.of("exception")
        }


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label="Lý do rút khỏi danh sách", max_length=255,
        error_messages={"required": "Ghi lý do, ví dụ: ghi danh nhầm người."},
    )  # fmt: skip


class NewLearnersForm(forms.Form):
    """What those who are added from a list have in common."""

    kind = forms.ChoiceField(
        label="Loại của học viên thêm mới", choices=OutsideLearner.Kind.choices,
        initial=OutsideLearner.Kind.VILLAGE, required=False,
    )  # fmt: skip
