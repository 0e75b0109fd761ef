"""Who tutors an enterprise is told when a batch closes in so many days and papers are missing."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.cultivation.models import Entry
from openzone.zone.cultivation.selectors.batches import Closing, closings, is_day_of_reminder

SOON = Text(
    "“{firm}”：{batch}于 {day} 截止，还缺材料 {n} 项",
    "“{firm}”: {batch} closes on {day}, {n} papers are missing",
)


@transaction.atomic
def remind_of_batches(*, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    """Tell tutors once, on the day that many days before the closing; return how many entries."""
    told = []
    for one in closings(on):
        tutor = one.entry.tutor_id
        if is_day_of_reminder(one, on) and one.missing and tutor is not None:
            _tell(one, tutor, now)
            told.append(one.entry.pk)
    if told:
        record(
            "cultivation.batch.reminded", actor=actor, subject="cultivation",
            payload={"on": on, "entries": told},
        )  # fmt: skip
    return len(told)


def _tell(one: Closing, tutor: int, now: dt.datetime) -> None:
    entry: Entry = one.entry
    name = one.batch.title.text
    said = Text(
        SOON.zh.format(firm=entry.enterprise.name, batch=name.zh, day=one.on, n=len(one.missing)),
        SOON.en.format(firm=entry.enterprise.name, batch=name.en, day=one.on, n=len(one.missing)),
    )
    key = f"pool-entry-{entry.pk}-{one.batch.id}-{one.on}"
    message = Message(NoticeKind.DUE_SOON, "cultivation_batch_soon", said, key,
                      subject=f"pool_entry:{entry.pk}")  # fmt: skip
    tell(message, [tutor], now)
