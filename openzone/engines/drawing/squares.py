"""Areas in a rectangle, each as near to a square as it goes (Bruls, Huizing, van Wijk 2000)."""

from collections.abc import Sequence
from typing import NamedTuple


class Rect(NamedTuple):
    """A rectangle; pixels, y downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Square pixels."""
        return self.width * self.height

    def within(self, edge: float, head: float = 0.0) -> "Rect":
        """Return what is left inside an edge, and below a heading."""
        return Rect(
            self.x + edge,
            self.y + edge + head,
            max(self.width - 2 * edge, 0.0),
            max(self.height - 2 * edge - head, 0.0),
        )


def squarified(values: Sequence[float], into: Rect) -> list[Rect]:
    """Share ``into`` among values above 0: areas in proportion, in the order of the values.

    The largest stands at the left upper corner.
    """
    whole = sum(values)
    if not whole or not into.area:
        return [Rect(into.x, into.y, 0.0, 0.0) for _value in values]
    order = sorted(range(len(values)), key=lambda one: -values[one])
    areas = [values[one] * into.area / whole for one in order]
    found = [into] * len(values)
    left, start = into, 0
    while start < len(areas):
        end = _row_end(areas, start, min(left.width, left.height))
        row, left = _laid(areas[start:end], left)
        for place, rect in zip(order[start:end], row, strict=True):
            found[place] = rect
        start = end
    return found


def _row_end(areas: Sequence[float], start: int, side: float) -> int:
    """Return where a row along ``side`` ends: one more would make its worst rectangle longer."""
    end, total, worst = start, 0.0, float("inf")
    while end < len(areas):
        total += areas[end]
        longest = max(areas[start] * side**2 / total**2, total**2 / (areas[end] * side**2))
        if longest > worst:
            return end
        worst, end = longest, end + 1
    return end


def _laid(areas: Sequence[float], into: Rect) -> tuple[list[Rect], Rect]:
    """Lay a row along the shorter side; return it, and what is left."""
    total = sum(areas)
    found, x, y = list[Rect](), into.x, into.y
    if into.width >= into.height:
        wide = total / into.height
        for area in areas:
            found.append(Rect(x, y, wide, area / wide))
            y += area / wide
        return found, Rect(x + wide, into.y, max(into.width - wide, 0.0), into.height)
    high = total / into.width
    for area in areas:
        found.append(Rect(x, y, area / high, high))
        x += area / high
    return found, Rect(into.x, y + high, into.width, max(into.height - high, 0.0))
