"""The tables of the record set about training: classes, hands-on sessions, participations."""

from cadres.records import Field, Kind, Table, register
from training.models import ContentGroup, Enrolment, HandsOnSession, OutsideLearner, TrainingClass

_NOTE = Field("note", "Ghi chú", Kind.NOTE, width=30)

CLASSES = Table(
    code="classes",
    sheet="Lớp",
    model=TrainingClass,
    key=("code",),
    order=("begins_on", "code"),
    related=("provider",),
    note="Các lớp đào tạo, bồi dưỡng.",
    fields=(
        Field("code", "Mã lớp", Kind.IDENTIFIER),
        Field("name", "Tên lớp", width=50),
        Field(
            "content_group",
            "Nhóm nội dung",
            Kind.CHOICE,
            choices=dict(ContentGroup.choices),
            width=26,
        ),
        Field("provider", "Mã cơ sở đào tạo", Kind.IDENTIFIER, attr="provider.code"),
        Field("provider_name", "Cơ sở đào tạo", attr="provider.name", is_info=True, width=34),
        Field("venue", "Địa điểm", width=30),
        Field("begins_on", "Khai giảng", Kind.DAY, width=13),
        Field("ends_on", "Bế giảng", Kind.DAY, width=13),
        Field("hours", "Số tiết", Kind.INTEGER, width=9),
        _NOTE,
    ),
)

SESSIONS = Table(
    code="sessions",
    sheet="Tập huấn",
    model=HandsOnSession,
    key=("code",),
    order=("held_on", "code"),
    note="Các buổi tập huấn phối hợp, tính riêng với các lớp.",
    fields=(
        Field("code", "Mã", Kind.IDENTIFIER),
        Field("name", "Nội dung", width=50),
        Field("partner", "Cơ quan phối hợp", width=34),
        Field("held_on", "Ngày", Kind.DAY, width=13),
        Field("venue", "Địa điểm", width=30),
        Field("attendance", "Số người dự", Kind.INTEGER),
        _NOTE,
    ),
)

LEARNERS = Table(
    code="outside_learners",
    sheet="Học viên ngoài",
    model=OutsideLearner,
    key=("code",),
    order=("code",),
    related=("commune",),
    note="Học viên không có hồ sơ trên cổng: viên chức, người hoạt động ở thôn, tổ dân phố.",
    fields=(
        Field("code", "Mã học viên ngoài", Kind.IDENTIFIER),
        Field("full_name", "Họ và tên", width=26),
        Field("kind", "Loại", Kind.CHOICE, choices=dict(OutsideLearner.Kind.choices)),
        Field("workplace", "Đơn vị công tác", width=34),
        Field("commune_code", "Mã đơn vị", Kind.IDENTIFIER, attr="commune.code"),
        Field("commune_from", "Đơn vị có từ ngày", Kind.DAY, attr="commune.valid_from"),
        Field("commune_name", "Đơn vị", attr="commune.name", is_info=True, width=24),
    ),
)


class _LearnerName(Field):
    def shown(self, row):
        return (row.cadre or row.outside_learner).full_name


PARTICIPATIONS = Table(
    code="participations",
    sheet="Lượt người học",
    model=Enrolment,
    key=("class", "cadre", "outside_learner"),
    order=("training_class__code", "cadre__code", "outside_learner__code"),
    related=("training_class", "cadre", "outside_learner"),
    note="Mỗi dòng là một lượt: một cán bộ hoặc một học viên ngoài trong một lớp.",
    fields=(
        Field("class", "Mã lớp", Kind.IDENTIFIER, attr="training_class.code"),
        Field("class_name", "Tên lớp", attr="training_class.name", is_info=True, width=50),
        Field("cadre", "Số hiệu", Kind.PERSON, attr="cadre.code"),
        Field("outside_learner", "Mã học viên ngoài", Kind.IDENTIFIER, attr="outside_learner.code"),
        _LearnerName("learner_name", "Họ và tên", is_info=True, width=26),
        Field("result", "Kết quả", Kind.CHOICE, choices=dict(Enrolment.Result.choices)),
        Field("result_on", "Ngày có kết quả", Kind.DAY, width=13),
        Field("score", "Điểm", Kind.DECIMAL, width=9),
        Field("certificate_number", "Số chứng chỉ", width=18),
        Field("certificate_on", "Ngày cấp chứng chỉ", Kind.DAY, width=13),
        Field("result_note", "Ghi chú kết quả", Kind.NOTE, width=30),
    ),
)

register(CLASSES, SESSIONS, LEARNERS, PARTICIPATIONS)
