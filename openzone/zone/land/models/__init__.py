"""Parcels and what happened to them."""

from openzone.zone.land.models.parcels import Parcel, ParcelStep

__all__ = ["Parcel", "ParcelStep"]
