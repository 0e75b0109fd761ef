"""What happened to a case, in words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from openzone.engines.text import Text
from openzone.zone.cases.models import Attachment, Case, CaseEvent
from openzone.zone.cases.packs import type_of


class Entry(NamedTuple):
    """One event: what was done, by whom, what was said with it, and the papers that came along."""

    seq: int
    at: dt.datetime
    action: str
    label: Text
    by: str
    unit: str
    role: str
    data: Mapping[str, Any]
    papers: list[Attachment]

    @property
    def said(self) -> str:
        """The words of the event, if there are any."""
        for name in ("text", "reason", "remark", "what", "order", "minutes", "task", "asks"):
            value = self.data.get(name)
            if isinstance(value, str) and value:
                return value
        return ""


def timeline(case: Case) -> list[Entry]:
    """Return the events of a case, the first one first."""
    papers: dict[int, list[Attachment]] = defaultdict(list)
    for paper in Attachment.objects.filter(case=case):
        papers[paper.seq].append(paper)
    actions = type_of(case.version).actions
    return [
        Entry(
            row.seq,
            row.at,
            row.action,
            actions[row.action].label,
            row.by_label,
            row.by_unit,
            row.by_role,
            row.data,
            papers[row.seq],
        )
        for row in CaseEvent.objects.filter(case=case).order_by("seq")
    ]
