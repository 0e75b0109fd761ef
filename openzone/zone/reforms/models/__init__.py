"""Programmes, tasks, progress."""

from openzone.zone.reforms.models.closings import (
    CarriedTask,
    Closing,
    ClosingRuling,
    Reopening,
)
from openzone.zone.reforms.models.progress import (
    Extension,
    ExtensionRuling,
    Report,
    ReportCheck,
)
from openzone.zone.reforms.models.tasks import Area, Programme, Step, Task, TaskSheet

__all__ = [
    "Area",
    "CarriedTask",
    "Closing",
    "ClosingRuling",
    "Extension",
    "ExtensionRuling",
    "Programme",
    "Reopening",
    "Report",
    "ReportCheck",
    "Step",
    "Task",
    "TaskSheet",
]
