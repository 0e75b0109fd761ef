"""What an enterprise is entitled to; the calculator for everybody."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
