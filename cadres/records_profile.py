"""The tables of the record set about a person: profile, family, work, organisations, awards."""

from cadres.models import Affiliation, Award, FamilyMember, Profile, WorkPeriod
from cadres.records import Field, Kind, Likeness, Table, register
from cadres.records_people import PARTIAL_HELP, PERSON, PERSON_NAME, ROW_NOTE


def _day(code: str, header: str, **more) -> Field:
    return Field(code, header, Kind.PARTIAL, help=PARTIAL_HELP, width=13, **more)


PROFILE = Table(
    code="profile",
    sheet="Lý lịch",
    model=Profile,
    key=("cadre",),
    order=("cadre__code",),
    related=("cadre",),
    is_imported=True,
    note="Các mục còn lại của sơ yếu lý lịch; mỗi người nhiều nhất một dòng.",
    fields=(
        PERSON,
        PERSON_NAME,
        _day("national_id_issued_on", "Ngày cấp CCCD"),
        Field("national_id_issued_by", "Nơi cấp CCCD", width=24),
        Field("personal_code", "Mã số định danh", Kind.IDENTIFIER, width=18),
        Field("insurance_number", "Số sổ BHXH", Kind.DIGITS, help="Ô dạng Text.", width=14),
        _day("insured_from", "Tháng bắt đầu đóng BHXH"),
        Field("health_card_number", "Số thẻ BHYT", Kind.IDENTIFIER, width=18),
        Field("permanent_residence", "Hộ khẩu thường trú", width=30),
        Field("email", "Thư điện tử", width=24),
        Field("schooling", "Lớp, hệ phổ thông", example="12/12", help="Như 12/12, 10/10, 7/10."),
        Field("family_class", "Thành phần gia đình", width=18),
        Field("prior_job", "Nghề nghiệp trước khi tuyển dụng", width=24),
        _day("agency_joined_on", "Ngày vào cơ quan hiện nay"),
        _day("revolution_joined_on", "Ngày tham gia cách mạng"),
        Field("main_work", "Công việc chính được giao", width=28),
        Field("longest_work", "Công việc làm lâu nhất", width=24),
        Field("strengths", "Sở trường công tác", width=24),
        Field("academic_title", "Học hàm", width=14),
        Field("academic_title_year", "Năm phong học hàm", Kind.INTEGER, width=10),
        Field("honour", "Danh hiệu được phong tặng cao nhất", width=24),
        Field("honour_year", "Năm được phong tặng", Kind.INTEGER, width=10),
        _day("enlisted_on", "Ngày nhập ngũ"),
        _day("discharged_on", "Ngày xuất ngũ"),
        Field("military_rank", "Quân hàm cao nhất", width=16),
        Field(
            "war_invalid",
            "Thương binh hạng",
            Kind.CHOICE,
            choices=dict(Profile.WarInvalid.choices),
            width=12,
        ),
        Field("policy_family", "Gia đình chính sách", width=22),
        Field("health", "Tình trạng sức khỏe", width=16),
        Field("height_cm", "Chiều cao (cm)", Kind.INTEGER, width=9),
        Field("weight_kg", "Cân nặng (kg)", Kind.INTEGER, width=9),
        Field(
            "blood_type",
            "Nhóm máu",
            Kind.CHOICE,
            choices=dict(Profile.BloodType.choices),
            width=9,
        ),
        Field("personal_history", "Đặc điểm lịch sử bản thân", Kind.NOTE, width=40),
        Field("foreign_relations", "Quan hệ với nước ngoài", Kind.NOTE, width=30),
        Field("household_economy", "Hoàn cảnh kinh tế gia đình", Kind.NOTE, width=30),
        Field("remark", "Nhận xét, đánh giá của cơ quan", Kind.NOTE, width=40),
    ),
)

