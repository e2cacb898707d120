"""Competences and their assessment; what the catalogue pages of reports do not hold."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
