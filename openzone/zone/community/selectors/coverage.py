"""Where service points are, what they offer, and how many residents reach one in five minutes."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from openzone.engines.service.walking import Neighbourhood, Reach, Spot, minutes, reach
from openzone.zone.community.models import Agent, Estate, ServicePoint, Walk
from openzone.zone.community.packs import pack
from openzone.zone.community.selectors.roster import on_roster
from openzone.zone.people.models import Unit


def points_on(day: dt.date) -> QuerySet[ServicePoint]:
    """Return the points open on a day, with how many items each offers as ``items``."""
    valid = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    found = ServicePoint.objects.filter(valid).select_related("community")
    return found.annotate(items=Count("offers", distinct=True)).order_by("code")


class Way(NamedTuple):
    """How far an estate is from its nearest point: ``how`` is declared, estimated or unknown."""

    estate: Estate
    point: ServicePoint | None
    minutes: float | None
    how: str


def ways(day: dt.date) -> list[Way]:
    """Return every estate with the nearest open point.

    Minutes that somebody declared count; only where nobody did they are estimated from
    coordinates; without either they are unknown.
    """
    points = {point.pk: point for point in points_on(day)}
    declared: dict[int, Walk] = {}
    for walk in Walk.objects.filter(point__in=points).order_by("-minutes"):
        declared[walk.estate_id] = walk
    estates = Estate.objects.select_related("community").order_by("code")
    return [_way(one, declared.get(one.pk), points) for one in estates]


def _way(estate: Estate, walk: Walk | None, points: dict[int, ServicePoint]) -> Way:
    if walk is not None:
        return Way(estate, points[walk.point_id], float(walk.minutes), "declared")
    here = _spot(estate)
    if here is None:
        return Way(estate, None, None, "unknown")
    pace = pack().walking.pace
    found = [
        (minutes(here, there, pace), point.pk)
        for point in points.values()
        if (there := _spot(point)) is not None
    ]
    if not found:
        return Way(estate, None, None, "unknown")
    shortest, number = min(found)
    return Way(estate, points[number], shortest, "estimated")


def _spot(thing: Estate | ServicePoint) -> Spot | None:
    if thing.longitude is None or thing.latitude is None:
        return None
    return Spot(thing.longitude, thing.latitude)


class Community(NamedTuple):
    """A community with its estates, points, agents, and who reaches a point in time."""

    unit: Unit
    estates: list[Way]
    points: list[ServicePoint]
    agents: int
    reach: Reach


@dataclass(frozen=True, slots=True)
class Report:
    """The coverage of a day. ``few`` are points that offer less than the pack says."""

    communities: list[Community]
    reach: Reach
    points: int
    estates: int
    few: list[ServicePoint]
    without_point: list[Community]


def report(day: dt.date) -> Report:
    """Return the coverage by community; every community of the zone is a row."""
    all_ways, points = ways(day), list(points_on(day))
    agents = dict(
        on_roster(Agent.objects.all(), day=day)
        .order_by()
        .values_list("community")
        .annotate(n=Count("pk"))
    )
    rows = [
        _community(unit, all_ways, points, agents.get(unit.pk, 0))
        for unit in Unit.objects.filter(kind="community").order_by("code")
    ]
    least = pack().points.items_at_least
    return Report(
        communities=rows,
        reach=_reach(all_ways),
        points=len(points),
        estates=len(all_ways),
        few=[point for point in points if point.items < least],  # type: ignore[attr-defined]
        without_point=[row for row in rows if not row.points],
    )


def _community(
    unit: Unit, all_ways: list[Way], points: list[ServicePoint], agents: int
) -> Community:
    own = [way for way in all_ways if way.estate.community_id == unit.pk]
    here = [point for point in points if point.community_id == unit.pk]
    return Community(unit, own, here, agents, _reach(own))


def _reach(found: list[Way]) -> Reach:
    return reach(
        [Neighbourhood(way.estate.name, way.estate.residents, way.minutes) for way in found],
        pack().walking.minutes,
    )
