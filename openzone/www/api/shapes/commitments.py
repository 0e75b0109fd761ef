"""Shapes of commitments and credit records."""

import datetime as dt
from typing import Any

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import CaseRef, FirmOut, ItemRef, PersonOut, Words


class OwedOut(Schema):
    """A paper promised for later."""

    id: int
    name: str
    form: str
    supplied_at: dt.datetime | None


class CommitmentOut(Schema):
    """A commitment as lists show it; numbers of persons are never part of it."""

    id: int
    case: CaseRef
    item: ItemRef
    kind: str
    machine: str
    state: str
    enterprise: FirmOut | None
    person: str
    received_at: dt.datetime
    supply_by: dt.datetime | None
    check_by: dt.date | None
    closed_at: dt.datetime | None


class CommitmentDetail(CommitmentOut):
    """A commitment with what was signed, what is owed and what can follow."""

    handler: PersonOut
    values: dict[str, Any]
    text: str
    consequence: str
    signed_at: dt.datetime | None
    signed_by: str
    publish: bool
    supplied_at: dt.datetime | None
    decided_at: dt.datetime | None
    decision_no: str
    checked_at: dt.datetime | None
    check_basis: str
    check_note: str
    closing_note: str
    owed: list[OwedOut]
    steps: list[str] = []


class CommitmentPart(Part):
    """A part of the commitments."""

    items: list[CommitmentOut]


class OfferedOut(Schema):
    """The commitment, and the code its status is seen with; the code is shown once."""

    commitment: CommitmentDetail
    receipt: str


class WatchOut(Schema):
    """What has to be looked at today."""

    papers: list[CommitmentOut]
    checks: list[CommitmentOut]
    revocations: list[CommitmentOut]


class KindFiguresOut(Schema):
    """How promises of a kind ended; ``rate`` is kept ÷ (kept + broken), null before any end."""

    kind: str
    label: Words
    total: int
    open: int
    kept: int
    broken: int
    other: int
    rate: float | None

    @staticmethod
    def resolve_label(row: Any) -> Any:
        """Return what the kind is called."""
        return row.kind.label.text

    @staticmethod
    def resolve_kind(row: Any) -> str:
        """Return the short name of the kind."""
        return str(row.kind.id)


class CreditRecordOut(Schema):
    """A breach on record, and its repair."""

    id: int
    enterprise: FirmOut | None
    person: str
    kind: str
    document: str
    note: str
    happened_on: dt.date
    recorded_on: dt.date
    repaired_on: dt.date | None
    repair_document: str


class CreditRecordPart(Part):
    """A part of the credit records."""

    items: list[CreditRecordOut]
