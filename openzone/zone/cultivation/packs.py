"""The pools, ladders, titles and links of this zone, read once per process."""

from functools import cache

from openzone.packs.cultivation import (
    Coverage,
    CultivationPack,
    HonourKind,
    Ladder,
    Link,
    Pool,
    Route,
    Title,
    load_cultivation,
)
from openzone.packs.loading import zone_folder


@cache
def pack() -> CultivationPack:
    """Return the whole pack."""
    return load_cultivation(zone_folder())


def pool_named(name: str) -> Pool | None:
    """Return a pool by its id."""
    return next((pool for pool in pack().pools if pool.id == name), None)


def ladder_named(name: str) -> Ladder | None:
    """Return a ladder by its id."""
    return next((ladder for ladder in pack().ladders if ladder.id == name), None)


def title_named(name: str) -> Title | None:
    """Return a title by its id."""
    return next((title for title in pack().titles if title.id == name), None)


def link_named(name: str) -> Link | None:
    """Return a priority link by its id."""
    return next((link for link in pack().links.list if link.id == name), None)


def honour_named(name: str) -> HonourKind | None:
    """Return a kind of honour by its id."""
    return next((one for one in pack().honours if one.id == name), None)


def route_named(pool: Pool, name: str) -> Route | None:
    """Return a route of a pool by its id."""
    return next((one for one in pool.routes if one.id == name), None)


def coverage_named(name: str) -> Coverage | None:
    """Return a coverage by its id."""
    return next((one for one in pack().coverages if one.id == name), None)
