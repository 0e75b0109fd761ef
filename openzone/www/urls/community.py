"""Neighbourhood agents, service points, cross-region service."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
