"""The tables of the record set about training: classes, hands-on sessions, participations."""

from cadres.models import Cadre
from cadres.records import Field, Kind, Table, register
from training.models import (
    Attendance,
    ClassSession,
    ContentGroup,
    Enrolment,
    HandsOnSession,
    OutsideLearner,
    SurveySheet,
    TrainingClass,
)
from training.models.programme import ClassForm

_NOTE = Field("note", "Ghi chú", Kind.NOTE, width=30)

CLASSES = Table(
    code="classes",
    sheet="Lớp",
    model=TrainingClass,
    key=("code",),
    order=("begins_on", "code"),
    related=("provider", "programme", "decision", "plan_line__plan"),
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
        Field("state", "Tình trạng", Kind.CHOICE, choices=dict(TrainingClass.State.choices)),
        Field("programme", "Mã chương trình", Kind.IDENTIFIER, attr="programme.code"),
        Field("programme_name", "Chương trình", attr="programme.name", is_info=True, width=40),
        Field("form", "Hình thức", Kind.CHOICE, choices=dict(ClassForm.choices)),
        Field("is_held_here", "Huyện tổ chức", Kind.YES_NO, width=9),
        Field("capacity", "Số chỗ", Kind.INTEGER, width=9),
        Field("cost_central", "Kinh phí trung ương (đồng)", Kind.INTEGER, width=18),
        Field("cost_local", "Kinh phí địa phương (đồng)", Kind.INTEGER, width=18),
        Field("cost_other", "Kinh phí khác (đồng)", Kind.INTEGER, width=18),
        Field("decision_number", "Số quyết định mở lớp", Kind.IDENTIFIER, attr="decision.number"),
        Field("decision_signed_on", "Ngày ký", Kind.DAY, attr="decision.signed_on", width=13),
        Field("decision_issuer", "Cơ quan ban hành", attr="decision.issuer", width=24),
        Field("plan_year", "Kế hoạch năm", Kind.INTEGER, attr="plan_line.plan.year", width=12),
        _NOTE,
    ),
)

_OF_CLASS = (
    Field("class", "Mã lớp", Kind.IDENTIFIER, attr="training_class.code"),
    Field("class_name", "Tên lớp", attr="training_class.name", is_info=True, width=50),
)


class _Hour(Field):
    def shown(self, row):
        return f"{self.value_of(row):%H:%M}"


