"""Projects, what happened to them, their months, their work, the pools they are in."""

from openzone.zone.projects.models.log import Amount, Arrival, Paper, StageEvent, Stay
from openzone.zone.projects.models.months import LightOverride, LightState, MonthlyReport, Pause
from openzone.zone.projects.models.moves import ProjectMerge, ProjectSheet
from openzone.zone.projects.models.pools import Assessment, FundingApplication, PoolEntry
from openzone.zone.projects.models.projects import LIVE, Member, Project, ProjectShare
from openzone.zone.projects.models.works import (
    Milestone,
    Photo,
    PhysicalItem,
    PhysicalReport,
    PlanPoint,
    SiteDay,
)

__all__ = [
    "LIVE",
    "Amount",
    "Arrival",
    "Assessment",
    "FundingApplication",
    "LightOverride",
    "LightState",
    "Member",
    "Milestone",
    "MonthlyReport",
    "Paper",
    "Pause",
    "Photo",
    "PhysicalItem",
    "PhysicalReport",
    "PlanPoint",
    "PoolEntry",
    "Project",
    "ProjectMerge",
    "ProjectShare",
    "ProjectSheet",
    "SiteDay",
    "StageEvent",
    "Stay",
]
