"""Hands-on sessions, competences and their assessment; the catalogue pages are those of reports."""

from django.urls import path

from training.views import assessments, hands_on

urlpatterns = [
    path("dao-tao/tap-huan/", hands_on.session_list, name="session_list"),
    path("dao-tao/tap-huan/them/", hands_on.hands_on_add, name="hands_on_add"),
    path("dao-tao/tap-huan/<int:pk>/sua/", hands_on.hands_on_edit, name="hands_on_edit"),
    path("dao-tao/nang-luc/", assessments.assessment_list, name="assessment_list"),
    path("dao-tao/nang-luc/xac-nhan/", assessments.assessment_confirm, name="assessment_confirm"),
    path(
        "dao-tao/nang-luc/<int:pk>/rut/",
        assessments.assessment_withdraw,
        name="assessment_withdraw",
    ),
    path("can-bo/<int:pk>/nang-luc/them/", assessments.assessment_add, name="assessment_add"),
]
