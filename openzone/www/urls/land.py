"""Parcels, land delivery and the indicators promised with a parcel."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
