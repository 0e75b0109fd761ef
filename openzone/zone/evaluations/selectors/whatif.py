"""Simulations that are never a result: other weights and bases, differential prices by class."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from openzone.engines.scoring.measures import Charge, Total, changed, simulate, totals
from openzone.engines.scoring.model import Indicator, Scheme, Scored
from openzone.engines.text import Text
from openzone.packs.scoring_measures import MeasuresPack
from openzone.zone.errors import Refused
from openzone.zone.evaluations.models import Cycle
from openzone.zone.evaluations.selectors.items import pack_of
from openzone.zone.evaluations.selectors.results import work_out

HUNDRED = Decimal(100)
WEIGHTS = Text("权重合计 {whole}，应为 100", "the weights come to {whole}, not to 100")


class Simulated(NamedTuple):
    """Results as they are and as they would be, and whose class would change."""

    before: list[Scored]
    after: list[Scored]
    moved: list[tuple[Scored, Scored]]


def what_if(cycle: Cycle, group: str, changes: Mapping[str, Decimal]) -> Simulated:
    """Work everybody out with other weights (``w-ID``) and bases (``b-ID``) of a group.

    Raises:
        Refused: the weights do not come to a hundred.

    """
    scheme = pack_of(cycle).scheme
    before = work_out(cycle, scheme)
    after = work_out(cycle, _other(scheme, group, changes))
    return Simulated(before, after, list(changed(before, after)))


def _other(scheme: Scheme, group: str, changes: Mapping[str, Decimal]) -> Scheme:
    found = scheme.groups[group]
    indicators = tuple(_changed(one, changes) for one in found.indicators)
    whole = sum((one.weight for one in indicators), Decimal(0))
    if whole != HUNDRED:
        raise Refused(WEIGHTS.format(whole=whole))
    return replace(scheme, groups={**scheme.groups, group: replace(found, indicators=indicators)})


def _changed(one: Indicator, changes: Mapping[str, Decimal]) -> Indicator:
    weight = changes.get(f"w-{one.id}", one.weight)
    base = changes.get(f"b-{one.id}", one.base) if one.base is not None else None
    return replace(one, weight=weight, base=base)


class Priced(NamedTuple):
    """What everybody would pay by class: charges of each, sums by measure and class."""

    charges: list[tuple[Scored, list[Charge]]]
    totals: dict[tuple[str, str], Total]


def priced(pack: MeasuresPack, results: Sequence[Scored]) -> Priced:
    """Simulate differential prices on the figures of those evaluated."""
    measures = [one.measure for one in pack.measures]
    usage = {one.entry.id: one.entry.values for one in results}
    charges = simulate(measures, results, usage)
    by_entry = {one.entry.id: [c for c in charges if c.entry == one.entry.id] for one in results}
    return Priced([(one, by_entry[one.entry.id]) for one in results], totals(charges))
