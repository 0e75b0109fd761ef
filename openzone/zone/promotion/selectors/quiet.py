"""Leads nobody has spoken to for longer than their grade allows."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from openzone.engines.projects.funnel import Silence, silent
from openzone.zone.promotion.enums import OPEN
from openzone.zone.promotion.models import Lead
from openzone.zone.promotion.packs import pack


@dataclass(frozen=True, slots=True)
class Quiet:
    """A quiet lead: for how many days, since when, how many its grade allows, how often over."""

    lead: Lead
    days: int
    allowed: int
    turn: int

    @property
    def since(self) -> dt.date:
        """The last talk, or the day the lead came where there was none."""
        return self.lead.last_contact or self.lead.received_on


def quiet_leads(leads: QuerySet[Lead], on: dt.date, days: int | None = None) -> list[Quiet]:
    """Return the open leads that are quiet on a day, the longest overdue first.

    ``days``: how many are allowed, instead of those of the grades.
    """
    wanted = leads.filter(state__in=OPEN).select_related("investor", "adviser", "unit")
    by_pk = {str(one.pk): one for one in wanted}
    allowed = {name: days or most for name, most in pack().quiet_days.items()}
    found = silent(
        {pk: (_grade(one), one.received_on) for pk, one in by_pk.items()},
        {pk: one.last_contact for pk, one in by_pk.items() if one.last_contact},
        allowed,
        on,
    )
    return [_quiet(by_pk[one.investor], one) for one in found]


def _quiet(lead: Lead, found: Silence) -> Quiet:
    return Quiet(lead, found.days, found.allowed, found.turn)


def _grade(lead: Lead) -> str:
    """A grade the pack lost is treated as none."""
    return lead.grade if lead.grade in pack().quiet_days else ""
