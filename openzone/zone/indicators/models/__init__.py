"""Subjects of figures, batches on their way, figures with all their vintages."""

from openzone.zone.indicators.models.batches import Batch, BatchRow, BatchStep, FigureSheet
from openzone.zone.indicators.models.entities import Attribution, Entity
from openzone.zone.indicators.models.figures import Figure, FigureEnd
from openzone.zone.indicators.models.meeting_packs import MeetingPack
from openzone.zone.indicators.models.rounds import (
    Report,
    ReportReminder,
    ReportRound,
    ReportStep,
)
from openzone.zone.indicators.models.targets import FigureTarget

__all__ = [
    "Attribution",
    "Batch",
    "BatchRow",
    "BatchStep",
    "Entity",
    "Figure",
    "FigureEnd",
    "FigureSheet",
    "FigureTarget",
    "MeetingPack",
    "Report",
    "ReportReminder",
    "ReportRound",
    "ReportStep",
]
