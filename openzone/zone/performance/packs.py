"""The pack in force in this zone, read once per process."""

from functools import cache

from openzone.packs.loading import zone_folder
from openzone.packs.performance import PerformancePack, load_performance
from openzone.packs.project_report import ReportPack, load_report


@cache
def pack() -> PerformancePack:
    """Return the indicators, the bounds of warnings, and the schemes of evaluation."""
    return load_performance(zone_folder())


@cache
def report_pack() -> ReportPack:
    """Return the sentences of the report of projects."""
    return load_report(zone_folder())
