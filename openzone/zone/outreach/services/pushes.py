"""Telling enterprises of an item: once of each version, with the reason, and only who wants it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.services import record
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.outreach.enums import Channel, PushState, SkipReason
from openzone.zone.outreach.models import Delivery, Push
from openzone.zone.outreach.selectors.preferences import REFUSED, wants
from openzone.zone.outreach.selectors.pushes import PUSHED, Found, found, told, version_of
from openzone.zone.policies.models import Item
from openzone.zone.policies.selectors.items import open_for_application
from openzone.zone.rulebook.selectors.entitlements import Standing

Kind = Literal["user", "system", "command"]
BATCH = 2_000
_NO_RULE = Text(
    "该事项没有规则，无法按条件查找企业", "no rule decides this item, so it finds nobody"
)
_STANDINGS = Text(
    "只能推送给符合、只差一项或尚不能判断的企业",
    "only those entitled, one thing short or not known yet can be told",
)


@transaction.atomic
def begin_push(
    *,
    actor: Actor,
    item: Item,
    standings: Iterable[Standing],
    channel: Channel,
    message: str,
    as_of: dt.date,
    now: dt.datetime,
) -> Push:
    """Decide to tell everybody an item finds that stands so; ``deliver`` does it."""
    current = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    chosen = _ensure_sense(current, standings, as_of)
    begun = Push(
        item=current,
        version=version_of(current, as_of),
        as_of=as_of,
        standings=[str(one) for one in chosen],
        channel=channel,
        message=message.strip(),
        state=PushState.SENDING,
        created_at=now,
        created_by=actor.label[:150],
    )
    ensure_valid(begun)
    begun.save()
    record(
        "outreach.push.begun",
        actor=actor,
        subject=f"push:{begun.pk}",
        payload={"item": current.code, "version": begun.version, "channel": channel},
    )
    return begun


@transaction.atomic
def deliver(*, actor: Actor, push: Push, now: dt.datetime) -> int:
    """Tell everybody a push finds; returns how many were told. A second call does nothing.

    Who was left out is kept with the reason. Two pushes of one version at once: the item's row
    keeps the second waiting until it can see whom the first one told.
    """
    Item.objects.select_for_update(of=("self",)).get(pk=push.item_id)
    current = Push.objects.select_for_update(of=("self",)).select_related("item").get(pk=push.pk)
    if current.state == PushState.SENT:
        return current.deliveries.filter(skipped="").count()
    current.state, current.sent_at = PushState.SENT, now
    standings = [Standing(one) for one in current.standings]
    rows = list(_deliveries(current, list(found(current.item, standings, current.as_of))))
    Delivery.objects.bulk_create(rows, batch_size=BATCH)
    current.save(update_fields=["state", "sent_at"])
    told_now = sum(not row.skipped for row in rows)
    record(
        "outreach.push.sent",
        actor=actor,
        subject=f"push:{current.pk}",
        payload={"found": len(rows), "told": told_now},
    )
    return told_now


def _ensure_sense(item: Item, standings: Iterable[Standing], as_of: dt.date) -> list[Standing]:
    open_ = open_for_application(item, as_of)
    if not open_.allowed:
        raise Refused(open_.reason)
    if not item.rule_id:
        raise Refused(_NO_RULE)
    chosen = list(dict.fromkeys(standings))
    if not chosen or not set(chosen) <= set(PUSHED):
        raise Refused(_STANDINGS, field="standings")
    return chosen


def _deliveries(sent: Push, hits: list[Found]) -> Iterator[Delivery]:
    before = told(sent.item, sent.version, sent.channel)
    wanted = wants(sent.channel, sent.item.kind, [hit.enterprise for hit in hits])
    for hit in hits:
        skipped = _skipped(hit.enterprise, before, wanted, sent.channel)
        yield Delivery(
            push=sent,
            item=sent.item,
            version=sent.version,
            channel=sent.channel,
            enterprise_id=hit.enterprise,
            standing=hit.standing,
            reason={
                "rule": hit.record.rule,
                "version": hit.record.version,
                "missing": list(hit.record.missing),
                "near": [near.as_json() for near in hit.record.near],
            },
            amount=hit.record.amount,
            skipped=skipped,
            sent_at=None if skipped else sent.sent_at,
        )


def _skipped(
    enterprise: int, before: set[int], wanted: dict[int, bool], channel: str
) -> SkipReason:
    if enterprise in before:
        return SkipReason.TOLD
    return SkipReason.NONE if wanted[enterprise] else REFUSED[channel]


@transaction.atomic
def mark_read(*, actor: Actor, delivery: Delivery, now: dt.datetime) -> Delivery:
    """Note that the enterprise opened what it was told; the first time counts."""
    current = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if current.read_at is not None:
        return current
    current.read_at, current.read_by = now, actor.label[:150]
    current.save(update_fields=["read_at", "read_by"])
    record("outreach.push.read", actor=actor, subject=f"push:{current.push_id}")
    return current
