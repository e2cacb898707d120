"""The annual plan."""

from django.urls import URLPattern, path

from training.views import plan_lines, plan_steps, plans

_LINE = "dao-tao/ke-hoach/<int:year>/<int:pk>"

urlpatterns: list[URLPattern] = [
    path("dao-tao/ke-hoach/", plans.plan_list, name="plan_list"),
    path("dao-tao/ke-hoach/them/", plans.plan_add, name="plan_add"),
    path("dao-tao/ke-hoach/tu-nhu-cau/", plan_steps.plan_from_needs, name="plan_from_needs"),
    path("dao-tao/ke-hoach/<int:year>/", plans.plan, name="plan"),
    path("dao-tao/ke-hoach/<int:year>/dang-ky/", plans.plan_registered, name="plan_registered"),
    path("dao-tao/ke-hoach/<int:year>/xuat/", plans.plan_export, name="plan_export"),
    path("dao-tao/ke-hoach/<int:year>/buoc/", plan_steps.plan_step, name="plan_step"),
    path("dao-tao/ke-hoach/<int:year>/phe-duyet/", plan_steps.plan_approve, name="plan_approve"),
    path("dao-tao/ke-hoach/<int:year>/dieu-chinh/", plan_steps.plan_adjust, name="plan_adjust"),
    path("dao-tao/ke-hoach/<int:year>/them/", plan_lines.plan_line_add, name="plan_line_add"),
    path(
        "dao-tao/ke-hoach/<int:year>/tong-hop/",
        plan_lines.plan_line_consolidate,
        name="plan_line_consolidate",
    ),
    path(f"{_LINE}/", plan_lines.plan_line, name="plan_line"),
    path(f"{_LINE}/sua/", plan_lines.plan_line_edit, name="plan_line_edit"),
    path(f"{_LINE}/khong-dua/", plan_lines.plan_line_leave_out, name="plan_line_leave_out"),
    path(f"{_LINE}/hoan-tac/", plan_lines.plan_line_release, name="plan_line_release"),
]
