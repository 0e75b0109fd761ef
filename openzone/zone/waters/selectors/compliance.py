"""Whether sections meet their targets, quarter by quarter. What is missing is unknown, not met."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.text import Text
from openzone.engines.water.quarters import Quarter, quarter_of
from openzone.engines.worktime.localtime import to_local
from openzone.zone.waters.enums import Act, CampaignState, Cell
from openzone.zone.waters.models import Campaign, Section
from openzone.zone.waters.selectors.standing import (
    NOT_APPROVED,
    Result,
    Standing,
    standings,
    target_on,
)

QUARTERS = 8
NO_CAMPAIGN = Text("没有监测", "no campaign")
NOT_IN_USE = Text("断面不在用", "section not in use")


class Judged(NamedTuple):
    """A section in a quarter. ``place``: rank of the class both found, approved or not yet."""

    section: Section
    quarter: Quarter
    cell: Cell
    target: str | None
    place: int | None = None
    why: Text | None = None
    result: Result | None = None

    @property
    def counts(self) -> bool:
        """Whether the section was in use in the quarter at all."""
        return self.why is not NOT_IN_USE


def quarters_until(on: dt.date, many: int = QUARTERS) -> list[Quarter]:
    """Return the last quarters up to the one a day lies in, the earliest first."""
    found = [quarter_of(on)]
    while len(found) < many:
        found.append(found[-1].before)
    return found[::-1]


def compliance(
    on: dt.date, quarters: Sequence[Quarter] | None = None,
    sections: "QuerySet[Section] | None" = None,
) -> list[Judged]:  # fmt: skip
    """Return every section in every quarter, as it was known at the end of a day.

    Only what both sides had approved by then says met or missed; everything else is unknown with
    the reason. ``quarters``: the last eight; ``sections``: all.
    """
    wanted = list(quarters or quarters_until(on))
    rows = Section.objects.all() if sections is None else sections
    found = list(rows.select_related("water", "one", "other").prefetch_related("targets"))
    held = _results(wanted, on)
    return [_judged(one, each, held, on) for one in found for each in wanted]


Held = dict[tuple[int, str], tuple[Standing, Result]]


def _results(wanted: Sequence[Quarter], on: dt.date) -> Held:
    campaigns = Campaign.objects.filter(quarter__in=[str(one) for one in wanted])
    live = campaigns.exclude(state=CampaignState.CANCELLED).order_by("id")
    return {
        (result.planned.section_id, standing.campaign.quarter): (standing, result)
        for standing in standings(live, on)
        for result in standing.results
    }


def _judged(section: Section, each: Quarter, held: Held, on: dt.date) -> Judged:
    found = held.get((section.pk, str(each)))
    if found is None:
        ended = section.valid_to is not None and section.valid_to < each.first
        out = ended or section.valid_from > each.last
        why = NOT_IN_USE if out else NO_CAMPAIGN
        return Judged(section, each, Cell.UNKNOWN, target_on(section, each.last), None, why)
    standing, result = found
    place = result.place if standing.revealed else None
    if not approved_by(standing, on):
        return Judged(section, each, Cell.UNKNOWN, result.target, place, NOT_APPROVED, result)
    return Judged(section, each, result.cell, result.target, place, result.why, result)


def approved_by(standing: Standing, on: dt.date) -> bool:
    """Whether both sides had approved a campaign by the end of a day."""
    if standing.campaign.state != CampaignState.APPROVED:
        return False
    last = [one for one in standing.steps if one.what == Act.APPROVED][-1]
    return to_local(last.at).date() <= on
