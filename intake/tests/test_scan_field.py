"""The field that takes scans: all good files come out, every bad one is told."""

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from daitu_portal.tests.scans import image, pdf
from intake.forms.files import ScanField


class Scans(forms.Form):
    scans = ScanField(required=False)


class NeededScans(forms.Form):
    scans = ScanField()


def sent(*files, form=Scans):
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    return form({}, MultiValueDict({"scans": uploads}))


def test_several_files_come_out_looked_into():
    form = sent(("quyết định.PDF", pdf()), ("trang 2.jpg", image()))

    assert form.is_valid()
    told = [(file.name, file.content_type) for file in form.cleaned_data["scans"]]
    assert told == [("quyết định.pdf", "application/pdf"), ("trang 2.jpg", "image/jpeg")]


def test_every_file_that_is_not_taken_is_told_with_what_to_do():
    form = sent(("a.pdf", b"<html>"), ("b.pdf", pdf()), ("../c\u202e.png", b""))

    first, second = form.errors["scans"]
    assert first.startswith("“a.pdf”: Nội dung là trang web")
    assert "Quét lại" in first
    assert second.startswith("“c.png”: Tệp rỗng")


def test_too_many_at_once_are_refused_before_they_are_read():
    form = sent(*[("a.pdf", b"<html>")] * 11)

    assert form.errors["scans"] == [
        "Đã chọn 11 tệp; mỗi lần tối đa 10. Chia thành nhiều lần tải lên."
    ]


def test_no_file_is_nothing_or_a_fault_where_one_is_needed():
    none = sent()

    assert none.is_valid()
    assert none.cleaned_data == {"scans": []}
    assert sent(form=NeededScans).errors["scans"] == ["Chọn ít nhất một tệp PDF, JPEG hoặc PNG."]


def test_the_browser_offers_what_is_taken_and_several():
    widget = str(Scans()["scans"])

    assert 'accept=".pdf,.jpg,.jpeg,.png"' in widget
    assert "multiple" in widget
