"""Versions of chains, who stands where in them since when, roles of firms and figures of nodes."""

from openzone.zone.chains.models.candidates import (
    CandidateFirm,
    CandidateLead,
    CandidateList,
    InviteWeights,
)
from openzone.zone.chains.models.changes import ChainSheet, PlacementChange
from openzone.zone.chains.models.complexity import ComplexityFlow, ComplexityStudy
from openzone.zone.chains.models.drafts import ChainDraft
from openzone.zone.chains.models.focus import ChainFocus
from openzone.zone.chains.models.peers import PeerList, PeerPlacement, PeerZone
from openzone.zone.chains.models.placements import NodeFigure, Placement
from openzone.zone.chains.models.proposals import PlacementProposal, PlacingRun
from openzone.zone.chains.models.releases import ChainRelease
from openzone.zone.chains.models.roles import ChainRole, Introduction

__all__ = [
    "CandidateFirm",
    "CandidateLead",
    "CandidateList",
    "ChainDraft",
    "ChainFocus",
    "ChainRelease",
    "ChainRole",
    "ChainSheet",
    "ComplexityFlow",
    "ComplexityStudy",
    "Introduction",
    "InviteWeights",
    "NodeFigure",
    "PeerList",
    "PeerPlacement",
    "PeerZone",
    "Placement",
    "PlacementChange",
    "PlacementProposal",
    "PlacingRun",
]
