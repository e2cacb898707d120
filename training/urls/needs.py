"""Gaps and how communes answer them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
