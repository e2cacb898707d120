"""The files themselves: what is read back out of PDF and Word, and how they are laid out."""

import re
import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO, StringIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from docx import Document
from PIL import Image, ImageFont

from accounts.tests.factories import make_user
from cadres.models import Profile
from cadres.printing import fonts
from cadres.printing.curriculum import curriculum_of
from cadres.printing.jobs import PDF, WORD, Order, print_people
from cadres.printing.papers import CURRICULUM, PAPERS, SUPPLEMENT
from cadres.printing.pdf import Sheet, pdf_of, pictures_of
from cadres.printing.people import dossiers
from cadres.printing.photo import SIZE, photo_of
from cadres.printing.tables import Learning, Pay, Relative, Work
from cadres.printing.word import template_of, word_of
from cadres.printing.word_template import template
from cadres.tests.dossiers import CCCD, make_relative, make_whole_record, put_photo
from cadres.tests.factories import make_cadre, make_commune
from cadres.tests.pdf_text import fonts_of, pages_of
from daitu_portal.tests.scans import image

pytestmark = pytest.mark.django_db
ON = date(2023, 6, 8)
HOSTILE = (
    "#sys.inputs #{1+1} $x^2$ \\ *đậm* _nghiêng_ `mã` @nhãn <nhãn> // chú thích [a](b) "
    "{{ 7*7 }} {% for x in y %} {# x #} <w:t>xml</w:t> &amp; </w:p> \"'"
)
LETTERS = "NGUYỄN THỊ HƯỜNG Ưỡ ẵ ợ Ủ Đ đ ễ ữ ậ ỵ Ỳ ỗ Ổ ắ Ẳ Ẽ"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def sheet_of(cadre, *, foot="chân trang"):
    user = make_user()
    (dossier,) = dossiers(user, [cadre.pk], ON)
    return Sheet(curriculum_of(dossier), photo_of(dossier.photo), foot)


def words_of_pdf(paper, *sheets):
    return " ".join("\n".join(pages_of(pdf_of(paper, sheets))).split())


def words_of_word(content):
    """All text of the document's body, cells within cells too."""
    body = Document(BytesIO(content)).element.body
    return " ".join("".join(paragraph.itertext()) for paragraph in body.iter(_W + "p"))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_vietnamese_letters_come_out_of_both_files_as_they_went_in():
    cadre = make_cadre(f"{LETTERS} tên", other_name=unicodedata.normalize("NFD", LETTERS))
    sheet = sheet_of(cadre)

    for text in (words_of_pdf(CURRICULUM, sheet), words_of_word(word_of(CURRICULUM, sheet))):
        assert f"1) Họ và tên khai sinh (viết chữ in hoa): {LETTERS.upper()} TÊN" in text
        assert f"2) Tên gọi khác: {LETTERS}" in text
        assert unicodedata.is_normalized("NFC", text)


def test_letters_that_the_record_does_not_have_in_one_piece_are_whole_in_print():
    """A note keeps what was typed, letters and marks apart; on paper they are one."""
    cadre = make_cadre()
    Profile.objects.create(cadre=cadre, remark=unicodedata.normalize("NFD", LETTERS))

    assert LETTERS in words_of_pdf(CURRICULUM, sheet_of(cadre))


def test_all_letters_of_a_file_are_of_one_font():
    content = pdf_of(CURRICULUM, [sheet_of(make_whole_record(make_commune()))])

    assert {name.replace(" ", "") for name in fonts_of(content)} == {
        fonts.family().replace(" ", "")
    }


def test_markup_of_typst_jinja_and_xml_stays_text():
    cadre = make_cadre(other_name=HOSTILE[:100], residence=HOSTILE)
    Profile.objects.create(cadre=cadre, personal_history=HOSTILE, remark=f"a\n{HOSTILE}\nb")
    make_relative(cadre, "Cha {{ 7*7 }}", "#sys", detail=HOSTILE)
    sheet = sheet_of(cadre, foot=HOSTILE)

    bare = "".join(HOSTILE.split())
    for text in (words_of_pdf(CURRICULUM, sheet), words_of_word(word_of(CURRICULUM, sheet))):
        found = "".join(text.split())
        assert found.count(bare) >= 5
        assert "Cha{{7*7}}#sys" in found


