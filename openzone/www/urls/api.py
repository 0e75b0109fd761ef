"""The interface for programs, and Open311."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
