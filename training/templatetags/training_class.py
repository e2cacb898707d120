"""What the pages of one class print: the bar between them."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from training.models import TrainingClass

register = template.Library()

# (key, words, route, whether the district's staff alone opens it)
PAGES = (
    ("class", "Lớp, học viên", "training:class", False),
    ("enrol", "Ghi danh", "training:enrol", True),
    ("sessions", "Buổi học", "training:class_sessions", False),
    ("results", "Kết quả", "training:class_results", True),
    ("survey", "Phiếu hỏi", "training:survey", False),
)


@register.inclusion_tag("partials/tabs.html", takes_context=True)
def class_tabs(context: Context, here: str, found: TrainingClass) -> dict[str, Any]:
    """The bar of the pages of the class `found`, `here` marked; the day goes along."""
    told = []
    for key, label, route, staff_alone in PAGES:
        if staff_alone and not context["user"].is_district_hr:
            continue
        url = reverse(route, args=[found.pk]) + context["as_of"].query
        told.append({"key": key, "label": label, "url": url, "count": None})
    return {"tabs": told, "active": here, "label": "Các trang của lớp"}
