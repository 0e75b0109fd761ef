"""What counters read of the logs says what the logs say, whatever happened to a project."""

import datetime as dt
import random

import pytest

from openzone.engines.projects import statistics as engine
from openzone.engines.projects.record import Record
from openzone.engines.projects.stages import log_faults, standing
from openzone.zone.audit.models import Event
from openzone.zone.projects.models import Project, StageEvent, Stay
from openzone.zone.projects.packs import pipeline
from openzone.zone.projects.selectors.leadtimes import durations
from openzone.zone.projects.selectors.records import first_entries
from openzone.zone.projects.selectors.standing import log_items
from openzone.zone.projects.selectors.statistics import figures, live
from openzone.zone.projects.services.projects import create_project
from openzone.zone.projects.services.stages import go_back
from openzone.zone.projects.services.stays import rebuild_stays
from tests.zone.projects.conftest import JANUARY, NOW, TODAY

pytestmark = pytest.mark.django_db
FLOW = "six_batches"
STEPS = ("entered", "entered", "entered", "entered", "fell_back", "voided", "left")
FIRST = dt.date(2024, 1, 1)


def a_log(project, draw, most=12):
    """Draw steps one after the other, and keep those that may follow: mistakes, falls, exits."""
    flow, made, day = pipeline(FLOW), [], FIRST
    for _ in range(most):
        kind = draw.choice(STEPS)
        stage = draw.choice([*flow.exits] if kind == "left" else [one.id for one in flow.stages])
        step = StageEvent(
            project=project, seq=len(made) + 1, kind=kind, stage=stage, recorded_at=NOW,
            on=day + dt.timedelta(days=draw.randint(0, 60)), reason="示例", evidence=["concept"],
        )  # fmt: skip
        log = log_items([*made, step])
        if not [one for one in log_faults(flow, log) if one.index == len(made)]:
            made.append(step)
            day = step.on
    return made


@pytest.fixture
def logs(actor):
    """Forty projects that lived as projects do, written past the services."""
    draw = random.Random(5)
    projects = [
        create_project(
            actor=actor, name=f"示例{n}", pipeline=FLOW, on=JANUARY, now=NOW, synthetic=True
        )
        for n in range(40)
    ]
    StageEvent.objects.bulk_create(step for one in projects for step in a_log(one, draw))
    rebuild_stays(actor=actor)
    return {one.number: log_items(one.log.all()) for one in projects}


def test_counters_of_every_period_are_those_of_the_whole_logs(logs):
    whole = [Record(number, log, number) for number, log in logs.items()]
    assert StageEvent.objects.filter(kind="voided").count() > 5
    assert StageEvent.objects.filter(kind="left").count() > 5
    flow, by = pipeline(FLOW), ("stage", "month")
    for quarter in range(12):
        start = FIRST + dt.timedelta(days=91 * quarter)
        end = start + dt.timedelta(days=90)
        found = figures(FLOW, start, end, by=by)
        assert found.entered == engine.counters(whole, flow, start, end, by=by)
        assert found.at_end == engine.stock(whole, flow, end, by=by)
        assert found.rates == engine.rates(whole, flow, start, end)
        assert found.unproved == engine.unproved(whole, flow, start, end)


def test_first_entries_are_those_that_stand(logs):
    stages = [one.id for one in pipeline(FLOW).stages]
    days = {
        number: {stage: entry.on for stage, entry in standing(log).first.items()}
        for number, log in logs.items()
    }
    assert first_entries(live(FLOW), stages) == {k: v for k, v in days.items() if v}
    assert durations(live(FLOW), FLOW, "reserve", "signed").done


def test_every_step_keeps_them_and_deriving_them_anew_changes_nothing(
    pipe, priced, filed, entered, actor
):
    priced(pipe.plant, 100_000_000)
    filed(pipe.plant, "concept", "contact_record")
    project = Project.objects.get(pk=pipe.plant.pk)
    entered(project, "reserve", JANUARY)
    entered(project, "in_talks", TODAY)
    go_back(
        actor=actor, project=project, to="reserve", on=TODAY, reason="误录", void=True, now=NOW,
        today=TODAY,
    )  # fmt: skip
    [kept] = Stay.objects.values_list("stage", "on", "until", "first")
    assert kept == ("reserve", JANUARY, None, True)
    before = list(Stay.objects.order_by("pk").values())
    assert rebuild_stays(actor=actor) == 1
    assert list(Stay.objects.order_by("pk").values()) == before
    assert Event.objects.filter(action="projects.stays.rebuilt").count() == 1
