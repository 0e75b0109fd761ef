"""What an enterprise says about being told."""

import datetime as dt

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import ensure_valid
from openzone.zone.outreach.models import Preference
from openzone.zone.outreach.selectors.preferences import Choice, choices
from openzone.zone.registry.models import Enterprise


@transaction.atomic
def say_preferences(
    *, actor: Actor, enterprise: Enterprise, wanted: list[Choice], now: dt.datetime
) -> int:
    """Keep what differs from what was said before; returns how many words were new."""
    root = Enterprise.objects.select_for_update(of=("self",)).get(pk=enterprise.root_id)
    new = [choice for choice in wanted if choice not in choices(root)]
    for choice in new:
        word = Preference(
            enterprise=root,
            channel=choice.channel,
            kind=choice.kind,
            wanted=choice.wanted,
            said_at=now,
            said_by=actor.label[:150],
        )
        ensure_valid(word)
        word.save()
    if new:
        record(
            "outreach.preferences.said",
            actor=actor,
            subject=f"enterprise:{root.pk}",
            payload={"said": [[c.channel, c.kind, c.wanted] for c in new]},
        )
    return len(new)
