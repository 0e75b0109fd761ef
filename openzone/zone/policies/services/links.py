"""Which addresses of the library still answer."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.policies.enums import LinkState
from openzone.zone.policies.links import Outcome
from openzone.zone.policies.models import LinkCheck


@transaction.atomic
def note_links(*, actor: Actor, outcomes: Mapping[str, Outcome], at: dt.datetime) -> int:
    """Keep what each address answered; return how many did not."""
    for url, outcome in outcomes.items():
        LinkCheck.objects.update_or_create(
            url=url,
            defaults={
                "state": outcome.state,
                "status": outcome.status,
                "reason_zh": outcome.reason.zh,
                "reason_en": outcome.reason.en,
                "checked_at": at,
            },
        )
    dead = sum(one.state is LinkState.DEAD for one in outcomes.values())
    record("policies.links.checked", actor=actor, payload={"asked": len(outcomes), "dead": dead})
    return dead
