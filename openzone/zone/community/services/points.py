"""Service points, where people live, and minutes on foot."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.community.models import Estate, PointItem, ServicePoint, Walk
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit

_HALF = Text("经度和纬度应同时填写", "longitude and latitude go together")
_BACKWARDS = Text("结束日期早于开始日期", "the last day is before the first")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointValues:
    """All there is to say about a point but its items."""

    name: str
    community: Unit
    valid_from: dt.date
    valid_to: dt.date | None = None
    address: str = ""
    hours: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateValues:
    """All there is to say about an estate; an empty number of residents is not known."""

    name: str
    kind: str
    community: Unit
    residents: int | None = None
    longitude: float | None = None
    latitude: float | None = None


@transaction.atomic
def save_point(
    *, actor: Actor, code: str, values: PointValues, items: Sequence[ServiceItem]
) -> ServicePoint:
    """Enter a point, or make the one with this code what is given, with the items it offers."""
    _ensure_whole(values.longitude, values.latitude)
    if values.valid_to is not None and values.valid_to < values.valid_from:
        raise Refused(_BACKWARDS, field="valid_to")
    point = ServicePoint.objects.select_for_update().filter(code=code).first()
    point = point or ServicePoint(code=code)
    for one in fields(PointValues):
        setattr(point, one.name, getattr(values, one.name))
    ensure_valid(point)
    point.save()
    point.offers.all().delete()
    PointItem.objects.bulk_create(
        PointItem(point=point, item=item) for item in dict.fromkeys(items)
    )
    payload: dict[str, JSON] = {
        "name": point.name,
        "community": point.community.code,
        "items": sorted(item.code for item in items),
        "valid_to": point.valid_to,
    }
    record(
        "community.point.saved", actor=actor, subject=f"service_point:{point.pk}", payload=payload
    )
    return point


@transaction.atomic
def save_estate(*, actor: Actor, code: str, values: EstateValues) -> Estate:
    """Enter an estate, or make the one with this code what is given."""
    _ensure_whole(values.longitude, values.latitude)
    estate = Estate.objects.select_for_update().filter(code=code).first() or Estate(code=code)
    for one in fields(EstateValues):
        setattr(estate, one.name, getattr(values, one.name))
    ensure_valid(estate)
    estate.save()
    payload: dict[str, JSON] = {"name": estate.name, "residents": estate.residents}
    record("community.estate.saved", actor=actor, subject=f"estate:{estate.pk}", payload=payload)
    return estate


@transaction.atomic
def declare_walk(*, actor: Actor, estate: Estate, point: ServicePoint, minutes: Decimal) -> Walk:
    """Say how many minutes it is on foot; what was said before is replaced."""
    if minutes <= 0:
        raise Refused(Text("分钟数应大于零", "minutes are more than zero"), field="minutes")
    walk = Walk.objects.filter(estate=estate, point=point).first() or Walk(
        estate=estate, point=point
    )
    walk.minutes = minutes
    ensure_valid(walk)
    walk.save()
    payload: dict[str, JSON] = {"point": point.code, "minutes": str(minutes)}
    record("community.walk.declared", actor=actor, subject=f"estate:{estate.pk}", payload=payload)
    return walk


def _ensure_whole(longitude: float | None, latitude: float | None) -> None:
    if (longitude is None) != (latitude is None):
        raise Refused(_HALF, field="latitude")
