"""The result template."""

from django.urls import path

from training.views import report

urlpatterns = [
    path("dao-tao/bao-cao/", report.result_report_page, name="result_report"),
    path("dao-tao/bao-cao/nguoi/", report.result_report_people, name="result_report_people"),
    path("dao-tao/bao-cao/nhap-tay/", report.result_report_manual, name="result_report_manual"),
    path("dao-tao/bao-cao/xuat/", report.result_report_export, name="result_report_export"),
]
