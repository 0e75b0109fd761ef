"""Consent, pushes, funnel, coverage, live sessions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
