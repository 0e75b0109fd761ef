"""What carrying out a suggestion changed."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.suggestions.enums import Outcome
from openzone.zone.suggestions.models import Effect, Final
from openzone.zone.suggestions.selectors.states import standing_verdict
from openzone.zone.suggestions.services.campaigns import locked
from openzone.zone.suggestions.services.merging import label


@transaction.atomic
def record_effect(
    *,
    actor: Actor,
    final: Final,
    indicator: str,
    after: Decimal,
    measured_on: dt.date,
    source: str,
    today: dt.date,
    before: Decimal | None = None,
    unit: str = "",
) -> Effect:
    """Record a measured change, with where the figures come from; an unknown before stays so."""
    locked(final.campaign)
    verdict = standing_verdict(final)
    if verdict is None or verdict.outcome == Outcome.REJECT:
        raise Refused(Text("该建议未采纳，没有成效可记", "it was not accepted: nothing to measure"))
    if measured_on > today:
        raise Refused(Text("日期不能在今天之后", "the day is still to come"), field="measured_on")
    effect = Effect(
        final=final,
        indicator=indicator.strip(),
        unit=unit.strip(),
        before=before,
        after=after,
        measured_on=measured_on,
        source=source.strip(),
        recorded_by=actor.label[:150],
    )
    ensure_valid(effect)
    effect.save()
    record(
        "suggestions.final.effect",
        actor=actor,
        subject=label(final),
        payload={
            "indicator": effect.indicator,
            "before": str(before) if before is not None else "",
            "after": str(after),
        },
    )
    return effect
