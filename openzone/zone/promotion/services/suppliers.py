"""Lists of a leader's suppliers: entered, marked as they come nearer, made leads in one step."""

import datetime as dt
from typing import Any

from django.db import transaction

from openzone.engines.identity.uscc import InvalidCreditCode, parse
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import Unit, User
from openzone.zone.projects.selectors.merges import alike
from openzone.zone.promotion.enums import SupplierState
from openzone.zone.promotion.models import Lead, Supplier, SupplierList
from openzone.zone.promotion.services.field_links import firm_named
from openzone.zone.promotion.services.leads import record_lead
from openzone.zone.promotion.services.writing import ensure_come, note
from openzone.zone.registry.models import Enterprise

SOURCE = "chain"
"""What a lead from a leader's suppliers is called among the sources of ``promotion.yaml``."""
IS_LEAD = Text("“{name}”已转为线索 {number}", "“{name}” is the lead {number} already")
ONLY_BY_HAND = Text(
    "请用“转为线索”办理；项目状态随线索变化",
    "make it a lead; whether it is a project follows from that",
)
TWICE = Text("“{name}”已在名单中", "“{name}” is in the list already")


@transaction.atomic
def make_list(
    *, actor: Actor, leader: str, source: str, as_of: dt.date, unit: Unit, now: dt.datetime,
    chain: str = "", enterprise: Enterprise | None = None, user: User | None = None,
    synthetic: bool = False,
) -> SupplierList:  # fmt: skip
    """Begin the list of a leader's suppliers."""
    made = SupplierList(
        leader=leader.strip(), enterprise=enterprise, chain=chain.strip(), source=source.strip(),
        as_of=as_of, unit=unit, made_by=user, made_at=now, synthetic=synthetic,
    )  # fmt: skip
    ensure_valid(made)
    made.save()
    _note("suppliers.listed", actor, made, leader=made.leader)
    return made


@transaction.atomic
def add_supplier(
    *, actor: Actor, listing: SupplierList, name: str, uscc: str = "", product: str = "",
    node: str = "", region: str = "", tier: int | None = None, gap: bool = False,
) -> Supplier:  # fmt: skip
    """Put a firm into a list; a firm of the same name is refused, however it is written."""
    SupplierList.objects.select_for_update().get(pk=listing.pk)
    made = Supplier(listing=listing, alike=alike(name))
    if listing.suppliers.filter(alike=made.alike).exists():
        raise Refused(TWICE.format(name=name.strip()), field="name")
    describe(
        made, name=name, uscc=uscc, product=product, node=node, region=region, tier=tier, gap=gap
    )
    _note("suppliers.added", actor, listing, supplier=made.pk)
    return made


@transaction.atomic
def mark_supplier(
    *, actor: Actor, supplier: Supplier, state: str, on: dt.date, now: dt.datetime,
    remark: str = "",
) -> Supplier:  # fmt: skip
    """Say how far a supplier has come: not contacted, contacted, interested."""
    fresh = _open(supplier)
    if state in (SupplierState.LEAD, SupplierState.PROJECT):
        raise Refused(ONLY_BY_HAND, field="state")
    ensure_come(on, now)
    before, fresh.state, fresh.since = fresh.state, SupplierState(state), on
    fresh.remark = remark.strip()
    ensure_valid(fresh)
    fresh.save()
    _note("suppliers.marked", actor, fresh.listing, supplier=fresh.pk, state=[before, state])
    return fresh


@transaction.atomic
def supplier_to_lead(
    *, actor: Actor, supplier: Supplier, now: dt.datetime, on: dt.date,
    adviser: User | None = None, user: User | None = None, sure: bool = False,
) -> Lead:  # fmt: skip
    """Make a supplier a lead of the list's unit, with why it is one.

    Raises:
        Refused: where firms on record are alike and nobody said that it is another.

    """
    fresh = _open(supplier)
    listing = fresh.listing
    firm = fresh.investor or firm_named(
        actor=actor, name=fresh.name, uscc=fresh.uscc, now=now, user=user, region=fresh.region,
        business=fresh.product, synthetic=listing.synthetic, sure=sure,
    )  # fmt: skip
    lead = record_lead(
        actor=actor, investor=firm, title=_title(fresh), source=SOURCE,
        source_note=f"“{listing.leader}”供应链企业名单"[:200], received_on=on, now=now, user=user,
        unit=listing.unit, adviser=adviser, chain=listing.chain, node=fresh.node,
        gap=fresh.node if fresh.gap else "", gap_reason=reason_of(fresh).zh[:500],
        sure=sure, synthetic=listing.synthetic,
    )  # fmt: skip
    fresh.investor, fresh.lead = firm, lead
    fresh.state, fresh.since = SupplierState.LEAD, on
    fresh.save()
    _note("suppliers.lead", actor, listing, supplier=fresh.pk, lead=lead.pk)
    return lead


def reason_of(supplier: Supplier) -> Text:
    """Return why a supplier is a lead: whom it supplies with what, and the gap it fills."""
    leader, what = supplier.listing.leader, supplier.product or supplier.node
    zh, en = f"“{leader}”供应链企业", f"supplier of “{leader}”"
    if what:
        zh, en = f"{zh}，供应{what}", f"{en} of {what}"
    if supplier.gap:
        link = supplier.node or what
        zh, en = f"{zh}；补本地链条缺口“{link}”", f"{en}; fills the gap “{link}”"
    return Text(zh, en)


def describe(supplier: Supplier, **said: Any) -> None:
    """Say what a supplier is, and save it."""
    for name, value in said.items():
        setattr(supplier, name, value.strip() if isinstance(value, str) else value)
    if supplier.uscc:
        try:
            supplier.uscc = parse(supplier.uscc).code
        except InvalidCreditCode as error:
            raise Refused(error.reason, field="uscc") from None
    ensure_valid(supplier)
    supplier.save()


def _title(supplier: Supplier) -> str:
    return f"{supplier.name}（{supplier.product or supplier.listing.leader}）"[:200]


def _open(supplier: Supplier) -> Supplier:
    fresh = (
        Supplier.objects.select_for_update(of=("self",))
        .select_related("listing__unit", "investor", "lead")
        .get(pk=supplier.pk)
    )
    if fresh.lead is not None:
        raise Refused(IS_LEAD.format(name=fresh.name, number=fresh.lead.number))
    return fresh


def _note(action: str, actor: Actor, listing: SupplierList, **payload: Any) -> None:
    note(action=action, actor=actor, subject=f"supplier_list:{listing.pk}", payload=payload)
