"""Writing to the log."""

from collections.abc import Mapping

from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON, canonical, digest
from openzone.zone.audit.models import ChainHead, Event


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
    head = ChainHead.objects.select_for_update().get()
    seq, at = head.seq + 1, timezone.now()
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
        previous=head.hash,
        hash=digest(
            head.hash, seq, at, actor.kind, actor.id, actor.label, action, subject, details
        ),
    )
    event.save(force_insert=True)
    ChainHead.objects.filter(pk=head.pk).update(seq=seq, hash=event.hash)
    return event
