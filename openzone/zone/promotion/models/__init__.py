"""Investors and their people, leads with their history, referrals, workbooks of leads."""

from openzone.zone.promotion.models.advisers import Adviser
from openzone.zone.promotion.models.history import Grading, Interaction, LeadEvent
from openzone.zone.promotion.models.investors import Contact, Investor, InvestorMerge
from openzone.zone.promotion.models.leads import Lead, LeadCredit, LeadHelper
from openzone.zone.promotion.models.referrals import QuietReminder, Referral
from openzone.zone.promotion.models.sheets import LeadSheet

__all__ = [
    "Adviser",
    "Contact",
    "Grading",
    "Interaction",
    "Investor",
    "InvestorMerge",
    "Lead",
    "LeadCredit",
    "LeadEvent",
    "LeadHelper",
    "LeadSheet",
    "QuietReminder",
    "Referral",
]
