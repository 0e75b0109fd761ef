"""The lights of a project under every rule of the zone, computed anew from its history."""

import datetime as dt
from collections.abc import Iterator, Sequence

from openzone.engines.projects.light_model import Month, Verdict
from openzone.engines.projects.lights import LightRule, colours
from openzone.zone.projects.models import LightState, Project
from openzone.zone.projects.packs import light_rules
from openzone.zone.projects.selectors.lights import histories, told


def refresh_lights(project: Project, today: dt.date) -> None:
    """Compute a project's lights up to this month and keep those that changed.

    Part of a service's transaction; a projection, so it leaves no event of its own.
    """
    months = histories([project], today)[project.pk]
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


def _states(
    project: Project, rule: LightRule, months: Sequence[Month]
) -> Iterator[tuple[Verdict, LightState]]:
    before = ""
    for verdict in told(colours(rule, months), months):
        yield verdict, LightState(
            project=project, rule=rule.id, month=verdict.month, colour=verdict.colour,
            before=before, reason={"zh": verdict.reason.zh, "en": verdict.reason.en},
        )  # fmt: skip
        before = verdict.colour


def _differs(kept: LightState, wanted: LightState) -> bool:
    names = ("colour", "before", "reason")
    return any(getattr(kept, name) != getattr(wanted, name) for name in names)
