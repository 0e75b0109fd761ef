"""Needs, offers and invitations as programs read them."""

import datetime as dt
from decimal import Decimal

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import Words


class EntryOut(Schema):
    """A need or an offer; `contact` and `phone` only for partners of an accepted invitation."""

    id: int
    side: str
    kind: str
    enterprise: int
    enterprise_name: str
    title: str
    text: str
    quantity: Decimal | None
    unit: str
    by_on: dt.date | None
    certificates: list[str]
    place: str
    state: str
    expires_on: dt.date
    contact: str | None
    phone: str | None


class EntryPart(Part):
    """A part of the entries."""

    items: list[EntryOut]


class PairOut(Schema):
    """Somebody who fits, 0 to 1, and why; `partner` is the other entry."""

    partner: EntryOut
    score: float
    reasons: list[Words]
    invitation: int | None


class StepOut(Schema):
    """What happened to an invitation."""

    state: str
    on: dt.date
    said: str
    by: str


class InvitationOut(Schema):
    """An invitation with its steps; `asked` is the side that answers."""

    id: int
    need: int
    offer: int
    asked: str
    state: str
    since: dt.date
    answer_by: dt.date
    score: float
    reasons: list[Words]
    quantity: Decimal | None
    amount: Decimal | None
    reason: str
    event: int | None
    steps: list[StepOut]


class EventOut(Schema):
    """A matchmaking event with who should meet, by the ids of need and offer."""

    id: int
    title: str
    on: dt.date
    venue: str
    kind: str
    pairs: list[list[int]]
    invitations: list[int]


class StatisticsOut(Schema):
    """What was published and sent in a period, and what came of it."""

    needs: int
    offers: int
    open_needs: int
    invited: int
    states: dict[str, int]
    deals: int
    amount: Decimal | None
