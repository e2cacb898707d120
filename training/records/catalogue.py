"""The tables of the record set about training's catalogue, and assessments of competences."""

from cadres.models.qualification import CONTENT_CHOICES, STRAND_CHOICES
from cadres.models.standard import Confidence
from cadres.records import Field, Kind, Table, register
from training.models import (
    Assessment,
    ClassForm,
    Competence,
    ContentGroup,
    CostNorm,
    PostCompetence,
    Programme,
    TrainingSetting,
)

_NOTE = Field("note", "Ghi chú", Kind.NOTE, width=30)
_FROM = Field("valid_from", "Từ ngày", Kind.DAY, is_required=True, width=13)
_TO = Field("valid_to", "Đến hết ngày", Kind.LAST_DAY, width=13)
_CONFIDENCE = Field(
    "confidence", "Độ tin cậy", Kind.CHOICE, choices=dict(Confidence.choices), width=20
)
_DOCUMENT = Field("document", "Văn bản", Kind.IDENTIFIER, attr="document.number", width=22)
_GROUP = Field(
    "content_group", "Nhóm nội dung", Kind.CHOICE, choices=dict(ContentGroup.choices), width=26
)

PROGRAMMES = Table(
    code="programmes",
    sheet="Chương trình",
    model=Programme,
    key=("code",),
    order=("code",),
    related=("provider", "field"),
    note="Chương trình đào tạo, bồi dưỡng; mỗi chương trình cấp một mức, một nội dung, hoặc không.",
    fields=(
        Field("code", "Mã chương trình", Kind.IDENTIFIER, width=22),
        Field("name", "Chương trình", width=50),
        Field("kind", "Loại", Kind.CHOICE, choices=dict(Programme.Kind.choices)),
        _GROUP,
        Field("form", "Hình thức", Kind.CHOICE, choices=dict(ClassForm.choices)),
        Field("strand", "Cấp nội dung", Kind.CHOICE, choices=dict(STRAND_CHOICES), width=24),
        Field("rank", "Cấp mức", Kind.LEVEL, width=20),
        Field("field", "Mã nhóm ngành", Kind.STUDY_FIELD, attr="field.code"),
        Field("content", "Cấp bồi dưỡng", Kind.CHOICE, choices=dict(CONTENT_CHOICES), width=30),
        Field("report_column", "Cột báo cáo", Kind.IDENTIFIER, width=12),
        Field("hours", "Số tiết", Kind.INTEGER, width=9),
        Field("days", "Số ngày", Kind.INTEGER, width=9),
        Field("provider", "Mã cơ sở đào tạo", Kind.IDENTIFIER, attr="provider.code"),
        Field("admission", "Quy định về đối tượng", Kind.IDENTIFIER, width=20),
        Field("is_offered", "Còn mở", Kind.YES_NO, choices={True: "Có", False: "Không"}, width=9),
        _CONFIDENCE,
        _NOTE,
    ),
)

COST_NORMS = Table(
    code="cost_norms",
    sheet="Định mức chi",
    model=CostNorm,
    key=("what", "programme", "content_group", "unit", "valid_from"),
    order=("what", "programme__code", "content_group", "unit", "valid_from"),
    related=("programme", "document"),
    note="Mức chi tối đa; không ghi chương trình và nhóm nội dung là áp dụng cho mọi lớp.",
    fields=(
        Field("what", "Nội dung chi", width=44),
        Field("programme", "Mã chương trình", Kind.IDENTIFIER, attr="programme.code", width=22),
        _GROUP,
        Field("unit", "Tính theo", Kind.CHOICE, choices=dict(CostNorm.Unit.choices)),
        Field("amount", "Mức chi tối đa (đồng)", Kind.INTEGER, width=20),
        _FROM,
        _TO,
        _DOCUMENT,
        _CONFIDENCE,
        _NOTE,
    ),
)

SETTINGS = Table(
    code="training_settings",
    sheet="Thông số đào tạo",
    model=TrainingSetting,
    key=("code", "valid_from"),
    order=("code", "valid_from"),
    related=("document",),
    note="Số tiết tối thiểu, tối đa và các mức do luật hoặc huyện đặt, theo ngày.",
    fields=(
        Field("code", "Thông số", Kind.CHOICE, choices=dict(TrainingSetting.Code.choices),
              width=44),
        Field("value", "Giá trị", Kind.INTEGER, width=9),
        _FROM,
        _TO,
        _DOCUMENT,
        Field("article", "Điều, khoản"),
        _CONFIDENCE,
        _NOTE,
    ),
)  # fmt: skip


class _Levels(Field):
    def shown(self, row):
        return "; ".join(row.levels)


_COMPETENCE = Field("competence", "Mã năng lực", Kind.IDENTIFIER, attr="competence.code", width=18)
_COMPETENCE_NAME = Field(
    "competence_name", "Năng lực", attr="competence.name", is_info=True, width=34
)

COMPETENCES = Table(
    code="competences",
    sheet="Khung năng lực",
    model=Competence,
    key=("code",),
    order=("code",),
    note="Năng lực và các mức bằng lời, thấp nhất trước.",
    fields=(
        Field("code", "Mã năng lực", Kind.IDENTIFIER, width=18),
        Field("name", "Năng lực", width=34),
        Field("group", "Nhóm", Kind.CHOICE, choices=dict(Competence.Group.choices)),
        _Levels("levels", "Các mức", width=80),
        _NOTE,
    ),
)

POST_COMPETENCES = Table(
    code="post_competences",
    sheet="Năng lực của chức danh",
    model=PostCompetence,
    key=("post", "competence", "valid_from"),
    order=("post__order", "post__code", "competence__code", "valid_from"),
    related=("post", "competence"),
    note="Mức năng lực mà chức danh cần, theo ngày.",
    fields=(
        Field("post", "Mã chức danh", Kind.POST, attr="post.code"),
        Field("post_name", "Chức danh", attr="post.name", is_info=True, width=34),
        _COMPETENCE,
        _COMPETENCE_NAME,
        Field("level", "Mức cần", Kind.INTEGER, width=9),
        _FROM,
        _TO,
        _NOTE,
    ),
)

ASSESSMENTS = Table(
    code="assessments",
    sheet="Đánh giá năng lực",
    model=Assessment,
    key=("cadre", "competence", "assessed_on", "state"),
    order=("cadre__code", "competence__code", "assessed_on", "pk"),
    related=("cadre", "competence", "entered_by", "confirmed_by"),
    note="Mức đạt theo phiếu; chỉ dòng đã xác nhận mới được tính. Mức 0 là chưa đạt mức 1.",
    fields=(
        Field("cadre", "Số hiệu", Kind.PERSON, attr="cadre.code"),
        Field("cadre_name", "Họ và tên", attr="cadre.full_name", is_info=True, width=26),
        _COMPETENCE,
        _COMPETENCE_NAME,
        Field("level", "Mức đạt", Kind.INTEGER, width=9),
        Field("assessed_on", "Ngày đánh giá", Kind.DAY, width=13),
        Field("state", "Tình trạng", Kind.CHOICE, choices=dict(Assessment.State.choices),
              width=28),
        Field("entered_by", "Người nhập", attr="entered_by.full_name", is_info=True, width=26),
        Field("confirmed_by", "Người xác nhận", attr="confirmed_by.full_name", is_info=True,
              width=26),
        Field("withdrawn_reason", "Lý do rút", width=30),
        _NOTE,
    ),
)  # fmt: skip

register(PROGRAMMES, COST_NORMS, SETTINGS, COMPETENCES, POST_COMPETENCES, ASSESSMENTS)
