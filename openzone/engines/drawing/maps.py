"""Points on a plain grid of degrees, and regions where a file gives them: north up.

No outline is drawn that is not in the file, and all of the file is drawn: a map of China has to be
whole. Longitudes are drawn shorter by the cosine of the middle latitude.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from openzone.engines.drawing.naming import names_beside
from openzone.engines.drawing.scatter import Scale, ticks
from openzone.engines.drawing.scene import (
    QUIET,
    SIGNS,
    STEPS,
    Ground,
    Label,
    Mark,
    Scene,
    Sign,
    Stroke,
)
from openzone.engines.text import Text

WIDTH, MOST_HEIGHT, EDGE = 960.0, 720.0, 56.0
MOST_POINTS = 5_000
"""Above it, neighbours are drawn as one circle with their number."""
CELL = 44.0
SMALLEST, LARGEST, USUAL = 6.0, 22.0, 7.5
LEAST_SPAN, ROOM = 0.02, 0.05
"""Degrees: a single point is not blown up to nothing."""
POINTS = Text("{count}个点", "{count} points")
REGION = Text("{name}：{value}", "{name}: {value}")
Ring = Sequence[tuple[float, float]]


class Region(NamedTuple):
    """A part of a boundary file: rings of longitude and latitude; ``closed``: an area."""

    code: str
    name: str
    rings: Sequence[Ring]
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Boundary:
    """A boundary file with its map-review number (审图号), which is shown with every map."""

    regions: Sequence[Region]
    review_number: str
    source: str


class Placed(NamedTuple):
    """A point to draw: its number among those given, its name, and its name with its state."""

    number: int
    name: Text
    said: Text
    longitude: float
    latitude: float
    size: float | None
    look: str


class Circle(NamedTuple):
    """What one circle on the map stands for: one spot, or several."""

    spots: Sequence[Placed]
    x: float
    y: float


class Projection(NamedTuple):
    """Degrees laid over pixels."""

    across: Scale
    upward: Scale
    width: float
    height: float

    @classmethod
    def over(cls, corners: Sequence[tuple[float, float]]) -> "Projection":
        """Fit all the corners into the drawing, with a little room around them."""
        west, east = _wide(x for x, _y in corners)
        south, north = _wide(y for _x, y in corners)
        shrink = max(math.cos(math.radians((south + north) / 2)), 0.05)
        room = (WIDTH - 2 * EDGE, MOST_HEIGHT - 2 * EDGE)
        scale = min(room[0] / ((east - west) * shrink), room[1] / (north - south))
        high = (north - south) * scale
        aside = (room[0] / (shrink * scale) - (east - west)) / 2
        across = Scale(west - aside, east + aside, EDGE, WIDTH - EDGE)
        return cls(across, Scale(south, north, EDGE + high, EDGE), WIDTH, high + 2 * EDGE)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a place stands."""
        return self.across.at(longitude), self.upward.at(latitude)


def _wide(values: Iterable[float]) -> tuple[float, float]:
    found = list(values) or [0.0]
    low, high = min(found), max(found)
    room = max((high - low) * ROOM, (LEAST_SPAN - high + low) / 2)
    return low - room, high + room


def projection(spots: Sequence[Placed], boundary: Boundary | None) -> Projection:
    """Return degrees over pixels, so that every spot and all of the boundary is in."""
    corners = [(spot.longitude, spot.latitude) for spot in spots]
    for region in boundary.regions if boundary else ():
        corners.extend(corner for ring in region.rings for corner in ring)
    return Projection.over(corners)