def test_what_a_file_cannot_hold_is_left_out_of_it():
    cadre = make_cadre()
    Profile.objects.create(cadre=cadre, remark="trước\x0b\x0c\ufffe\x1bsau")
    sheet = sheet_of(cadre)

    assert "trướcsau" in words_of_pdf(CURRICULUM, sheet)
    assert "trướcsau" in words_of_word(word_of(CURRICULUM, sheet))


@pytest.mark.parametrize("paper", PAPERS.values(), ids=lambda paper: paper.code)
def test_both_files_have_the_parts_of_the_paper_in_its_order(paper):
    cadre = make_whole_record(make_commune())
    user, kinds = make_user(), (PDF, WORD)
    made = [print_people(user, [cadre.pk], Order(paper, kind, ON, 2022)).content for kind in kinds]
    labels = [slot.label for line in paper.lines for slot in line.slots]
    labels += [text.label for text in paper.texts] + [table.title for table in paper.tables]
    labels += [column.head for table in paper.tables for column in table.columns if column.head]

    for text in ("\n".join(pages_of(made[0])), words_of_word(made[1])):
        found = "".join(text.split())
        assert not [label for label in labels if "".join(label.split()) not in found]
        numbers = [int(n) for n in re.findall(r"(?:^|\s)(\d{1,2})\) ", text)]
        assert numbers == sorted(numbers)
        if paper is CURRICULUM:
            assert set(range(1, 33)) - set(numbers) == {15}  # 15.1 to 15.6


def test_an_empty_record_is_a_form_to_be_filled_by_hand():
    sheet = sheet_of(make_cadre("Lê Văn Không", born_on=None))
    pages = pages_of(pdf_of(CURRICULUM, [sheet]))

    assert len(pages) == 3
    assert re.search(r"10\) Nghề nghiệp khi được tuyển dụng: \.{40,}", pages[0])
    assert "3) Sinh ngày …… tháng …… năm ………" in " ".join(pages[0].split())
    assert "Ảnh màu" in pages[0]
    text = words_of_word(word_of(CURRICULUM, sheet))
    assert "3) Sinh ngày ……   tháng ……   năm ………" in text
    assert "Ảnh màu" in text


def test_pages_are_numbered_from_the_second_on_for_each_person_anew():
    long, short = make_whole_record(make_commune()), make_cadre("Lê Ngắn")
    sheets = [sheet_of(long), sheet_of(short)]

    pages = pages_of(pdf_of(CURRICULUM, sheets))
    alone = len(pages_of(pdf_of(CURRICULUM, sheets[:1])))

    numbers = [re.match(r"(\d+/\d+)\n", page) for page in pages]
    expected = [None, *(f"{n}/{alone}" for n in range(2, alone + 1)), None, "2/3", "3/3"]
    assert [each and each[1] for each in numbers] == expected
    assert "NGUYỄN THỊ HƯỜNG" in pages[0]
    assert "LÊ NGẮN" in pages[alone]


def test_heads_of_tables_stand_again_on_each_page():
    sheet = sheet_of(make_cadre())
    rows = tuple(Work("05/2011 – 04/2016", f"Công việc thứ {n}") for n in range(120))
    longer = replace(sheet, words=replace(sheet.words, work=rows))

    pages = pages_of(pdf_of(CURRICULUM, [longer]))

    with_rows = [page for page in pages if "Công việc thứ" in page]
    assert len(with_rows) > 2
    assert all("Chức danh, chức vụ, đơn vị công tác (Đảng" in page for page in with_rows)
    assert sum(page.count("Công việc thứ") for page in pages) == 120


def test_the_lines_of_a_step_of_pay_stay_on_one_page():
    sheet = sheet_of(make_cadre())
    steps = tuple(Pay(f"{label} {n}") for n in range(40) for label in ("Tháng", "Mã", "Hệ số"))

    pages = pages_of(pdf_of(CURRICULUM, [replace(sheet, words=replace(sheet.words, pay=steps))]))

    for number in range(40):
        of_step = [f"{label} {number}\n" for label in ("Tháng", "Mã", "Hệ số")]
        assert any(all(line in page for line in of_step) for page in pages), number
    assert sum("Tháng " in page for page in pages) > 2


