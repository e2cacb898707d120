"""Individual study, and a person's tab."""

from django.urls import path

from training.views import person

urlpatterns = [
    path("can-bo/<int:pk>/dao-tao/", person.person, name="person"),
]
