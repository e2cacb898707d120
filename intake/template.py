"""The template workbook: one row a person, from the same fields as the record set."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import zip_longest
from typing import Any

from openpyxl.utils import get_column_letter

from cadres.models import Commune, Post, StudyField
from cadres.records import Field, Kind
from cadres.rules.levels import LEVELS, Strand
from cadres.rules.peoples import PEOPLES
from daitu_portal.excel import Column, Sheet, write_book
from daitu_portal.excel_explained import LISTS_SHEET
from intake.reader import NOTES_SHEET, TEMPLATE_VERSION, VERSION_SHEET
from intake.shapes import EXAMPLE_MARK, TEMPLATE, ShapeColumn

ROWS_TO_FILL = 2000
_EXAMPLES = {
    "Số hiệu": EXAMPLE_MARK,
    "Giữ từ ngày": date(2021, 7, 1),
    "Năm xếp loại": 2022,
    "Phổ thông: mức": "THPT",
    "Chuyên môn: mức": "Đại học",
    "Chuyên môn: chuyên ngành": "Luật kinh tế",
    "Chuyên môn: ngày cấp": "2009",
    "LLCT: mức": "Trung cấp",
    "LLCT: ngày cấp": "06/2018",
    "QLNN: mức": "Chuyên viên",
    "Tin học: mức": "CNTT cơ bản",
}
_NOTES = (
    ("Một dòng là một người", "Điền từ dòng thứ ba của trang “Cán bộ”; dòng ví dụ được bỏ qua."),
    ("Cột có dấu *", "Bắt buộc với người mới. Với người đã có trên cổng, chỉ cần số hiệu hoặc số "
     "CCCD, cùng những ô cần bổ sung."),
    ("Ô để trống", "Không làm mất dữ liệu đang có. Muốn xóa trống một ô trên cổng, ghi (xóa)."),
    ("Số hiệu", "Để trống với người mới: cổng tự cấp. Người đã có: ghi số hiệu trên cổng."),
    ("Nhận ra người", "Theo số hiệu, hoặc số CCCD, hoặc cả họ tên, ngày sinh và đơn vị. Không bao "
     "giờ chỉ theo tên; chỗ nào không chắc cổng sẽ hỏi số hiệu."),
    ("Ngày", "Ngày/tháng/năm. Ngày sinh, ngày cấp bằng, ngày vào Đảng có thể chỉ ghi tháng/năm "
     "hoặc năm."),
    ("Giữ đến hết ngày", "Ngày giữ cuối cùng; để trống nếu còn giữ. Ở xã, thị trấn hoặc chức danh "
     "không còn, để trống là giữ đến hết ngày cuối của nó; bản xem trước nói rõ từng dòng."),
    ("Số CCCD, điện thoại", "Định dạng ô là Text để giữ số 0 ở đầu."),
    ("Trình độ", "Ghi mức cao nhất của từng nội dung; cao hơn hoặc khác mức đã có thì thêm thành "
     "văn bằng mới. “Chưa qua đào tạo” là một mức; để trống là chưa có dữ liệu."),
    ("Công thức", "Không dùng công thức, macro, ô gộp. Chép từ tệp khác thì dán giá trị."),
    ("Nhập nhiều chức vụ, nhiều văn bằng", "Tải bộ dữ liệu trên trang Nhập liệu, thêm dòng vào "
     "các trang “Giữ chức vụ”, “Trình độ”… rồi tải lên lại."),
)  # fmt: skip


def write_template(day: date) -> bytes:
    """The template with the units, posts and fields of study of `day` in its drop-downs."""
    lists = lists_of(day)
    out = BytesIO()
    write_book([filling(lists, [_example_row(lists)]), *beside(lists)], out)
    return out.getvalue()


def lists_of(day: date) -> dict[str, Sequence[str]]:
    """What may be chosen on `day`, by the header of its column in “Danh mục”."""
    communes = Commune.objects.on(day)
    return {
        "Xã, thị trấn": _unique(communes.values_list("name", "code")),
        "Chức vụ, chức danh": _unique(Post.objects.on(day).values_list("name", "code")),
        "Chuyên môn: nhóm ngành": [field.name for field in StudyField.objects.order_by("name")],
        "Dân tộc": list(PEOPLES),
        **{
            column.field.header: list(_choices(column))
            for column in TEMPLATE.columns
            if column.field.choices or column.field.kind == Kind.LEVEL
        },
    }


def _unique(pairs) -> list[str]:
    """Names; codes where several share a name."""
    pairs = list(pairs)
    names = [name for name, _ in pairs]
    return [name if names.count(name) == 1 else code for name, code in pairs]


def _choices(column: ShapeColumn) -> Iterator[str]:
    if column.field.kind != Kind.LEVEL:
        yield from (column.field.choices or {}).values()
        return
    part = next(part for part in TEMPLATE.parts if part.name == column.part)
    yield from LEVELS[Strand(part.given["strand"])]


def filling(lists: dict[str, Sequence[str]], rows: Sequence[Sequence[Any]]) -> Sheet:
    """The sheet to fill, with `rows` in it and room for new ones."""
    columns = [_column(column.field, lists) for column in TEMPLATE.columns]
    return Sheet(TEMPLATE.sheet, columns, rows, spare_rows=ROWS_TO_FILL)


def beside(lists: dict[str, Sequence[str]]) -> tuple[Sheet, Sheet, Sheet]:
    """The sheets beside it: how to fill, what may be chosen, and which template it is."""
    return _notes(), _lists_sheet(lists), _version()


def _example_row(lists: dict[str, Sequence[str]]) -> list[Any]:
    law = StudyField.objects.filter(code="law").values_list("name", flat=True).first()
    told = {**_EXAMPLES, "Chuyên môn: nhóm ngành": law or ""}  # of the major told beside it
    return [told.get(c.field.header, _example(c, lists)) for c in TEMPLATE.columns]


def _column(field: Field, lists: dict[str, Sequence[str]]) -> Column:
    plain, choices = field.column(is_read=True), lists.get(field.header, ())
    place = ""
    if choices:
        letter = get_column_letter(list(lists).index(field.header) + 1)
        place = f"'{LISTS_SHEET}'!${letter}$2:${letter}${len(choices) + 1}"
    return replace(
        plain,
        width=max(plain.width, 12),
        choices=tuple(choices),
        choices_at=place,
        is_required=field.is_required,
    )


def _example(column: ShapeColumn, lists: dict[str, Sequence[str]]) -> str:
    choices = lists.get(column.field.header)
    if column.field.example or not choices or column.part != "holding":
        return column.field.example if column.part in ("person", "rating") else ""
    return choices[0]


def _notes() -> Sheet:
    columns = [Column("Mục", width=34), Column("Cách ghi", width=100, wrap=True)]
    return Sheet(NOTES_SHEET, columns, _NOTES)


def _lists_sheet(lists: dict[str, Sequence[str]]) -> Sheet:
    columns = [Column(header, width=26) for header in lists]
    return Sheet(LISTS_SHEET, columns, zip_longest(*lists.values()))


def _version() -> Sheet:
    rows = [[TEMPLATE_VERSION]]
    return Sheet(VERSION_SHEET, [Column("Phiên bản mẫu")], rows, is_hidden=True)
