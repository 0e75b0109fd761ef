"""Histories carried away leave a line in the log."""

from collections.abc import Mapping

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record


@transaction.atomic
def log_export(*, actor: Actor, count: int, filters: Mapping[str, JSON]) -> None:
    """Log that somebody exports the histories of so many cases, and by which filters."""
    record("cases.exported", actor=actor, payload={"cases": count, **filters})
