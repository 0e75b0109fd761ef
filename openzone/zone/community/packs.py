"""The packs, the calendar and the counting rule in force in this zone."""

from openzone.packs.neighbourhood import NeighbourhoodPack
from openzone.zone.catalogue.packs import neighbourhood
from openzone.zone.commitments.packs import calendar, receipt_rule

__all__ = ["calendar", "pack", "receipt_rule"]


def pack() -> NeighbourhoodPack:
    """Return what holds for agents, service points and cross-region service."""
    return neighbourhood()
