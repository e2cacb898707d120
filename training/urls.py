"""Training: classes, sessions, and the tab of a person."""

from django.urls import path

from training import views

app_name = "training"
urlpatterns = [
    path("dao-tao/", views.class_list, name="class_list"),
    path("dao-tao/tap-huan/", views.session_list, name="session_list"),
    path("dao-tao/<int:pk>/", views.training_class, name="class"),
    path("dao-tao/<int:pk>/xuat/", views.class_export, name="class_export"),
    path("can-bo/<int:pk>/dao-tao/", views.person, name="person"),
]
