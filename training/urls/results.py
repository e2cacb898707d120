"""Results, certificates, and what is printed of a class."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
