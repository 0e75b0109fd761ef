"""Campaigns, originals, finals, decisions, feedback."""

from openzone.zone.suggestions.models.answers import Effect, Feedback, Submission, Verdict
from openzone.zone.suggestions.models.campaigns import (
    Campaign,
    Facilitator,
    Group,
    Member,
    Round,
    Topic,
)
from openzone.zone.suggestions.models.originals import Final, Flow, Original, Sheet

__all__ = [
    "Campaign",
    "Effect",
    "Facilitator",
    "Feedback",
    "Final",
    "Flow",
    "Group",
    "Member",
    "Original",
    "Round",
    "Sheet",
    "Submission",
    "Topic",
    "Verdict",
]
