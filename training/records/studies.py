"""The tables of the record set about individual study: who was sent where, and what happened."""

from cadres.models.qualification import STRAND_CHOICES, StudyForm
from cadres.records import Field, Kind, Table, register
from training.models import Study, StudyStep

STUDIES = Table(
    code="studies",
    sheet="Cử đi học",
    model=Study,
    key=("cadre", "strand", "rank", "begins_on"),
    order=("cadre__code", "begins_on", "strand", "rank"),
    related=("cadre", "commune", "programme", "field", "decision", "plan_line__plan"),
    note="Mỗi dòng là một lượt cử đi học theo quyết định, như hiện nay.",
    fields=(
        Field("cadre", "Số hiệu", Kind.PERSON, attr="cadre.code"),
        Field("full_name", "Họ và tên", attr="cadre.full_name", is_info=True, width=26),
        Field("strand", "Nội dung", Kind.CHOICE, choices=dict(STRAND_CHOICES), width=20),
        Field("rank", "Mức", Kind.LEVEL, width=14),
        Field("school", "Trường", width=34),
        Field("major", "Chuyên ngành", width=26),
        Field("field", "Mã nhóm ngành", Kind.STUDY_FIELD, attr="field.code"),
        Field("form", "Hình thức", Kind.CHOICE, choices=dict(StudyForm.choices), width=20),
        Field("programme", "Mã chương trình", Kind.IDENTIFIER, attr="programme.code"),
        Field("commune", "Mã đơn vị khi được cử", Kind.IDENTIFIER, attr="commune.code"),
        Field("commune_from", "Đơn vị có từ ngày", Kind.DAY, attr="commune.valid_from"),
        Field("commune_name", "Đơn vị khi được cử", attr="commune.name", is_info=True, width=24),
        Field("begins_on", "Học từ", Kind.DAY, width=13),
        Field("due_on", "Dự kiến tốt nghiệp", Kind.DAY, width=13),
        Field("decision_number", "Số quyết định", Kind.IDENTIFIER, attr="decision.number"),
        Field("decision_on", "Ngày quyết định", Kind.DAY, attr="decision.signed_on", width=13),
        Field("decision_by", "Cơ quan ban hành", attr="decision.issuer", width=28),
        Field("plan_year", "Năm kế hoạch", Kind.INTEGER, attr="plan_line.plan.year"),
        Field("support_agreed", "Mức hỗ trợ (đồng)", Kind.INTEGER),
        Field("committed_until", "Cam kết đến hết ngày", Kind.DAY, width=13),
        Field("exception_reason", "Lý do cử ngoài quy định", width=30),
        Field("state", "Tình trạng", Kind.CHOICE, choices=dict(Study.State.choices)),
        Field("ended_on", "Kết thúc ngày", Kind.DAY, width=13),
    ),
)

STEPS = Table(
    code="study_steps",
    sheet="Diễn biến cử đi học",
    model=StudyStep,
    key=("cadre", "strand", "rank", "begins_on", "kind", "on", "amount", "text"),
    order=("study__cadre__code", "study__begins_on", "study__strand", "on", "pk"),
    related=("study__cadre", "decision", "corrects"),
    note="Mỗi dòng là một bước đã ghi; bước sai được một bước đính chính bỏ đi.",
    fields=(
        Field("cadre", "Số hiệu", Kind.PERSON, attr="study.cadre.code"),
        Field("full_name", "Họ và tên", attr="study.cadre.full_name", is_info=True, width=26),
        Field("strand", "Nội dung", Kind.CHOICE, attr="study.strand", choices=dict(STRAND_CHOICES)),
        Field("rank", "Mức, theo số", Kind.INTEGER, attr="study.rank"),
        Field("begins_on", "Học từ", Kind.DAY, attr="study.begins_on", width=13),
        Field("kind", "Việc", Kind.CHOICE, choices=dict(StudyStep.Kind.choices), width=18),
        Field("on", "Ngày", Kind.DAY, width=13),
        Field("until", "Đến ngày", Kind.DAY, width=13),
        Field("due_before", "Hạn trước khi gia hạn", Kind.DAY, width=13),
        Field("amount", "Số tiền (đồng)", Kind.INTEGER),
        Field("text", "Nội dung, lý do", width=40),
        Field(
            "corrects_kind",
            "Đính chính việc",
            Kind.CHOICE,
            attr="corrects.kind",
            choices=dict(StudyStep.Kind.choices),
            width=18,
        ),
        Field("corrects_on", "Đính chính việc ngày", Kind.DAY, attr="corrects.on", width=13),
        Field("decision_number", "Số quyết định", Kind.IDENTIFIER, attr="decision.number"),
        Field("decision_on", "Ngày quyết định", Kind.DAY, attr="decision.signed_on", width=13),
    ),
)

register(STUDIES, STEPS)
