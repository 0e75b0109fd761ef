"""How far the suppliers of a leader have come: counted by state, and the share that was reached."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.zone.promotion.enums import SupplierState
from openzone.zone.promotion.models import Supplier, SupplierList


class Coverage(NamedTuple):
    """A list in figures; ``share`` is the part of it that was contacted at least."""

    total: int
    reached: int
    states: dict[str, int]
    share: Decimal | None


def suppliers(listing: SupplierList) -> QuerySet[Supplier]:
    """Return the suppliers of a list with their leads."""
    return listing.suppliers.select_related("investor", "lead__project").order_by("pk")


def state_of(supplier: Supplier) -> SupplierState:
    """Return how far a supplier has come: what its lead became is read from the lead."""
    if supplier.lead is not None and supplier.lead.project_id is not None:
        return SupplierState.PROJECT
    return SupplierState(supplier.state)


def coverage(rows: Iterable[Supplier]) -> Coverage:
    """Count suppliers by state."""
    states = dict.fromkeys(SupplierState.values, 0)
    for one in rows:
        states[state_of(one)] += 1
    total = sum(states.values())
    reached = total - states[SupplierState.NONE]
    return Coverage(total, reached, states, Decimal(reached) / total if total else None)
