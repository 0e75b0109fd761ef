"""Submitting accepted suggestions upwards, as a document that stays as it was."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.suggestions.enums import Outcome
from openzone.zone.suggestions.models import Campaign, Final, Submission
from openzone.zone.suggestions.selectors.document import document
from openzone.zone.suggestions.selectors.states import finals
from openzone.zone.suggestions.services.campaigns import label, locked

NOT_ACCEPTED = Text(
    "第 {n} 条尚未采纳，或已上报", "number {n} is not accepted, or was submitted already"
)


@transaction.atomic
def submit(
    *,
    actor: Actor,
    by: User,
    campaign: Campaign,
    chosen: Sequence[Final],
    title: str,
    recipient: str,
    now: dt.datetime,
) -> Submission:
    """Submit finals that were accepted (pilots too), with the originals behind each as annex."""
    current = locked(campaign)
    if not chosen:
        raise Refused(Text("请选择要上报的建议", "choose what to submit"), field="finals")
    _ensure_accepted(current, chosen)
    made = Submission(
        campaign=current,
        title=title.strip(),
        recipient=recipient.strip(),
        content=document(current, chosen),
        submitted_by=by,
        submitted_at=now,
    )
    ensure_valid(made)
    made.save()
    Final.objects.filter(pk__in=[one.pk for one in chosen]).update(submission=made)
    record(
        "suggestions.campaign.submitted",
        actor=actor,
        subject=label(current),
        payload={"submission": made.pk, "to": made.recipient, "finals": len(chosen)},
    )
    return made


def _ensure_accepted(campaign: Campaign, chosen: Sequence[Final]) -> None:
    accepted = finals(campaign).filter(
        decided__in=(Outcome.ACCEPT, Outcome.PILOT), submission__isnull=True
    )
    numbers = set(accepted.values_list("pk", flat=True))
    for one in chosen:
        if one.pk not in numbers:
            raise Refused(NOT_ACCEPTED.format(n=one.number), field="finals")
