"""Shapes of agreements: promises of both sides, what was done for them, incentives, reviews."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import PersonOut
from openzone.www.api.shapes.projects import ProjectRef


class AgreementOut(Schema):
    """An agreement as lists show it."""

    id: int
    project: ProjectRef
    kind: str
    number: str
    title: str
    state: str
    signed_on: dt.date | None
    ended_on: dt.date | None
    amends_id: int | None


class AnswerOut(Schema):
    """What the other side said."""

    confirmed: bool
    remark: str
    answered_by: PersonOut
    answered_at: dt.datetime


class FulfilmentOut(Schema):
    """What was reported for a promise; it counts once the other side confirmed it."""

    id: int
    side: str
    on: dt.date
    quantity: Decimal | None
    text: str
    name: str
    reported_by: PersonOut
    reported_at: dt.datetime
    answer: AnswerOut | None

    @staticmethod
    def resolve_answer(row: Any) -> Any:
        """Return the answer; None where nobody gave one."""
        return getattr(row, "answer", None)


class PromiseOut(Schema):
    """A promise and how it stands: met, not_due, due_soon, behind, partly, missed or unknown.

    ``fulfilled`` is what was confirmed in the unit of the kind, ``share`` its part of ``quantity``;
    ``days`` to the due day, below zero after it; ``waiting``: something waits for an answer.
    """

    id: int
    agreement_id: int
    side: str
    kind: str
    text: str
    quantity: Decimal | None
    begins: dt.date | None
    due: dt.date
    state: str
    fulfilled: Decimal | None
    share: Decimal | None
    waiting: bool
    days: int
    met_on: dt.date | None


class PromiseDetail(PromiseOut):
    """A promise with everything that was reported for it, the last first."""

    done: list[FulfilmentOut]


class BalanceOut(Schema):
    """How one side keeps its word; ``open`` are the numbers of promises due and not met.

    ``rate`` is kept in time ÷ due; null where nothing was due.
    """

    side: str
    promised: int
    due: int
    kept: int
    kept_late: int
    open: list[int]
    rate: float | None


class AgreementDetail(AgreementOut):
    """An agreement with the promises of both sides."""

    name: str
    ended_because: str
    promises: list[PromiseDetail]
    balances: list[BalanceOut]


class AgreementPart(Part):
    """A part of the agreements."""

    items: list[AgreementOut]


class PromisesOut(Schema):
    """How both sides keep their word, and the promises that were asked for."""

    balances: list[BalanceOut]
    promises: list[PromiseOut]


class FairReviewOut(Schema):
    """A fair-competition review; the last one holds."""

    seq: int
    conclusion: str
    basis_kind: str
    basis: str
    article: str
    ends: str
    on: dt.date
    name: str
    reviewer: PersonOut
    recorded_at: dt.datetime


class IncentiveOut(Schema):
    """An incentive; ``why_not`` says in both languages why it cannot enter an agreement."""

    id: int
    project: ProjectRef
    text: str
    kind: str
    amount: Decimal | None
    proposed_by: PersonOut
    proposed_at: dt.datetime
    reviews: list[FairReviewOut]
    why_not: dict[str, str] | None

    @staticmethod
    def resolve_reviews(row: Any) -> Any:
        """Return the reviews, the last first."""
        return row.reviews.select_related("reviewer").order_by("-seq")
