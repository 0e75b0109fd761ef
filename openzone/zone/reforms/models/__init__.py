"""Programmes, tasks, progress."""

from openzone.zone.reforms.models.progress import (
    Extension,
    ExtensionRuling,
    Report,
    ReportCheck,
)
from openzone.zone.reforms.models.tasks import Area, Programme, Step, Task, TaskSheet

__all__ = [
    "Area",
    "Extension",
    "ExtensionRuling",
    "Programme",
    "Report",
    "ReportCheck",
    "Step",
    "Task",
    "TaskSheet",
]