FAMILY = Table(
    code="family",
    sheet="Gia đình",
    model=FamilyMember,
    key=("cadre", "relation", "full_name"),
    alike=(Likeness(same=("cadre", "relation", "born_on")),),
    order=("cadre__code", "side", "born_on", "pk"),
    related=("cadre",),
    is_imported=True,
    note="Người thân bên bản thân và bên vợ hoặc chồng.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field("side", "Bên", Kind.CHOICE, choices=dict(FamilyMember.Side.choices), width=20),
        Field("relation", "Quan hệ", is_required=True, example="Vợ", width=12),
        Field("full_name", "Họ và tên người thân", is_required=True, width=24),
        _day("born_on", "Năm sinh"),
        Field("is_deceased", "Đã mất", Kind.YES_NO, width=9),
        Field("detail", "Quê quán, nghề nghiệp, chức danh, nơi ở, tổ chức", width=50),
    ),
)

WORK = Table(
    code="work_periods",
    sheet="Quá trình công tác",
    model=WorkPeriod,
    key=("cadre", "from_on", "what"),
    alike=(Likeness(same=("cadre", "from_on")),),
    order=("cadre__code", "from_on", "pk"),
    related=("cadre",),
    is_imported=True,
    note="Tóm tắt quá trình công tác, kể cả trước khi vào xã; chức vụ ở xã ghi ở “Giữ chức vụ”.",
    fields=(
        PERSON,
        PERSON_NAME,
        _day("from_on", "Từ", is_required=True, example="09/2005"),
        _day("until_on", "Đến"),
        Field("what", "Chức danh, chức vụ, đơn vị công tác", is_required=True, width=60),
    ),
)

AFFILIATIONS = Table(
    code="affiliations",
    sheet="Đoàn thể, HĐND",
    model=Affiliation,
    key=("cadre", "body", "joined_on", "role"),
    alike=(Likeness(same=("cadre", "body", "role")), Likeness(same=("cadre", "body", "joined_on"))),
    order=("cadre__code", "body", "joined_on", "pk"),
    related=("cadre", "term"),
    is_imported=True,
    note="Tổ chức chính trị – xã hội đã tham gia; đại biểu HĐND xã, huyện, tỉnh theo nhiệm kỳ.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field(
            "body",
            "Tổ chức",
            Kind.CHOICE,
            choices=dict(Affiliation.Body.choices),
            is_required=True,
            example="Công đoàn",
            width=24,
        ),
        Field("role", "Chức danh, tên tổ chức", width=26),
        _day("joined_on", "Tham gia từ"),
        _day("until_on", "Đến"),
        Field("term", "Nhiệm kỳ", Kind.TERM, attr="term", width=22),
        ROW_NOTE,
    ),
)

AWARDS = Table(
    code="awards",
    sheet="Khen thưởng",
    model=Award,
    key=("cadre", "kind", "year", "decision_number", "detail"),
    alike=(Likeness(same=("cadre", "kind", "year")),),
    order=("cadre__code", "year", "kind", "decision_number", "pk"),
    related=("cadre",),
    is_imported=True,
    note="Danh hiệu thi đua và hình thức khen thưởng đã có quyết định.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field(
            "kind",
            "Hình thức",
            Kind.CHOICE,
            choices=dict(Award.Kind.choices),
            is_required=True,
            example="Giấy khen",
            width=26,
        ),
        Field(
            "system",
            "Hệ thống",
            Kind.CHOICE,
            choices=dict(Award.System.choices),
            help="Để trống: Chính quyền.",
            width=14,
        ),
        Field("detail", "Thành tích, tên gọi", width=30),
        Field("year", "Năm", Kind.INTEGER, is_required=True, example="2022", width=8),
        Field("decided_on", "Ngày quyết định", Kind.DAY, width=14),
        Field("decision_number", "Số quyết định", width=18),
        Field("issuer", "Cơ quan khen thưởng", width=26),
        ROW_NOTE,
    ),
)

register(PROFILE, FAMILY, WORK, AFFILIATIONS, AWARDS)
