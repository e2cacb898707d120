"""Sources of cadres, learners outside the file, and who is enrolled."""

from django.urls import URLPattern, path

from training.views import enrol, learners

LEARNERS: list[URLPattern] = [
    path("dao-tao/hoc-vien-ngoai/", learners.learner_list, name="learner_list"),
    path("dao-tao/hoc-vien-ngoai/them/", learners.learner_add, name="learner_add"),
    path("dao-tao/hoc-vien-ngoai/<int:pk>/sua/", learners.learner_edit, name="learner_edit"),
    path("dao-tao/hoc-vien-ngoai/<int:pk>/noi/", learners.learner_link, name="learner_link"),
    path("dao-tao/<int:pk>/ghi-danh/", enrol.enrol, name="enrol"),
    path("dao-tao/<int:pk>/ghi-danh/phieu/", enrol.enrol_preview, name="enrol_preview"),
    path("dao-tao/<int:pk>/ghi-danh/quyet-dinh/", enrol.enrol_decision, name="enrol_decision"),
    path(
        "dao-tao/<int:pk>/ghi-danh/<int:enrolment_id>/rut/", enrol.enrol_leave, name="enrol_leave"
    ),
]
urlpatterns: list[URLPattern] = [*LEARNERS]
