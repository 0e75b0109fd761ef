"""Lights follow what is on record, also where nobody reported, and are looked at every morning."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.zone.projects.jobs import keep_lights
from openzone.zone.projects.models import LightState, Project
from openzone.zone.projects.packs import pipeline_of
from openzone.zone.projects.selectors.lights import stale
from openzone.zone.projects.services.amounts import state_amount
from openzone.zone.projects.services.months import (
    ask_pause,
    override_light,
    report_month,
    rule_pause,
)
from openzone.zone.projects.services.stages import enter_stage
from tests.zone.projects.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db

APRIL, MAY, JUNE = (dt.date(2026, month, 1) for month in (4, 5, 6))
WUHAN, START = "wuhan.progress_ratio", "yinchuan.start_overdue"


@pytest.fixture
def reported(actor, pipe):
    for month, actual in ((APRIL, "0.4"), (JUNE, "0.1")):
        report_month(
            actor=actor, project=pipe.plant, month=month, planned=Decimal("0.5"),
            actual=Decimal(actual), reason="示例", now=NOW, today=TODAY,
        )  # fmt: skip
    return pipe.plant


def shown(project: Project, rule: str) -> dict[dt.date, str]:
    return dict(project.lights.filter(rule=rule).values_list("month", "colour"))


def test_a_pause_of_a_month_nobody_reported_is_shown_and_breaks_no_run(actor, pipe, reported):
    given = {"actor": actor, "now": NOW}
    pause = ask_pause(
        project=reported, begins=dt.date(2026, 5, 10), until=dt.date(2026, 5, 20),
        reason="汛期", user=pipe.clerk, **given,
    )  # fmt: skip
    rule_pause(pause=pause, granted=True, user=pipe.colleague, today=TODAY, **given)
    assert shown(reported, WUHAN) == {APRIL: "green", MAY: "paused", JUNE: "red"}


def test_a_light_set_by_hand_shows_in_months_nobody_reported(actor, pipe, reported):
    override_light(
        actor=actor, project=reported, colour="blue", reason="已补报", begins=dt.date(2026, 5, 9),
        until=TODAY, user=pipe.clerk, now=NOW, today=TODAY, rule=WUHAN,
    )  # fmt: skip
    assert shown(reported, WUHAN) == {APRIL: "green", MAY: "blue", JUNE: "blue"}
    assert shown(reported, START)[MAY] == "unknown"


def test_a_light_set_by_hand_under_one_rule_hides_the_last_light_of_no_other(actor, pipe, reported):
    july = dt.date(2026, 7, 1)
    override_light(
        actor=actor, project=reported, colour="blue", reason="已补报", begins=july,
        until=dt.date(2026, 7, 31), user=pipe.clerk, now=NOW, today=july, rule=WUHAN,
    )  # fmt: skip
    assert shown(reported, WUHAN)[july] == "blue"
    assert max(shown(reported, START)) == JUNE
    assert stale([reported], july) == set()


def test_a_start_is_in_the_lights_at_once(actor, pipe, reported, filed):
    Project.objects.filter(pk=reported.pk).update(planned_finish=TODAY)
    state_amount(
        actor=actor, project=reported, kind="total", value=Decimal(900_000_000), on=APRIL, now=NOW
    )
    assert shown(reported, START)[JUNE] == "yellow"
    reach_start(actor, reported, filed)
    assert shown(reported, START)[JUNE] == "green"


def reach_start(actor, project: Project, filed) -> None:
    project.refresh_from_db()
    for stage in pipeline_of(project).stages:
        if stage.optional:
            continue
        filed(project, *(kind for group in stage.evidence for kind in group))
        project = enter_stage(
            actor=actor, project=project, stage=stage.id, on=JUNE, now=NOW, today=TODAY
        )
        if stage.id == "started":
            return


def test_what_is_kept_is_what_the_rules_give_now(reported):
    assert stale([reported], TODAY) == set()
    keep_lights.func(TODAY.isoformat())
    assert LightState.objects.filter(project=reported, rule=WUHAN).count() == 3


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "green"},
        {"month": dt.date(2020, 1, 1)},
        {"rule": "no.such_rule"},
    ],
)
def test_a_light_that_is_no_longer_right_is_mended_in_the_morning(reported, change):
    right = shown(reported, WUHAN)
    reported.lights.filter(rule=WUHAN, month=JUNE).update(**change)
    assert stale([reported], TODAY) == {reported.pk}
    assert keep_lights.func(TODAY.isoformat()) == {"looked": 1, "changed": 1}
    assert shown(reported, WUHAN) == right
    assert stale([reported], TODAY) == set()


def test_a_project_without_months_has_no_lights_to_keep(pipe):
    LightState.objects.create(
        project=pipe.plant, rule=WUHAN, month=MAY, colour="red", reason={"zh": "示", "en": "e"}
    )
    assert stale([pipe.plant], TODAY) == {pipe.plant.pk}
    keep_lights.func(TODAY.isoformat())
    assert not pipe.plant.lights.exists()
