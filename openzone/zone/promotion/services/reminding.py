"""Reminders of leads whose investor nobody has spoken to for too long."""

import datetime as dt

from django.db import IntegrityError, transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.promotion.models import Lead, QuietReminder
from openzone.zone.promotion.selectors.quiet import Quiet, quiet_leads
from openzone.zone.promotion.services.telling import tell_quiet
from openzone.zone.promotion.services.writing import note


@transaction.atomic
def remind_quiet(*, actor: Actor, on: dt.date, now: dt.datetime) -> int:
    """Remind who follows a quiet lead: once, and again each time it lasted as long again.

    Returns how many leads were reminded of. Running it twice tells nobody twice.
    """
    sent = sum(_remind(one, on, now) for one in quiet_leads(Lead.objects.all(), on))
    if sent:
        note(action="reminded", actor=actor, subject="leads", payload={"leads": sent})
    return sent


def _remind(quiet: Quiet, on: dt.date, now: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            QuietReminder.objects.create(
                lead=quiet.lead, since=quiet.since, turn=quiet.turn, sent_at=now
            )
    except IntegrityError:
        return False
    tell_quiet(quiet.lead, quiet.days, quiet.allowed, on, now)
    return True
