"""Applications and everything that happens to them."""

from openzone.zone.redemption.models.applications import Application, Attachment, Step
from openzone.zone.redemption.models.checks import CheckCase, CheckDraw
from openzone.zone.redemption.models.history import EarlierGrant, GrantBatch
from openzone.zone.redemption.models.payments import FundOrder, Payment
from openzone.zone.redemption.models.reviews import Objection, Opinion

__all__ = [
    "Application",
    "Attachment",
    "CheckCase",
    "CheckDraw",
    "EarlierGrant",
    "FundOrder",
    "GrantBatch",
    "Objection",
    "Opinion",
    "Payment",
    "Step",
]
