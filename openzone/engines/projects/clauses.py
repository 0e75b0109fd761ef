"""What investor and zone promised each other (双兑现), and how each promise stands.

A promise is a quantity by a day (so much invested by the end of 2027) or a deed by a day (the land
handed over). A quantity counts what was fulfilled with proof; a deed is fulfilled or it is not.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Side(StrEnum):
    """Who promised."""

    INVESTOR = "investor"
    ZONE = "zone"


class ClauseState(StrEnum):
    """How a promise stands on a day."""

    MET = "met"
    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    BEHIND = "behind"
    PARTLY = "partly"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise; a deed without a ``quantity``. ``begins`` is when it can begin to be kept."""

    id: str
    side: Side
    due: dt.date
    quantity: Decimal | None = None
    begins: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What was done on a day, with proof: a part of the quantity, or (None) the deed.

    ``confirmed`` by the other side; what only the promising side says does not count.
    """

    on: dt.date
    quantity: Decimal | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """When a promise is said to be due soon, and when it is behind.

    ``soon`` in days; ``behind`` is the share of the time's share that must have been reached:
    0.8 means that with half of the time gone 40 % must be there.
    """

    soon: int
    behind: Decimal


@dataclass(frozen=True, slots=True)
class ClauseStanding:
    """How a promise stands: ``days`` to the due day, below zero after it."""

    clause: Clause
    state: ClauseState
    fulfilled: Decimal | None
    waiting: bool
    days: int
    met_on: dt.date | None

    @property
    def share(self) -> Decimal | None:
        """Fulfilled part of the quantity; None for a deed or when nobody reported."""
        if self.clause.quantity is None or self.fulfilled is None:
            return None
        return self.fulfilled / self.clause.quantity


def standing(
    clause: Clause, fulfilments: Iterable[Fulfilment], watch: Watch, on: dt.date
) -> ClauseStanding:
    """Return how a promise stands on a day, by what was confirmed up to it.

    A quantity nobody ever reported on is unknown once its day has passed: silence is not failure,
    and not success either. A deed nobody reported by its day is missed.
    """
    known = sorted((one for one in fulfilments if one.on <= on), key=lambda one: one.on)
    counted = [one for one in known if one.confirmed]
    met_on = _met_on(clause, counted)
    fulfilled = _sum(counted) if known and clause.quantity is not None else None
    return ClauseStanding(
        clause=clause,
        state=_state(clause, fulfilled, met_on, watch, on),
        fulfilled=fulfilled,
        waiting=len(known) > len(counted),
        days=(clause.due - on).days,
        met_on=met_on,
    )


def _sum(counted: Sequence[Fulfilment]) -> Decimal:
    return sum((one.quantity or Decimal(0) for one in counted), Decimal(0))


def _met_on(clause: Clause, counted: Sequence[Fulfilment]) -> dt.date | None:
    """The day on which it was whole, be it before or after it was due."""
    if clause.quantity is None:
        return counted[0].on if counted else None
    reached = Decimal(0)
    for one in counted:
        reached += one.quantity or 0
        if reached >= clause.quantity:
            return one.on
    return None


def _state(
    clause: Clause, fulfilled: Decimal | None, met_on: dt.date | None, watch: Watch, on: dt.date
) -> ClauseState:
    if met_on is not None:
        return ClauseState.MET
    if on > clause.due:
        return _overdue(clause, fulfilled)
    if _behind(clause, fulfilled, watch, on):
        return ClauseState.BEHIND
    return ClauseState.DUE_SOON if (clause.due - on).days <= watch.soon else ClauseState.NOT_DUE


def _overdue(clause: Clause, fulfilled: Decimal | None) -> ClauseState:
    if clause.quantity is None:
        return ClauseState.MISSED
    if fulfilled is None:
        return ClauseState.UNKNOWN
    return ClauseState.PARTLY if fulfilled else ClauseState.MISSED


def _behind(clause: Clause, fulfilled: Decimal | None, watch: Watch, on: dt.date) -> bool:
    """Whether a quantity lags behind its time; only what begins on a known day can lag."""
    if clause.quantity is None or fulfilled is None or clause.begins is None:
        return False
    whole = (clause.due - clause.begins).days
    if whole <= 0 or on <= clause.begins:
        return False
    time = Decimal((on - clause.begins).days) / whole
    return fulfilled / clause.quantity < watch.behind * time


@dataclass(frozen=True, slots=True)
class Balance:
    """One side's promises: how many were due by a day, and how many of them were kept in time."""

    side: Side
    promised: int
    due: int
    kept: int
    kept_late: int
    open: tuple[str, ...]

    @property
    def rate(self) -> Decimal | None:
        """Kept in time of what was due; None when nothing was due."""
        return Decimal(self.kept) / self.due if self.due else None


def balance(standings: Sequence[ClauseStanding], side: Side, on: dt.date) -> Balance:
    """Count one side's promises. Early fulfilment counts once the day is there."""
    own = [one for one in standings if one.clause.side is side]
    due = [one for one in own if one.clause.due <= on]
    kept = [one for one in due if one.met_on is not None and one.met_on <= one.clause.due]
    late = [one for one in due if one.met_on is not None and one.met_on > one.clause.due]
    still = tuple(one.clause.id for one in due if one.met_on is None)
    return Balance(side, len(own), len(due), len(kept), len(late), still)