SITTINGS = Table(
    code="class_sessions",
    sheet="Buổi học",
    model=ClassSession,
    key=("class", "held_on", "begins_at"),
    order=("training_class__code", "held_on", "begins_at"),
    related=("training_class",),
    note="Các buổi học của từng lớp.",
    fields=(
        *_OF_CLASS,
        Field("held_on", "Ngày", Kind.DAY, width=13),
        _Hour("begins_at", "Từ giờ", width=9),
        _Hour("ends_at", "Đến giờ", width=9),
        Field("hours", "Số tiết", Kind.INTEGER, width=9),
        Field("topic", "Nội dung", width=40),
        Field("venue", "Địa điểm", width=30),
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
    related=("commune", "cadre"),
    note="Học viên không có hồ sơ trên cổng: viên chức, người hoạt động ở thôn, tổ dân phố.",
    fields=(
        Field("code", "Mã học viên ngoài", Kind.IDENTIFIER),
        Field("full_name", "Họ và tên", width=26),
        Field("kind", "Loại", Kind.CHOICE, choices=dict(OutsideLearner.Kind.choices)),
        Field("workplace", "Đơn vị công tác", width=34),
        Field("commune_code", "Mã đơn vị", Kind.IDENTIFIER, attr="commune.code"),
        Field("commune_from", "Đơn vị có từ ngày", Kind.DAY, attr="commune.valid_from"),
        Field("commune_name", "Đơn vị", attr="commune.name", is_info=True, width=24),
        Field("sex", "Giới tính", Kind.CHOICE, choices=dict(Cadre.Sex.choices), width=10),
        Field("born_on", "Ngày sinh", Kind.PARTIAL, width=13),
        Field("ethnicity", "Dân tộc"),
        Field(
            "cadre",
            "Là cán bộ (Số hiệu)",
            Kind.PERSON,
            attr="cadre.code",
            help="Khi học viên đã được nối với một hồ sơ",
        ),
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
    related=(
        "training_class",
        "cadre",
        "outside_learner",
        "decision",
        "need",
        "result_decision",
        "transferred_to",
    ),
    note="Mỗi dòng là một lượt: một cán bộ hoặc một học viên ngoài trong một lớp.",
    fields=(
        Field("class", "Mã lớp", Kind.IDENTIFIER, attr="training_class.code"),
        Field("class_name", "Tên lớp", attr="training_class.name", is_info=True, width=50),
        Field("cadre", "Số hiệu", Kind.PERSON, attr="cadre.code"),
        Field("outside_learner", "Mã học viên ngoài", Kind.IDENTIFIER, attr="outside_learner.code"),
        _LearnerName("learner_name", "Họ và tên", is_info=True, width=26),
        Field("result", "Kết quả", Kind.CHOICE, choices=dict(Enrolment.Result.choices)),
        Field("result_on", "Ngày có kết quả", Kind.DAY, width=13),
        Field("result_decision", "Số quyết định về kết quả", attr="result_decision.number"),
        Field("result_note", "Ghi chú kết quả", Kind.NOTE, width=30),
        Field("score", "Điểm", Kind.DECIMAL, width=9),
        Field("transferred_to", "Chuyển sang lớp", Kind.IDENTIFIER, attr="transferred_to.code"),
        Field("certificate_number", "Số chứng chỉ", width=18),
        Field("certificate_on", "Ngày cấp chứng chỉ", Kind.DAY, width=13),
        Field("decision", "Số quyết định cử đi học", attr="decision.number", width=18),
        Field("decision_on", "Ngày quyết định cử đi học", Kind.DAY, attr="decision.signed_on"),
        Field("need_year", "Theo nhu cầu năm", Kind.INTEGER, attr="need.year", is_info=True),
        Field("exception_reason", "Lý do cử ngoài đối tượng", width=30),
    ),
)


class _AttendantName(Field):
    def shown(self, row):
        return row.enrolment.learner_name


ATTENDANCE = Table(
    code="attendance",
    sheet="Điểm danh",
    model=Attendance,
    key=("class", "held_on", "begins_at", "cadre", "outside_learner"),
    order=(
        "session__training_class__code",
        "session__held_on",
        "session__begins_at",
        "enrolment__cadre__code",
        "enrolment__outside_learner__code",
    ),
    related=("session__training_class", "enrolment__cadre", "enrolment__outside_learner"),
    note="Mỗi dòng là một người trong một buổi học; không có dòng là chưa điểm danh.",
    fields=(
        Field("class", "Mã lớp", Kind.IDENTIFIER, attr="session.training_class.code"),
        Field("held_on", "Ngày", Kind.DAY, attr="session.held_on", width=13),
        _Hour("begins_at", "Từ giờ", attr="session.begins_at", width=9),
        Field("cadre", "Số hiệu", Kind.PERSON, attr="enrolment.cadre.code"),
        Field(
            "outside_learner",
            "Mã học viên ngoài",
            Kind.IDENTIFIER,
            attr="enrolment.outside_learner.code",
        ),
        _AttendantName("learner_name", "Họ và tên", is_info=True, width=26),
        Field("mark", "Điểm danh", Kind.CHOICE, choices=dict(Attendance.Mark.choices)),
    ),
)

SHEETS = Table(
    code="survey_sheets",
    sheet="Phiếu hỏi",
    model=SurveySheet,
    key=("token",),
    order=("training_class__code", "pk"),
    related=("training_class",),
    note="Phiếu hỏi sau lớp, không ghi tên; mức từ 1 đến 5 theo mã câu hỏi.",
    fields=(
        *_OF_CLASS,
        Field("token", "Mã phiếu", Kind.IDENTIFIER, width=26),
        Field("marks", "Các mức", Kind.JSON, width=60),
        Field("comment", "Ý kiến khác", Kind.NOTE, width=50),
    ),
)

register(CLASSES, SITTINGS, SESSIONS, LEARNERS, PARTICIPATIONS, ATTENDANCE, SHEETS)
