"""What a file is, by its content; what is refused, with what to do; what is left of a picture."""

import random
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image

from daitu_portal.file_content import JPEG, PDF, PNG, checked, shown_name
from daitu_portal.file_problems import (
    ActiveFile,
    DamagedFile,
    EmptyFile,
    FileProblem,
    LockedFile,
    NotAScan,
    TooLargeFile,
)
from daitu_portal.image_content import small_photo
from daitu_portal.tests.scans import (
    chunk,
    image,
    jpeg_of_many_scans,
    jpeg_of_phone,
    object_stream,
    pdf,
    png_of_size,
)

SECRET = b"21.5944N 105.8412E"


def look(data, name="quet.pdf", **how):
    return checked(BytesIO(data), name, **how)


def zipped():
    out = BytesIO()
    with ZipFile(out, "w") as box:
        box.writestr("a.txt", "xin chào")
    return out.getvalue()


def png_with_text():
    plain = image("PNG")
    at = plain.index(b"IDAT") - 4
    return plain[:at] + chunk(b"tEXt", b"GPS\0" + SECRET) + plain[at:] + SECRET


@pytest.mark.parametrize(
    ("data", "kind"),
    [(pdf(), PDF), (pdf(version=b"2.0"), PDF), (image("JPEG"), JPEG), (image("PNG"), PNG),
     (image("JPEG", mode="CMYK", colour=0), JPEG), (image("JPEG", progressive=True), JPEG),
     (image("PNG", mode="1", colour=1), PNG), (image("PNG", mode="LA", colour=0), PNG),
     (pdf(object_stream(b"4 0 << /Type /Page >>")), PDF)],
)  # fmt: skip
def test_what_scanners_and_telephones_write_is_taken(data, kind):
    assert look(data, "giấy khám.xyz").content_type == kind


def test_the_bytes_of_a_pdf_stay_as_they_are():
    assert look(pdf()).data == pdf()


