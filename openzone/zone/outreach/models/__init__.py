"""Policies that look for their enterprises."""

from openzone.zone.outreach.models.preferences import Preference
from openzone.zone.outreach.models.pushes import Delivery, Push
from openzone.zone.outreach.models.sessions import (
    LiveSession,
    ProgrammePoint,
    Registration,
    SessionQuestion,
)

__all__ = [
    "Delivery",
    "LiveSession",
    "Preference",
    "ProgrammePoint",
    "Push",
    "Registration",
    "SessionQuestion",
]
