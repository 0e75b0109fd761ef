"""Commitments of applicants, the papers they owe, and what follows when they are broken."""

from openzone.zone.commitments.models.commitments import Commitment, OwedPaper
from openzone.zone.commitments.models.records import CreditRecord

__all__ = ["Commitment", "CreditRecord", "OwedPaper"]
