"""The fact catalogue in force in this zone."""

from functools import cache

from openzone.engines.facts.catalogue import Catalogue
from openzone.packs.loading import zone_catalogue, zone_folder

# Who an enterprise is stands on the enterprise itself, not in facts: these names read from there.
IDENTITY = ("id", "uscc", "name", "short_name", "former_name")


@cache
def catalogue() -> Catalogue:
    """Return the catalogue, read once per process."""
    return zone_catalogue(zone_folder())
