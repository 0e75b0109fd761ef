"""The pools, ladders, titles and links of this zone, read once per process."""

from functools import cache

from openzone.packs.cultivation import (
    CultivationPack,
    Ladder,
    Link,
    Pool,
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