def test_word_repeats_the_heads_of_tables_and_keeps_rows_whole():
    document = Document(template_of(CURRICULUM))

    tables = [table for table in document.tables if len(table.rows) == 4]
    assert len(tables) == len([table for table in CURRICULUM.tables if table.has_head])
    for table in tables:
        assert table.rows[0]._tr.trPr.find(_W + "tblHeader") is not None
        assert table.rows[2]._tr.trPr.find(_W + "cantSplit") is not None


def test_the_longest_words_stay_between_the_margins():
    """Nothing is drawn in the outer 12 mm of a page but white, however long the words are."""
    name = " ".join(["Nghiêng"] * 12)
    sheet = sheet_of(make_cadre(name, other_name="x" * 100, residence="y" * 160))
    words = replace(
        sheet.words,
        learning=(Learning("z" * 160, name, "…… – 12/2020", name, name),) * 3,
        own_family=(Relative("Anh vợ kết nghĩa lâu năm", name, "01/01/1950", "1950", "w" * 500),),
        remark="v" * 3000,
    )

    pages = pictures_of(CURRICULUM, [replace(sheet, words=words)])

    assert len(pages) <= 7
    for page in pages:
        picture = Image.open(BytesIO(page)).convert("L")
        width, height = picture.size
        edge = round(width * 12 / 210)
        for box in [(0, 0, edge, height), (width - edge, 0, width, height)]:
            assert picture.crop(box).getextrema() == (255, 255)


def test_the_page_is_a4_with_the_margins_of_the_decree():
    section = Document(template_of(SUPPLEMENT)).sections[0]

    assert [round(each.mm) for each in (section.page_width, section.page_height)] == [210, 297]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in sides] == [20, 20, 30, 15]
    assert b"/MediaBox[0 0 595.2756 841.8898]" in pdf_of(CURRICULUM, [sheet_of(make_cadre())])


def test_the_photo_stands_in_its_place_and_shape():
    cadre = make_cadre()
    put_photo(cadre, "red", (800, 400))
    sheet = sheet_of(cadre)

    with Image.open(BytesIO(sheet.photo)) as photo:
        assert (photo.format, photo.size) == ("JPEG", SIZE)
    page = Image.open(BytesIO(pictures_of(CURRICULUM, [sheet])[0])).convert("RGB")
    red, green, _ = page.getpixel((round(50 / 210 * page.width), round(80 / 297 * page.height)))
    assert (red > 200, green < 60) == (True, True)
    shape = Document(BytesIO(word_of(CURRICULUM, sheet))).inline_shapes[0]
    assert (round(shape.width.mm), round(shape.height.mm)) == (40, 60)


def test_a_photo_that_is_gone_or_broken_leaves_the_place_empty():
    cadre = make_cadre()
    kept = put_photo(cadre)
    kept.path.write_bytes(image(size=(10, 10)))

    assert photo_of(kept) is None
    assert photo_of(None) is None
    assert "Ảnh màu" in words_of_pdf(CURRICULUM, sheet_of(cadre))


def test_a_picture_that_cannot_be_read_is_no_photo(monkeypatch):
    monkeypatch.setattr("cadres.printing.photo.read", lambda attachment: b"\xff\xd8\xff nothing")

    assert photo_of(put_photo(make_cadre())) is None


def test_the_templates_in_the_project_are_those_that_the_command_makes(tmp_path, monkeypatch):
    monkeypatch.setattr("cadres.printing.word._FOLDER", tmp_path)
    call_command("make_word_templates", stdout=StringIO())
    monkeypatch.undo()

    for paper in PAPERS.values():
        for part in ("word/document.xml", "word/header1.xml", "word/styles.xml"):
            with (
                ZipFile(template_of(paper)) as kept,
                ZipFile(tmp_path / f"{paper.code}.docx") as new,
            ):
                assert kept.read(part) == new.read(part), "run manage.py make_word_templates"
    assert template(CURRICULUM).styles["Normal"].font.name == "Times New Roman"


def test_a_file_is_called_by_form_name_and_code_without_what_no_file_may_be_called():
    cadre = make_cadre("Lê / Văn : “Ổ”")
    made = print_people(make_user(), [cadre.pk], Order(CURRICULUM, WORD, ON, 2022))

    assert made.name == f"2C Lê Văn Ổ {cadre.code}.docx"


