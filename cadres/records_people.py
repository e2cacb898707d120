"""The tables of the record set about people; all of them are read back."""

from dataclasses import replace

from django.db.models import Q

from cadres.models import (
    Cadre,
    CommitteeMembership,
    Holding,
    Qualification,
    Rating,
    ShortTraining,
)
from cadres.models.holding import Ended
from cadres.records import Field, Kind, Likeness, Table, register
from cadres.records_units import FROM, LAST, NOTE
from cadres.rules.levels import CONTENT_LABELS, STRAND_LABELS
from cadres.rules.peoples import PEOPLES

STRANDS = {strand.value: label for strand, label in STRAND_LABELS.items()}
CONTENTS = {content.value: label for content, label in CONTENT_LABELS.items()}
PARTIAL_HELP = "Ngày/tháng/năm, tháng/năm hoặc chỉ năm: 12/05/1965, 05/1965, 1965."

PERSON = Field(
    "cadre",
    "Số hiệu",
    Kind.PERSON,
    attr="cadre.code",
    is_required=True,
    help="Số hiệu cán bộ trên cổng, ví dụ DT000012.",
    example="DT000012",
    width=12,
)
PERSON_NAME = Field(
    "cadre_name", "Họ và tên", attr="cadre.full_name", is_info=True, example="", width=24
)
UNIT = (
    Field(
        "commune",
        "Mã đơn vị",
        Kind.COMMUNE,
        attr="commune.code",
        is_required=True,
        help="Mã (hoặc tên) của xã, thị trấn vào ngày bắt đầu.",
        example="05761",
        width=10,
    ),
    Field(
        "commune_from",
        "Đơn vị có từ ngày",
        Kind.DAY,
        attr="commune.valid_from",
        help="Để trống: đơn vị mang mã ấy vào “Từ ngày” của dòng.",
        width=13,
    ),
    Field("commune_name", "Đơn vị", attr="commune.name", is_info=True, width=22),
)
ROW_NOTE = replace(NOTE, kind=Kind.TEXT, width=30)
RATIFIED = (
    Field(
        "awaits_ratification",
        "Chưa phê chuẩn, chuẩn y",
        Kind.YES_NO,
        help="Có: đã bầu, còn chờ phê chuẩn hoặc chuẩn y; trống là Không.",
        width=11,
    ),
    Field("ratified_on", "Ngày phê chuẩn, chuẩn y", Kind.DAY, width=13),
    Field("end_reason", "Thôi giữ vì", Kind.CHOICE, choices=dict(Ended.choices), width=18),
)

PEOPLE = Table(
    code="people",
    sheet="Hồ sơ",
    model=Cadre,
    key=("code",),
    order=("code",),
    is_imported=True,
    where=Q(is_kept=True),
    note="Mỗi dòng là một người. Số hiệu không đổi và không dùng lại.",
    fields=(
        Field(
            "code",
            "Số hiệu",
            Kind.IDENTIFIER,
            help="Để trống với người mới: cổng tự cấp số hiệu.",
            width=12,
        ),
        Field("full_name", "Họ và tên", is_required=True, example="Nguyễn Văn Thử", width=24),
        Field("other_name", "Tên gọi khác", width=16),
        Field(
            "sex",
            "Giới tính",
            Kind.CHOICE,
            choices=dict(Cadre.Sex.choices),
            is_required=True,
            example="Nam",
            width=9,
        ),
        Field(
            "born_on", "Ngày sinh", Kind.PARTIAL, help=PARTIAL_HELP, example="12/05/1985", width=12
        ),
        Field(
            "national_id",
            "Số CCCD",
            Kind.DIGITS,
            help="12 chữ số (CMND cũ: 9), định dạng ô là Text để giữ số 0 ở đầu.",
            example="019000000000",
            width=15,
        ),
        Field("phone", "Điện thoại", Kind.DIGITS, help="Ô dạng Text, bắt đầu bằng 0.", width=13),
        Field("ethnicity", "Dân tộc", example="Kinh", width=11, offered=tuple(PEOPLES)),
        Field("religion", "Tôn giáo", width=12),
        Field("birthplace", "Nơi sinh", width=26),
        Field("home_town", "Quê quán", width=26),
        Field("residence", "Nơi ở hiện nay", width=26),
        Field(
            "recruited_on",
            "Ngày tuyển dụng",
            Kind.PARTIAL,
            help=PARTIAL_HELP,
            example="01/03/2010",
            width=13,
        ),
        Field("recruited_by", "Cơ quan tuyển dụng", width=24),
        Field("party_joined_on", "Ngày vào Đảng", Kind.PARTIAL, help=PARTIAL_HELP, width=13),
        Field("party_official_on", "Ngày chính thức", Kind.PARTIAL, help=PARTIAL_HELP, width=13),
        NOTE,
    ),
)

