"""Forms of files: scans, several at once, each looked into; the components of the paper file."""

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from cadres.models import Attachment, PaperItem
from cadres.paper_file import Line
from daitu_portal.fields import field_of
from daitu_portal.file_content import Checked, checked, plain_name
from daitu_portal.file_problems import FileProblem
from daitu_portal.text import clean

ACCEPT = ".pdf,.jpg,.jpeg,.png"


class ScanInput(forms.FileInput):
    allow_multiple_selected = True


class ScanField(forms.FileField):
    """Some files; the value is a list of `Checked`, ready for `cadres.attachments.store`.

    Every file that is not taken is told, by its name, with what is wrong and what to do. The form
    must be multipart and be given `request.FILES`.
    """

    widget = ScanInput
    is_photo = False

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Bản quét")
        kwargs.setdefault(
            "help_text",
            f"PDF (tối đa {_megabytes(settings.PDF_MOST_BYTES)} MB), JPEG hoặc PNG (tối đa "
            f"{_megabytes(settings.IMAGE_MOST_BYTES)} MB); chọn được nhiều tệp, tối đa "
            f"{settings.SCANS_AT_ONCE} tệp một lần, cả lần "
            f"không quá {_megabytes(settings.UPLOAD_MOST_BYTES)} MB.",
        )
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("accept", ACCEPT)
        self.widget.attrs.setdefault("multiple", True)

    def clean(self, data, initial=None) -> list[Checked]:
        files = [file for file in data or [] if file]
        if not files:
            if self.required:
                raise ValidationError("Chọn ít nhất một tệp PDF, JPEG hoặc PNG.")
            return []
        if len(files) > settings.SCANS_AT_ONCE:
            raise ValidationError(
                f"Đã chọn {len(files)} tệp; mỗi lần tối đa {settings.SCANS_AT_ONCE}. Chia thành "
                "nhiều lần tải lên."
            )
        return self._looked_into(files)

    def _looked_into(self, files) -> list[Checked]:
        taken, wrong = [], []
        for file in files:
            try:
                taken.append(checked(file, file.name, is_photo=self.is_photo))
            except FileProblem as problem:
                wrong.append(f"“{plain_name(file.name)}”: {problem} {problem.remedy}")
        if wrong:
            raise ValidationError(wrong)
        return taken


def _megabytes(size: int) -> int:
    return size // 1024 // 1024


class FileForm(forms.Form):
    """Files of one kind put up beside a person's record."""

    kind = forms.ChoiceField(
        label="Loại giấy tờ", choices=[("", "Chọn…"), *Attachment.Kind.choices]
    )
    scans = ScanField(label="Tệp")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field_of(self, "scans", ScanField).is_photo = self["kind"].value() == Attachment.Kind.PHOTO
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class PapersForm(forms.Form):
    """Every component of a person's paper file, in one go: its state and a note.

    Each field carries what it showed, so that only what this user changed is written.
    """

    def __init__(self, *args, lines: list[Line], **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            code, name = line.component.code, line.component.label
            choices = [*PaperItem.State.choices]
            if not line.item:
                choices.insert(0, ("", "chưa kiểm"))
            self.fields[f"state_{code}"] = forms.ChoiceField(
                label=f"Tình trạng: {name}", choices=choices, required=False,
                initial=line.state, show_hidden_initial=True,
            )  # fmt: skip
            self.fields[f"note_{code}"] = forms.CharField(
                label=f"Ghi chú: {name}", max_length=255, required=False,
                initial=line.item.note if line.item else "", show_hidden_initial=True,
            )  # fmt: skip

    def rows(self):
        """(line, field of the state, field of the note) of each component."""
        for line in self.lines:
            code = line.component.code
            yield line, self[f"state_{code}"], self[f"note_{code}"]

    def clean(self):
        super().clean()
        for line in self.lines:
            code = line.component.code
            noted = self.cleaned_data.get(f"note_{code}")
            if noted and not self.cleaned_data.get(f"state_{code}"):
                self.add_error(f"state_{code}", "Đã ghi chú thì chọn có, bản sao hoặc thiếu.")
        return self.cleaned_data

    def noted(self) -> dict[str, tuple[str, str]]:
        """(state, note) by code of what was changed on this form."""
        changed = {name.partition("_")[2] for name in self.changed_data}
        return {
            line.component.code: (
                self.cleaned_data[f"state_{line.component.code}"],
                clean(self.cleaned_data[f"note_{line.component.code}"]),
            )
            for line in self.lines
            if line.component.code in changed
        }
