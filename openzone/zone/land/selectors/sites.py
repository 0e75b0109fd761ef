"""What is known of the work on sold parcels, and how near they are to being idle."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from openzone.engines.projects.landidle import Idleness, Site, idleness
from openzone.zone.land.enums import ParcelState, SiteEvent
from openzone.zone.land.models import Contract, Parcel, ParcelStep, SiteReport
from openzone.zone.land.packs import pack
from openzone.zone.land.selectors.steps import standing_steps

WATCHED = (ParcelState.SOLD, ParcelState.DELIVERED)
"""Only land that is sold and not built yet can come to lie idle."""


class Watched(NamedTuple):
    """A contract and how near its parcel is to being idle."""

    contract: Contract
    found: Idleness


def watched(parcels: QuerySet[Parcel], on: dt.date) -> list[Watched]:
    """Return the sold parcels whose limits are near or past, the nearest first.

    Without limits in the pack nobody is warned.
    """
    rule = pack().idle
    if rule is None:
        return []
    contracts = with_sites(
        Contract.objects.filter(
            ended_on=None, parcel__in=parcels.filter(state__in=WATCHED).values("pk")
        )
    )
    found = [Watched(one, idleness(rule.rule, site_of(one), on)) for one in contracts]
    late = [one for one in found if one.found.warns]
    return sorted(late, key=lambda one: (one.found.limit or dt.date.max, one.contract.pk))


def idleness_of(contract: Contract, on: dt.date) -> Idleness | None:
    """Return how near one contract's parcel is to being idle; None where nobody watches it."""
    rule = pack().idle
    if rule is None or contract.ended_on is not None or contract.parcel.state not in WATCHED:
        return None
    return idleness(rule.rule, site_of(contract), on)


def with_sites(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Return contracts with what is needed to judge them."""
    steps = ParcelStep.objects.order_by("seq")
    return contracts.select_related("parcel__place", "parcel__unit").prefetch_related(
        "reports", Prefetch("parcel__log", steps)
    )


def site_of(contract: Contract) -> Site:
    """Return what is known of the work of a contract, as the engine has it."""
    reports = list(contract.reports.all())
    begun, stopped = site_state(reports)
    built = _last(one.built_m2 for one in reports)
    invested = _last(one.invested for one in reports)
    return Site(
        begin_due=contract.begin_due,
        begun_on=begun,
        stopped_on=stopped,
        area_share=None if built is None else built / contract.parcel.area_m2,
        investment_share=_share(invested, contract.investment),
        delivery_due=contract.delivery_due,
        delivered_on=_delivered(contract.parcel.log.all()),
    )


def site_state(reports: Sequence[SiteReport]) -> tuple[dt.date | None, dt.date | None]:
    """Return when work began, and since when it stands still; None where it goes on."""
    begun = stopped = None
    for one in reports:
        if one.event == SiteEvent.BEGUN:
            begun = one.on
        if one.event in (SiteEvent.BEGUN, SiteEvent.RESUMED):
            stopped = None
        elif one.event == SiteEvent.STOPPED:
            stopped = one.on
    return begun, stopped


def last_of(reports: Sequence[SiteReport]) -> SiteReport | None:
    """Return the last report."""
    return reports[-1] if reports else None


def _last(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in values if one is not None]
    return known[-1] if known else None


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return None if part is None or not whole else part / whole


def _delivered(log: Iterable[ParcelStep]) -> dt.date | None:
    days = [step.on for step in standing_steps(log) if step.state == ParcelState.DELIVERED]
    return days[-1] if days else None
