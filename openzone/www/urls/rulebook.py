"""Drafts of rules, golden cases, publishing, rehearsal, screening."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
