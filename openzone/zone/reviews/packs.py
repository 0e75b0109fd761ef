"""The tiers and classes of this zone, read once per process."""

from functools import cache

from openzone.engines.projects.reviews import Tiers, Workdays
from openzone.packs.loading import zone_folder
from openzone.packs.reviews import ReviewsPack, load_reviews
from openzone.zone.cases.packs import worktime


@cache
def pack() -> ReviewsPack:
    """Return who reviews which projects how often."""
    return load_reviews(zone_folder())


def calendar() -> Workdays:
    """Return the zone's working calendar."""
    return worktime().calendar


def tiers_of(review_class: str) -> tuple[str, ...]:
    """Return the tiers that review a class, from the one that meets most often.

    A project without a class, or of one that left the pack, is reviewed by nobody.
    """
    known = pack().by_class.get(review_class)
    return tuple(one.id for one in pack().tiers if known and one.id in known.tiers)


def classes_at(tier: str) -> tuple[str, ...]:
    """Return the classes of projects that a tier reviews."""
    return tuple(one.id for one in pack().classes if tier in one.tiers)


def ladder(tiers: tuple[str, ...]) -> Tiers:
    """Return these tiers as what stays open climbs them."""
    return Tiers(tiers, pack().missed)
