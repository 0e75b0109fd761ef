"""Places side by side, and a part of something larger elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from openzone.engines.series.model import (
    Definition,
    Derived,
    Line,
    Observation,
    inputs,
    percent,
    rounded,
)
from openzone.engines.series.periods import Period
from openzone.engines.series.runs import ranks
from openzone.engines.series.vintages import Track
from openzone.engines.text import Text

OF = Text("本地 ÷ {whole}", "here ÷ {whole}")
ROSE = Text("{later} 比重 − {earlier} 比重", "share of {later} − share of {earlier}")


@dataclass(frozen=True, slots=True)
class Place:
    """A subject among others: its figure, its place counted here, and the one published.

    ``place`` is None where it reported nothing; it is not counted in ``group`` then.
    """

    subject: str
    figure: Observation | None
    place: int | None
    ties: int
    group: int

    @property
    def tied(self) -> bool:
        """Whether others share the place."""
        return self.ties > 0


def places(
    figures: Mapping[str, Observation | None], definition: Definition, *, growth: bool = False
) -> list[Place]:
    """Return subjects in the order of a figure (or its growth) of one period, the best first.

    Equal figures share a place and the next is left out. Who has no figure comes last.
    """
    known = {name: _counted(one, growth=growth) for name, one in figures.items() if one}
    tracks = {
        Line(definition.id, name): {one.period: replace(one, subject=name, basis="")}
        for name, one in known.items()
        if one.value is not None
    }
    found = {one.line.subject: one for one in ranks(tracks, {definition.id: definition})}
    alone = next(iter(tracks)).subject if len(tracks) == 1 else None
    size = len(tracks)
    rows = [_place(name, one, found.get(name), size, alone) for name, one in figures.items()]
    return sorted(rows, key=lambda one: (one.place is None, one.place or 0))


def share_of(part: Track, whole: Track, name: Text) -> Iterator[Derived]:
    """Yield the share of a larger figure, period by period, where both are known."""
    for period in sorted(set(part) & set(whole)):
        one, other = part[period], whole[period]
        if one.value is not None and other.value is not None and other.value > 0:
            formula = Text(OF.zh.format(whole=name.zh), OF.en.format(whole=name.en))
            yield Derived("share_of", one.line, period, percent(one.value / other.value), "%",
                          formula, inputs(one, other))  # fmt: skip


def rise(shares: Mapping[Period, Decimal], line: Line) -> Derived | None:
    """Return by how many points a share rose from the first period to the last, and how often."""
    if len(shares) < 2:
        return None
    earlier, later = min(shares), max(shares)
    before, after = shares[earlier], shares[later]
    more = {"from": before, "to": after, "since": str(earlier),
            "multiple": rounded(after / before) if before > 0 else None}  # fmt: skip
    return Derived("rise", line, later, after - before, "个百分点",
                   ROSE.format(later=later, earlier=earlier), (), more)  # fmt: skip


def _counted(one: Observation, *, growth: bool) -> Observation:
    return replace(one, value=one.growth) if growth else one


def _place(
    name: str, one: Observation | None, found: Derived | None, size: int, alone: str | None
) -> Place:
    if found is None:
        return Place(name, one, 1 if name == alone else None, 0, size)
    ties = found.more["ties"]
    assert isinstance(ties, int)  # noqa: S101 - as ranks gives it
    return Place(name, one, int(Decimal(found.value)), ties, size)
