"""The table of the record set about what training proposed for records."""

from cadres.models.qualification import CONTENT_CHOICES, STRAND_CHOICES, Qualification
from cadres.records import Field, Kind, Table, register
from training.models import Credit

CREDITS = Table(
    code="credits",
    sheet="Kết quả chờ ghi nhận",
    model=Credit,
    key=("class", "school", "cadre", "awarded_on"),
    order=("awarded_on", "cadre__code", "pk"),
    related=("cadre", "enrolment__training_class", "study", "field"),
    note=(
        "Trình độ hay bồi dưỡng mà một lớp hoặc một lượt cử đi học dẫn tới; chỉ vào hồ sơ khi "
        "chứng chỉ được xác nhận."
    ),
    fields=(
        Field("cadre", "Số hiệu", Kind.PERSON, attr="cadre.code"),
        Field("cadre_name", "Họ và tên", attr="cadre.full_name", is_info=True, width=26),
        Field("class", "Mã lớp", Kind.IDENTIFIER, attr="enrolment.training_class.code"),
        Field("school", "Trường (cử đi học)", attr="study.school", width=34),
        Field("strand", "Nội dung", Kind.CHOICE, choices=dict(STRAND_CHOICES), width=20),
        Field("rank", "Mức", Kind.LEVEL),
        Field("content", "Bồi dưỡng", Kind.CHOICE, choices=dict(CONTENT_CHOICES), width=30),
        Field("awarded_on", "Ngày cấp", Kind.DAY, width=13),
        Field("evidence", "Giấy tờ", Kind.CHOICE, choices=dict(Qualification.Evidence.choices)),
        Field("evidence_number", "Số hiệu giấy tờ", Kind.IDENTIFIER, width=18),
        Field("institution", "Cơ sở cấp", width=34),
        Field("state", "Tình trạng", Kind.CHOICE, choices=dict(Credit.State.choices), width=24),
        Field("reason", "Lý do", Kind.NOTE, width=30),
    ),
)

register(CREDITS)
