"""Targets, completion and the evaluation of posts and units."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