HOLDINGS = Table(
    code="holdings",
    sheet="Giữ chức vụ",
    model=Holding,
    key=("cadre", "post", "commune", "valid_from"),
    alike=(Likeness(same=("cadre", "post", "commune"), blank=("valid_from",)),),
    order=("cadre__code", "valid_from", "post__code", "commune__code", "commune__valid_from"),
    related=("cadre", "post", "commune", "term"),
    is_imported=True,
    note="Ai giữ chức vụ, chức danh nào, ở đâu, từ ngày nào đến hết ngày nào.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field(
            "post",
            "Mã chức danh",
            Kind.POST,
            attr="post.code",
            is_required=True,
            help="Mã (hoặc tên) trong danh mục chức danh.",
            example="CC03",
            width=12,
        ),
        Field("post_name", "Chức vụ, chức danh", attr="post.name", is_info=True, width=30),
        *UNIT,
        FROM,
        LAST,
        Field(
            "is_main", "Là chức vụ chính", Kind.YES_NO, help="Có hoặc Không; trống là Có.", width=10
        ),
        Field(
            "standing", "Hình thức", Kind.CHOICE, choices=dict(Holding.Standing.choices), width=22
        ),
        Field("term", "Nhiệm kỳ", Kind.TERM, attr="term", width=22),
        Field("decision_number", "Số quyết định", width=18),
        *RATIFIED,
        ROW_NOTE,
    ),
)

MEMBERSHIPS = Table(
    code="memberships",
    sheet="Cấp ủy viên",
    model=CommitteeMembership,
    key=("cadre", "commune", "valid_from"),
    order=("cadre__code", "valid_from", "commune__code", "commune__valid_from"),
    related=("cadre", "commune", "term"),
    is_imported=True,
    note="Ai tham gia Đảng ủy xã, thị trấn nào, từ ngày nào đến hết ngày nào.",
    fields=(
        PERSON,
        PERSON_NAME,
        *UNIT,
        Field(
            "role",
            "Chức danh cấp ủy",
            Kind.CHOICE,
            choices=dict(CommitteeMembership.Role.choices),
            width=24,
        ),
        FROM,
        LAST,
        Field("term", "Nhiệm kỳ", Kind.TERM, attr="term", width=22),
        *RATIFIED,
        ROW_NOTE,
    ),
)

