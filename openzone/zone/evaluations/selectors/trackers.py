"""The zone's own place among others, and satisfaction measured: figures of other rooms, read here.

Nothing is stored. A figure is shown with its source; a streak only where every period is there.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from openzone.engines.series.model import Observation
from openzone.engines.series.periods import Period, Span
from openzone.engines.series.runs import after_gaps
from openzone.engines.series.vintages import in_force, vintages
from openzone.packs.evaluations import Tracked
from openzone.zone.evaluations.packs import pack
from openzone.zone.indicators.enums import EntityKind
from openzone.zone.indicators.models import Figure
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.selectors.series import known, observation
from openzone.zone.surveys.models import Survey
from openzone.zone.surveys.selectors.figures import Figures, figures


class Row(NamedTuple):
    """A figure that stands; ``after_gap``: the period before it is not on record."""

    figure: Figure
    after_gap: bool


class Track(NamedTuple):
    """An index of one entity: its figures, the latest first, and how long it stood up high.

    ``streak`` are periods in a row, up to the latest, with a rank not below ``tracked.top``; a
    period that is missing, or has no rank, ends it.
    """

    tracked: Tracked
    name: str
    rows: list[Row]
    streak: int

    @property
    def since(self) -> str:
        """The first period of the streak."""
        return self.rows[self.streak - 1].figure.period if self.streak else ""


def tracks(known_at: dt.date) -> list[Track]:
    """Return the indices of the pack with the figures that stand."""
    found = []
    for one in pack().tracker:
        every = {
            figure.pk: figure for figure in known(None, [one.indicator], known_at)
            if figure.entity.kind != EntityKind.ENTERPRISE
        }  # fmt: skip
        for periods in vintages(map(observation, every.values())).values():
            for standing in _by_length(in_force(periods)):
                rows = _rows([every[seen.row] for seen in standing])
                found.append(Track(one, str(rows[0].figure.entity), rows, _streak(rows, one.top)))
    return found


def _by_length(found: Mapping[Period, Observation]) -> Iterable[list[Observation]]:
    """A month, a year and the end of a month stand in no row together."""
    spans: dict[Span, list[Observation]] = {}
    for period, one in found.items():
        spans.setdefault(period.span, []).append(one)
    return spans.values()


def _rows(figures_: Sequence[Figure]) -> list[Row]:
    """Tell gaps: no frequency is published, so the shortest step there is counts as a period."""
    gaps = after_gaps([parsed(one.period) for one in figures_])
    return [Row(*one) for one in zip(figures_, gaps, strict=True)][::-1]


def _streak(rows: Sequence[Row], top: int) -> int:
    count = 0
    for one in rows:
        if one.figure.rank is None or one.figure.rank > top:
            break
        if one.figure.among != rows[0].figure.among:
            break
        count += 1
        if one.after_gap:
            break
    return count


class Measured(NamedTuple):
    """A survey of satisfaction and what may be shown of it."""

    survey: Survey
    figures: Figures


def measured(as_of: dt.date) -> list[Measured]:
    """Return surveys of the business environment with n and response; few answers stay hidden."""
    found = Survey.objects.filter(form__in=pack().satisfaction).order_by("-first", "-pk")
    return [Measured(one, figures(one, as_of)) for one in found[:20]]
