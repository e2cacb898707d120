"""The tables of the record set that law and district give: units, posts, rules, quotas."""

from cadres.models import Commune, CommuneArea, CommuneSuccession, Post, Quota, Rule, TitleSet
from cadres.models.post import LegalCategory, PostGroup
from cadres.models.standard import Confidence
from cadres.records import Field, Kind, Table, register

FROM = Field("valid_from", "Từ ngày", Kind.DAY, is_required=True, example="12/05/2021", width=13)
LAST = Field("valid_to", "Đến hết ngày", Kind.LAST_DAY, width=13)
NOTE = Field("note", "Ghi chú", Kind.NOTE, width=40)


def _unit(prefix: str = "", attr: str = "commune") -> tuple[Field, ...]:
    """The columns that name a unit: code, first day, and its name to read."""
    ending = f" {prefix}" if prefix else ""
    return (
        Field(f"{attr}_code", f"Mã đơn vị{ending}", Kind.IDENTIFIER, attr=f"{attr}.code", width=10),
        Field(f"{attr}_from", f"Đơn vị{ending} có từ ngày", Kind.DAY, attr=f"{attr}.valid_from"),
        Field(f"{attr}_name", f"Đơn vị{ending}", attr=f"{attr}.name", is_info=True, width=24),
    )


COMMUNES = Table(
    code="communes",
    sheet="Đơn vị",
    model=Commune,
    key=("code", "valid_from"),
    order=("code", "valid_from"),
    note="Xã, thị trấn: mỗi dòng là một đơn vị trong một thời gian; diện tích là của ngày đầu.",
    fields=(
        Field("code", "Mã đơn vị", Kind.IDENTIFIER, width=10),
        Field("name", "Tên", width=26),
        Field("short_name", "Tên ngắn", width=20),
        Field("kind", "Loại", Kind.CHOICE, choices=dict(Commune.Kind.choices)),
        Field(
            "grade", "Loại đơn vị (I, II, III)", Kind.CHOICE, choices={1: "I", 2: "II", 3: "III"}
        ),
        Field("district_code", "Mã huyện", Kind.IDENTIFIER, width=10),
        Field("province_code", "Mã tỉnh", Kind.IDENTIFIER, width=10),
        Field("area_km2", "Diện tích (km²)", Kind.DECIMAL),
        FROM,
        LAST,
        NOTE,
    ),
)

AREAS = Table(
    code="areas",
    sheet="Khu vực",
    model=CommuneArea,
    key=("commune_code", "commune_from", "valid_from"),
    order=("commune__code", "commune__valid_from", "valid_from"),
    related=("commune",),
    note="Đơn vị nào được tỉnh cho áp dụng sàn miền núi, từ ngày nào. Không có dòng: chuẩn chung.",
    fields=(
        *_unit(),
        Field("uses_mountain_floor", "Áp dụng sàn miền núi", Kind.YES_NO),
        FROM,
        LAST,
        Field("document", "Văn bản", width=30),
        NOTE,
    ),
)

SUCCESSIONS = Table(
    code="successions",
    sheet="Kế thừa đơn vị",
    model=CommuneSuccession,
    key=("old_code", "old_from", "new_code", "new_from"),
    order=("effective_on", "old__code", "new__code"),
    related=("old", "new"),
    note="Đơn vị nào nhập vào đơn vị nào, từ ngày nào; diện tích: phần mà đơn vị mới lớn thêm.",
    fields=(
        *_unit("cũ", "old"),
        *_unit("mới", "new"),
        Field("effective_on", "Từ ngày", Kind.DAY),
        Field("share", "Phần nhập", Kind.CHOICE, choices=dict(CommuneSuccession.Share.choices)),
        Field("area_km2", "Diện tích nhập (km²)", Kind.DECIMAL),
        Field("document", "Văn bản", width=40),
        NOTE,
    ),
)

