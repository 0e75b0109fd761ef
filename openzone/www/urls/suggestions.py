"""Rounds of suggestions."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
