"""Leads, investors, talks, referrals and advisers as programs read them."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import PersonOut, UnitOut, Words
from openzone.www.api.shapes.projects import PlaceOut, ProjectRef
from openzone.zone.promotion.selectors.people import masked_email, masked_phone


class InvestorOut(Schema):
    """A firm that may invest."""

    id: int
    name: str
    uscc: str | None
    group: str
    country: str
    region: str
    origin: str
    business: str
    merged_into_id: int | None
    synthetic: bool


class InvestorPart(Part):
    """A part of the investors."""

    items: list[InvestorOut]


class LeadOut(Schema):
    """A lead as lists show it; ``wished`` is in whole units of ``currency``."""

    id: int
    number: str
    title: str
    investor: InvestorOut
    state: str
    since: dt.date
    reason: str
    source: str
    channel: str
    grade: str
    received_on: dt.date
    wished: Decimal | None
    currency: str
    unit: UnitOut | None
    adviser: PersonOut | None
    last_contact: dt.date | None
    next_step: str
    next_on: dt.date | None
    last_seq: int


class LeadPart(Part):
    """A part of the leads."""

    items: list[LeadOut]


class QuietOut(Schema):
    """A lead nobody has spoken to."""

    lead: LeadOut
    days: int
    allowed: int


class CreditOut(Schema):
    """An adviser's part in a lead."""

    user: PersonOut
    share: Decimal


class StepOut(Schema):
    """A step of a lead."""

    seq: int
    kind: str
    state: str
    on: dt.date
    reason: str
    by: PersonOut | None


class TalkOut(Schema):
    """An interaction; one that ``corrected`` another counts in its place."""

    id: int
    kind: str
    channel: str
    on: dt.date
    summary: str
    next_step: str
    next_on: dt.date | None
    contact_id: int | None
    corrects_id: int | None
    by: PersonOut | None


class ReferralOut(Schema):
    """A lead passed to another unit, and how it ended."""

    id: int
    lead_id: int
    kind: str
    state: str
    to_unit: UnitOut
    referrer: PersonOut
    note: str
    due: dt.date
    reason: str
    interaction_id: int | None


class AskedOut(Schema):
    """A question the next grade asks, not answered with yes."""

    id: str
    label: Words
    known: bool


class LeadDetail(LeadOut):
    """A lead with all that was said and done."""

    source_note: str
    summary: str
    industry: str
    chain: str
    node: str
    gap: str
    gap_reason: str
    place: PlaceOut | None
    project: ProjectRef | None
    credits: list[CreditOut]
    log: list[StepOut]
    interactions: list[TalkOut]
    referrals: list[ReferralOut]
    lacks: list[AskedOut]


class ContactOut(Schema):
    """A person of an investor, numbers masked."""

    id: int
    name: str
    post: str
    consent: str
    phone: str
    email: str

    @staticmethod
    def resolve_phone(contact: Any) -> str:
        """Hide the middle of the number."""
        return masked_phone(contact.phone)

    @staticmethod
    def resolve_email(contact: Any) -> str:
        """Hide who it is of."""
        return masked_email(contact.email)


class HeldOut(Schema):
    """A lead of an investor, and who has it."""

    id: int
    number: str
    state: str
    who: Words


class AlikeOut(Schema):
    """An investor on record who may be the same, why, and who has it."""

    investor: InvestorOut
    why: list[str]
    other_code: bool
    leads: list[HeldOut]


class InvestorDetail(InvestorOut):
    """An investor; ``contacts`` is null where the caller may not see its people."""

    leads: list[HeldOut]
    contacts: list[ContactOut] | None


class NumbersOut(Schema):
    """How a person can be reached."""

    phone: str
    email: str


class MergeOut(Schema):
    """Two investors read as one."""

    id: int
    survivor_id: int
    absorbed_id: int
    reason: str
    undone_reason: str


class AdviserOut(Schema):
    """A term on the roster."""

    id: int
    user: PersonOut
    field: str
    valid_from: dt.date
    valid_to: dt.date | None


class LoadOut(Schema):
    """What an adviser follows and has credit for, in parts of leads."""

    term: AdviserOut
    open: int
    in_talks: int
    quiet: int
    credit: Decimal
    landed: Decimal


class HelperOut(Schema):
    """Somebody who was let into a lead."""

    id: int
    user: PersonOut
    valid_from: dt.date
    valid_to: dt.date | None
