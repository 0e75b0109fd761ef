"""Investors and their people, leads with their history, referrals, workbooks of leads; field work.

Field work are trips, events, supplier lists, term sheets and records of negotiations.
"""

from openzone.zone.promotion.models.advisers import Adviser
from openzone.zone.promotion.models.events import (
    EventGuest,
    PromotionEvent,
    ReturnVisit,
    Signing,
)
from openzone.zone.promotion.models.history import Grading, Interaction, LeadEvent
from openzone.zone.promotion.models.investors import Contact, Investor, InvestorMerge
from openzone.zone.promotion.models.leads import Lead, LeadCredit, LeadHelper
from openzone.zone.promotion.models.negotiations import Negotiation, NegotiationPoint
from openzone.zone.promotion.models.referrals import QuietReminder, Referral
from openzone.zone.promotion.models.sheets import LeadSheet
from openzone.zone.promotion.models.suppliers import Supplier, SupplierList, SupplierSheet
from openzone.zone.promotion.models.termsheets import TermLine, TermSheet, TermVersion
from openzone.zone.promotion.models.trips import (
    FieldTeam,
    Trip,
    TripCity,
    TripMeeting,
    TripMember,
)

__all__ = [
    "Adviser",
    "Contact",
    "EventGuest",
    "FieldTeam",
    "Grading",
    "Interaction",
    "Investor",
    "InvestorMerge",
    "Lead",
    "LeadCredit",
    "LeadEvent",
    "LeadHelper",
    "LeadSheet",
    "Negotiation",
    "NegotiationPoint",
    "PromotionEvent",
    "QuietReminder",
    "Referral",
    "ReturnVisit",
    "Signing",
    "Supplier",
    "SupplierList",
    "SupplierSheet",
    "TermLine",
    "TermSheet",
    "TermVersion",
    "Trip",
    "TripCity",
    "TripMeeting",
    "TripMember",
]
