"""Needs and offers of resident firms, workbooks of them, invitations and what came of them."""

from openzone.zone.supply.models.entries import SupplyEntry, SupplySheet
from openzone.zone.supply.models.invitations import Invitation, InvitationStep, MatchEvent

__all__ = ["Invitation", "InvitationStep", "MatchEvent", "SupplyEntry", "SupplySheet"]
