"""Parcels drawn from their boundaries: SVG made here, north up, as wide as the page.

Longitudes are drawn shorter by the cosine of the middle latitude, which is exact enough for a zone.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from openzone.zone.land.models import Parcel

WIDTH, MOST_HEIGHT, EDGE = 960.0, 640.0, 20.0


class Shape(NamedTuple):
    """A parcel as drawn: the corners, and where its number stands."""

    parcel: Parcel
    points: str
    x: float
    y: float


class Outline(NamedTuple):
    """A drawing and what is in it."""

    width: int
    height: int
    shapes: list[Shape]


def outline(parcels: Sequence[Parcel]) -> Outline | None:
    """Draw the parcels that have a boundary; None where none has."""
    drawn = [one for one in parcels if len(one.boundary) > 2]
    if not drawn:
        return None
    corners = [(float(x), float(y)) for one in drawn for x, y in one.boundary]
    west, east = min(x for x, _y in corners), max(x for x, _y in corners)
    south, north = min(y for _x, y in corners), max(y for _x, y in corners)
    shrink = math.cos(math.radians((south + north) / 2)) or 1.0
    wide, high = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * EDGE) / wide, (MOST_HEIGHT - 2 * EDGE) / high)

    def at(x: float, y: float) -> tuple[float, float]:
        return EDGE + (x - west) * shrink * scale, EDGE + (north - y) * scale

    shapes = [_shape(one, [at(float(x), float(y)) for x, y in one.boundary]) for one in drawn]
    return Outline(math.ceil(wide * scale + 2 * EDGE), math.ceil(high * scale + 2 * EDGE), shapes)


def _shape(parcel: Parcel, corners: list[tuple[float, float]]) -> Shape:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    count = len(corners)
    return Shape(
        parcel, points, sum(x for x, _y in corners) / count, sum(y for _x, y in corners) / count
    )
