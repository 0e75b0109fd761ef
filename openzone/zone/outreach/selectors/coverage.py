"""Coverage: who is entitled to an item and has not received it, and why.

Every enterprise entitled on the day stands in exactly one place, the one farthest on the way:
paid, in progress, refused, read, told, not wanting to be told, or not told. Those whose answer is
not known stand apart, because an unknown is neither entitled nor not.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from openzone.zone.outreach.enums import Channel
from openzone.zone.outreach.models import Delivery
from openzone.zone.outreach.selectors.preferences import wants
from openzone.zone.policies.models import Item
from openzone.zone.policies.selectors.items import open_for_application, published
from openzone.zone.redemption.enums import FAILED, Stage
from openzone.zone.redemption.models import Application
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.rulebook.selectors.population import population


class Place(StrEnum):
    """Where an enterprise stands on its way to an item, from the end of the way."""

    PAID = "paid"
    UNDER_WAY = "under_way"
    REFUSED = "refused"
    READ = "read"
    TOLD = "told"
    UNWILLING = "unwilling"
    CLOSED = "closed"
    NOT_TOLD = "not_told"
    UNKNOWN = "unknown"


WITHOUT = (Place.REFUSED, Place.READ, Place.TOLD, Place.UNWILLING, Place.CLOSED, Place.NOT_TOLD)
"""Entitled and without the money, and nothing under way."""


@dataclass(frozen=True)
class Coverage:
    """One item: where each of the enterprises it is for stands."""

    item: Item
    places: Mapping[int, Place]

    @property
    def counts(self) -> Mapping[Place, int]:
        """How many stand in each place."""
        counted = Counter(self.places.values())
        return {place: counted[place] for place in Place}

    @property
    def entitled(self) -> int:
        """How many are entitled."""
        return sum(place is not Place.UNKNOWN for place in self.places.values())

    @property
    def received(self) -> int:
        """How many of them have received it."""
        return self.counts[Place.PAID]

    @property
    def share(self) -> float | None:
        """The share that has received it; unknown where nobody is entitled."""
        return self.received / self.entitled if self.entitled else None

    def at(self, place: Place) -> list[int]:
        """Return the enterprises that stand in a place."""
        return [number for number, where in self.places.items() if where is place]


def coverage(item: Item, as_of: dt.date) -> Coverage:
    """Return where every enterprise an item is for stands on a day."""
    entitled, unknown = _found(item, as_of)
    places = dict.fromkeys(unknown, Place.UNKNOWN)
    open_ = open_for_application(item, as_of).allowed
    places |= dict.fromkeys(entitled, Place.NOT_TOLD if open_ else Place.CLOSED)
    for number, wanted in wants(Channel.SITE, item.kind, entitled).items():
        if not wanted:
            places[number] = Place.UNWILLING
    for number, place in _on_the_way(item, as_of):
        if places.get(number, Place.UNKNOWN) is not Place.UNKNOWN:
            places[number] = place
    return Coverage(item, places)


def coverage_of_all(as_of: dt.date) -> list[Coverage]:
    """Return the coverage of every published item that a rule decides."""
    return [coverage(item, as_of) for item in published(as_of).exclude(rule_id="")]


def _found(item: Item, as_of: dt.date) -> tuple[Sequence[int], Sequence[int]]:
    everybody = population(as_of)
    if item.rule_id not in everybody.result.plan.by_id:
        return (), ()
    return (
        everybody.standing(item.rule_id, Standing.MET),
        everybody.standing(item.rule_id, Standing.UNKNOWN),
    )


def _on_the_way(item: Item, as_of: dt.date) -> list[tuple[int, Place]]:
    """Return what was done, the farthest last, so that it is what remains."""
    deliveries = Delivery.objects.filter(item=item, skipped="", sent_at__date__lte=as_of)
    told = deliveries.values_list("enterprise__root", "read_at")
    steps = [(root, Place.TOLD) for root, _ in told]
    steps += [(root, Place.READ) for root, read_at in told if read_at]
    applications = Application.objects.filter(item=item, opened_at__date__lte=as_of)
    rows = applications.values_list("enterprise__root", "stage", "paid_at")
    order = {Place.REFUSED: 0, Place.UNDER_WAY: 1, Place.PAID: 2}
    asked = [(root, place) for root, stage, paid in rows if (place := _place(stage, paid))]
    return steps + sorted(asked, key=lambda step: order[step[1]])


def _place(stage: str, paid_at: dt.datetime | None) -> Place | None:
    """Return where an application puts its enterprise; a draft or a withdrawal, nowhere."""
    if paid_at is not None:
        return Place.PAID
    if stage in (Stage.REJECTED, Stage.LAPSED):
        return Place.REFUSED
    return None if stage in FAILED or stage == Stage.DRAFT else Place.UNDER_WAY
