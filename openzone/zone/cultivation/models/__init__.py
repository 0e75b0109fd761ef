"""Pools and tutoring, recognitions, trusted enterprises and incentives."""

from openzone.zone.cultivation.models.books import CultivationBook
from openzone.zone.cultivation.models.figures import MonthlyFigure
from openzone.zone.cultivation.models.honours import Honour
from openzone.zone.cultivation.models.pools import Band, Entry, Task, Tutoring
from openzone.zone.cultivation.models.recognitions import Recognition, RecognitionImport
from openzone.zone.cultivation.models.trusted import Incentive, TrustedEnterprise

__all__ = [
    "Band",
    "CultivationBook",
    "Entry",
    "Honour",
    "Incentive",
    "MonthlyFigure",
    "Recognition",
    "RecognitionImport",
    "Task",
    "TrustedEnterprise",
    "Tutoring",
]
