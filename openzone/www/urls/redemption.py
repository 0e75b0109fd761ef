"""Applications, reviews, publicity, payment, checks, budget, effect."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
