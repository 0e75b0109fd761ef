"""A meeting gets the agenda it deserves: no more, no less, the most pressing first."""

import datetime as dt
from decimal import Decimal

import pytest

from openzone.engines.projects.reviews import Why
from openzone.engines.text import Text
from openzone.zone.projects.services.months import report_month
from openzone.zone.reviews.selectors import promises
from openzone.zone.reviews.selectors.agenda import deserved
from openzone.zone.reviews.services.deciding import decide
from openzone.zone.reviews.services.planning import prepare_meeting
from tests.zone.reviews.conftest import TODAY, at

pytestmark = pytest.mark.django_db


def _whys(meeting):
    return [(one.project.name, Why(one.matter.why)) for one in deserved(meeting)]


def test_red_comes_before_yellow_and_green_stays_away(planned, reported):
    reported(planned.major, 5, 50, 35)  # 70 %: yellow
    reported(planned.key, 5, 50, 20)  # 40 %: red
    reported(planned.ordinary, 5, 50, 50)
    [leaders] = planned.meetings("leaders", on__month=6)
    assert _whys(leaders) == [
        ("示例key项目", Why.TURNED_RED),
        ("示例major项目", Why.TURNED_YELLOW),
    ]


def test_a_tier_sees_the_classes_it_reviews_only(planned, reported):
    for project in (planned.major, planned.key, planned.ordinary):
        reported(project, 5, 50, 20)
    force, chief, leaders = (
        planned.meetings(tier, on__gte=dt.date(2026, 6, 15))[0]
        for tier in ("force", "chief", "leaders")
    )
    assert [len(deserved(one)) for one in (force, chief, leaders)] == [1, 3, 2]


def test_what_a_meeting_has_seen_turn_red_is_still_red_at_the_next(planned, reported, held):
    reported(planned.major, 5, 50, 20)
    reported(planned.key, 5, 50, 35)
    first, second = planned.meetings("chief", meant__month=6)
    assert [why for _name, why in _whys(first)] == [Why.TURNED_RED, Why.TURNED_YELLOW]
    held(first)
    assert _whys(second) == [("示例major项目", Why.STILL_RED)]


def test_a_month_after_yellow_that_is_red_turns_red_anew(planned, reported, held):
    reported(planned.major, 4, 50, 35)
    first, second = planned.meetings("chief", meant__month=6)
    held(first)
    reported(planned.major, 5, 80, 36)
    assert _whys(second) == [("示例major项目", Why.TURNED_RED)]


def test_obstacles_stand_with_the_tier_that_has_them(planned, stuck):
    stuck(planned.major)
    stuck(planned.ordinary, severity="3")
    force, chief = planned.meetings("force")[1], planned.meetings("chief", meant__month=6)[0]
    assert _whys(force) == [("示例major项目", Why.OBSTACLE)]
    assert _whys(chief) == [("示例ordinary项目", Why.OBSTACLE)]


def test_an_obstacle_never_waits_for_a_meeting_that_does_not_come(planned, stuck, actor):
    from openzone.zone.reviews.services.forces import take_project

    stuck(planned.major)
    take_project(actor=actor, held=planned.force.projects.get(), on=TODAY)
    assert deserved(planned.meetings("force")[1]) == []
    assert _whys(planned.meetings("chief", meant__month=6)[0]) == [("示例major项目", Why.OBSTACLE)]


def test_what_was_decided_and_not_carried_out_comes_back(planned, held, actor):
    first, second = planned.meetings("force")[:2]
    held(first)
    decide(
        actor=actor, meeting=first, title="交付净地", unit=planned.bureau, user=planned.head,
        due=dt.date(2026, 6, 5), now=at(TODAY), today=TODAY,
    )  # fmt: skip
    [found] = deserved(second)
    assert found.matter.why == Why.NOT_CARRIED_OUT
    assert "2026-06-05" in found.said.zh
    assert deserved(planned.meetings("chief", meant__month=6)[0]) == []


def test_promises_come_from_whoever_keeps_them(planned, monkeypatch):
    key = planned.key.pk
    soon, late = dt.date(2026, 7, 10), dt.date(2026, 6, 2)
    rows = [
        promises.Promise(key, "1", "接通专线", soon, Text("园区承诺", "promise of the zone")),
        promises.Promise(
            key, "2", "到位资金", late, Text("企业承诺", "promise of the firm"), missed=True
        ),
    ]
    monkeypatch.setattr(promises, "_sources", [])
    promises.register(lambda _projects, _on, last: [one for one in rows if one.due <= last])
    [leaders] = planned.meetings("leaders", on__month=6)
    assert [one.matter.why for one in deserved(leaders)] == [Why.PROMISE_MISSED, Why.PROMISE_DUE]
    assert [one.matter.why for one in deserved(planned.meetings("chief", meant__month=6)[0])] == [
        Why.PROMISE_MISSED,
        Why.PROMISE_DUE,
    ]


def test_a_frozen_agenda_stays_as_it_was(planned, reported, stuck, actor):
    meeting = planned.meetings("force")[1]
    stuck(planned.major)
    prepare_meeting(actor=actor, meeting=meeting, now=at(TODAY))
    reported(planned.major, 5, 50, 20)
    assert [Why(item.why) for item in meeting.items.all()] == [Why.OBSTACLE]
    prepare_meeting(actor=actor, meeting=meeting, now=at(TODAY))
    assert [Why(item.why) for item in meeting.items.all()] == [Why.TURNED_RED, Why.OBSTACLE]


def test_projects_that_left_are_reviewed_no_more(planned, stuck):
    stuck(planned.ordinary)
    type(planned.ordinary).objects.filter(pk=planned.ordinary.pk).update(left="withdrawn")
    assert deserved(planned.meetings("chief", meant__month=6)[0]) == []


def test_a_month_corrected_to_red_turns_red_although_it_was_seen_yellow(
    planned, reported, held, actor
):
    reported(planned.major, 5, 50, 35)
    first, second = planned.meetings("chief", meant__month=6)
    held(first)
    report_month(
        actor=actor, project=planned.major, month=dt.date(2026, 5, 1), now=at(TODAY),
        today=dt.date(2026, 12, 31), planned=Decimal("0.5"), actual=Decimal("0.1"),
        change_reason="误报",
    )  # fmt: skip
    assert _whys(second) == [("示例major项目", Why.TURNED_RED)]
