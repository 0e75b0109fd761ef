"""Targets with what was reported for them, and evaluations with their scores."""

from openzone.zone.performance.models.rounds import (
    Objection,
    Participant,
    Reply,
    Round,
    Score,
)
from openzone.zone.performance.models.targets import Answer, Completion, Target

__all__ = [
    "Answer",
    "Completion",
    "Objection",
    "Participant",
    "Reply",
    "Round",
    "Score",
    "Target",
]