QUALIFICATIONS = Table(
    code="qualifications",
    sheet="Trình độ",
    model=Qualification,
    key=("cadre", "strand", "rank", "major", "language", "awarded_on", "evidence_number"),
    alike=(
        Likeness(same=("cadre", "strand", "rank", "major", "language")),
        Likeness(same=("cadre", "strand", "rank"), blank=("major", "language")),
    ),
    order=("cadre__code", "strand", "rank", "awarded_on", "major", "evidence_number", "pk"),
    related=("cadre", "field"),
    is_imported=True,
    note="Văn bằng, chứng chỉ theo từng nội dung. “Thứ bậc” 0 là chưa qua đào tạo.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field(
            "strand",
            "Nội dung",
            Kind.CHOICE,
            choices=STRANDS,
            is_required=True,
            example="Chuyên môn",
            width=22,
        ),
        Field("rank", "Mức", Kind.LEVEL, is_required=True, example="Đại học", width=20),
        Field("rank_number", "Thứ bậc", Kind.INTEGER, attr="rank", is_info=True, width=9),
        Field("awarded_on", "Ngày cấp", Kind.PARTIAL, help=PARTIAL_HELP, example="2009", width=12),
        Field(
            "field",
            "Mã nhóm ngành",
            Kind.STUDY_FIELD,
            attr="field.code",
            help="Mã (hoặc tên) của nhóm ngành mà tiêu chuẩn nói tới.",
            example="law",
            width=20,
        ),
        Field("field_name", "Nhóm ngành", attr="field.name", is_info=True, width=24),
        Field("major", "Chuyên ngành", example="Luật kinh tế", width=24),
        Field("institution", "Cơ sở đào tạo", width=28),
        Field("studied_from", "Học từ", Kind.PARTIAL, help=PARTIAL_HELP, width=12),
        Field("studied_until", "Học đến", Kind.PARTIAL, help=PARTIAL_HELP, width=12),
        Field(
            "study_form",
            "Hình thức đào tạo",
            Kind.CHOICE,
            choices=dict(Qualification.StudyForm.choices),
            width=20,
        ),
        Field(
            "evidence",
            "Giấy tờ",
            Kind.CHOICE,
            choices=dict(Qualification.Evidence.choices),
            width=16,
        ),
        Field("evidence_number", "Số hiệu giấy tờ", width=18),
        Field("language", "Thứ tiếng", width=14),
        ROW_NOTE,
    ),
)

SHORT_TRAININGS = Table(
    code="short_trainings",
    sheet="Bồi dưỡng",
    model=ShortTraining,
    key=("cadre", "content", "completed_on", "certificate_number"),
    alike=(Likeness(same=("cadre", "content", "completed_on")),),
    order=("cadre__code", "content", "completed_on", "certificate_number", "pk"),
    related=("cadre",),
    is_imported=True,
    note="Bồi dưỡng ngắn hạn theo nội dung.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field("content", "Nội dung", Kind.CHOICE, choices=CONTENTS, is_required=True, width=36),
        Field("title", "Tên lớp, khóa học", width=30),
        Field("started_on", "Học từ", Kind.PARTIAL, help=PARTIAL_HELP, width=12),
        Field("completed_on", "Ngày hoàn thành", Kind.PARTIAL, help=PARTIAL_HELP, width=13),
        Field("hours", "Số tiết", Kind.INTEGER, width=9),
        Field("institution", "Cơ sở bồi dưỡng", width=28),
        Field(
            "study_form",
            "Hình thức học",
            Kind.CHOICE,
            choices=dict(Qualification.StudyForm.choices),
            width=20,
        ),
        Field("certificate_number", "Số chứng chỉ", width=18),
        ROW_NOTE,
    ),
)

RATINGS = Table(
    code="ratings",
    sheet="Xếp loại năm",
    model=Rating,
    key=("cadre", "year"),
    order=("cadre__code", "year"),
    related=("cadre",),
    is_imported=True,
    note="Mức xếp loại chất lượng hằng năm của cán bộ, công chức.",
    fields=(
        PERSON,
        PERSON_NAME,
        Field("year", "Năm", Kind.INTEGER, is_required=True, example="2022", width=8),
        Field(
            "level",
            "Mức xếp loại",
            Kind.CHOICE,
            choices=dict(Rating.Level.choices),
            is_required=True,
            example="Hoàn thành tốt nhiệm vụ",
            width=30,
        ),
        Field("level_number", "Mức (1–4)", Kind.INTEGER, attr="level", is_info=True, width=10),
        Field("decision_number", "Số quyết định", width=18),
        Field("decided_on", "Ngày quyết định", Kind.DAY, width=14),
        ROW_NOTE,
    ),
)

register(PEOPLE, HOLDINGS, MEMBERSHIPS, QUALIFICATIONS, SHORT_TRAININGS, RATINGS)
