"""Sources of cadres, learners outside the file, and who is enrolled."""

from django.urls import URLPattern, path

from training.views import candidates, enrol, learners

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

CANDIDATES: list[URLPattern] = [
    path("dao-tao/nguon/", candidates.candidate_list, name="candidate_list"),
    path("dao-tao/nguon/tong-hop/", candidates.candidate_counts, name="candidate_counts"),
    path("dao-tao/nguon/them/", candidates.candidate_add, name="candidate_add"),
    path("dao-tao/nguon/<int:pk>/", candidates.candidate, name="candidate"),
    path("dao-tao/nguon/<int:pk>/sua/", candidates.candidate_edit, name="candidate_edit"),
    path("dao-tao/nguon/<int:pk>/buoc/", candidates.candidate_step, name="candidate_step"),
    path(
        "dao-tao/nguon/<int:pk>/rut-buoc/",
        candidates.candidate_step_back,
        name="candidate_step_back",
    ),
    path("dao-tao/nguon/<int:pk>/ho-so/", candidates.candidate_link, name="candidate_link"),
]

urlpatterns: list[URLPattern] = [*CANDIDATES, *LEARNERS]
