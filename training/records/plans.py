"""The tables of the record set about annual plans: the years, and their lines."""

from cadres.records import Field, Kind, Table, register
from training.models import PlanLine, TrainingPlan

PLANS = Table(
    code="training_plans",
    sheet="Kế hoạch",
    model=TrainingPlan,
    key=("year",),
    order=("year",),
    related=("decision",),
    note="Kế hoạch đào tạo, bồi dưỡng của từng năm.",
    fields=(
        Field("year", "Năm", Kind.INTEGER, width=9),
        Field("state", "Tình trạng", Kind.CHOICE, choices=dict(TrainingPlan.State.choices)),
        Field("decision_number", "Số quyết định", attr="decision.number", width=20),
        Field("decision_on", "Ngày quyết định", Kind.DAY, attr="decision.signed_on", width=13),
        Field("decision_issuer", "Cơ quan ban hành", attr="decision.issuer", width=28),
        Field("note", "Ghi chú", Kind.NOTE, width=30),
    ),
)

LINES = Table(
    code="plan_lines",
    sheet="Dòng kế hoạch",
    model=PlanLine,
    key=("id",),
    order=("plan__year", "pk"),
    related=("plan", "commune", "programme", "provider"),
    note="Dòng của huyện để trống đơn vị; dòng xã đăng ký ghi đơn vị và được gộp vào dòng nào.",
    fields=(
        Field("id", "Mã dòng", Kind.IDENTIFIER, attr="pk"),
        Field("year", "Năm", Kind.INTEGER, attr="plan.year", width=9),
        Field("commune_code", "Mã đơn vị", Kind.IDENTIFIER, attr="commune.code"),
        Field("commune_from", "Đơn vị có từ ngày", Kind.DAY, attr="commune.valid_from"),
        Field("commune_name", "Đơn vị", attr="commune.name", is_info=True, width=24),
        Field("programme", "Mã chương trình", Kind.IDENTIFIER, attr="programme.code"),
        Field("programme_name", "Chương trình", attr="programme.name", is_info=True, width=44),
        Field("target_group", "Đối tượng", width=30),
        Field("classes", "Số lớp", Kind.INTEGER, width=9),
        Field("participations", "Số lượt người", Kind.INTEGER, width=11),
        Field("hours", "Số tiết", Kind.INTEGER, width=9),
        Field("days", "Thời gian (ngày)", Kind.INTEGER, width=10),
        Field("period_from", "Thời điểm từ", Kind.DAY, width=13),
        Field("period_to", "Thời điểm đến", Kind.DAY, width=13),
        Field("provider", "Mã cơ sở đào tạo", Kind.IDENTIFIER, attr="provider.code"),
        Field("cost_central", "Kinh phí trung ương (đồng)", Kind.INTEGER),
        Field("cost_local", "Kinh phí địa phương (đồng)", Kind.INTEGER),
        Field("cost_other", "Kinh phí khác (đồng)", Kind.INTEGER),
        Field("lead", "Đơn vị chủ trì", width=28),
        Field("into", "Gộp vào dòng", Kind.IDENTIFIER, attr="into_id"),
        Field("left_out_because", "Không đưa vào vì", width=30),
        Field("note", "Ghi chú", Kind.NOTE, width=30),
    ),
)

register(PLANS, LINES)
