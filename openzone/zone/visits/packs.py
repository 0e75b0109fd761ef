"""The cadences, the cap and the topics of this zone, read once per process."""

from functools import cache

from openzone.packs.loading import zone_folder
from openzone.packs.visits import VisitsPack, load_visits


@cache
def pack() -> VisitsPack:
    """Return the whole pack."""
    return load_visits(zone_folder())
