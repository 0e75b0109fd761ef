"""How field work meets the core of promotion: talks, investors and leads made on the way."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.promotion.field_packs import field
from openzone.zone.promotion.models import Contact, Interaction, Investor, Lead
from openzone.zone.promotion.selectors.alike import keys_of, same
from openzone.zone.promotion.services.interactions import record_interaction
from openzone.zone.promotion.services.investors import record_investor

NOT_THEIR_LEAD = Text("该线索属于另一家企业", "this lead is of another firm")
NOT_THEIR_PERSON = Text("该联系人属于另一家企业", "this contact is of another firm")


def ensure_of(
    investor: Investor, *, contact: Contact | None = None, lead: Lead | None = None
) -> None:
    """Refuse a lead or contact of another firm; firms read as one are the same firm."""
    if lead is not None and not same(lead.investor, investor):
        raise Refused(NOT_THEIR_LEAD, field="lead")
    if contact is not None and not same(contact.investor, investor):
        raise Refused(NOT_THEIR_PERSON, field="contact")


@transaction.atomic
def spoken(
    *, actor: Actor, channel: str, lead: Lead | None, on: dt.date, said: str,
    now: dt.datetime, contact: Contact | None = None, user: User | None = None, kind: str = "",
) -> Interaction | None:  # fmt: skip
    """Record what was said as an interaction of the lead.

    There is none without a lead; what became a project is followed in the project.
    """
    if lead is None or lead.project_id is not None:
        return None
    found = field().channel(channel)
    return record_interaction(
        actor=actor, lead=lead, kind=kind or (found.interaction if found else "meeting"),
        channel=found.way if found else "", on=on, summary=said, contact=contact, user=user,
        now=now,
    )  # fmt: skip


@transaction.atomic
def firm_named(
    *, actor: Actor, name: str, now: dt.datetime, uscc: str = "", user: User | None = None,
    region: str = "", business: str = "", synthetic: bool = False, sure: bool = False,
) -> Investor:  # fmt: skip
    """Return the firm of a name on record, or bring it in; a firm is never entered twice.

    Raises:
        Refused: where firms on record are alike and nobody said that it is another.

    """
    keys = keys_of(name.strip(), "", uscc or None)
    known = Investor.objects.filter(merged_into=None, alike=keys.name)
    alone = [one for one in known if not uscc or one.uscc in (None, uscc)]
    if len(alone) == 1:
        return alone[0]
    return record_investor(
        actor=actor, name=name, now=now, user=user, uscc=uscc or None, region=region,
        business=business, synthetic=synthetic, sure=sure,
    )  # fmt: skip
