"""Needs and offers: published, described anew, closed; expired when their day is over."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise
from openzone.zone.supply.enums import LIVE, EntryState, Side
from openzone.zone.supply.models import SupplyEntry
from openzone.zone.supply.packs import ensure_kind, pack
from openzone.zone.supply.writing import ensure_said, note, opened

NO_FIELD: Final = Text("没有“{name}”这一项", "there is no field “{name}”")
NO_UNIT: Final = Text("填写数量须写明单位", "a quantity needs its unit")
NOT_POSITIVE: Final = Text("数量应大于0", "a quantity is above 0")
PAST: Final = Text("{day} 已经过了", "{day} is over")
BUSY: Final = Text(
    "还有 {n} 个对接邀请未了结，请先答复或登记结果",
    "{n} invitations are still under way: answer them or say what came of them first",
)
MERGED: Final = Text("该企业已并入“{name}”", "this enterprise was merged into “{name}”")


class Described(TypedDict, total=False):
    """What may be said of an entry."""

    kind: str
    title: str
    text: str
    quantity: Decimal | None
    unit: str
    by_on: dt.date | None
    certificates: list[str]
    place: str
    chain: str
    node: str
    contact: str
    phone: str
    expires_on: dt.date | None


DESCRIBED: Final = frozenset(Described.__optional_keys__)


@transaction.atomic
def publish(
    *, actor: Actor, side: str, enterprise: Enterprise, now: dt.datetime, user: User | None = None,
    synthetic: bool = False, **said: Unpack[Described],
) -> SupplyEntry:  # fmt: skip
    """Publish a need or an offer of a firm.

    Raises:
        Refused: no such kind, a quantity without its unit, a day that is over.

    """
    if enterprise.merged_into is not None:
        raise Refused(MERGED.format(name=enterprise.merged_into.name), field="enterprise")
    today = timezone.localdate(now)
    made = SupplyEntry(
        side=Side(side), enterprise=enterprise, published_by=user, published_at=now,
        synthetic=synthetic or enterprise.synthetic,
        expires_on=today + dt.timedelta(days=pack().open_days),
    )  # fmt: skip
    _describe(made, said, today)
    made.save()
    note("entry.published", actor, f"supply:{made.pk}",
         {"side": made.side, "enterprise": enterprise.pk, "kind": made.kind})  # fmt: skip
    return made


@transaction.atomic
def change_entry(
    *, actor: Actor, entry: SupplyEntry, now: dt.datetime, **said: Unpack[Described]
) -> SupplyEntry:
    """Describe an open entry anew."""
    fresh = opened(entry)
    before = {name: str(getattr(fresh, name)) for name in said if name not in _SECRET}
    _describe(fresh, said, timezone.localdate(now))
    fresh.save()
    changed: dict[str, Any] = {
        name: [old, str(getattr(fresh, name))]
        for name, old in before.items()
        if old != str(getattr(fresh, name))
    }
    note("entry.changed", actor, f"supply:{fresh.pk}", {"changed": changed})
    return fresh


_SECRET: Final = frozenset({"contact", "phone"})
"""How a person is reached does not go to the log."""


@transaction.atomic
def close_entry(*, actor: Actor, entry: SupplyEntry, reason: str, on: dt.date) -> SupplyEntry:
    """Close an entry whose invitations have all come to an end."""
    fresh = opened(entry)
    busy = _invitations(fresh).filter(state__in=LIVE).count()
    if busy:
        raise Refused(BUSY.format(n=busy))
    fresh.state, fresh.ended_on, fresh.reason = EntryState.CLOSED, on, ensure_said(reason)
    ensure_valid(fresh)
    fresh.save(update_fields=["state", "ended_on", "reason"])
    note("entry.closed", actor, f"supply:{fresh.pk}", {"reason": fresh.reason})
    return fresh


@transaction.atomic
def expire_entries(*, actor: Actor, on: dt.date) -> int:
    """End the entries whose last day is over; invitations under way go on."""
    over = SupplyEntry.objects.select_for_update().filter(state=EntryState.OPEN, expires_on__lt=on)
    ids = sorted(over.values_list("pk", flat=True))
    if ids:
        SupplyEntry.objects.filter(pk__in=ids).update(state=EntryState.EXPIRED, ended_on=on)
        note("entry.expired", actor, "supply", {"entries": list(ids)})
    return len(ids)


def _invitations(entry: SupplyEntry) -> Any:
    as_need = entry.side == Side.NEED
    return entry.invitations_as_need if as_need else entry.invitations_as_offer


def _describe(entry: SupplyEntry, said: Mapping[str, Any], today: dt.date) -> None:
    for name, value in said.items():
        if name not in DESCRIBED:
            raise Refused(NO_FIELD.format(name=name), field=name)
        if name == "expires_on" and value is None:
            continue
        setattr(entry, name, value.strip() if isinstance(value, str) else value)
    ensure_kind(entry.kind)
    if entry.quantity is not None and entry.quantity <= 0:
        raise Refused(NOT_POSITIVE, field="quantity")
    if entry.quantity is not None and not entry.unit:
        raise Refused(NO_UNIT, field="unit")
    for name in ("by_on", "expires_on"):
        day = getattr(entry, name)
        if day is not None and name in said and day < today:
            raise Refused(PAST.format(day=day), field=name)
    ensure_valid(entry)
