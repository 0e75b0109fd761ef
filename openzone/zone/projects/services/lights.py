"""The lights of a project under every rule of the zone, computed anew from its history."""

import datetime as dt
from collections.abc import Iterator, Sequence

from openzone.engines.projects.light_model import NOT_YET, Colour, Month, Override, Verdict
from openzone.engines.projects.lights import LightRule, colours
from openzone.engines.projects.stages import standing
from openzone.zone.projects.models import LightOverride, LightState, MonthlyReport, Pause, Project
from openzone.zone.projects.packs import light_rules, pipeline_of
from openzone.zone.projects.selectors.standing import log_items

STARTED = "started"


def refresh_lights(project: Project, today: dt.date) -> None:
    """Compute a project's lights up to this month and keep those that changed.

    Part of a service's transaction; a projection, so it leaves no event of its own.
    """
    months = history(project, today)
    wanted = {
        (verdict.rule, verdict.month): state
        for rule in light_rules().values()
        for verdict, state in _states(project, rule, months)
    }
    kept = {(one.rule, one.month): one for one in project.lights.all()}
    changed = [key for key, one in wanted.items() if key in kept and _differs(kept[key], one)]
    gone = [one.pk for key, one in kept.items() if key not in wanted or key in changed]
    LightState.objects.filter(pk__in=gone).delete()
    LightState.objects.bulk_create(
        one for key, one in wanted.items() if key not in kept or key in changed
    )


def history(project: Project, today: dt.date) -> list[Month]:
    """Return the months of a project as the engine reads them, up to the one of ``today``."""
    reports = list(project.months.filter(current=True, month__lte=today))
    pauses = list(project.pauses.filter(granted=True))
    overrides = list(project.overrides.filter(withdrawn_at__isnull=True))
    started = _started(project)
    return [_month(project, one, started, pauses, overrides) for one in reports]


def _started(project: Project) -> dt.date | None:
    stage = pipeline_of(project).counting_as(STARTED)
    first = standing(log_items(project.log.all())).first
    return first[stage].on if stage is not None and stage in first else None


def _month(
    project: Project, report: MonthlyReport, started: dt.date | None,
    pauses: Sequence[Pause], overrides: Sequence[LightOverride],
) -> Month:  # fmt: skip
    end = _end(report.month)
    return Month(
        month=report.month,
        project=project.number,
        planned=report.planned,
        actual=report.actual,
        due_start=project.planned_start,
        started_on=started if started is not None and started <= end else NOT_YET,
        statistics_on=report.statistics_on,
        due_on=report.due_on,
        done_on=report.done_on,
        paused=any(one.begins <= end and one.until >= report.month for one in pauses) or None,
        expected_late=report.expected_late,
        serious=report.serious,
        reason_accepted=report.reason_accepted,
        overrides=tuple(
            Override(Colour(one.colour), one.reason, one.until, one.rule)
            for one in overrides
            if one.begins.replace(day=1) == report.month
        ),
    )


def _end(month: dt.date) -> dt.date:
    following = (month + dt.timedelta(days=31)).replace(day=1)
    return following - dt.timedelta(days=1)


def _states(
    project: Project, rule: LightRule, months: Sequence[Month]
) -> Iterator[tuple[Verdict, LightState]]:
    before = ""
    for verdict in colours(rule, months):
        yield verdict, LightState(
            project=project, rule=rule.id, month=verdict.month, colour=verdict.colour,
            before=before, reason={"zh": verdict.reason.zh, "en": verdict.reason.en},
        )  # fmt: skip
        before = verdict.colour


def _differs(kept: LightState, wanted: LightState) -> bool:
    names = ("colour", "before", "reason")
    return any(getattr(kept, name) != getattr(wanted, name) for name in names)
