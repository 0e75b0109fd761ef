"""Parcels, their sales and deliveries, and what was promised with them."""

from openzone.zone.land.models.deliveries import Blocker, Delivery, DeliveryPart, HandOver
from openzone.zone.land.models.links import ParcelProject
from openzone.zone.land.models.parcels import Parcel, ParcelStep
from openzone.zone.land.models.sales import Contract, Sale, SiteReport
from openzone.zone.land.models.sheets import ParcelSheet
from openzone.zone.land.models.standard import (
    CheckFigure,
    LandCheck,
    LandPromise,
    Obligation,
    StandardLand,
)

__all__ = [
    "Blocker",
    "CheckFigure",
    "Contract",
    "Delivery",
    "DeliveryPart",
    "HandOver",
    "LandCheck",
    "LandPromise",
    "Obligation",
    "Parcel",
    "ParcelProject",
    "ParcelSheet",
    "ParcelStep",
    "Sale",
    "SiteReport",
    "StandardLand",
]
