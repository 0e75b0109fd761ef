"""Looks and copies that leave a trace: sensitive facts shown, lists carried away."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from openzone.engines.facts.catalogue import Visibility
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.facts import KnownFact, facts_of
from openzone.zone.registry.services.subjects import label


@transaction.atomic
def reveal_sensitive(
    *, actor: Actor, enterprise: Enterprise, names: Sequence[str], as_of: dt.date, reason: str
) -> dict[str, KnownFact]:
    """Return these sensitive facts as known on a day; the look and its reason are logged first."""
    if not reason.strip():
        raise Refused(Text("请说明查看理由", "say why you need to see it"), field="reason")
    known = facts_of(enterprise, as_of)
    shown = {
        name: known[name]
        for name in names
        if name in known and known[name].fact.series.visible is Visibility.SENSITIVE
    }
    record(
        "registry.sensitive.revealed",
        actor=actor,
        subject=label(enterprise),
        payload={"facts": sorted(names), "as_of": as_of, "reason": reason.strip()},
    )
    return shown


@transaction.atomic
def log_export(*, actor: Actor, what: str, count: int, filters: Mapping[str, JSON]) -> None:
    """Log that somebody carries rows away: what, how many, and by which filters."""
    record("registry.exported", actor=actor, subject=what, payload={"rows": count, **filters})