def test_many_people_are_one_pdf_or_an_archive_of_word_files_in_the_order_asked():
    commune, user = make_commune(), make_user()
    people = [make_cadre("Lê Hai"), make_whole_record(commune), make_cadre("Lê Ba")]
    keys = [each.pk for each in people]

    pdf = print_people(user, keys, Order(CURRICULUM, PDF, ON, 2022))
    archive = print_people(user, keys, Order(SUPPLEMENT, WORD, ON, 2022))

    text = " ".join(pages_of(pdf.content))
    places = [text.index(name) for name in ("LÊ HAI", "NGUYỄN THỊ HƯỜNG", "LÊ BA")]
    assert places == sorted(places)
    assert (pdf.people, pdf.name) == (keys, "2C 3 người.pdf")
    with ZipFile(BytesIO(archive.content)) as files:
        assert [name[:12] for name in files.namelist()] == [
            "001 4A 2022 ", "002 4A 2022 ", "003 4A 2022 ",
        ]  # fmt: skip
        assert "NGUYỄN THỊ HƯỜNG" in words_of_word(files.read(files.namelist()[1]))


def test_nobody_and_too_many_are_refused():
    order = Order(CURRICULUM, PDF, ON, 2022)

    with pytest.raises(ValueError, match="nobody"):
        print_people(make_user(), [], order)
    with pytest.raises(ValueError, match="too many"):
        print_people(make_user(), range(101), order)


def test_the_foot_tells_whose_sheet_it_is_and_what_was_not_shown():
    commune = make_commune()
    cadre = make_whole_record(commune)
    clerk = make_user("COMMUNE_CLERK", commune=commune)

    mine = print_people(clerk, [cadre.pk], Order(CURRICULUM, PDF, ON, 2022)).content
    whole = print_people(make_user(), [cadre.pk], Order(CURRICULUM, PDF, ON, 2022)).content

    foot = f"Nguyễn Thị Hường · {cadre.code} · theo hồ sơ đến ngày 08/06/2023"
    assert all(f"{foot} · không in theo quyền xem: số CCCD" in page for page in pages_of(mine))
    assert all(page.rstrip().endswith(foot) for page in pages_of(whole))
    assert CCCD in " ".join(pages_of(whole))
    assert CCCD not in " ".join(pages_of(mine))


# -- fonts ---------------------------------------------------------------------------------------


def faces(family, *paths):
    return [SimpleNamespace(family=family, path=path, index=0) for path in paths]


class Drawn:
    """A font that draws each letter by its own shape, but those it lacks as a box."""

    def __init__(self, lacks=""):
        self.lacks = lacks

    def getmask(self, letter):
        return b"box" if letter in f"\uffff{self.lacks}" else letter.encode()


@pytest.mark.parametrize(
    ("installed", "chosen"),
    [
        ([], "Libertinus Serif"),
        (faces("Times New Roman", "whole"), "Times New Roman"),
        (faces("Times New Roman", "whole", "old"), "Libertinus Serif"),
        (faces("Liberation Serif", "old") + faces("Tinos", "whole"), "Tinos"),
        (faces("Liberation Serif", None), "Libertinus Serif"),
        (faces("Comic Sans", "whole"), "Libertinus Serif"),
    ],
)
def test_the_first_font_of_the_times_family_with_all_letters_is_taken(
    installed, chosen, monkeypatch
):
    drawn = {"whole": Drawn(), "old": Drawn(lacks="ẵ")}
    monkeypatch.setattr(ImageFont, "truetype", lambda path, *_, **__: drawn[path])

    assert fonts.choose(installed) == chosen


def test_sex_stands_beside_its_label_however_much_of_the_birth_day_is_known():
    """A blank day and month are the widest; the photo leaves the line less than the page has."""
    for born_on in ("1988", "1988-12", "1988-12-28"):
        for sex, word in (("M", "Nam"), ("F", "Nữ")):
            page = pages_of(pdf_of(CURRICULUM, [sheet_of(make_cadre(born_on=born_on, sex=sex))]))[0]
            (line,) = [each for each in page.split("\n") if "Giới tính" in each]
            assert line.startswith("3) Sinh ngày"), line
            assert line.endswith(f"Giới tính (nam, nữ): {word}"), line
