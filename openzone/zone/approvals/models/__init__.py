"""Tracks of approvals, their items and steps, what was handed in, promised and how often."""

from openzone.zone.approvals.models.papers import Intake, Paper, Promise, Trip
from openzone.zone.approvals.models.steps import Step
from openzone.zone.approvals.models.tracks import LandProof, Track, TrackItem

__all__ = ["Intake", "LandProof", "Paper", "Promise", "Step", "Track", "TrackItem", "Trip"]
