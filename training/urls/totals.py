"""Participations and people, hours, the result template."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
