"""Agents, service points, residents, orders, papers on their way, and cross-region filings."""

from openzone.zone.community.models.filings import Filing, Liability, Trip
from openzone.zone.community.models.orders import Order, Review
from openzone.zone.community.models.papers import HandOver, Paper
from openzone.zone.community.models.points import Estate, PointItem, ServicePoint, Walk
from openzone.zone.community.models.proofs import Proof
from openzone.zone.community.models.residents import Agent, Consent, Resident, ResidentDuty

__all__ = [
    "Agent",
    "Consent",
    "Estate",
    "Filing",
    "HandOver",
    "Liability",
    "Order",
    "Paper",
    "PointItem",
    "Proof",
    "Resident",
    "ResidentDuty",
    "Review",
    "ServicePoint",
    "Trip",
    "Walk",
]
