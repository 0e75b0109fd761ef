"""Looks at sensitive values: who looked at what about whom, and why."""

from collections.abc import Sequence

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused


@transaction.atomic
def log_look(*, actor: Actor, subject: str, names: Sequence[str], reason: str) -> None:
    """Log a look before the values are shown; refused without a reason."""
    if not reason.strip():
        raise Refused(Text("请说明查看理由", "say why you need to see it"), field="reason")
    record(
        "catalogue.sensitive.revealed",
        actor=actor,
        subject=subject,
        payload={"names": list(names), "reason": reason.strip()},
    )
