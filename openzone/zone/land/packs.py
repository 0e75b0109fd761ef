"""The pack in force in this zone, read once per process."""

from functools import cache

from openzone.packs.land import LandPack, load_land
from openzone.packs.loading import zone_folder


@cache
def pack() -> LandPack:
    """Return uses, tenures, conditions, indicators and limits of land."""
    return load_land(zone_folder())
