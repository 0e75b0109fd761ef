"""The desk, the pages of a case, boards, reports."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
