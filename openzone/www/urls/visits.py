"""Visits and assignments."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
