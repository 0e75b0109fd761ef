"""A lead comes into the record, and is described anew."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, TypedDict, Unpack

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.services import series
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.promotion.enums import LeadEventKind, LeadState
from openzone.zone.promotion.models import Investor, Lead
from openzone.zone.promotion.packs import ensure_known, pack
from openzone.zone.promotion.selectors.alike import open_leads, who_has
from openzone.zone.promotion.services.advisers import ensure_adviser
from openzone.zone.promotion.services.telling import tell_another_lead, tell_assigned
from openzone.zone.promotion.services.writing import (
    append,
    derive,
    ensure_come,
    locked_investor,
    note,
    opened,
)
from openzone.zone.registry.models import Place

HELD = Text(
    "该投资方已有在跟线索：{held}；如为另一项投资请确认",
    "there is an open lead of this investor already: {held}; confirm that this is another one",
)
NO_FIELD = Text("没有“{name}”这一项", "there is no field “{name}”")


class Described(TypedDict, total=False):
    """What may be said of a lead beside its title."""

    source_note: str
    channel: str
    summary: str
    industry: str
    chain: str
    node: str
    gap: str
    gap_reason: str
    wished: Decimal | None
    currency: str
    place: Place | None
    unit: Unit | None


class Changed(Described, total=False):
    """What may be said anew."""

    title: str
    source: str


DESCRIBED: Final = frozenset(Changed.__optional_keys__)


@transaction.atomic
def record_lead(
    *, actor: Actor, investor: Investor, title: str, source: str, received_on: dt.date,
    now: dt.datetime, adviser: User | None = None, sure: bool = False, synthetic: bool = False,
    user: User | None = None, **described: Unpack[Described],
) -> Lead:  # fmt: skip
    """Bring a lead into the record, assigned where an adviser is named.

    ``sure``: the investor has an open lead, and this is another investment of it. Who follows the
    other one is told.
    """
    ensure_come(received_on, now, "received_on")
    # The number is taken first: whoever records at the same time waits here and sees this lead.
    number = f"XS{received_on.year}-{series.take(f'lead:{received_on.year}'):04}"
    owner = locked_investor(investor)
    held = open_leads([owner])
    if held and not sure:
        raise Refused(_held(held), field="investor")
    lead = Lead(
        number=number, investor=owner, received_on=received_on, since=received_on,
        recorded_by=user, recorded_at=now, synthetic=synthetic,
    )  # fmt: skip
    _describe(lead, {"title": title, "source": source, **described})
    lead.save()
    append(lead, LeadEventKind.RECORDED, LeadState.NEW, received_on, now, user=user)
    if adviser is not None:
        lead.adviser = ensure_adviser(adviser, received_on)
        append(lead, LeadEventKind.ASSIGNED, LeadState.ASSIGNED, received_on, now, user=user)
        tell_assigned(lead, user, now)
    tell_another_lead(lead, held, user, now)
    note(
        action="lead.recorded", actor=actor, subject=lead,
        payload={"number": number, "investor": owner.pk, "source": source},
    )  # fmt: skip
    return lead


@transaction.atomic
def change_lead(*, actor: Actor, lead: Lead, **described: Unpack[Changed]) -> Lead:
    """Describe an open lead anew; what was said before stays in the log."""
    fresh = opened(lead)
    before = {name: _plain(getattr(fresh, name)) for name in described if name in DESCRIBED}
    _describe(fresh, described)
    derive(fresh)
    changed = {
        name: [old, _plain(getattr(fresh, name))]
        for name, old in before.items()
        if old != _plain(getattr(fresh, name))
    }
    note(action="lead.changed", actor=actor, subject=fresh, payload={"changed": changed})
    return fresh


def _describe(lead: Lead, described: Mapping[str, Any]) -> None:
    for name, value in described.items():
        if name not in DESCRIBED:
            raise Refused(NO_FIELD.format(name=name), field=name)
        setattr(lead, name, value.strip() if isinstance(value, str) else value)
    ensure_known(pack().sources, lead.source, "source")
    if lead.channel:
        ensure_known(pack().channels, lead.channel, "channel")
    ensure_valid(lead)


def _held(leads: list[Lead]) -> Text:
    said = [(lead, who_has(lead)) for lead in leads]
    zh = "；".join(f"{lead}（{who.zh}）" for lead, who in said)
    en = "; ".join(f"{lead} ({who.en})" for lead, who in said)
    return Text(HELD.zh.format(held=zh), HELD.en.format(held=en))


def _plain(value: Any) -> Any:
    """Return a value as the log keeps it."""
    if isinstance(value, Decimal):
        return str(value)
    return value.pk if isinstance(value, Place | Unit) else value
