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
    evaluations,
    indicators,
    indicators_boards,
    indicators_reporting,
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
    readings,
    redemption,
    reforms,
    resumption,
    reviews,
    rulebook,
    spokespersons,
    suggestions,
    supply,
    surveys,
    visits,
    waters,
)
from tests.www.addresses.address import VISITORS, Address

AREAS = (
    library, spokespersons, rulebook, mine, redemption, cultivation, outreach, cases,
    case_types, desks, matters, commitments, community, visits, suggestions, reforms, surveys,
    notices, projects, projects_pools, agreements, land, chains, chains_invite,
    chains_placements, chains_versions, complexity, resumption, supply, waters, promotion,
    promotion_field, approvals, performance, reviews, readings, indicators,
    indicators_boards, indicators_reporting, evaluations, api,
)  # fmt: skip

ADDRESSES: tuple[Address, ...] = (
    *core.ADDRESSES,
    *(address for area in AREAS for address in area.ADDRESSES),
)
NAMES = frozenset(pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern))

__all__ = ["ADDRESSES", "AREAS", "NAMES", "VISITORS", "Address"]
