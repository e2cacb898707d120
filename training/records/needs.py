"""The table of the record set about needs: how communes answered gaps."""

from cadres.models.qualification import CONTENT_CHOICES, STRAND_CHOICES
from cadres.records import Field, Kind, Table, register
from training.models import Need

NEEDS = Table(
    code="needs",
    sheet="Nhu cầu đào tạo",
    model=Need,
    key=("cadre", "programme", "year", "state"),
    order=("year", "cadre__code", "pk"),
    related=("cadre", "commune", "programme", "stated_by", "confirmed_by"),
    note="Mỗi dòng là cách xử lý một nội dung còn thiếu của một người; dòng đã rút vẫn giữ.",
    fields=(
        Field("year", "Năm", Kind.INTEGER, width=8),
        Field("cadre", "Số hiệu", Kind.PERSON, attr="cadre.code"),
        Field("full_name", "Họ và tên", attr="cadre.full_name", is_info=True, width=26),
        Field("commune_code", "Mã đơn vị", Kind.IDENTIFIER, attr="commune.code"),
        Field("commune_name", "Đơn vị", attr="commune.name", is_info=True, width=24),
        Field("strand", "Nội dung trình độ", Kind.CHOICE, choices=dict(STRAND_CHOICES), width=22),
        Field("rank", "Mức cần", Kind.LEVEL),
        Field("content", "Bồi dưỡng", Kind.CHOICE, choices=dict(CONTENT_CHOICES), width=30),
        Field("due_on", "Phải đạt trước ngày", Kind.DAY, width=13),
        Field("answer", "Cách xử lý", Kind.CHOICE, choices=dict(Need.Answer.choices)),
        Field("programme", "Mã chương trình", Kind.IDENTIFIER, attr="programme.code", width=20),
        Field(
            "programme_name", "Chương trình", attr="programme.name", is_info=True, width=44
        ),
        Field("reason", "Lý do", Kind.NOTE, width=30),
        Field("exception_reason", "Lý do cử ngoài đối tượng", Kind.NOTE, width=30),
        Field("state", "Tình trạng", Kind.CHOICE, choices=dict(Need.State.choices), width=26),
        Field("stated_by", "Người nêu", attr="stated_by.full_name", is_info=True, width=24),
        Field("confirmed_by", "Người xác nhận", attr="confirmed_by.full_name", is_info=True,
              width=24),
    ),
)  # fmt: skip

register(NEEDS)
