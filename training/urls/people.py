"""Sources of cadres, and learners outside the file."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
