"""Leads, contacts, trips and events, until a lead is a project."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
