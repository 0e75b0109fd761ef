"""Shapes of neighbourhood and cross-region service. Numbers of persons are never part of them."""

import datetime as dt

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import CaseRef, ItemRef, PersonOut, UnitOut


class PointOut(Schema):
    """A service point."""

    code: str
    name: str
    community: UnitOut
    address: str
    hours: str
    longitude: float | None
    latitude: float | None
    valid_from: dt.date
    valid_to: dt.date | None


class PointDetail(PointOut):
    """A service point with its catalogue."""

    items: list[ItemRef]


class AgentOut(Schema):
    """An agent on the roster."""

    code: str
    name: str
    community: UnitOut
    sources: list[str]
    user: PersonOut | None
    valid_from: dt.date
    valid_to: dt.date | None


class AgentLoadOut(Schema):
    """An agent, with what is open and done."""

    agent: AgentOut
    open: int
    done: int
    overloaded: bool


class EstateOut(Schema):
    """A residential area."""

    code: str
    name: str
    kind: str
    community: UnitOut
    residents: int | None
    longitude: float | None
    latitude: float | None


class WayOut(Schema):
    """An estate, its nearest point, and how many minutes it is on foot, null where unknown."""

    estate: EstateOut
    point: PointOut | None
    minutes: float | None
    how: str


class CoverageOut(Schema):
    """How far people are from a point."""

    day: dt.date
    points: int
    estates: int
    ways: list[WayOut]
    without_point: list[UnitOut]


class ConsentOut(Schema):
    """A consent, and which items it is for."""

    id: int
    form: str
    document: str
    all_items: bool
    items: list[ItemRef]
    given_on: dt.date
    valid_to: dt.date | None
    withdrawn_on: dt.date | None
    withdrawn_why: str


class DutyOut(Schema):
    """Something a resident has to do by a day."""

    id: int
    duty: str
    due_on: dt.date
    source: str
    item: ItemRef | None
    done_on: dt.date | None
    proof: str


class ResidentOut(Schema):
    """A resident as lists show it."""

    id: int
    name: str
    community: UnitOut
    vulnerability: list[str]


class ResidentDetail(ResidentOut):
    """A resident with consents and duties."""

    consents: list[ConsentOut]
    duties: list[DutyOut]


class ResidentPart(Part):
    """A part of the residents."""

    items: list[ResidentOut]


class PaperHeldOut(Schema):
    """A paper, and whose hands it is in."""

    id: int
    name: str
    original: bool
    holder: str
    holder_name: str
    since: dt.datetime
    keep_until: dt.datetime | None


class ProofOut(Schema):
    """A photograph or paper that shows a hand-over or a home visit."""

    id: int
    what: str
    hand_over_id: int | None
    name: str
    size: int
    sha256: str
    added_by: PersonOut
    added_at: dt.datetime


class PhotoOut(Schema):
    """A photograph, its content in base64."""

    name: str
    media_type: str
    content: str


class HandOverOut(Schema):
    """Papers going from one hand to another, signed by both sides or by one so far."""

    id: int
    giver: str
    taker: str
    given_by: str
    given_at: dt.datetime
    taken_by: str
    taken_at: dt.datetime | None
    note: str
    papers: list[PaperHeldOut]


class ReviewOut(Schema):
    """A review of an order."""

    step: str
    passed: bool
    reason: str
    reviewed_by: PersonOut
    reviewed_at: dt.datetime


class TripOut(Schema):
    """Somebody had to come."""

    id: int
    on: dt.date
    where: str
    why: str


class OrderOut(Schema):
    """An assisted order as lists show it."""

    id: int
    case: CaseRef
    resident: ResidentOut
    item: ItemRef
    agent: AgentOut
    home_visit: bool
    visited_on: dt.date | None
    taken_at: dt.datetime
    due_on: dt.date | None
    status: str


class OrderDetail(OrderOut):
    """An order with its papers, every hand they went through, and the reviews."""

    result: str
    delivery: str
    delivered_to: str
    delivered_at: dt.datetime | None
    rating: int | None
    closed_at: dt.datetime | None
    closing_note: str
    papers: list[PaperHeldOut]
    hand_overs: list[HandOverOut]
    proofs: list[ProofOut]
    reviews: list[ReviewOut]


class OrderPart(Part):
    """A part of the orders."""

    items: list[OrderOut]


class TakenOut(Schema):
    """The order, and the code its status is seen with; the code is shown once."""

    order: OrderDetail
    receipt: str


class HomeOut(Schema):
    """A home to visit, and why."""

    resident: ResidentOut
    order: OrderOut | None
    duty: DutyOut | None
    due_on: dt.date | None
    days_left: int | None


class OfferOfRegionOut(Schema):
    """What can be received here for another region, or there for ours."""

    id: int
    item: ItemRef
    division: str
    region: str
    mode: str
    deciding_here: bool
    authority: str
    contact: str
    document: str
    valid_from: dt.date
    valid_to: dt.date | None


class LiabilityOut(Schema):
    """Which side answers for what went wrong."""

    side: str
    what: str
    document: str
    recorded_at: dt.datetime


class FilingOut(Schema):
    """A filing as lists show it, with its two clocks."""

    id: int
    case: CaseRef
    item: ItemRef
    applicant: str
    receiving_name: str
    deciding_name: str
    status: str
    received_at: dt.datetime
    receiving_due: dt.datetime
    deciding_due: dt.datetime | None

    @staticmethod
    def resolve_item(row: object) -> object:
        """Return the item it is about."""
        return row.offer.item  # type: ignore[attr-defined] # a filing


class FilingDetail(FilingOut):
    """A filing with the two sides, the papers, and who answers for what."""

    identity_checked: bool
    notice: str
    noticed_at: dt.datetime | None
    sent_at: dt.datetime | None
    tracking: str
    accepted_at: dt.datetime | None
    decided_at: dt.datetime | None
    decided_by: str
    granted: bool | None
    decision: str
    delivered_at: dt.datetime | None
    delivery: str
    rating: int | None
    remark: str
    closed_at: dt.datetime | None
    closing_note: str
    papers: list[PaperHeldOut]
    hand_overs: list[HandOverOut]
    proofs: list[ProofOut]
    liabilities: list[LiabilityOut]


class FilingPart(Part):
    """A part of the filings."""

    items: list[FilingOut]


class ReceivedOut(Schema):
    """The filing, and the code its status is seen with; the code is shown once."""

    filing: FilingDetail
    receipt: str
