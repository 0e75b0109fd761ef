"""Approvals as a graph: pre-review, conversion, start on land acquisition."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
