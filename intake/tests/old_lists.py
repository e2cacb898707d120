"""Old lists of communes for tests: drawn as text, sent through the pages, and looked into."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from cadres.models import Post, StudyField
from cadres.tests.factories import make_commune, make_post
from intake.models import ImportBatch

PAGE = "/nhap-lieu/"
TITLE = """
UBND HUYỆN ĐẠI TỪ
UBND XÃ TIÊN HỘI

DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ TIÊN HỘI
"""
HEAD = "STT|Họ và tên|Ngày sinh|Giới tính|Số CCCD|Chức vụ|Giữ chức vụ từ ngày|Trình độ chuyên môn"
PEOPLE = """
1|Nguyễn Văn An|12/5/1970|Nam|019070000011|Văn phòng - TK|1/7/2015|ĐH Luật
2|Trần Thị Bình|03.02.1980|nữ|019180000022|Kế toán|01/07/2016|ĐH Kinh tế
3|Lê Văn Cường|1985|Nam|019085000033|TP - HT|01/07/2017|TC Luật
"""
POSTS = {
    "CC03": "Văn phòng – thống kê", "CC05": "Tài chính – kế toán", "CC06": "Tư pháp – hộ tịch",
    "CB01": "Bí thư Đảng ủy",
}  # fmt: skip
FIELDS = {"law": "Luật", "economics": "Kinh tế, quản trị", "finance_accounting": "Tài chính"}


def make_unit(name="Xã Tiên Hội"):
    """The commune of the lists, with the posts and fields of study that they name."""
    for code, post in POSTS.items():
        if not Post.objects.filter(code=code).exists():
            make_post(post, code=code)
    for code, field in FIELDS.items():
        StudyField.objects.get_or_create(code=code, defaults={"name": field})
    return make_commune(name)


def drawn(text, head=HEAD, title=TITLE, name="Sheet1", **more):
    """A workbook of a title, a head and people: a line a row, a bar a column."""
    book = Workbook()
    book.active.title = name
    put(book.active, "\n".join(each.strip("\n") for each in (title, head, text) if each), **more)
    return book


def put(sheet, text, merges=(), hidden_rows=(), hidden_columns=()):
    for number, line in enumerate(text.split("\n"), start=1):
        for column, value in enumerate(line.split("|"), start=1):
            if value.strip():
                sheet.cell(number, column).value = value
    for span in merges:
        sheet.merge_cells(span)
    for row in hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for letter in hidden_columns:
        sheet.column_dimensions[letter].hidden = True


def saved(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent(client, content, name="danh sách.xlsx"):
    """Upload a file; the batch of its preview."""
    content = content if isinstance(content, bytes) else saved(content)
    answer = client.post(PAGE, {"tep": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.latest("pk")


def page_of(client, batch, part="", **query):
    """A page of the batch, as text."""
    return client.get(f"{PAGE}{batch.pk}/{part}", query).content.decode()


def decided(client, batch, part, data, **query):
    """Send a decision, as the page's form would; the batch after it."""
    address = f"{PAGE}{batch.pk}/{part}"
    if query:
        address += "?" + "&".join(f"{key}={value}" for key, value in query.items())
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.content.decode()
    return fresh(batch)


def fresh(batch):
    return ImportBatch.objects.get(pk=batch.pk)


def as_shown(client, batch, part):
    """What the form of a step has filled in, for a test to change some of."""
    form = client.get(f"{PAGE}{batch.pk}/{part}").context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def written(client, batch):
    """Confirm the preview; the batch after it."""
    client.post(f"{PAGE}{batch.pk}/ghi/")
    return fresh(batch)


def opened(answer):
    return load_workbook(BytesIO(answer.getvalue()))
