"""What investor and zone promise each other, and the fair-competition review."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
