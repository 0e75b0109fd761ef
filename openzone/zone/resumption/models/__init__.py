"""Seasons, rosters, daily reports, electricity, inspections, what is in the way, workbooks."""

from openzone.zone.resumption.models.reports import Blocker, Inspection, WorkReport
from openzone.zone.resumption.models.seasons import Member, Membership, Season
from openzone.zone.resumption.models.sources import PowerReading, ResumptionBook

__all__ = [
    "Blocker",
    "Inspection",
    "Member",
    "Membership",
    "PowerReading",
    "ResumptionBook",
    "Season",
    "WorkReport",
]
