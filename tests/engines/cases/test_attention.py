"""When a case needs looking at: colours, reminders, escalations.

November 2026: the 2nd is a Monday; every Monday to Friday is worked, 09:00-12:00, 13:30-17:30.
"""

from openzone.engines.cases.attention import (
    clock_views,
    colour,
    escalations_due,
    next_moment,
    reminders_due,
)
from tests.engines.cases.helpers import (
    CENTRE,
    FIN,
    FIRM,
    WORKTIME,
    at,
    handled,
)

MATERIAL = {"what": "合同", "reason": "material", "document": "补正通知书"}


class TestAttention:
    def test_colours_by_share(self):
        history = handled()
        clock_ = history.now().clocks["resolve"]
        seen = [
            colour(history.type, clock_, at(f"{day} 12:00"), WORKTIME)
            for day in ("03", "05", "07", "10")
        ]
        assert seen == ["green", "yellow", "orange", "red"]

    def test_each_share_is_named_once_it_is_reached(self):
        history = handled()
        due = reminders_due(history.type, history.now(), at("06 17:30"), WORKTIME)
        assert [(one.clock, one.round, one.share) for one in due] == [
            ("resolve", 1, 0.5),
            ("resolve", 1, 0.8),
        ]

    def test_none_for_a_paused_clock_or_a_closed_case(self):
        history = handled()
        history.do("06 17:30", "ask_requester", FIN, **MATERIAL)
        assert reminders_due(history.type, history.now(), at("10 10:00"), WORKTIME) == ()
        back = reminders_due(history.type, history.now(), at("2026-11-23T10:00"), WORKTIME)
        assert [one.share for one in back] == [0.5, 0.8]
        history.do("10 10:00", "supply", FIRM)
        history.do("12 10:00", "withdraw", FIRM)
        assert reminders_due(history.type, history.now(), at("13 10:00"), WORKTIME) == ()

    def test_the_ladder_step_by_step(self):
        history = handled()
        now = at("12 10:00")
        steps = escalations_due(history.type, history.now(), now, WORKTIME)
        assert [(one.after_share, one.to) for one in steps] == [(1.0, "unit_head")]
        step = {"level": "unit_head", "leader": "h1", "clock": "resolve", "after_share": 1.0}
        history.do("12 10:00", "escalate", CENTRE, **step)
        assert escalations_due(history.type, history.now(), now, WORKTIME) == ()

    def test_when_to_look_next(self):
        history = handled()
        moment = next_moment(history.type, history.now(), at("02 10:00"), WORKTIME)
        assert moment == at("04 17:30")
        history.do("03 10:00", "ask_requester", FIN, **MATERIAL)
        capped = next_moment(history.type, history.now(), at("12 10:00"), WORKTIME)
        assert capped == at("2026-11-17T17:30")

    def test_a_paused_clock_says_where_it_stands_if_it_runs_again_now(self):
        history = handled()
        history.do("03 10:00", "ask_requester", FIN, **MATERIAL)
        (view,) = [
            one
            for one in clock_views(history.type, history.now(), at("05 10:00"), WORKTIME)
            if one.id == "resolve"
        ]
        assert (view.status, view.due) == ("paused", at("11 17:30"))
        assert view.paused_minutes == 2 * 7 * 60
        assert view.resumes_at == at("2026-11-17T17:30")

    def test_overdue_is_said_before_anybody_stops_it(self):
        history = handled()
        views = clock_views(history.type, history.now(), at("10 09:00"), WORKTIME)
        assert [view.status for view in views] == ["met", "overdue"]
