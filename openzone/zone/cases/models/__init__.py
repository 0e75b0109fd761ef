"""Cases: the events, what they add up to, and what leaves the zone because of them."""

from openzone.zone.cases.models.batches import Batch, BatchRow
from openzone.zone.cases.models.cases import Case, CaseEvent, Link
from openzone.zone.cases.models.definitions import NumberSeries, TypeDraft, TypeVersion
from openzone.zone.cases.models.desk import SavedFilter
from openzone.zone.cases.models.hands import Attachment, Meeting, Part, Task
from openzone.zone.cases.models.messages import (
    LookUp,
    NoticeChoice,
    Notification,
    OutboxMessage,
    Reminder,
    WebhookTarget,
)
from openzone.zone.cases.models.registers import Dispatch, NegativeAnswer, RuleChange
from openzone.zone.cases.models.sheets import CaseSheet

__all__ = [
    "Attachment",
    "Batch",
    "BatchRow",
    "Case",
    "CaseEvent",
    "CaseSheet",
    "Dispatch",
    "Link",
    "LookUp",
    "Meeting",
    "NegativeAnswer",
    "NoticeChoice",
    "Notification",
    "NumberSeries",
    "OutboxMessage",
    "Part",
    "Reminder",
    "RuleChange",
    "SavedFilter",
    "Task",
    "TypeDraft",
    "TypeVersion",
    "WebhookTarget",
]
