"""Classes, who is enrolled."""

from django.urls import path

from training.views import classes

urlpatterns = [
    path("dao-tao/", classes.class_list, name="class_list"),
    path("dao-tao/<int:pk>/", classes.training_class, name="class"),
    path("dao-tao/<int:pk>/xuat/", classes.class_export, name="class_export"),
]
