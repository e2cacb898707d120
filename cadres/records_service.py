"""The tables of the record set about service: states, steps of pay, allowances, discipline."""

from cadres.models import Allowance, Award, Discipline, SalaryStep, Status
from cadres.records import Field, Kind, Likeness, Table, register
from cadres.records_people import PERSON, PERSON_NAME, ROW_NOTE
from cadres.records_units import FROM, LAST

_NUMBER = Field("decision_number", "Số quyết định", width=18)

STATUSES = Table(
    code="statuses",
    sheet="Tình trạng công tác",
    model=Status,
    key=("cadre", "kind", "valid_from"),
    order=("cadre__code", "valid_from", "kind"),
    related=("cadre",),
    is_imported=True,
    note="Tập sự, đi học, luân chuyển, nghỉ hưu …; không có dòng nghĩa là đang công tác.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field(
            "kind",
            "Tình trạng",
            Kind.CHOICE,
            choices=dict(Status.Kind.choices),
            is_required=True,
            example="Luân chuyển",
            width=22,
        ),
        FROM,
        LAST,
        Field(
            "scheme",
            "Chế độ nghỉ hưu",
            Kind.CHOICE,
            choices=dict(Status.Scheme.choices),
            help="Chỉ ghi khi nghỉ hưu.",
            width=26,
        ),
        Field("place", "Nơi đến, nơi học, cơ quan", width=28),
        Field("from_district", "Từ cấp huyện trở lên", Kind.YES_NO, width=10),
        _NUMBER,
        ROW_NOTE,
    ),
)

SALARY = Table(
    code="salary_steps",
    sheet="Diễn biến lương",
    model=SalaryStep,
    key=("cadre", "valid_from"),
    order=("cadre__code", "valid_from"),
    related=("cadre",),
    is_imported=True,
    note="Ngạch, bậc, hệ số lương theo thời gian; các mức nối tiếp nhau, không chồng lên nhau.",
    fields=(
        PERSON,
        PERSON_NAME,
        FROM,
        LAST,
        Field("grade_code", "Mã ngạch", Kind.IDENTIFIER, example="01.003", width=10),
        Field("grade_name", "Ngạch", width=18),
        Field("step", "Bậc", Kind.INTEGER, width=7),
        Field(
            "coefficient", "Hệ số", Kind.DECIMAL, is_required=True, example="2,67",
            help="Hai chữ số sau dấu phẩy, ví dụ 2,67.", width=9,
        ),
        Field("percent", "Phần trăm hưởng", Kind.INTEGER, help="Để trống: 100.", width=10),
        Field("over_frame_percent", "Vượt khung (%)", Kind.INTEGER, width=10),
        Field("reason", "Vì", Kind.CHOICE, choices=dict(SalaryStep.Reason.choices), width=24),
        Field("delayed_months", "Kéo dài nâng lương (tháng)", Kind.INTEGER, width=10),
        _NUMBER,
        ROW_NOTE,
    ),
)  # fmt: skip

ALLOWANCES = Table(
    code="allowances",
    sheet="Phụ cấp",
    model=Allowance,
    key=("cadre", "kind", "valid_from"),
    order=("cadre__code", "kind", "valid_from"),
    related=("cadre",),
    is_imported=True,
    note="Phụ cấp ngoài lương theo thời gian: mỗi dòng ghi hệ số hoặc phần trăm.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field(
            "kind",
            "Phụ cấp",
            Kind.CHOICE,
            choices=dict(Allowance.Kind.choices),
            is_required=True,
            example="Chức vụ",
            width=16,
        ),
        FROM,
        LAST,
        Field("coefficient", "Hệ số", Kind.DECIMAL, example="0,25", width=9),
        Field("percent", "Phần trăm", Kind.DECIMAL, width=9),
        _NUMBER,
        ROW_NOTE,
    ),
)

DISCIPLINES = Table(
    code="disciplines",
    sheet="Kỷ luật",
    model=Discipline,
    key=("cadre", "system", "form", "decided_on", "decision_number"),
    alike=(Likeness(same=("cadre", "system", "form", "decided_on")),),
    order=("cadre__code", "effective_on", "system", "form", "pk"),
    related=("cadre",),
    is_imported=True,
    note="Chỉ quyết định kỷ luật đã ban hành; không ghi đơn thư và vụ việc chưa kết luận.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field(
            "system", "Hệ thống", Kind.CHOICE, choices=dict(Award.System.choices),
            is_required=True, width=14,
        ),
        Field(
            "form", "Hình thức", Kind.CHOICE, choices=dict(Discipline.Form.choices),
            is_required=True, width=18,
        ),
        Field(
            "reason", "Lý do", Kind.CHOICE, choices=dict(Discipline.Reason.choices),
            is_required=True, width=24,
        ),
        Field("decided_on", "Ngày quyết định", Kind.DAY, is_required=True, width=14),
        Field("effective_on", "Có hiệu lực từ", Kind.DAY, is_required=True, width=14),
        Field("ends_on", "Hiệu lực đến hết ngày", Kind.LAST_DAY, width=14),
        _NUMBER,
        Field("issuer", "Cơ quan quyết định", width=26),
        ROW_NOTE,
    ),
)  # fmt: skip

register(STATUSES, SALARY, ALLOWANCES, DISCIPLINES)
