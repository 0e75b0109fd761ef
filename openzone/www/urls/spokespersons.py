"""Spokespersons and the questions put to them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
