"""Into whose hands a case goes, and out of them."""

from dataclasses import replace

import pytest

from tests.engines.cases.helpers import (
    CALLER,
    CENTRE,
    FIN,
    FIN2,
    FIRM,
    LAND,
    LEADER,
    OPENING,
    SYSTEM,
    TAX,
    History,
    a_type,
    handled,
    opened,
)


def test_a_case_begins_with_the_centre_where_no_rule_names_a_unit():
    state = opened().now()
    assert (state.holder, state.lead, state.stage) == ("unit:CENTRE", "CENTRE", "received")


def test_routing_gives_it_to_the_unit_of_its_topic():
    state = opened(topic="finance").now()
    assert (state.holder, state.stage) == ("unit:FIN", "assigned")


def test_a_topic_answered_in_the_form_routes_too():
    assert opened(fields={"topic": "finance"}).now().holder == "unit:FIN"


def test_what_is_about_a_unit_never_goes_to_it():
    assert opened(topic="finance", about_unit="FIN").now().holder == "unit:CENTRE"
    assert opened(about_unit="CENTRE").now().holder == "unit:leader"
    history = opened(about_unit="FIN")
    assert "about that very unit" in history.refused("02 10:00", "route", CENTRE, unit="FIN")
    history.do("02 10:00", "route", CENTRE, unit="LAND")
    for action, more in (("transfer", {"reason": "x"}), ("involve", {"asks": "x"})):
        reason = history.refused("02 11:00", action, CENTRE, unit="FIN", **more)
        assert "about that very unit" in reason
    history.do("02 11:00", "object", LAND, reason="非本部门职责")
    ruling = {"upheld": True, "unit": "FIN"}
    assert "very unit" in history.refused("02 12:00", "rule_objection", CENTRE, **ruling)


def test_opening_at_the_very_unit_it_is_about_is_refused():
    reason = History().refused("02 09:00", "open", FIRM, **OPENING, unit="FIN", about_unit="FIN")
    assert "cannot go to it" in reason


def test_who_accepts_handles_it():
    state = handled().now()
    assert (state.handler, state.stage, state.holder) == ("f1", "handling", "unit:FIN")


def test_another_unit_cannot_accept():
    history = opened(unit="FIN")
    assert history.refused("02 10:00", "accept", LAND) == "“Accept” is not for 丙 to do"


def test_declining_goes_back_to_the_centre_and_needs_a_reason():
    history = opened(unit="FIN")
    assert "reason" in history.refused("02 10:00", "decline", FIN)
    state = history.do("02 10:00", "decline", FIN, reason="不属本部门")
    assert (state.holder, state.stage, state.bounces) == ("unit:CENTRE", "received", 1)


def test_after_two_declines_in_a_row_only_the_centre_decides():
    history = opened(unit="FIN")
    history.do("02 10:00", "decline", FIN, reason="x")
    history.do("02 11:00", "route", CENTRE, unit="LAND")
    history.do("02 14:00", "decline", LAND, reason="x")
    history.do("02 15:00", "route", CENTRE, unit="TAX")
    assert "only the centre" in history.refused("02 16:00", "decline", TAX, reason="x")
    refused = history.refused("02 16:00", "transfer", TAX, unit="FIN", reason="x")
    assert "only the centre" in refused
    history.do("02 16:00", "transfer", CENTRE, unit="FIN", reason="中心决定")
    assert history.do("02 17:00", "accept", FIN).bounces == 2


def test_accepting_ends_a_row_of_bounces():
    history = opened(unit="FIN")
    history.do("02 10:00", "transfer", FIN, unit="LAND", reason="x")
    history.do("02 11:00", "accept", LAND)
    assert (history.now().bounces, history.now().bounces_in_row) == (1, 0)


def test_an_accepted_case_cannot_be_declined():
    assert "not possible at the stage" in handled().refused("02 11:00", "decline", FIN, reason="x")


class TestObjection:
    def test_within_a_workday_and_decided_by_somebody_else(self):
        history = opened(unit="FIN")
        state = history.do("03 17:00", "object", FIN, reason="非本部门职责")
        assert (state.holder, state.stage) == ("unit:CENTRE", "objected")
        assert "not for" in history.refused("04 09:00", "rule_objection", FIN, upheld=False)
        risen = replace(FIN, role="leader")
        assert "their own" in history.refused("04 09:00", "rule_objection", risen, upheld=False)
        state = history.do("04 09:00", "rule_objection", CENTRE, upheld=True, unit="LAND")
        assert (state.holder, state.lead, state.stage) == ("unit:LAND", "LAND", "assigned")

    def test_too_late(self):
        history = opened(unit="FIN")
        reason = history.refused("03 17:31", "object", FIN, reason="x")
        assert reason == "the time to object is over (2026-11-03 17:30)"
        assert history.do("03 17:30", "object", FIN, reason="x").stage == "objected"

    @pytest.mark.parametrize("upheld", [True, False])
    def test_once_decided_never_again(self, upheld):
        history = opened(unit="FIN")
        history.do("02 10:00", "object", FIN, reason="x")
        history.do("02 11:00", "rule_objection", LEADER, upheld=upheld, unit="LAND")
        unit = LAND if upheld else FIN
        assert "decided already" in history.refused("02 12:00", "object", unit, reason="x")

    def test_turned_down_means_the_unit_keeps_it(self):
        history = opened(unit="FIN")
        history.do("02 10:00", "object", FIN, reason="x")
        state = history.do("02 11:00", "rule_objection", CENTRE, upheld=False)
        assert (state.holder, state.stage) == ("unit:FIN", "assigned")
        assert "cannot decline" in history.refused("02 12:00", "decline", FIN, reason="x")

    def test_upheld_means_another_unit_gets_it(self):
        history = opened(unit="FIN")
        history.do("02 10:00", "object", FIN, reason="x")
        ruling = {"upheld": True, "unit": "FIN"}
        assert "another unit" in history.refused("02 11:00", "rule_objection", CENTRE, **ruling)

    def test_a_type_without_objections(self):
        history = opened(a_type(objection=None), unit="FIN")
        assert "know no objection" in history.refused("02 10:00", "object", FIN, reason="x")


