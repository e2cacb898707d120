"""Sources of cadres, and learners outside the file."""

from django.urls import URLPattern, path

from training.views import candidates

_ONE = "dao-tao/nguon/<int:pk>"

_CANDIDATES: list[URLPattern] = [
    path("dao-tao/nguon/", candidates.candidate_list, name="candidate_list"),
    path("dao-tao/nguon/tong-hop/", candidates.candidate_counts, name="candidate_counts"),
    path("dao-tao/nguon/them/", candidates.candidate_add, name="candidate_add"),
    path(f"{_ONE}/", candidates.candidate, name="candidate"),
    path(f"{_ONE}/sua/", candidates.candidate_edit, name="candidate_edit"),
    path(f"{_ONE}/buoc/", candidates.candidate_step, name="candidate_step"),
    path(
        f"{_ONE}/rut-buoc/",
        candidates.candidate_step_back,
        name="candidate_step_back",
    ),
    path(f"{_ONE}/ho-so/", candidates.candidate_link, name="candidate_link"),
]

urlpatterns: list[URLPattern] = [*_CANDIDATES]
