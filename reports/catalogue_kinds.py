"""The catalogues that HR keeps."""

from django.db.models import OuterRef, QuerySet, Subquery

from cadres.models import (
    Commune,
    CommuneArea,
    DistrictQuota,
    LegalDocument,
    Post,
    PostManagement,
    Quota,
    QuotaCeiling,
    Rule,
    Term,
    TitleSet,
)
from cadres.rules.wording import wanted
from reports.catalogue_kind import Kind
from reports.forms import rows as row_forms
from reports.forms import rules as rule_forms
from reports.models import Indicator
from reports.preview import Moved
from reports.training_kinds import TRAINING_KINDS


def _predicate(indicator: Indicator) -> str:
    ((word, value),) = indicator.predicate.items()
    if word == "verdict":
        return "đạt chuẩn chức danh"
    if word == "rating":
        return f"xếp loại từ mức {value}"
    return (
        f"{wanted(indicator.predicate)} trở lên" if word == "level" else wanted(indicator.predicate)
    )


def _with_set_names(rules: QuerySet) -> QuerySet:
    """Rules with the name of the set they are for: the latest, where it was named anew."""
    named = TitleSet.objects.filter(code=OuterRef("title_set")).order_by("-valid_from")
    return rules.annotate(set_name=Subquery(named.values("name")[:1]))


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("chuc-danh", "Chức vụ, chức danh", "chức danh", Post, row_forms.PostForm,
             ("Mã", "Tên", "Loại theo luật", "Nhóm"),
             lambda r: (r.code, r.name, r.get_category_display(), r.get_group_display()),
             Moved.RATIOS),
        Kind("phan-cap", "Phân cấp quản lý", "phân cấp quản lý", PostManagement,
             row_forms.ManagementForm, ("Mã", "Chức vụ, chức danh", "Cấp quản lý"),
             lambda r: (r.post.code, r.post.name, r.get_level_display()),
             related=("post",), order=("post__order", "post__code", "valid_from")),
        Kind("nhiem-ky", "Nhiệm kỳ", "nhiệm kỳ", Term, row_forms.TermForm,
             ("Tổ chức", "Nhiệm kỳ", "Ghi chú"),
             lambda r: (r.get_organisation_display(), r.name, r.note)),
        Kind("tieu-chuan", "Tiêu chuẩn", "tiêu chuẩn", Rule, rule_forms.RuleForm,
             ("Mã", "Nhóm chức danh", "Yêu cầu", "Điều kiện", "Văn bản", "Độ tin cậy"),
             lambda r: (r.code, r.set_name or r.title_set, r.label, wanted(r.requirement),
                        f"{r.document.number} {r.article}", r.get_confidence_display()),
             Moved.RATIOS, related=("document",), prepare=_with_set_names),
        Kind("chi-tieu", "Chỉ tiêu", "chỉ tiêu", Indicator, rule_forms.IndicatorForm,
             ("Mã", "Tên", "Điều kiện", "Đếm theo"),
             lambda r: (r.code, r.name, _predicate(r), r.get_unit_display()), Moved.RATIOS),
        Kind("van-ban", "Văn bản pháp luật", "văn bản", LegalDocument, row_forms.DocumentForm,
             ("Số, ký hiệu", "Trích yếu", "Cơ quan ban hành", "Độ tin cậy"),
             lambda r: (r.number, r.title, r.issuer, r.get_confidence_display()),
             Moved.RATIOS, starts="effective_on", ends="expired_on"),
        Kind("khu-vuc", "Xã áp dụng sàn miền núi", "khu vực của xã", CommuneArea,
             row_forms.AreaForm, ("Xã, thị trấn", "Áp dụng sàn miền núi", "Văn bản"),
             lambda r: (r.commune.name, "có" if r.uses_mountain_floor else "không", r.document),
             Moved.RATIOS, related=("commune",)),
        Kind("bien-che", "Chỉ tiêu biên chế", "chỉ tiêu biên chế", Quota, row_forms.QuotaForm,
             ("Xã, thị trấn", "Nhóm", "Chỉ tiêu", "Văn bản giao"),
             lambda r: (r.commune.name, r.get_group_display(), r.number, r.document),
             Moved.STAFF, related=("commune",),
             order=("commune__kind", "commune__sort_key", "commune", "group", "valid_from")),
        Kind("tong-bien-che", "Tổng chỉ tiêu biên chế của huyện", "tổng chỉ tiêu của huyện",
             DistrictQuota, row_forms.DistrictQuotaForm, ("Tổng chỉ tiêu", "Văn bản giao"),
             lambda r: (r.number, r.document), Moved.STAFF),
        Kind("tran-bien-che", "Trần biên chế theo loại đơn vị", "trần biên chế", QuotaCeiling,
             row_forms.CeilingForm,
             ("Loại đơn vị", "Trần", "Bớt nếu Trưởng Công an là chính quy", "Văn bản"),
             lambda r: (r.get_grade_display(), r.number, r.less_with_regular_police, r.document),
             Moved.STAFF),
        Kind("loai-don-vi", "Loại đơn vị của xã, thị trấn", "loại đơn vị", Commune,
             row_forms.GradeForm, ("Xã, thị trấn", "Loại", "Ghi chú"),
             lambda r: (r.name, r.get_grade_display() or "chưa có", r.note),
             Moved.STAFF, is_dated=False),
        *TRAINING_KINDS,
    )
}  # fmt: skip
