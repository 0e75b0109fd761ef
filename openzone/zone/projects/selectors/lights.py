"""The months lights are computed from, and the projects whose kept lights are no longer right."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from openzone.engines.projects.light_arrays import (
    COLOURS,
    NONE,
    UNKNOWN,
    Codes,
    Reports,
    codes,
)
from openzone.engines.projects.light_model import (
    NOT_YET,
    Colour,
    Month,
    Override,
    Verdict,
    month_end,
    next_month,
)
from openzone.engines.projects.stages import standing
from openzone.zone.projects.models import (
    LightOverride,
    LightState,
    MonthlyReport,
    Pause,
    Project,
    StageEvent,
)
from openzone.zone.projects.packs import light_rules, pipeline_of
from openzone.zone.projects.selectors.standing import log_items

STARTED = "started"
CODE = {colour.value: code for code, colour in enumerate(COLOURS)}
Kept = tuple[int, str, dt.date, str]


class _Known(NamedTuple):
    """What is on record of one project."""

    project: Project
    reports: Mapping[dt.date, MonthlyReport]
    pauses: Sequence[Pause]
    overrides: Sequence[LightOverride]
    started: dt.date | None


def histories(projects: Iterable[Project], today: dt.date) -> dict[int, list[Month]]:
    """Return the months of projects as the engine reads them, up to the one of ``today``.

    A month nobody reported is there when a pause was approved for it, or a light set by hand.
    """
    return {
        known.project.pk: [_month(known, month) for month in _months(known, today)]
        for known in _known(list(projects), today)
    }


def told(verdicts: Iterable[Verdict], months: Sequence[Month]) -> list[Verdict]:
    """Leave out what is not known after the last month that was reported or paused.

    Such a month is there for a light set by hand under another rule, and would hide the last
    light that a report gave.
    """
    last = max((one.month for one in months if one.reported or one.paused), default=None)
    return [
        one
        for one in verdicts
        if one.colour is not Colour.UNKNOWN or (last is not None and one.month <= last)
    ]


def _told(wanted: Codes, reports: Reports) -> Codes:
    """Return the codes of what ``told`` leaves."""
    solid = reports.columns["reported"] | reports.columns["paused"]
    within = np.maximum.accumulate(solid[::-1], axis=0)[::-1]
    return np.where(within | (wanted != UNKNOWN), wanted, np.uint8(NONE))


def stale(projects: Sequence[Project], today: dt.date) -> set[int]:
    """Return the projects some kept light of which is not the one its rule gives now.

    Their reasons are not compared: they are worked out anew only where a colour differs.
    """
    months = {pk: one for pk, one in histories(projects, today).items() if one}
    kept = LightState.objects.filter(project__in=projects)
    rows = list(kept.values_list("project_id", "rule", "month", "colour").order_by())
    found = {pk for pk, rule, _, _ in rows if pk not in months or rule not in light_rules()}
    if not months:
        return found
    reports = Reports.of({str(pk): one for pk, one in months.items()})
    names = list(months)
    for rule in light_rules().values():
        wanted = _told(codes(rule, reports), reports)
        shown, outside = _shown(reports, names, wanted, (row for row in rows if row[1] == rule.id))
        differ = np.flatnonzero((shown != wanted).any(axis=0))
        found |= outside | {names[at] for at in differ}
    return found


def _shown(
    reports: Reports, names: Sequence[int], wanted: Codes, rows: Iterable[Kept]
) -> tuple[Codes, set[int]]:
    """Lay out what is kept as ``wanted`` is; projects with lights of months there are none of."""
    shown, outside = np.full_like(wanted, NONE), set[int]()
    columns = {pk: at for at, pk in enumerate(names)}
    for pk, _, month, colour in rows:
        place = _place(reports.first, month)
        if pk in columns and 0 <= place < len(wanted):
            shown[place, columns[pk]] = CODE.get(colour, NONE)
        else:
            outside.add(pk)
    return shown, outside


def _place(first: dt.date, month: dt.date) -> int:
    return (month.year - first.year) * 12 + month.month - first.month


def _known(projects: Sequence[Project], today: dt.date) -> Iterator[_Known]:
    """Read what months rest on, in four queries whatever the number of projects."""
    reports: dict[int, dict[dt.date, MonthlyReport]] = defaultdict(dict)
    for report in MonthlyReport.objects.filter(
        project__in=projects, current=True, month__lte=today
    ):
        reports[report.project_id][report.month] = report
    pauses, overrides, logs = (
        defaultdict[int, list[Pause]](list),
        defaultdict[int, list[LightOverride]](list),
        defaultdict[int, list[StageEvent]](list),
    )
    for pause in Pause.objects.filter(project__in=projects, granted=True):
        pauses[pause.project_id].append(pause)
    for one in LightOverride.objects.filter(project__in=projects, withdrawn_at__isnull=True):
        overrides[one.project_id].append(one)
    for event in StageEvent.objects.filter(project__in=projects):
        logs[event.project_id].append(event)
    for project in projects:
        pk = project.pk
        started = _started(project, logs[pk])
        yield _Known(project, reports[pk], pauses[pk], overrides[pk], started)


def _started(project: Project, log: Iterable[StageEvent]) -> dt.date | None:
    stage = pipeline_of(project).counting_as(STARTED)
    first = standing(log_items(log)).first
    return first[stage].on if stage is not None and stage in first else None


def _months(known: _Known, today: dt.date) -> list[dt.date]:
    found = set(known.reports)
    spans = [(one.begins, one.until) for one in known.pauses]
    spans += [(one.begins, one.until) for one in known.overrides]
    for begins, until in spans:
        month = begins.replace(day=1)
        while month <= min(until, today):
            found.add(month)
            month = next_month(month)
    return sorted(found)


def _month(known: _Known, month: dt.date) -> Month:
    """Put a month together; a pause that holds on any day of it is a pause of the month."""
    report, end = known.reports.get(month), month_end(month)
    started = known.started
    base = Month(
        month,
        known.project.number,
        due_start=known.project.planned_start,
        started_on=started if started is not None and started <= end else NOT_YET,
        paused=any(one.begins <= end and one.until >= month for one in known.pauses) or None,
        overrides=tuple(
            Override(Colour(one.colour), one.reason, one.until, one.rule)
            for one in known.overrides
            if one.begins.replace(day=1) == month
        ),
        reported=report is not None,
    )
    return base if report is None else _with(base, report)


def _with(base: Month, report: MonthlyReport) -> Month:
    return replace(
        base,
        planned=report.planned,
        actual=report.actual,
        statistics_on=report.statistics_on,
        due_on=report.due_on,
        done_on=report.done_on,
        expected_late=report.expected_late,
        serious=report.serious,
        reason_accepted=report.reason_accepted,
    )
