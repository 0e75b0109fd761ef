"""What points a part of a score can give at all."""

from collections.abc import Iterator

from openzone.engines.rules.score_language import PartBody, Score

Span = tuple[float, float]
"""The lowest and the highest possible points."""


def span_of(part: PartBody) -> Span:
    """Return the lowest and highest points that ``part`` can give, ``cap`` applied."""
    low, high = uncapped_span(part)
    if part.cap and part.max is not None:
        return min(low, part.max), min(high, part.max)
    return low, high


def uncapped_span(part: PartBody) -> Span:
    """Return the lowest and highest points before ``cap``."""
    if part.bands is not None:
        return extremes([points for _, points in part.bands.limits] + [part.bands.otherwise])
    if part.points is not None:
        return extremes([choice.points for choice in part.points] + [part.otherwise or 0.0])
    if part.best_of is not None:
        spans = [span_of(member) for member in part.best_of]
        return max(low for low, _ in spans), max(high for _, high in spans)
    spans = [span_of(member) for member in part.parts or ()]
    return sum(low for low, _ in spans), sum(high for _, high in spans)


def extremes(points: list[float]) -> Span:
    """Return the smallest and the largest."""
    return min(points), max(points)


def parts_inside(part: PartBody) -> Iterator[PartBody]:
    """Yield every part below ``part``."""
    for member in (*(part.best_of or ()), *(part.parts or ())):
        yield member
        yield from parts_inside(member)


def part_named(score: Score, name: str) -> PartBody | None:
    """Return the part with this id, at any depth."""
    return next((part for part in parts_inside(score) if part.id == name), None)
