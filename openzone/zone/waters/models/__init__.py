"""Waters and sections, campaigns and samples, the common log, workbooks and files."""

from openzone.zone.waters.models.campaigns import Campaign, CampaignStep, Planned, Sample
from openzone.zone.waters.models.files import WaterFile, WaterSheet
from openzone.zone.waters.models.log import Finding, LogEntry, Measure
from openzone.zone.waters.models.register import RiverChief, Section, SectionTarget, Water

__all__ = [
    "Campaign",
    "CampaignStep",
    "Finding",
    "LogEntry",
    "Measure",
    "Planned",
    "RiverChief",
    "Sample",
    "Section",
    "SectionTarget",
    "Water",
    "WaterFile",
    "WaterSheet",
]
