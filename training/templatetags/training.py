"""What all pages of training print."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from accounts.models import DISTRICT_ROLES

register = template.Library()

# (key, words, route, whether the district alone opens it), in the order of the loop
LOOP = (
    ("needs", "Nhu cầu", "training:need_list", False),
    ("competences", "Năng lực", "training:assessment_list", False),
    ("candidates", "Nguồn cán bộ", "training:candidate_list", False),
    ("plans", "Kế hoạch", "training:plan_list", False),
    ("classes", "Lớp", "training:class_list", False),
    ("studies", "Cử đi học", "training:study_list", False),
    ("results", "Kết quả", "training:credit_list", False),
    ("totals", "Lượt và người", "training:totals", False),
    ("report", "Biểu tổng hợp", "training:result_report", True),
    ("forecast", "Dự báo", "reports:forecast_list", True),
    ("proposal", "Đề xuất", "reports:proposal", True),
)


@register.inclusion_tag("partials/tabs.html", takes_context=True)
def loop_tabs(context: Context, here: str) -> dict[str, Any]:
    """The bar of the loop's pages, `here` marked; the day of the address goes along."""
    of_district = context["user"].role in DISTRICT_ROLES
    found = []
    for key, label, route, district_alone in LOOP:
        if district_alone and not of_district:
            continue
        url = reverse(route) + context["as_of"].query
        found.append({"key": key, "label": label, "url": url, "count": None})
    return {"tabs": found, "active": here, "label": "Các bước đào tạo"}
