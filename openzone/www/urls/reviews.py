"""Review meetings in three cadences, decisions, task forces."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
