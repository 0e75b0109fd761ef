"""A choice is made public (公示) for some days, and what came of it is kept."""

import datetime as dt
from typing import Final

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cultivation.enums import Choice, Publicity
from openzone.zone.cultivation.models import Entry
from openzone.zone.errors import Refused

ORDER: Final = Text("截止日早于开始日", "the last day is before the first")
AGAIN: Final = Text("已于 {first} 至 {last} 公示", "it was public from {first} to {last}")
NOT_YET: Final = Text("公示至 {last}，尚未结束", "it is public until {last}")
NOT_PUBLIC: Final = Text("尚未公示", "it was not made public")
DONE: Final = Text("公示结果已登记", "the result is recorded already")
SAY: Final = Text("请写明异议及处理情况", "say what was objected and what was answered")
NOT_IN: Final = Text("该企业不在库", "the enterprise is not in the pool")


@transaction.atomic
def make_public(*, actor: Actor, entry: Entry, first: dt.date, last: dt.date) -> Entry:
    """Make a choice public from one day to another, both included."""
    current = _running(entry)
    if last < first:
        raise Refused(ORDER, field="last")
    if current.public_from is not None:
        raise Refused(AGAIN.format(first=current.public_from, last=current.public_to))
    current.public_from, current.public_to = first, last
    current.save(update_fields=["public_from", "public_to"])
    _note("publicised", actor, current, {"first": first, "last": last})
    return current


@transaction.atomic
def conclude_publicity(*, actor: Actor, entry: Entry, result: str, note: str, on: dt.date) -> Entry:
    """Keep what came of it once its last day is over; a person decides what follows."""
    current = _running(entry)
    if current.public_to is None:
        raise Refused(NOT_PUBLIC)
    if current.public_result:
        raise Refused(DONE)
    if on <= current.public_to:
        raise Refused(NOT_YET.format(last=current.public_to), field="result")
    if result == Publicity.UPHELD and not note.strip():
        raise Refused(SAY, field="note")
    current.public_result, current.public_note = Publicity(result), note.strip()
    current.save(update_fields=["public_result", "public_note"])
    _note("publicity_concluded", actor, current, {"result": current.public_result})
    return current


def _running(entry: Entry) -> Entry:
    current = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if current.choice != Choice.ACCEPTED or current.left_on is not None:
        raise Refused(NOT_IN)
    return current


def _note(what: str, actor: Actor, entry: Entry, payload: dict[str, JSON]) -> None:
    record(_ACTIONS[what], actor=actor, subject=f"enterprise:{entry.enterprise_id}",
           payload={"pool": entry.pool, "entry": entry.pk, **payload})  # fmt: skip


_ACTIONS = {
    "publicised": "cultivation.entry.publicised",
    "publicity_concluded": "cultivation.entry.publicity_concluded",
}