REFUSED = {
    "empty": (b"", EmptyFile, "rỗng"),
    "html called pdf": (b"<!doctype html><script>alert(1)</script>", NotAScan, "trang web"),
    "html after a mark": (b"\xef\xbb\xbf  <html>", NotAScan, "trang web"),
    "svg": (b'<?xml version="1.0"?><svg onload="x()"/>', NotAScan, "SVG"),
    "zip or word": (zipped(), NotAScan, "tệp nén"),
    "program": (b"MZ\x90\0" * 50, NotAScan, "chương trình"),
    "text": ("Kính gửi".encode(), NotAScan, "định dạng khác"),
    "gif": (image("GIF"), NotAScan, "GIF"),
    "html before a pdf": (b"<html>" + pdf(), NotAScan, "trang web"),
    "pdf head alone": (b"%PDF-1.7\n", DamagedFile, "phần cuối"),
    "no version of pdf": (b"%PDF-<script>" + pdf(), NotAScan, "không phải PDF"),
    "pdf cut short": (pdf()[:-30], DamagedFile, "phần cuối"),
    "page behind a pdf": (pdf() + b"<html></html>", DamagedFile, "phần cuối"),
    "archive behind a pdf": (pdf() + zipped(), DamagedFile, "phần cuối"),
    "archive in a pdf": (pdf() + zipped() + b"\nstartxref\n0\n%%EOF", NotAScan, "tệp nén"),
    "locked pdf": (pdf().replace(b"/Root", b"/Encrypt 7 0 R /Root"), LockedFile, "mật khẩu"),
    "script in a pdf": (
        pdf(extra=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> "), ActiveFile, "JavaScript"
    ),
    "script in disguise": (pdf(extra=b"/OpenAction << /S /J#61vaScript >> "), ActiveFile,
                           "JavaScript"),
    "program in a pdf": (pdf(extra=b"/OpenAction<</S/Launch/F(cmd.exe)>> "), ActiveFile, "chạy"),
    "file in a pdf": (pdf(b"5 0 obj\n<</Type/EmbeddedFile>>\nendobj\n"), ActiveFile, "tệp khác"),
    "dynamic form": (pdf(extra=b"/AcroForm << /XFA [] >> "), ActiveFile, "XFA"),
    "script packed away": (
        pdf(object_stream(b"4 0 << /S /JavaScript /JS (x) >>")), ActiveFile, "JavaScript"
    ),
    "packed under a false name": (
        pdf(object_stream(b"4 0 <</S/Launch>>",
                          head=b"/Type /Obj#53tm /Filter /Flat#65Decode")), ActiveFile, "chạy"
    ),
    "packed twice": (
        pdf(object_stream(b"x", head=b"/Type /ObjStm /Filter [/ASCII85Decode /FlateDecode]")),
        ActiveFile, "không kiểm tra được",
    ),
    "packed to burst": (pdf(object_stream(b"\0" * 40_000_000)), ActiveFile, "quá phức tạp"),
    "packed badly": (
        pdf(object_stream(b"x")).replace(zlib.compress(b"x"), b"y" * 9), DamagedFile, "giải nén"
    ),
    "too many streams": (pdf(b"x stream\n" * 20_001), ActiveFile, "quá phức tạp"),
    "png cut short": (image("PNG")[:-20], DamagedFile, "PNG"),
    "png without its end": (image("PNG")[:-12], DamagedFile, "PNG"),
    "png of nothing": (b"\x89PNG\r\n\x1a\n", DamagedFile, "PNG"),
    "png of too many dots": (png_of_size(50_000, 50_000), TooLargeFile, "điểm ảnh"),
    "png of many dots": (png_of_size(9_000, 9_000), TooLargeFile, "9000 × 9000"),
    "png of fewer dots than it says": (png_of_size(300, 300), DamagedFile, "PNG"),
    "jpeg cut short": (image("JPEG", (600, 600))[:-200], DamagedFile, "JPEG"),
    "jpeg of many passes": (jpeg_of_many_scans(100), TooLargeFile, "quá nhiều lượt"),
    "jpeg of nothing": (b"\xff\xd8\xff\xe0", DamagedFile, "JPEG"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sound_scan_is_refused_with_what_to_do(name):
    data, problem, words = REFUSED[name]

    with pytest.raises(problem) as refused:
        look(data)

    assert words in str(refused.value)
    assert refused.value.remedy.endswith(".")


def test_a_file_beyond_its_size_is_refused_and_no_more_of_it_is_read(settings):
    settings.PDF_MOST_BYTES, settings.IMAGE_MOST_BYTES = 3_000_000, 1_000_000
    endless = BytesIO(b"%PDF-1.7\n" + b"0" * 9_000_000)

    with pytest.raises(TooLargeFile, match="PDF lớn quá 2 MB"):
        checked(endless, "to.pdf")

    assert endless.tell() == 3_000_001
    with pytest.raises(TooLargeFile, match="ảnh lớn quá 0 MB"):
        look(image("PNG") + b"0" * 1_000_000)


def test_a_whole_pdf_of_just_the_size_is_taken(settings):
    settings.PDF_MOST_BYTES = settings.IMAGE_MOST_BYTES = len(pdf())

    assert look(pdf()).content_type == PDF


@pytest.mark.parametrize("data", [jpeg_of_phone(), png_with_text(), jpeg_of_phone(orientation=6)])
def test_what_a_camera_wrote_beside_the_picture_is_left_out(data):
    assert SECRET in data

    kept = look(data).data

    assert SECRET not in kept
    assert b"<script>" not in kept
    assert b"Exif" not in kept


def test_the_dots_of_a_scan_stay_as_they_are():
    for data in (jpeg_of_phone(), png_with_text(), image("JPEG", progressive=True)):
        kept = look(data).data

        assert Image.open(BytesIO(kept)).tobytes() == Image.open(BytesIO(data)).tobytes()


def test_a_page_taken_with_the_camera_held_sideways_stands_upright():
    half = Image.new("RGB", (40, 20), "white")
    half.paste("black", (0, 0, 20, 20))  # its left half
    exif, out = Image.Exif(), BytesIO()
    exif[0x0112] = 6  # to be turned by 90° to the right: left becomes top
    half.save(out, "JPEG", exif=exif)

    upright = Image.open(BytesIO(look(out.getvalue()).data))

    assert upright.size == (20, 40)
    assert max(upright.getpixel((10, 5))) < 60
    assert min(upright.getpixel((10, 35))) > 200


def test_a_photo_of_a_person_is_a_jpeg_drawn_anew_and_no_larger_than_print_needs():
    kept = look(
        image("PNG", (2400, 3600), mode="RGBA", colour=(0, 0, 0, 0)), "a.png", is_photo=True
    )

    photo = Image.open(BytesIO(kept.data))
    assert (kept.content_type, kept.name) == (JPEG, "a.jpg")
    assert photo.size == (945, 1417)
    assert photo.getpixel((9, 9)) == (255, 255, 255)  # what was transparent is paper
    assert SECRET not in look(jpeg_of_phone(), is_photo=True).data


def test_a_photo_may_not_be_a_pdf():
    with pytest.raises(NotAScan, match="4×6"):
        look(pdf(), is_photo=True)


def test_a_page_shows_a_small_one_of_the_photo():
    small = Image.open(BytesIO(small_photo(image("JPEG", (945, 1417)))))

    assert (small.format, small.size) == ("JPEG", (160, 240))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("giấy khai sinh.PDF", "giấy khai sinh.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\van\bang.pdf", "bang.pdf"),
        ("bang\r\nSet-Cookie: a=b.pdf", "bangSet-Cookie_ a=b.pdf"),
        ("bang\u202efdp.exe", "bangfdp.exe.pdf"),
        ("anh.pdf.html", "anh.pdf.html.pdf"),
        ("trang 1.JPEG", "trang 1.pdf"),
        ('a"b<c>|?.pdf', "a_b_c___.pdf"),
        ("\x00\u200b", "tep.pdf"),
        ("...", "tep.pdf"),
        (".pdf", "pdf.pdf"),
        ("d" * 300 + ".pdf", "d" * 155 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_what_it_could_do(name, shown):
    assert shown_name(name, PDF) == shown


def test_broken_files_are_refused_and_never_anything_else():
    rng = random.Random(4)
    whole = [
        pdf(object_stream(b"4 0 << >>")), image("JPEG", (64, 64)), image("PNG", (64, 64)),
        jpeg_of_phone(), png_with_text(), image("JPEG", (64, 64), progressive=True),
    ]  # fmt: skip
    refused = 0
    for number in range(600):
        data = bytearray(whole[number % len(whole)])
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del data[rng.randrange(len(data)) :]
        try:
            kept = look(bytes(data), is_photo=number % 7 == 0)
        except FileProblem:
            refused += 1
        else:
            assert kept.data
    assert 100 < refused < 600
