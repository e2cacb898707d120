"""The catalogues that HR keeps: what each is, its form, how a row is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cadres.models import CommuneArea, LegalDocument, Post, Rule
from cadres.rules.wording import wanted
from reports import forms
from reports.models import Indicator


@dataclass(frozen=True)
class Kind:
    """A catalogue: its slug in the address, its model and form, and the words of its rows.

    `starts` and `ends` name the fields of the first day and of the day after the last.
    """

    slug: str
    name: str
    one: str
    model: Any
    form: Any
    heads: tuple[str, ...]
    cells: Callable[[Any], tuple]
    starts: str = "valid_from"
    ends: str = "valid_to"
    related: tuple[str, ...] = ()

    def begins(self, row: Any) -> date | None:
        return getattr(row, self.starts)

    def ended(self, row: Any) -> date | None:
        return getattr(row, self.ends)

    def is_in_force(self, row: Any, day: date) -> bool:
        begins, ended = self.begins(row), self.ended(row)
        return (begins is None or begins <= day) and (ended is None or day < ended)


def _predicate(indicator: Indicator) -> str:
    ((word, value),) = indicator.predicate.items()
    if word == "verdict":
        return "đạt chuẩn chức danh"
    if word == "rating":
        return f"xếp loại từ mức {value}"
    return (
        f"{wanted(indicator.predicate)} trở lên" if word == "level" else wanted(indicator.predicate)
    )


KINDS = {
    kind.slug: kind
    for kind in (
        Kind("chuc-danh", "Chức vụ, chức danh", "chức danh", Post, forms.PostForm,
             ("Mã", "Tên", "Loại theo luật", "Nhóm"),
             lambda r: (r.code, r.name, r.get_category_display(), r.get_group_display())),
        Kind("tieu-chuan", "Tiêu chuẩn", "tiêu chuẩn", Rule, forms.RuleForm,
             ("Mã", "Nhóm chức danh", "Yêu cầu", "Điều kiện", "Văn bản", "Độ tin cậy"),
             lambda r: (r.code, r.title_set, r.label, wanted(r.requirement),
                        f"{r.document.number} {r.article}", r.get_confidence_display()),
             related=("document",)),
        Kind("chi-tieu", "Chỉ tiêu", "chỉ tiêu", Indicator, forms.IndicatorForm,
             ("Mã", "Tên", "Điều kiện", "Đếm theo"),
             lambda r: (r.code, r.name, _predicate(r), r.get_unit_display())),
        Kind("van-ban", "Văn bản pháp luật", "văn bản", LegalDocument, forms.DocumentForm,
             ("Số, ký hiệu", "Trích yếu", "Cơ quan ban hành", "Độ tin cậy"),
             lambda r: (r.number, r.title, r.issuer, r.get_confidence_display()),
             starts="effective_on", ends="expired_on"),
        Kind("khu-vuc", "Xã áp dụng sàn miền núi", "khu vực của xã", CommuneArea, forms.AreaForm,
             ("Xã, thị trấn", "Áp dụng sàn miền núi", "Văn bản"),
             lambda r: (r.commune.name, "có" if r.uses_mountain_floor else "không", r.document),
             related=("commune",)),
    )
}  # fmt: skip
