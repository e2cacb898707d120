"""What a file really is, told by its content and never by its name; and how it may be kept."""

import re
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

from daitu_portal.file_problems import EmptyFile, NotAScan, TooLargeFile
from daitu_portal.image_content import JPEG_START, PNG_START, clean_photo, clean_scan
from daitu_portal.pdf_content import check_pdf
from daitu_portal.text import clean

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}
_ENDING = re.compile(r"\.(pdf|jpe?g|png)$", re.IGNORECASE)
MOST_NAME = 160
_MEGABYTE = 1024 * 1024
_HIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_FORBIDDEN = re.compile(r'[<>:"|?*;%]')  # in names of files, by Windows or in a header
_KNOWN = (
    (b"PK\x03\x04", "tệp nén hoặc tệp Office (Word, Excel)"),
    (b"\xd0\xcf\x11\xe0", "tệp Office kiểu cũ"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7-Zip"),
    (b"MZ", "chương trình"),
    (b"GIF8", "ảnh GIF"),
    (b"BM", "ảnh BMP"),
    (b"II*\x00", "ảnh TIFF"),
    (b"MM\x00*", "ảnh TIFF"),
    (b"RIFF", "ảnh WebP hoặc tệp âm thanh, phim"),
)


class Stream(Protocol):
    """Anything read in pieces: an upload, an open file."""

    def read(self, size: int = ..., /) -> bytes: ...


@dataclass(frozen=True)
class Checked:
    """A file that was looked into: only such are kept. `data` is what may be written."""

    name: str
    content_type: str
    data: bytes


def checked(stream: Stream, name: str, *, is_photo: bool = False) -> Checked:
    """Look into the whole file and return how it may be kept.

    Scans (PDF, JPEG, PNG) keep their content without the metadata of pictures; a photo of a
    person becomes a JPEG drawn anew. Raises a FileProblem that says what is wrong and what to do.
    """
    data = stream.read(max(settings.PDF_MOST_BYTES, settings.IMAGE_MOST_BYTES) + 1)
    kind = _kind(data)
    _refuse_large(data, kind)
    if is_photo:
        if kind == PDF:
            raise NotAScan("Ảnh 4×6 phải là JPEG hoặc PNG.", remedy="Chọn tệp ảnh, không chọn PDF.")
        kind, data = JPEG, clean_photo(data)
    elif kind == PDF:
        check_pdf(data)
    else:
        before, data = kind, clean_scan(data)
        kind = PNG if before == PNG else JPEG
    return Checked(shown_name(name, kind), kind, data)


def _kind(data: bytes) -> str:
    if not data:
        raise EmptyFile("Tệp rỗng, không có nội dung.")
    for start, kind in ((b"%PDF-", PDF), (JPEG_START, JPEG), (PNG_START, PNG)):
        if data.startswith(start):
            return kind
    raise NotAScan(f"Nội dung là {_told(data)}, không phải PDF, JPEG hoặc PNG.")


def _told(data: bytes) -> str:
    for start, words in _KNOWN:
        if data.startswith(start):
            return words
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return "ảnh SVG"
    return "trang web hoặc XML" if head.startswith(b"<") else "định dạng khác"


def _refuse_large(data: bytes, kind: str) -> None:
    most = settings.PDF_MOST_BYTES if kind == PDF else settings.IMAGE_MOST_BYTES
    if len(data) > most:
        words, how = ("PDF", "đen trắng, ") if kind == PDF else ("ảnh", "")
        raise TooLargeFile(
            f"Tệp {words} lớn quá {most // _MEGABYTE} MB.",
            remedy=f"Quét lại ở {how}200–300 dpi, hoặc chia thành nhiều tệp.",
        )


def plain_name(name: str) -> str:
    """`name` without folders, without what is hidden or turns the direction of writing."""
    last = re.split(r"[\\/]", name)[-1]
    return clean(_FORBIDDEN.sub("_", _HIDDEN.sub("", last))).strip(". ")


def shown_name(name: str, content_type: str) -> str:
    """`name` as it is kept, shown and handed out; its ending is that of its content."""
    stem = _ENDING.sub("", plain_name(name)).strip(". ") or "tep"
    return stem[: MOST_NAME - 5] + ENDINGS[content_type]
