"""Individual study, and a person's tab."""

from django.urls import path

from training.views import person, studies

urlpatterns = [
    path("dao-tao/cu-di-hoc/", studies.study_list, name="study_list"),
    path("dao-tao/cu-di-hoc/xuat/", studies.study_export, name="study_export"),
    path("dao-tao/cu-di-hoc/them/", studies.study_add, name="study_add"),
    path("dao-tao/cu-di-hoc/<int:pk>/", studies.study, name="study"),
    path("dao-tao/cu-di-hoc/<int:pk>/sua/", studies.study_edit, name="study_edit"),
    path("dao-tao/cu-di-hoc/<int:pk>/ghi/", studies.study_step, name="study_step"),
    path("can-bo/<int:pk>/dao-tao/", person.person, name="person"),
]
