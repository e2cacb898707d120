"""Sources of cadres, and learners outside the file."""

from django.urls import URLPattern, path

from training.views import candidates

_CANDIDATES: list[URLPattern] = [
    path("nguon/", candidates.candidate_list, name="candidate_list"),
    path("nguon/tong-hop/", candidates.candidate_counts, name="candidate_counts"),
    path("nguon/them/", candidates.candidate_add, name="candidate_add"),
    path("nguon/<int:pk>/", candidates.candidate, name="candidate"),
    path("nguon/<int:pk>/sua/", candidates.candidate_edit, name="candidate_edit"),
    path("nguon/<int:pk>/buoc/", candidates.candidate_step, name="candidate_step"),
    path("nguon/<int:pk>/rut-buoc/", candidates.candidate_step_back, name="candidate_step_back"),
    path("nguon/<int:pk>/ho-so/", candidates.candidate_link, name="candidate_link"),
]

urlpatterns: list[URLPattern] = [*_CANDIDATES]