POSTS = Table(
    code="posts",
    sheet="Chức danh",
    model=Post,
    key=("code",),
    order=("order", "code"),
    note="Danh mục chức vụ, chức danh với nhóm và thời gian tồn tại.",
    fields=(
        Field("code", "Mã chức danh", Kind.IDENTIFIER, width=12),
        Field("name", "Tên", width=34),
        Field("short_name", "Tên ngắn", width=24),
        Field("category", "Loại theo luật", Kind.CHOICE, choices=dict(LegalCategory.choices)),
        Field("group", "Nhóm", Kind.CHOICE, choices=dict(PostGroup.choices), width=28),
        Field("order", "Thứ tự", Kind.INTEGER, width=8),
        Field("per_commune", "Số người mỗi xã", Kind.INTEGER),
        Field(
            "commune_kind",
            "Chỉ ở loại đơn vị",
            Kind.CHOICE,
            choices={"xa": "Xã", "thi_tran": "Thị trấn, phường"},
        ),
        FROM,
        LAST,
        NOTE,
    ),
)


class _TitleSetField(Field):
    def shown(self, row):
        return " ".join(sorted(post.code for post in row.posts.all()))


TITLE_SETS = Table(
    code="title_sets",
    sheet="Nhóm chức danh",
    model=TitleSet,
    key=("code", "valid_from"),
    order=("code", "valid_from"),
    prefetched=("posts",),
    note="Những chức danh mà một tiêu chuẩn hoặc chỉ tiêu nói tới; mã cách nhau bằng dấu cách.",
    fields=(
        Field("code", "Mã nhóm chức danh", Kind.IDENTIFIER, width=26),
        Field("name", "Tên", width=40),
        _TitleSetField("posts", "Gồm các mã chức danh", width=60),
        FROM,
        LAST,
        NOTE,
    ),
)

RULES = Table(
    code="rules",
    sheet="Tiêu chuẩn",
    model=Rule,
    key=("code",),
    order=("title_set", "valid_from", "code"),
    related=("document",),
    note="Điều kiện của từng nhóm chức danh, viết bằng từ vựng của docs/adding-a-rule.md.",
    fields=(
        Field("code", "Mã tiêu chuẩn", Kind.IDENTIFIER, width=26),
        Field("title_set", "Mã nhóm chức danh", Kind.IDENTIFIER, width=26),
        Field("dimension", "Nội dung", width=18),
        Field("label", "Yêu cầu", width=44),
        Field("requirement", "Điều kiện", Kind.JSON, width=50),
        Field("mountain_requirement", "Điều kiện vùng núi", Kind.JSON, width=30),
        Field("transition_until", "Hết thời hạn chuyển tiếp", Kind.DAY),
        Field("transition_condition", "Ai được chuyển tiếp", Kind.JSON, width=30),
        Field("transition_article", "Điều khoản chuyển tiếp", width=30),
        Field("is_specialised", "Luật chuyên ngành", Kind.YES_NO),
        Field("is_uncertain", "Chưa chắc chắn", Kind.YES_NO),
        Field("document_number", "Văn bản", attr="document.number", width=30),
        Field("article", "Điều, khoản", width=24),
        Field("confidence", "Độ tin cậy", Kind.CHOICE, choices=dict(Confidence.choices), width=20),
        FROM,
        LAST,
        NOTE,
    ),
)

QUOTAS = Table(
    code="quotas",
    sheet="Chỉ tiêu biên chế",
    model=Quota,
    key=("commune_code", "commune_from", "group", "valid_from"),
    order=("commune__code", "commune__valid_from", "group", "valid_from"),
    related=("commune",),
    note="Số cán bộ, công chức mà mỗi đơn vị được giao.",
    fields=(
        *_unit(),
        Field("group", "Nhóm", Kind.CHOICE, choices=dict(Quota.Group.choices)),
        Field("number", "Chỉ tiêu", Kind.INTEGER),
        FROM,
        LAST,
        Field("document", "Văn bản giao", width=30),
        NOTE,
    ),
)

register(COMMUNES, AREAS, SUCCESSIONS, POSTS, TITLE_SETS, RULES, QUOTAS)