def circles(spots: Sequence[Placed], over: Projection) -> list[Circle]:
    """Return the circles to draw: spots at one place together, and above the limit neighbours."""
    cell = CELL if len(spots) > MOST_POINTS else 0.0
    held: dict[tuple[float, float], list[tuple[Placed, float, float]]] = {}
    for spot in spots:
        x, y = over.at(spot.longitude, spot.latitude)
        key = (x // cell, y // cell) if cell else (round(x, 2), round(y, 2))
        held.setdefault(key, []).append((spot, x, y))
    return [
        Circle(
            [spot for spot, _x, _y in group],
            sum(x for _spot, x, _y in group) / len(group),
            sum(y for _spot, _x, y in group) / len(group),
        )
        for group in held.values()
    ]


def map_scene(
    groups: Sequence[Circle],
    over: Projection,
    boundary: Boundary | None,
    values: Mapping[str, float],
) -> Scene:
    """Draw a map; the row of a mark is the place of its group."""
    steps = breaks(values.values())
    regions = [
        _region(one, over, value_of(one, values), steps)
        for one in (boundary.regions if boundary else ())
    ]
    lines, numbers = _grid(over) if boundary is None else ([], [])
    wide, high = over.width - 2 * EDGE, over.height - 2 * EDGE
    frame = [Ground(EDGE, EDGE, wide, high, "band")] if boundary is None else []
    largest = max((spot.size or 0 for group in groups for spot in group.spots), default=0)
    marks = [_mark(row, group, largest) for row, group in enumerate(groups)]
    marks.sort(key=lambda mark: -mark.width)
    names = {row: group.spots[0].name for row, group in enumerate(groups) if len(group.spots) == 1}
    named = names_beside(marks, names, over.width)
    review = [] if boundary is None else [_review(boundary, over)]
    labels = [*numbers, *named, *review]
    return Scene(over.width, over.height, frame, [*lines, *regions], marks, labels)


def value_of(region: Region, values: Mapping[str, float]) -> float | None:
    """Return the value of a region, by its code, else by its name."""
    return values.get(region.code, values.get(region.name))


def breaks(values: Iterable[float]) -> list[float]:
    """Return the round values between which regions look the same; at most as many as there are."""
    found = list(values)
    return ticks(min(found), max(found), len(STEPS) - 1) if found else []


def step_of(value: float, steps: Sequence[float]) -> int:
    """Return the class of a value: the first whose upper end it does not pass."""
    return next(
        (place for place, high in enumerate(steps[1:]) if value <= high), max(len(steps) - 2, 0)
    )


def _region(
    region: Region, over: Projection, value: float | None, steps: Sequence[float]
) -> Stroke:
    path = "".join(_ring(ring, over, closed=region.closed) for ring in region.rings)
    said = f"{value:,.10g}" if value is not None else None
    title = Text(
        REGION.zh.format(name=region.name, value=said or "无数据"),
        REGION.en.format(name=region.name, value=said or "no data"),
    )
    if not region.closed:
        return Stroke(path, "axis", title=Text(region.name, region.name))
    if not steps:
        return Stroke(path, "land", title=Text(region.name, region.name))
    look = "unvalued" if value is None else f"step{step_of(value, steps)}"
    return Stroke(path, look, title=title)


def _ring(ring: Ring, over: Projection, *, closed: bool) -> str:
    """Return a ring as drawn to a tenth of a pixel; corners that fall together are one."""
    placed = (over.at(*corner) for corner in ring)
    corners = [corner for corner, _same in groupby(f"{x:.1f} {y:.1f}" for x, y in placed)]
    return f"M{'L'.join(corners)}{'Z' if closed else ''}"


def _grid(over: Projection) -> tuple[list[Stroke], list[Label]]:
    lines, labels = list[Stroke](), list[Label]()
    for value in _inside(over.across):
        x = over.across.at(value)
        lines.append(Stroke(f"M{x:.1f} {EDGE:.1f}V{over.height - EDGE:.1f}", "grid"))
        labels.append(Label(x, over.height - EDGE + 16, _degrees(value, "EW"), 11, "middle", QUIET))
    for value in _inside(over.upward):
        y = over.upward.at(value)
        lines.append(Stroke(f"M{EDGE:.1f} {y:.1f}H{over.width - EDGE:.1f}", "grid"))
        labels.append(Label(EDGE - 6, y, _degrees(value, "NS"), 11, "end", QUIET))
    return lines, labels


def _inside(scale: Scale) -> list[float]:
    return [value for value in ticks(scale.low, scale.high) if scale.low <= value <= scale.high]


def _degrees(value: float, sides: str) -> Text:
    said = f"{abs(value):.6g}°{sides[0] if value >= 0 else sides[1]}"
    return Text(said, said)


def _review(boundary: Boundary, over: Projection) -> Label:
    said = Text(
        f"审图号：{boundary.review_number}", f"审图号 (map review no.): {boundary.review_number}"
    )
    return Label(over.width - 12, over.height - 14, said, 12, "end", QUIET, halo=True)


def _mark(row: int, group: Circle, largest: float) -> Mark:
    count = len(group.spots)
    if count == 1:
        return _single(row, group, largest)
    radius = min(30.0, 9 + 4 * math.log10(count) ** 1.5 + 3)
    said = Text(str(count), str(count))
    number = Label(group.x, group.y, said, 12, "middle", "#ffffff", bold=True)
    name = POINTS.format(count=count)
    return Mark(
        row, name, group.x - radius, group.y - radius, 2 * radius, 2 * radius, "cluster",
        circle=True, labels=[number],
    )  # fmt: skip


def _single(row: int, group: Circle, largest: float) -> Mark:
    spot = group.spots[0]
    radius = USUAL
    if largest:
        radius = max(SMALLEST, LARGEST * math.sqrt(max(spot.size or 0, 0) / largest))
    sign = SIGNS.get(spot.look, Sign.NONE) if radius >= USUAL else Sign.NONE
    return Mark(
        row, spot.said, group.x - radius, group.y - radius, 2 * radius, 2 * radius, spot.look,
        circle=True, sign=sign, sign_at=radius,
    )  # fmt: skip
