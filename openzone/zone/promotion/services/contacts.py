"""The people of an investor: numbers only with consent, erased when it ends, every look logged."""

import datetime as dt
from typing import NamedTuple

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_fields
from openzone.zone.people.models import User
from openzone.zone.promotion.enums import Consent
from openzone.zone.promotion.models import Contact, Investor
from openzone.zone.promotion.packs import ensure_known, pack
from openzone.zone.promotion.services.writing import ensure_come, locked_investor, note

NO_CONSENT = Text(
    "没有同意记录不能保存联系方式：请填写同意日期和方式",
    "no number is kept without consent: state its day and how it was given",
)
HALF = Text("同意日期和方式须一并填写", "consent has a day and a way, both")
WITHDRAWN = Text(
    "{name}已于 {day} 撤回同意，不得再联系",
    "{name} withdrew consent on {day} and is not to be contacted",
)
NOT_GIVEN = Text("{name}没有同意记录", "there is no consent of {name} on record")


class Numbers(NamedTuple):
    """How a person can be reached."""

    phone: str
    email: str


@transaction.atomic
def add_contact(
    *, actor: Actor, investor: Investor, name: str, now: dt.datetime, post: str = "",
    phone: str = "", email: str = "", consent_on: dt.date | None = None, consent_by: str = "",
    user: User | None = None,
) -> Contact:  # fmt: skip
    """Add a person of an investor. Without consent the name and post alone are kept."""
    fresh = locked_investor(investor)
    contact = Contact(
        investor=fresh, name=name.strip(), post=post.strip(), phone=phone.strip(),
        email=email.strip(), consent_on=consent_on, consent_by=consent_by, added_by=user,
        added_at=now,
    )  # fmt: skip
    _ensure_consent(contact, now)
    ensure_fields(contact, ("name", "post", "phone", "email"))
    contact.save()
    note(
        action="contact.added",
        actor=actor,
        subject=fresh,
        payload={"contact": contact.pk, "consent": str(contact.consent)},
    )
    return contact


@transaction.atomic
def renew_contact(
    *, actor: Actor, contact: Contact, now: dt.datetime, phone: str = "", email: str = "",
    post: str = "", consent_on: dt.date | None = None, consent_by: str = "",
) -> Contact:  # fmt: skip
    """Write down how a person can be reached now, with the consent it rests on.

    Who withdrew consent can give it anew, on a later day.
    """
    fresh = _locked(contact)
    if fresh.withdrawn_on is not None and (consent_on is None or consent_on <= fresh.withdrawn_on):
        raise Refused(_withdrawn(fresh), field="consent_on")
    fresh.withdrawn_on = None
    fresh.consent_on, fresh.consent_by = consent_on, consent_by
    fresh.phone, fresh.email, fresh.post = phone.strip(), email.strip(), post.strip()
    _ensure_consent(fresh, now)
    ensure_fields(fresh, ("post", "phone", "email"))
    fresh.save()
    note(
        action="contact.renewed",
        actor=actor,
        subject=fresh.investor,
        payload={"contact": fresh.pk, "consent": str(fresh.consent)},
    )
    return fresh


@transaction.atomic
def withdraw_consent(*, actor: Actor, contact: Contact, on: dt.date, now: dt.datetime) -> Contact:
    """Note that a person wants to hear nothing more, and erase the numbers."""
    fresh = _locked(contact)
    if fresh.consent_on is None:
        raise Refused(NOT_GIVEN.format(name=fresh.name))
    if fresh.withdrawn_on is not None:
        raise Refused(_withdrawn(fresh))
    ensure_come(on, now)
    fresh.withdrawn_on = max(on, fresh.consent_on)
    fresh.phone = fresh.email = ""
    fresh.save()
    note(
        action="contact.withdrawn",
        actor=actor,
        subject=fresh.investor,
        payload={"contact": fresh.pk, "on": on.isoformat()},
    )
    return fresh


@transaction.atomic
def reveal_numbers(*, actor: Actor, contact: Contact) -> Numbers:
    """Return how a person can be reached; the look is logged first.

    Raises:
        Refused: where consent was withdrawn.

    """
    fresh = _locked(contact)
    if fresh.consent is Consent.WITHDRAWN:
        raise Refused(_withdrawn(fresh))
    note(
        action="contact.revealed",
        actor=actor,
        subject=fresh.investor,
        payload={"contact": fresh.pk},
    )
    return Numbers(fresh.phone, fresh.email)


def ensure_reachable(contact: Contact | None, on: dt.date) -> None:
    """Refuse to use a person who had withdrawn consent by a day."""
    if contact is not None and contact.withdrawn_on is not None and contact.withdrawn_on < on:
        raise Refused(_withdrawn(contact), field="contact")


def _locked(contact: Contact) -> Contact:
    return Contact.objects.select_for_update(of=("self",)).select_related("investor").get(
        pk=contact.pk
    )  # fmt: skip


def _ensure_consent(contact: Contact, now: dt.datetime) -> None:
    if (contact.consent_on is None) != (contact.consent_by == ""):
        raise Refused(HALF, field="consent_by" if contact.consent_on else "consent_on")
    if contact.consent_on is None:
        if contact.phone or contact.email:
            raise Refused(NO_CONSENT, field="consent_on")
        return
    ensure_come(contact.consent_on, now, "consent_on")
    ensure_known(pack().consent_ways, contact.consent_by, "consent_by")


def _withdrawn(contact: Contact) -> Text:
    return WITHDRAWN.format(name=contact.name, day=contact.withdrawn_on)
