"""Carrying a suggestion out: a case with one unit, one clock and proof."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import Channel, RequesterKind
from openzone.zone.cases.services.intake import Requester, centre_unit, open_case
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit
from openzone.zone.suggestions.enums import Outcome
from openzone.zone.suggestions.models import Final
from openzone.zone.suggestions.selectors.states import standing_verdict
from openzone.zone.suggestions.services.campaigns import locked
from openzone.zone.suggestions.services.merging import label

KIND = "suggestion"


@transaction.atomic
def assign(*, actor: Actor, final: Final, unit: Unit, now: dt.datetime) -> Final:
    """Give an accepted suggestion, or a pilot, to the unit that carries it out."""
    locked(final.campaign)
    current = Final.objects.select_related("campaign").get(pk=final.pk)
    verdict = standing_verdict(current)
    if verdict is None or verdict.outcome == Outcome.REJECT:
        raise Refused(Text("该建议尚未采纳", "it is not accepted yet"))
    if current.case_id is not None:
        raise Refused(Text("该建议已交办", "it was assigned already"))
    opened = open_case(
        actor=actor,
        kind=KIND,
        title=current.title,
        text=f"{current.text}\n\n{verdict.answer}",
        now=now,
        channel=Channel.SYSTEM,
        requester=Requester(RequesterKind.UNIT, unit=centre_unit()),
        fields={
            "campaign": current.campaign.title,
            "originals": current.flows.filter(undone_at__isnull=True).count(),
        },
        unit=unit,
        origin=label(current),
    )
    current.case = opened.case
    current.save(update_fields=["case"])
    record(
        "suggestions.final.assigned",
        actor=actor,
        subject=label(current),
        payload={"unit": unit.code, "case": opened.case.number},
    )
    return current
