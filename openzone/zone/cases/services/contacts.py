"""Looking at how to reach who asked."""

from django.db import transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.models import Case


@transaction.atomic
def note_contact_seen(*, actor: Actor, case: Case) -> None:
    """Write down that somebody looked at telephone and e-mail of who asked."""
    record("cases.contact.seen", actor=actor, subject=case.subject)
