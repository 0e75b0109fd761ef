"""Getting hold of what a firm needs at once: ordered, arrived, given back (要素保障调度)."""

import datetime as dt

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.chain import JSON
from openzone.zone.audit.services import record
from openzone.zone.cases.enums import DispatchTerms
from openzone.zone.cases.models import Case, Dispatch
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User

_CLOSED = Text("事项已办结，不能再调度", "the case is closed: nothing is dispatched for it")
_THERE = Text("已登记到位", "its arrival is on record already")
_NOT_THERE = Text("尚未到位", "it has not arrived yet")
_BACK = Text("已登记归还", "it was given back already")
_SUPPLIED = Text("供应的物资不需归还", "what was supplied is not given back")


@transaction.atomic
def dispatch(
    *,
    actor: Actor,
    by: User,
    case: Case,
    what: str,
    amount: str,
    terms: DispatchTerms,
    supplier: str,
    place: str,
    now: dt.datetime,
    needed_until: dt.datetime | None = None,
) -> Dispatch:
    """Order something for a case that is still open."""
    current = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if current.closed:
        raise Refused(_CLOSED)
    ordered = Dispatch(
        case=current,
        what=what.strip(),
        amount=amount.strip(),
        terms=terms,
        supplier=supplier.strip(),
        place=place.strip(),
        ordered_by=by,
        ordered_at=now,
        needed_until=needed_until,
    )
    ensure_valid(ordered)
    ordered.save()
    _note(actor, ordered, "ordered", {"what": ordered.what, "amount": ordered.amount})
    return ordered


@transaction.atomic
def note_arrival(*, actor: Actor, dispatch: Dispatch, at: dt.datetime) -> Dispatch:
    """Note when it stood where it was needed."""
    current = _locked(dispatch)
    if current.arrived_at is not None:
        raise Refused(_THERE)
    current.arrived_at = at
    ensure_valid(current)
    current.save(update_fields=["arrived_at"])
    _note(actor, current, "arrived", {"at": at})
    return current


@transaction.atomic
def note_return(
    *, actor: Actor, dispatch: Dispatch, at: dt.datetime, cost: int | None, paid_by: str
) -> Dispatch:
    """Note when it was given back, what it cost (fen; ``None``: not known) and who paid."""
    current = _locked(dispatch)
    if current.terms == DispatchTerms.SUPPLIED:
        raise Refused(_SUPPLIED)
    if current.arrived_at is None:
        raise Refused(_NOT_THERE)
    if current.returned_at is not None:
        raise Refused(_BACK)
    current.returned_at, current.cost, current.paid_by = at, cost, paid_by.strip()
    ensure_valid(current)
    current.save(update_fields=["returned_at", "cost", "paid_by"])
    _note(actor, current, "returned", {"at": at, "cost": cost, "paid_by": current.paid_by})
    return current


def _locked(dispatch: Dispatch) -> Dispatch:
    found = Dispatch.objects.select_for_update(of=("self",)).select_related("case")
    return found.get(pk=dispatch.pk)


def _note(actor: Actor, of: Dispatch, action: str, payload: dict[str, JSON]) -> None:
    details: dict[str, JSON] = {"case": of.case.number, **payload}
    record(f"cases.dispatch.{action}", actor=actor, subject=f"dispatch:{of.pk}", payload=details)
