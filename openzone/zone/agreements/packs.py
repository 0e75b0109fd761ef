"""The pack in force in this zone, read once per process."""

from functools import cache

from openzone.engines.projects.clauses import Watch
from openzone.packs.agreements import AgreementsPack, load_agreements
from openzone.packs.loading import zone_folder


@cache
def pack() -> AgreementsPack:
    """Return what can be promised, and what a review asks for."""
    return load_agreements(zone_folder())


def watch() -> Watch:
    """Return when a promise is due soon, and when it is behind."""
    return Watch(pack().watch.soon_days, pack().watch.behind_share)
