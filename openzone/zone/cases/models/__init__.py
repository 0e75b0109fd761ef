"""Cases: the events, what they add up to, and what leaves the zone because of them."""

from openzone.zone.cases.models.cases import Case, CaseEvent, Link
from openzone.zone.cases.models.definitions import NumberSeries, TypeVersion
from openzone.zone.cases.models.desk import SavedFilter
from openzone.zone.cases.models.hands import Attachment, Meeting, Part, Task
from openzone.zone.cases.models.messages import (
    LookUp,
    Notification,
    OutboxMessage,
    Reminder,
    WebhookTarget,
)

__all__ = [
    "Attachment",
    "Case",
    "CaseEvent",
    "Link",
    "LookUp",
    "Meeting",
    "Notification",
    "NumberSeries",
    "OutboxMessage",
    "Part",
    "Reminder",
    "SavedFilter",
    "Task",
    "TypeVersion",
    "WebhookTarget",
]
