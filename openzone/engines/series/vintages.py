"""Every figure that was published for one period is kept; one of them is in force."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from openzone.engines.series.model import Derived, Line, Observation, Status, inputs
from openzone.engines.series.periods import Period
from openzone.engines.text import Text

REVISION = Text("现行数 − 首次公布数", "figure in force − figure first published")
_ORDER = {status: place for place, status in enumerate(Status)}

Track = Mapping[Period, Observation]
"""The figures in force of one line."""


def vintages(observations: Iterable[Observation]) -> dict[Line, dict[Period, list[Observation]]]:
    """Return what was published for each period of each line, the first figure first."""
    found: dict[Line, dict[Period, list[Observation]]] = {}
    for one in observations:
        found.setdefault(one.line, {}).setdefault(one.period, []).append(one)
    for periods in found.values():
        for kept in periods.values():
            kept.sort(key=_age)
    return found


def in_force(periods: Mapping[Period, list[Observation]]) -> dict[Period, Observation]:
    """Return the last figure of each period, in the order of time."""
    return {period: periods[period][-1] for period in sorted(periods)}


def revisions(periods: Mapping[Period, list[Observation]]) -> Iterator[Derived]:
    """Yield how far the figure in force is from the one first published."""
    for period, kept in sorted(periods.items()):
        first, last = kept[0], kept[-1]
        if first.value is None or last.value is None or first is last:
            continue
        yield Derived(
            "revision", last.line, period, last.value - first.value, last.unit, REVISION,
            inputs(first, last), {"vintages": len(kept)},
        )  # fmt: skip


def _age(one: Observation) -> tuple[dt.date, int, int]:
    """By day of publication, then by how final it is, then as it was given."""
    rank = _ORDER[one.status] if one.status is not None else len(_ORDER)
    return (one.published or dt.date.min, rank, one.row)
