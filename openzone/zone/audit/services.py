"""Writing to the log."""

from collections.abc import Mapping

from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON, canonical, digest
from openzone.zone.audit.models import ChainHead, Event
from openzone.zone.statements import Prepared, Rows, together

_HEAD = Prepared(lambda: ChainHead.objects.select_for_update().values_list("seq", "hash"))
_HEADS = Rows(ChainHead, changing=("seq", "hash"))
_EVENTS = Rows(Event)


def record(
    action: str,
    *,
    actor: Actor,
    subject: str = "",
    payload: Mapping[str, JSON] | None = None,
) -> Event:
    """Append an event to the log, in the caller's transaction.

    ``action`` is dotted (``registry.import.applied``), ``subject`` is ``kind:id``. The head row
    stays locked until the caller commits, so call this last.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("an event belongs to the transaction it describes")
    [(last, previous)] = _HEAD.rows()
    seq, at = last + 1, timezone.now()
    details = canonical(payload or {})
    event = Event(
        seq=seq,
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_label=actor.label,
        action=action,
        subject=subject,
        payload=details,
        previous=previous,
        hash=digest(previous, seq, at, actor.kind, actor.id, actor.label, action, subject, details),
    )
    with together():
        _EVENTS.insert(event)
        _HEADS.update(ChainHead(seq=seq, hash=event.hash))
    return event