class TestAssisting:
    def test_every_unit_gives_its_own_answer_before_the_lead_finishes(self):
        history = handled()
        history.do("02 11:00", "involve", FIN, unit="LAND", asks="用地")
        history.do("02 11:00", "involve", FIN, unit="TAX", asks="税务")
        done = {"text": "ok", "evidence": ["a"]}
        assert "LAND, TAX" in history.refused("02 12:00", "finish", FIN, **done)
        history.do("02 14:00", "contribute", LAND, text="已核")
        assert "not for" in history.refused("02 15:00", "contribute", LAND, text="再核")
        assert "not for" in history.refused("02 15:00", "contribute", FIN, text="代答")
        history.do("02 15:00", "contribute", TAX, text="无欠税")
        state = history.do("02 16:00", "finish", FIN, **done)
        assert [part.answer for part in state.parts.values()] == ["已核", "无欠税"]

    def test_the_lead_holds_the_case_all_the_while(self):
        history = handled()
        history.do("02 11:00", "involve", FIN, unit="LAND", asks="用地")
        assert history.do("02 14:00", "contribute", LAND, text="x").holder == "unit:FIN"

    def test_the_centre_can_release_a_unit(self):
        history = handled()
        history.do("02 11:00", "involve", FIN, unit="LAND", asks="用地")
        history.do("02 12:00", "excuse", CENTRE, unit="LAND", reason="无需")
        assert history.now().unanswered == ()

    def test_a_unit_assists_once_at_a_time_and_never_itself(self):
        history = handled()
        assert "cannot assist itself" in history.refused(
            "02 11:00", "involve", FIN, unit="FIN", asks="x"
        )
        history.do("02 11:00", "involve", FIN, unit="LAND", asks="x")
        assert "already" in history.refused("02 11:00", "involve", FIN, unit="LAND", asks="y")


class TestMeeting:
    def called(self) -> History:
        history = handled()
        units = {"at": "2026-11-03T14:30", "units": ["FIN", "LAND"]}
        history.do("02 11:00", "call_meeting", CENTRE, **units)
        return history

    def test_decisions_become_tasks_with_owners_and_days(self):
        history = self.called()
        history.do("03 16:00", "hold_meeting", CENTRE, attended=["甲", "丙"], minutes="纪要")
        task = {"task": "出具证明", "owner": "LAND", "due": "2026-11-06", "meeting": "M1"}
        history.do("03 16:05", "decide", CENTRE, **task)
        done = {"text": "ok", "evidence": ["a"]}
        assert "T1" in history.refused("04 09:00", "finish", FIN, **done)
        assert "not for" in history.refused(
            "04 09:00", "finish_task", FIN, task="T1", evidence=["b"]
        )
        assert "evidence" in history.refused("04 09:00", "finish_task", LAND, task="T1")
        history.do("04 09:00", "finish_task", LAND, task="T1", evidence=["b"])
        assert history.do("04 10:00", "finish", FIN, **done).stage == "confirming"

    def test_a_task_of_a_meeting_follows_the_meeting(self):
        task = {"task": "x", "owner": "LAND", "due": "2026-11-06", "meeting": "M1"}
        assert "has not been held" in self.called().refused("02 12:00", "decide", CENTRE, **task)

    def test_who_attended_is_recorded(self):
        assert "attended" in self.called().refused(
            "03 16:00", "hold_meeting", CENTRE, attended=[], minutes="x"
        )

    def test_a_day_that_is_none(self):
        task = {"task": "x", "owner": "LAND", "due": "月底"}
        assert "date" in self.called().refused("02 12:00", "decide", CENTRE, **task)


def test_handing_over_within_the_unit():
    history = handled()
    state = history.do("02 11:00", "hand_over", FIN, to="f2", reason="调离")
    assert (state.handler, state.holder) == ("f2", "unit:FIN")
    assert history.do("02 12:00", "answer", FIN2, text="x").handler == "f2"


def test_escalation_names_a_leader_and_supervision_its_order():
    history = handled()
    step = {"level": "leader", "leader": "l1", "clock": "resolve", "after_share": 1.5}
    history.do("12 09:00", "escalate", SYSTEM, **step)
    state = history.do("12 10:00", "supervise", LEADER, order="限三日办结")
    assert [one.leader for one in state.escalations] == ["l1"]
    assert state.supervisions == ("限三日办结",)
    assert state.holder == "unit:FIN"


def test_somebody_of_the_unit_is_no_caller():
    history = handled()
    history.do("03 10:00", "finish", FIN, text="ok", evidence=["a"])
    assert "not for" in history.refused("03 11:00", "call_back", FIN2, satisfied=5)
    assert history.do("03 11:00", "call_back", CALLER, satisfied=5).closed
