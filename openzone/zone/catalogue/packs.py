"""The packs the catalogue refers to, read once per process."""

from functools import cache

from openzone.packs.commitments import CommitmentsPack, load_commitments
from openzone.packs.loading import zone_folder
from openzone.packs.neighbourhood import NeighbourhoodPack, load_neighbourhood


@cache
def commitments() -> CommitmentsPack:
    """Return the kinds of commitments, templates and rules."""
    return load_commitments(zone_folder())


@cache
def neighbourhood() -> NeighbourhoodPack:
    """Return what holds for agents, service points and cross-region service."""
    return load_neighbourhood(zone_folder())
