"""Telling thousands of enterprises takes a while: it is done in the background."""

from typing import cast

from django.utils import timezone
from django_tasks import task

from openzone.zone.audit.actors import Actor
from openzone.zone.outreach.models import Push
from openzone.zone.outreach.services.pushes import Kind, deliver


@task()
def send_push(push: int, actor: list[str]) -> int:
    """Deliver a push that was begun; ``actor`` is ``[kind, id, label]``. Returns how many told.

    The job's transaction is the push's: after a crash it is delivered entirely or not at all.
    """
    kind, identifier, label = actor
    sender = Actor(cast(Kind, kind), identifier, label)
    return deliver(actor=sender, push=Push.objects.get(pk=push), now=timezone.now())
