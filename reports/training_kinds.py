"""The catalogues of training that HR keeps: nothing of them moves a ratio."""

from reports.catalogue_kind import Kind
from reports.forms import training as forms
from training.forms.money import pointed
from training.models import (
    Competence,
    CostNorm,
    PostCompetence,
    Programme,
    Provider,
    TrainingSetting,
)


def _dash(value) -> str:
    return "—" if value in (None, "") else pointed(value) if isinstance(value, int) else str(value)


def _awards(row: Programme) -> str:
    return f"Bồi dưỡng: {row.awards}" if row.content else row.awards or "chỉ tính tiết"


TRAINING_KINDS = (
    Kind("co-so-dao-tao", "Cơ sở đào tạo", "cơ sở đào tạo", Provider, forms.ProviderForm,
         ("Mã", "Tên", "Ghi chú"),
         lambda r: (r.code, r.name, r.note),
         starts="", ends="", is_dated=False, may_add=True),
    Kind("chuong-trinh", "Chương trình đào tạo, bồi dưỡng", "chương trình", Programme,
         forms.ProgrammeForm,
         ("Mã", "Chương trình", "Loại", "Nhóm nội dung", "Hình thức", "Cấp", "Số tiết", "Cơ sở",
          "Cột báo cáo", "Còn mở", "Độ tin cậy"),
         lambda r: (r.code, r.name, r.get_kind_display(), r.get_content_group_display(),
                    r.get_form_display(), _awards(r), _dash(r.hours),
                    _dash(r.provider), r.report_column, "có" if r.is_offered else "không",
                    r.get_confidence_display()),
         starts="", ends="", is_dated=False, may_add=True, offered="is_offered",
         related=("provider",)),
    Kind("dinh-muc-chi", "Định mức chi đào tạo", "định mức chi", CostNorm, forms.CostNormForm,
         ("Nội dung chi", "Áp dụng cho", "Tính theo", "Mức tối đa (đồng)", "Văn bản",
          "Độ tin cậy"),
         lambda r: (r.what, r.programme or r.get_content_group_display() or "mọi lớp",
                    r.get_unit_display(), pointed(r.amount), _dash(r.document),
                    r.get_confidence_display()),
         related=("programme", "document")),
    Kind("thong-so-dao-tao", "Thông số đào tạo", "thông số", TrainingSetting, forms.SettingForm,
         ("Thông số", "Giá trị", "Văn bản", "Điều, khoản", "Độ tin cậy", "Ghi chú"),
         lambda r: (r.get_code_display(), pointed(r.value), _dash(r.document), _dash(r.article),
                    r.get_confidence_display(), r.note),
         related=("document",)),
    Kind("nang-luc", "Khung năng lực", "năng lực", Competence, forms.CompetenceForm,
         ("Mã", "Năng lực", "Nhóm", "Các mức"),
         lambda r: (r.code, r.name, r.get_group_display(),
                    "; ".join(f"{number}. {words}" for number, words in enumerate(r.levels, 1))),
         starts="", ends="", is_dated=False, may_add=True),
    Kind("nang-luc-chuc-danh", "Yêu cầu năng lực của chức danh", "yêu cầu năng lực",
         PostCompetence, forms.PostCompetenceForm,
         ("Mã", "Chức vụ, chức danh", "Năng lực", "Mức cần", "Ghi chú"),
         lambda r: (r.post.code, r.post.name, r.competence.name, r.competence.told(r.level),
                    r.note),
         related=("post", "competence"),
         order=("post__order", "competence__group", "competence__name", "valid_from")),
)  # fmt: skip
