"""Policy documents, items, their meaning, compendium."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
