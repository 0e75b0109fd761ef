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
from openzone.zone.rulebook.selectors.population import Population, population


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
    return _coverages([item], as_of)[0]


def coverage_of_all(as_of: dt.date) -> list[Coverage]:
    """Return the coverage of every published item that a rule decides."""
    return _coverages(list(published(as_of).exclude(rule_id="")), as_of)


def _coverages(items: Sequence[Item], as_of: dt.date) -> list[Coverage]:
    """Return the coverage of each item; what concerns several is read once for all."""
    everybody = population(as_of)
    answers = {item.pk: _found(everybody, item) for item in items}
    wanted, ways = _wishes(items, answers), _ways(items, as_of)
    return [
        Coverage(item, _places(item, answers[item.pk], wanted[item.kind], ways[item.pk], as_of))
        for item in items
    ]


Answers = tuple[Sequence[int], Sequence[int]]
Way = list[tuple[int, Place]]


def _found(everybody: Population, item: Item) -> Answers:
    """Return the enterprises that are entitled to an item, and those of whom it is not known."""
    if item.rule_id not in everybody.result.plan.by_id:
        return (), ()
    return (
        everybody.standing(item.rule_id, Standing.MET),
        everybody.standing(item.rule_id, Standing.UNKNOWN),
    )


def _places(
    item: Item, answers: Answers, wanted: Mapping[int, bool], way: Way, as_of: dt.date
) -> dict[int, Place]:
    entitled, unknown = answers
    places = dict.fromkeys(unknown, Place.UNKNOWN)
    open_ = open_for_application(item, as_of).allowed
    places |= dict.fromkeys(entitled, Place.NOT_TOLD if open_ else Place.CLOSED)
    places |= {number: Place.UNWILLING for number in entitled if not wanted[number]}
    for number, place in way:
        if places.get(number, Place.UNKNOWN) is not Place.UNKNOWN:
            places[number] = place
    return places


def _wishes(items: Sequence[Item], answers: Mapping[int, Answers]) -> dict[str, Mapping[int, bool]]:
    """Return, for each kind of item, who wants to be told of it."""
    entitled: dict[str, set[int]] = {}
    for item in items:
        entitled.setdefault(item.kind, set()).update(answers[item.pk][0])
    return {kind: wants(Channel.SITE, kind, firms) for kind, firms in entitled.items()}


def _ways(items: Sequence[Item], as_of: dt.date) -> dict[int, Way]:
    """Return what was done about each item, the farthest last, so that it is what remains."""
    ways: dict[int, Way] = {item.pk: [] for item in items}
    deliveries = Delivery.objects.filter(item__in=items, skipped="", sent_at__date__lte=as_of)
    for number, root, read_at in deliveries.values_list("item", "enterprise__root", "read_at"):
        ways[number].append((root, Place.READ if read_at else Place.TOLD))
    applications = Application.objects.filter(item__in=items, opened_at__date__lte=as_of)
    for number, root, stage, paid in applications.values_list(
        "item", "enterprise__root", "stage", "paid_at"
    ):
        if place := _place(stage, paid):
            ways[number].append((root, place))
    return {number: sorted(way, key=lambda step: _ORDER[step[1]]) for number, way in ways.items()}


_ORDER = {
    place: position
    for position, place in enumerate(
        (Place.TOLD, Place.READ, Place.REFUSED, Place.UNDER_WAY, Place.PAID)
    )
}


def _place(stage: str, paid_at: dt.datetime | None) -> Place | None:
    """Return where an application puts its enterprise; a draft or a withdrawal, nowhere."""
    if paid_at is not None:
        return Place.PAID
    if stage in (Stage.REJECTED, Stage.LAPSED):
        return Place.REFUSED
    return None if stage in FAILED or stage == Stage.DRAFT else Place.UNDER_WAY
