"""Every address of the site, and what each kind of visitor gets there."""

from openzone.www.urls import urlpatterns
from tests.www.addresses import (
    core,
    cultivation,
    library,
    mine,
    outreach,
    redemption,
    rulebook,
    spokespersons,
)
from tests.www.addresses.address import VISITORS, Address

AREAS = (library, spokespersons, rulebook, mine, redemption, cultivation, outreach)

ADDRESSES: tuple[Address, ...] = (
    *core.ADDRESSES,
    *(address for area in AREAS for address in area.ADDRESSES),
)
NAMES = frozenset(pattern.name for pattern in urlpatterns)

__all__ = ["ADDRESSES", "AREAS", "NAMES", "VISITORS", "Address"]
