"""Every page of the site, and what each kind of visitor gets there.

The interfaces for programs (``api``, ``open311``) ask for a key and have tests of their own.
"""

from django.urls.resolvers import URLPattern

from openzone.www.urls import urlpatterns
from tests.www.addresses import (
    agreements,
    api,
    approvals,
    case_types,
    cases,
    chains,
    chains_invite,
    chains_placements,
    chains_versions,
    commitments,
    community,
    complexity,
    core,
    cultivation,
    desks,
    land,
    library,
    matters,
    mine,
    notices,
    outreach,
    performance,
    projects,
    projects_pools,
    promotion,
    promotion_field,
    redemption,
    reforms,
    reviews,
    rulebook,
    spokespersons,
    suggestions,
    supply,
    surveys,
    visits,
)
from tests.www.addresses.address import VISITORS, Address

AREAS = (
    library, spokespersons, rulebook, mine, redemption, cultivation, outreach, cases,
    case_types, desks, matters, commitments, community, visits, suggestions, reforms, surveys,
    notices, projects, projects_pools, agreements, land, chains, chains_invite,
    chains_placements, chains_versions, complexity, supply, promotion, promotion_field,
    approvals, performance, reviews, api,
)  # fmt: skip

ADDRESSES: tuple[Address, ...] = (
    *core.ADDRESSES,
    *(address for area in AREAS for address in area.ADDRESSES),
)
NAMES = frozenset(pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern))

__all__ = ["ADDRESSES", "AREAS", "NAMES", "VISITORS", "Address"]
