"""Whom an item finds, and what became of those who were told."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from openzone.engines.rules.match import Record
from openzone.zone.outreach.models import Delivery, Push
from openzone.zone.policies.models import Item
from openzone.zone.policies.packs import rule_version
from openzone.zone.redemption.models import Application
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.rulebook.selectors.screening import Spec, screened

PUSHED = (Standing.MET, Standing.NEAR, Standing.UNKNOWN)
"""Who can be told: entitled, one thing missing, not known yet. The others would learn nothing."""


class Found(NamedTuple):
    """An enterprise that an item finds, and why."""

    enterprise: int
    standing: Standing
    record: Record


def version_of(item: Item, on: dt.date) -> str:
    """Return what is pushed once: the item's version and, after a colon, its rule's."""
    return f"{item.version}:{rule_version(item.rule_id, on)}"


def found(item: Item, standings: Iterable[Standing], as_of: dt.date) -> Iterator[Found]:
    """Yield the enterprises that stand so with an item's rule; none without a rule in force."""
    answers = screened(Spec(rule_id=item.rule_id), as_of) if item.rule_id else None
    if answers is None:
        return
    for standing in standings:
        numbers = answers.standing(standing)
        records = answers.records(numbers) if numbers else {}
        for number in numbers:
            yield Found(number, standing, records[number])


def told(item: Item, version: str, channel: str) -> set[int]:
    """Return the enterprises (by root) that were told of this version by this channel."""
    deliveries = Delivery.objects.filter(item=item, version=version, channel=channel, skipped="")
    return set(deliveries.values_list("enterprise__root", flat=True))


class Funnel(NamedTuple):
    """How many were found, told, read it, applied and were paid."""

    found: int
    told: int
    read: int
    applied: int
    paid: int


STAGES = ("found", "told", "read", "applied", "paid")


def deliveries_at(stage: str, deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Keep the deliveries that came as far as a stage of the funnel."""
    conditions = {
        "found": Q(),
        "told": Q(skipped=""),
        "read": Q(skipped="", read_at__isnull=False),
        "applied": Q(skipped="") & Exists(_applications()),
        "paid": Q(skipped="") & Exists(_applications().filter(paid_at__isnull=False)),
    }
    return deliveries.filter(conditions[stage])


def _applications() -> QuerySet[Application]:
    """Applications of the same enterprise for the same item, handed in after it was told."""
    return Application.objects.filter(
        item=OuterRef("item"),
        enterprise__root=OuterRef("enterprise__root"),
        submitted_at__gte=OuterRef("sent_at"),
    )


def funnel(deliveries: QuerySet[Delivery]) -> Funnel:
    """Count the deliveries at each stage."""
    return Funnel(*(deliveries_at(stage, deliveries).count() for stage in STAGES))


def funnels(chosen: Sequence[Push]) -> dict[int, Funnel]:
    """Count the deliveries of several pushes at each stage, by the number of the push."""
    counted = []
    for stage in STAGES:
        rows = deliveries_at(stage, Delivery.objects.filter(push__in=chosen))
        sums = rows.order_by().values("push").annotate(total=Count("pk"))
        counted.append({row["push"]: row["total"] for row in sums})
    return {push.pk: Funnel(*(of.get(push.pk, 0) for of in counted)) for push in chosen}


def pushes() -> QuerySet[Push]:
    """Return all pushes, the latest first, with how many each found and told."""
    return (
        Push.objects.select_related("item", "item__document")
        .annotate(
            found=Count("deliveries"), told=Count("deliveries", filter=Q(deliveries__skipped=""))
        )
        .order_by("-pk")
    )


def inbox(enterprises: Sequence[Enterprise]) -> QuerySet[Delivery]:
    """Return what the enterprises were told on the site, the latest first."""
    roots = [one.root_id for one in enterprises]
    found = Delivery.objects.filter(
        enterprise__root__in=roots, channel="site", skipped="", sent_at__isnull=False
    )
    return found.select_related("push", "item", "item__document", "enterprise").order_by("-id")
