"""Months are reported and corrected, pauses approved by another, lights follow the history."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.zone.errors import Refused
from openzone.zone.projects.models import LightState, MonthlyReport
from openzone.zone.projects.services.months import (
    ask_pause,
    override_light,
    report_month,
    rule_pause,
    withdraw_override,
)
from tests.zone.projects.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
WUHAN, YINCHUAN = "wuhan.progress_ratio", "yinchuan.progress_points"
MARCH, APRIL, MAY = (dt.date(2026, month, 1) for month in (3, 4, 5))


@pytest.fixture
def reported(actor, pipe):
    """Report a month of the plant; progress in percent."""

    def tell(month, planned=None, actual=None, **more):
        return report_month(
            actor=actor, project=pipe.plant, month=month, now=NOW, today=TODAY, user=pipe.clerk,
            planned=None if planned is None else Decimal(planned) / 100,
            actual=None if actual is None else Decimal(actual) / 100, **more,
        )  # fmt: skip

    return tell


def _light(pipe, rule, month):
    return LightState.objects.get(project=pipe.plant, rule=rule, month=month)


def test_the_same_month_has_its_colour_under_each_rule(pipe, reported):
    reported(MARCH, 50, 35)
    reported(APRIL, 60, 48)
    assert _light(pipe, WUHAN, MARCH).colour == "yellow"
    assert _light(pipe, YINCHUAN, MARCH).colour == "yellow"
    reported(MAY, 80, 48)
    assert _light(pipe, WUHAN, MAY).colour == "yellow", "60 % exactly is not below 60 %"
    assert _light(pipe, YINCHUAN, MAY).colour == "red", "32 points behind"
    assert _light(pipe, YINCHUAN, MAY).before == "yellow"


def test_a_correction_says_why_keeps_the_first_and_changes_the_light(pipe, reported):
    reported(MARCH, 50, 10)
    with pytest.raises(Refused) as refused:
        reported(MARCH, 50, 45)
    assert refused.value.field == "change_reason"
    reported(MARCH, 50, 45, change_reason="漏报一栋厂房")
    assert [(one.version, one.current) for one in pipe.plant.months.all()] == [
        (1, False),
        (2, True),
    ]
    assert _light(pipe, WUHAN, MARCH).colour == "green"


@pytest.mark.parametrize(
    ("month", "figures", "field"),
    [
        (dt.date(2026, 7, 1), {}, "month"),
        (APRIL, {"actual": 101}, "actual"),
        (APRIL, {"planned": -1}, "planned"),
        (APRIL, {"actual": 30}, "actual"),
        (APRIL, {"invested": Decimal(1_000_000)}, "invested"),
        (APRIL, {"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(pipe, reported, month, figures, field):
    reported(MARCH, 50, 35, invested=Decimal(100))
    with pytest.raises(Refused) as refused:
        reported(month, **figures)
    assert refused.value.field == field
    assert MonthlyReport.objects.count() == 1


def test_progress_may_fall_when_somebody_says_why_and_a_jump_when_sure(pipe, reported):
    reported(MARCH, 50, 35, invested=Decimal(100))
    reported(APRIL, 60, 30, reason="返工", invested=Decimal(1_000_000), sure=True)
    assert pipe.plant.months.count() == 2


def test_an_approved_pause_never_turns_red(actor, pipe, reported):
    given = {"actor": actor, "now": NOW}
    pause = ask_pause(project=pipe.plant, begins=MARCH, until=APRIL, reason="汛期停工",
                      user=pipe.clerk, **given)  # fmt: skip
    reported(MARCH, 50, 10)
    assert _light(pipe, WUHAN, MARCH).colour == "red", "asked for is not approved"
    with pytest.raises(Refused, match="另一人"):
        rule_pause(pause=pause, granted=True, user=pipe.clerk, today=TODAY, **given)
    with pytest.raises(Refused, match="原因"):
        rule_pause(pause=pause, granted=False, user=pipe.colleague, today=TODAY, **given)
    rule_pause(pause=pause, granted=True, user=pipe.colleague, today=TODAY, **given)
    assert _light(pipe, WUHAN, MARCH).colour == "paused"
    with pytest.raises(Refused, match="已经决定"):
        rule_pause(pause=pause, granted=False, user=pipe.colleague, today=TODAY, remark="不",
                   **given)  # fmt: skip


def test_a_light_set_by_hand_has_a_reason_and_ends(actor, pipe, reported):
    reported(MAY, 50, 10)
    given = {"actor": actor, "project": pipe.plant, "user": pipe.clerk, "now": NOW,
             "today": TODAY, "begins": MAY}  # fmt: skip
    for wrong, field in (
        ({"colour": "green", "reason": " ", "until": TODAY}, "reason"),
        ({"colour": "green", "reason": "已补报", "until": MAY}, "until"),
        ({"colour": "pink", "reason": "已补报", "until": TODAY}, "colour"),
        ({"colour": "green", "reason": "已补报", "until": TODAY, "rule": "no.such"}, "rule"),
    ):
        with pytest.raises(Refused) as refused:
            override_light(**given, **wrong)
        assert refused.value.field == field
    override = override_light(colour="yellow", reason="已补报", until=TODAY, rule=WUHAN, **given)
    assert _light(pipe, WUHAN, MAY).colour == "yellow"
    assert "已补报" in _light(pipe, WUHAN, MAY).reason["zh"]
    assert _light(pipe, YINCHUAN, MAY).colour == "red"
    withdraw_override(actor=actor, override=override, now=NOW, today=TODAY)
    assert _light(pipe, WUHAN, MAY).colour == "red"


def test_an_overdue_start_turns_red_after_three_months(pipe, reported):
    """The plant was to start in May of 2026 and is reported on in May and June only."""
    reported(MAY, 0, 0)
    assert _light(pipe, "yinchuan.start_overdue", MAY).colour == "yellow"
