"""Pools and tutoring, recognitions, trusted enterprises and incentives."""

from openzone.zone.cultivation.models.pools import Band, Entry, Task, Tutoring
from openzone.zone.cultivation.models.recognitions import Recognition, RecognitionImport
from openzone.zone.cultivation.models.trusted import Incentive, TrustedEnterprise

__all__ = [
    "Band",
    "Entry",
    "Incentive",
    "Recognition",
    "RecognitionImport",
    "Task",
    "TrustedEnterprise",
    "Tutoring",
]
