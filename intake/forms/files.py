"""Fields that take scans: several at once, each looked into before the form is valid."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from daitu_portal.file_content import Checked, checked, plain_name
from daitu_portal.file_problems import FileProblem

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
            f"{settings.SCANS_AT_ONCE} tệp một lần.",
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
