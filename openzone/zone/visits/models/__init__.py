"""The roster and the grids, visits and what they found, sessions on site, the board."""

from openzone.zone.visits.models.board import Challenge, Claim
from openzone.zone.visits.models.network import GridMembership, NetworkImport, Post
from openzone.zone.visits.models.sessions import Finding, Guest, SiteSession
from openzone.zone.visits.models.visits import Invitation, Visit, VisitFile, VisitParty

__all__ = [
    "Challenge",
    "Claim",
    "Finding",
    "GridMembership",
    "Guest",
    "Invitation",
    "NetworkImport",
    "Post",
    "SiteSession",
    "Visit",
    "VisitFile",
    "VisitParty",
]
