"""Boards of figures as programs read them: values in base units, growth and shares in percent."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.www.api.shapes.common import Words


class AimOut(Schema):
    """The target of a year, and the document it stands in."""

    amount: Decimal
    document: Words


class BoardLine(Schema):
    """A line of a board; `figure` is the figure in force, None where it only follows."""

    indicator: str
    label: Words
    entity: int
    entity_name: str
    light: str
    period: str | None
    value: Decimal | None
    growth: Decimal | None
    status: str | None
    basis: str
    figure: int | None
    month: Decimal | None
    month_published: bool
    target: AimOut | None
    completion: Decimal | None
    time_progress: Decimal | None
    seasonal_progress: Decimal | None
    gap: Decimal | None
    required_per_month: Decimal | None
    forecast: Decimal | None
    forecast_low: Decimal | None
    forecast_high: Decimal | None
    said: list[Words]
    late_period: str | None
    late_days: int | None


class PeerOut(Schema):
    """A place among peers; `place` is None where there is no figure."""

    entity: int
    name: str
    own: bool
    value: Decimal | None
    growth: Decimal | None
    place: int | None
    ties: int
    group: int
    growth_place: int | None
    published_rank: int | None
    published_group: int | None
    published_among: str
    source: str
    figure: int | None


class PeerTable(Schema):
    """An indicator over peers in one period."""

    indicator: str
    label: Words
    period: str
    lines: list[PeerOut]


class ChainOut(Schema):
    """The output of a chain; `share_of_nation` by period, in percent, as it follows."""

    line: BoardLine
    last_year: str | None
    last_year_value: Decimal | None
    last_year_growth: Decimal | None
    long_target: Decimal | None
    long_target_year: int | None
    completion: Decimal | None
    share_of_nation: dict[str, Decimal]
    published_share: dict[str, Decimal]


class ParkCell(Schema):
    """A figure of a park; `of`: reported, rolled_up, suppressed or missing.

    `pull` is what it added to the zone's growth in points, `contribution` its share of it.
    """

    park: int
    name: str
    of: str
    value: Decimal | None
    growth: Decimal | None
    pull: Decimal | None = None
    contribution: Decimal | None = None


class ParkMeasure(Schema):
    """A measure over all parks."""

    measure: str
    label: Words
    unit: str
    cells: list[ParkCell]


class FigureTargetOut(Schema):
    """A target of figures, in the base unit of its indicator."""

    id: int
    indicator: str
    entity: int
    way: str
    first_year: int
    last_year: int
    amount: Decimal
    given: str
    document: str
    reason: str
    withdrawn: bool
    replaces: int | None

    @staticmethod
    def resolve_entity(row: Any) -> int:
        """Its id."""
        found: int = row.entity_id
        return found

    @staticmethod
    def resolve_replaces(row: Any) -> int | None:
        """Its id."""
        found: int | None = row.replaces_id
        return found


class MeetingPackLine(Schema):
    """A pack in a list."""

    id: int
    title: str
    period: str
    as_of: dt.date
    known_at: dt.date | None
    made_at: dt.datetime
    sha256: str


class MeetingPackOut(MeetingPackLine):
    """A pack with all that it says."""

    content: dict[str, Any]
