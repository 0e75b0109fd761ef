"""The finer points of what verbs allow: whose word it is, how often, and what must be said."""

from dataclasses import replace

import pytest

from openzone.engines.cases.allowed import may
from openzone.engines.cases.events import Event, Party
from openzone.engines.cases.fold import apply
from openzone.engines.cases.turn import Scene
from openzone.engines.cases.verbs import appealing, assisting, closing, hands, waiting
from tests.engines.cases.helpers import (
    CALLER,
    CENTRE,
    CLOCKS,
    FIN,
    FIN2,
    FIRM,
    LAND,
    LEADER,
    SYSTEM,
    TAX,
    a_type,
    at,
    base_mapping,
    handled,
    opened,
    proposed,
)

DONE = {"text": "已解决", "evidence": ["a"]}
MOVED = Party("user", FIN.id, "甲", "CENTRE")
"""Somebody of FIN who works for the centre now."""


def scene(history, action, when, by=None, **changes):
    state, doing = history.now(), history.type.actions[action]
    return Scene(history.type, doing, replace(state, **changes), at(when), by)


class TestHands:
    def objected(self):
        history = opened(unit="FIN")
        history.do("02 10:00", "object", FIN, reason="非本部门职责")
        return history

    def test_what_was_decided_of_one_unit_does_not_bind_the_next(self):
        history = self.objected()
        history.do("02 11:00", "rule_objection", CENTRE, upheld=False)
        history.do("02 12:00", "transfer", CENTRE, unit="LAND", reason="改由其办理")
        assert history.do("02 14:00", "decline", LAND, reason="非本部门职责").bounces == 1

    def test_while_an_objection_is_open_it_is_neither_declined_nor_called_decided(self):
        history = self.objected()
        assert hands.can_decline(scene(history, "decline", "02 11:00")) is hands.PENDING

    def declined_twice(self):
        history = opened(unit="FIN")
        history.do("02 10:00", "decline", FIN, reason="x")
        history.do("02 11:00", "route", CENTRE, unit="LAND")
        history.do("02 12:00", "decline", LAND, reason="y")
        return history

    def test_after_two_refusals_the_centre_still_passes_it_on_and_that_is_no_bounce(self):
        state = self.declined_twice().do("02 14:00", "transfer", CENTRE, unit="TAX", reason="z")
        assert (state.lead, state.bounces, state.bounces_in_row) == ("TAX", 2, 2)

    def test_bounces_in_a_row_end_when_somebody_accepts(self):
        history = self.declined_twice()
        history.do("02 14:00", "route", CENTRE, unit="TAX")
        state = history.do("02 15:00", "accept", TAX)
        assert (state.bounces, state.bounces_in_row) == (2, 0)

    def test_who_was_to_handle_it_does_not_when_the_unit_declines(self):
        history = opened(unit="FIN")
        assert history.do("02 10:00", "hand_over", FIN, to="f2", reason="分工").handler == "f2"
        assert history.do("02 11:00", "decline", FIN, reason="x").handler is None

    def test_a_hand_over_says_why(self):
        assert "reason" in handled().refused("02 11:00", "hand_over", FIN, to="f2")

    @pytest.mark.parametrize("near", [replace(FIN2, role="leader"), MOVED])
    def test_an_objection_is_decided_neither_by_the_unit_nor_by_who_raised_it(self, near):
        history = self.objected()
        assert "their own" in history.refused("02 11:00", "rule_objection", near, upheld=False)

    def test_upheld_without_another_unit_the_centre_has_it(self):
        state = self.objected().do("02 11:00", "rule_objection", CENTRE, upheld=True)
        assert (state.holder, state.lead) == ("unit:CENTRE", "CENTRE")


class TestAppeals:
    def closed(self, **changes):
        history = handled(a_type(**changes))
        history.do("03 10:00", "reject", FIN, text="依据不足")
        history.do("03 11:00", "confirm", FIRM, satisfied=3)
        return history

    def test_there_are_as_many_as_the_type_says(self):
        history = self.closed(appeal={"times": 2})
        for day in ("04", "05"):
            history.do(f"{day} 09:00", "appeal", FIRM, reason="有依据")
            history.do(f"{day} 10:00", "rule_appeal", LEADER, upheld=False, reason="维持")
        assert "an appeal already" in history.refused("06 09:00", "appeal", FIRM, reason="x")
        appeal = history.now().appeal
        assert appeal is not None
        assert appeal.number == 2

    def test_a_type_without_appeals_knows_none(self):
        history = self.closed(appeal={"times": 0})
        assert history.refused("04 09:00", "appeal", FIRM, reason="x")
        assert appealing.can_appeal(scene(history, "appeal", "04 09:00")) is appealing.USED

    def test_turned_down_it_goes_where_the_type_says(self):
        mapping = base_mapping()["actions"]
        ruling = {**mapping["rule_appeal"], "otherwise": "confirming"}
        history = self.closed(actions={**mapping, "rule_appeal": ruling})
        history.do("04 09:00", "appeal", FIRM, reason="x")
        state = history.do("04 10:00", "rule_appeal", LEADER, upheld=False, reason="y")
        assert state.stage == "confirming"


class TestAssisting:
    def test_only_who_was_asked_owes_an_answer(self):
        history = handled()
        history.do("02 11:00", "involve", FIN, unit="TAX", asks="意见")
        asked = [scene(history, "contribute", "02 12:00", by) for by in (TAX, LAND)]
        assert [assisting.can_contribute(one) for one in asked] == [None, assisting.NOT_ASKED]

    def test_a_unit_is_released_with_the_reason(self):
        history = handled()
        history.do("02 11:00", "involve", FIN, unit="TAX", asks="意见")
        assert "reason" in history.refused("02 12:00", "excuse", CENTRE, unit="TAX")
        assert history.do("02 12:00", "excuse", CENTRE, unit="TAX", reason="已无必要").parts == {}


class TestClosing:
    def test_open_tasks_hold_up_a_solution_and_not_an_explanation(self):
        history = handled()
        task = {"task": "补测", "owner": "LAND", "due": "2026-11-10"}
        history.do("02 11:00", "decide", CENTRE, **task)
        assert "T1" in history.refused("03 10:00", "finish", FIN, **DONE)
        assert history.do("03 10:00", "explain", FIN, text="依规不予办理").stage == "confirming"

    def test_a_requester_who_happens_to_have_the_number_of_an_official_has_a_word(self):
        firm = Party("requester", FIN.id, "示例企业")
        assert closing.can_confirm(scene(proposed(), "confirm", "03 11:00", firm)) is None

    @pytest.mark.parametrize("by", [MOVED, CALLER])
    def test_nobody_lets_their_own_case_lapse(self, by):
        history = proposed()
        own = scene(history, "lapse", "2026-11-20T10:00", by, handler=CALLER.id)
        assert closing.can_lapse(own) is closing.OWN
        assert closing.can_lapse(own._replace(by=CENTRE)) is None

    def test_a_rule_has_no_case_of_its_own(self):
        lapsed = scene(proposed(), "lapse", "2026-11-20T10:00", SYSTEM, handler=SYSTEM.id)
        assert closing.can_lapse(lapsed) is None

    def test_it_may_lapse_after_the_limit_and_not_at_it(self):
        history = proposed()
        limit = history.now().lapse_from
        assert limit is not None
        late = scene(history, "lapse", "2026-11-20T10:00", CENTRE)
        assert closing.can_lapse(late._replace(at=limit)) is not None
        assert closing.can_lapse(late) is None

    def test_closing_takes_an_outcome_somebody_proposed_or_the_action_brings_along(self):
        history = handled(a_type(closing={"requester_word": False}))
        shut = replace(history.type.actions["lapse"], outcome=None)
        now = scene(history, "lapse", "03 10:00", CENTRE)._replace(action=shut)
        assert closing.can_close(now) is closing.NO_PROPOSAL
        brings = now._replace(action=replace(shut, outcome="explained"))
        assert closing.can_close(brings) is None
        assert closing.can_close(brings._replace(by=FIN)) is closing.OWN


class TestExtensions:
    ASK = {"clock": "resolve", "limit": "2 workdays", "reason": "需专家论证"}

    def test_it_is_no_use_once_the_clock_has_stopped(self):
        history = handled()
        history.do("03 09:00", "ask_extension", FIN, **self.ASK)
        history.do("03 10:00", "finish", FIN, **DONE)
        assert "is not running" in history.refused("03 11:00", "grant_extension", LEADER)

    def test_who_may_decide_one_of_two_is_offered_to_decide(self):
        second = {**CLOCKS["resolve"], "label": {"zh": "二", "en": "second"}}
        history = handled(a_type(clocks={**CLOCKS, "second": second}))
        history.do("03 09:00", "ask_extension", FIN, **self.ASK)
        both = history.now().extensions
        other = replace(both[0], clock="second", by=CENTRE.id, unit=CENTRE.unit)
        state = replace(history.now(), extensions=(*both, other))
        asked = (history.type, state, "grant_extension", {"centre"}, at("03 10:00"))
        assert may(*asked, CALLER).allowed
        assert not may(
            history.type, replace(state, extensions=(other,)), *asked[2:], CALLER
        ).allowed


def test_a_wait_ends_later_than_it_begins():
    wait = {"reason": "third_party", "third": "示例公司", "document": "函1号"}
    now = "2026-11-03T10:00"
    assert "is past" in handled().refused("03 10:00", "wait", FIN, **wait, until=now)
    later = handled().do("03 10:00", "wait", FIN, **wait, until="2026-11-03T10:01")
    assert later.stage == "awaiting_third"


class TestWaiting:
    def waiting(self):
        history = handled()
        wait = {"reason": "third_party", "third": "示例公司", "document": "函1号"}
        history.do("04 10:00", "wait", FIN, **wait)
        return history

    def test_an_extension_is_asked_for_before_the_moment_the_clock_would_end_now(self):
        ask = {"clock": "resolve", "limit": "2 workdays", "reason": "等待鉴定"}
        state = self.waiting().do("2026-11-11T10:00", "ask_extension", FIN, **ask)
        assert [one.amount for one in state.extensions] == [2]

    def test_merged_while_it_waits_it_comes_back_to_who_had_it(self):
        history = self.waiting()
        history.do("05 10:00", "merge", CENTRE, into="OTHER")
        assert history.do("06 10:00", "unmerge", CENTRE).holder == "unit:FIN"


class TestTheRequester:
    def test_what_is_taken_back_does_not_lapse_later(self):
        history = handled()
        what = {"what": "营业执照", "reason": "material", "document": "告知书"}
        assert history.do("02 11:00", "ask_requester", FIN, **what).lapse_from is not None
        assert history.do("02 12:00", "withdraw", FIRM).lapse_from is None

    def test_a_mark_given_while_it_was_merged_does_not_outlast_dissatisfaction(self):
        history = handled()
        history.do("02 11:00", "merge", CENTRE, into="OTHER")
        history.do("02 12:00", "rate", FIRM, satisfied=5)
        history.do("02 14:00", "unmerge", CENTRE)
        assert history.do("03 10:00", "finish", FIN, **DONE).satisfaction == 5
        assert history.do("03 11:00", "dissatisfied", FIRM, reason="未解决").satisfaction is None


def test_parts_have_numbers_of_their_own_each():
    reason = handled().refused("02 15:00", "split", CENTRE, children=["A-1", "A-1"])
    assert "two or more" in reason


def test_a_task_given_to_a_person_is_finished_by_that_person():
    history = handled()
    task = {"task": "补测", "owner": TAX.id, "due": "2026-11-10"}
    history.do("02 11:00", "decide", CENTRE, **task)
    done = {"task": "T1", "evidence": ["b"]}
    assert history.refused("03 10:00", "finish_task", FIN, **done)
    (one,) = history.do("03 10:00", "finish_task", TAX, **done).tasks
    assert one.finished_at == at("03 10:00")
    two = {"task": "复核", "owner": TAX.id, "due": "2026-11-12"}
    history.do("03 11:00", "decide", CENTRE, **two)
    assert "T1" in history.refused("03 14:00", "finish_task", TAX, **done), "done already"


def test_only_a_meeting_that_was_called_is_held_and_once():
    history = handled()
    for when in ("2026-11-03T09:00", "2026-11-05T09:00"):
        history.do("02 11:00", "call_meeting", CENTRE, at=when, units=["FIN"])
    said = {"attended": ["FIN"], "minutes": "议定"}
    assert "M9" in history.refused("03 10:00", "hold_meeting", CENTRE, meeting="M9", **said)
    history.do("03 10:00", "hold_meeting", CENTRE, meeting="M1", **said)
    assert "M1" in history.refused("03 11:00", "hold_meeting", CENTRE, meeting="M1", **said)


def test_the_same_number_of_a_document_is_one_piece_of_evidence():
    mapping = base_mapping()["actions"]
    finish = {**mapping["finish"], "documents": True, "evidence": 2}
    history = handled(a_type(actions={**mapping, "finish": finish}))
    twice = {"text": "ok", "documents": ["文1号", "文1号"]}
    assert "at least 2" in history.refused("03 10:00", "finish", FIN, **twice)
    both = {"text": "ok", "documents": ["文1号", "文2号"]}
    assert history.do("03 10:00", "finish", FIN, **both).stage == "confirming"


def test_an_action_that_brings_its_outcome_closes_with_it():
    mapping = base_mapping()["actions"]
    lapse = {**mapping["lapse"], "outcome": "explained"}
    history = proposed(a_type(actions={**mapping, "lapse": lapse}))
    attempts = ["电话一", "电话二"]
    state = history.do("2026-11-20T10:00", "lapse", CENTRE, attempts=attempts)
    assert (state.outcome, state.closed) == ("explained", True)


def test_a_share_of_a_limit_is_a_number_and_no_yes():
    step = {"level": "leader", "leader": LEADER.id}
    history = handled()
    assert "a number" in history.refused("03 10:00", "escalate", CENTRE, **step, after_share=True)
    state = history.do("03 10:00", "escalate", CENTRE, **step, after_share=1)
    assert state.escalations[-1].share == 1


def test_a_priority_says_why():
    assert "reason" in handled().refused("03 10:00", "prioritise", CENTRE, level="key")


def test_a_wait_that_stopped_no_clock_uses_up_none_of_those_that_may():
    history = handled()
    wait = {"reason": "third_party", "third": "示例公司", "document": "函1号"}
    for hour in range(3):
        history.do(f"03 {9 + hour:02d}:00", "wait", FIN, **wait)
        history.do(f"03 {9 + hour:02d}:30", "resume", FIN)
    stopped = [pause.stops_clocks for pause in history.now().pauses]
    assert stopped == [True, True, False]
    assert history.now().pauses[2].until is None, "what stops no clock has no end of its own"
    given = replace(history.now().pauses[0], stops_clocks=False)
    state = replace(history.now(), pauses=(given, *history.now().pauses[1:]))
    event = Event(len(history.events) + 1, at("03 14:00"), "wait", FIN, wait)
    waits = apply(history.type, state, event, history.worktime).pause
    assert waits is not None
    assert waits.stops_clocks, "one of the two is still left"


def test_one_that_came_back_by_itself_is_still_resumed():
    history = handled()
    wait = {"reason": "third_party", "third": "示例公司", "document": "函1号"}
    assert waiting.can_resume(scene(history, "resume", "03 10:00")) is waiting.NOT_WAITING
    history.do("03 10:00", "wait", FIN, **wait)
    assert waiting.can_resume(scene(history, "resume", "20 10:00", pause=None)) is None


def test_what_was_asked_for_and_brought_does_not_lapse():
    history = handled()
    what = {"what": "营业执照", "reason": "material", "document": "告知书"}
    history.do("02 11:00", "ask_requester", FIN, **what)
    state = history.do("02 14:00", "supply", FIRM)
    assert (state.lapse_from, state.holder) == (None, "unit:FIN")


def test_after_a_wait_it_is_again_with_who_had_it():
    history = handled()
    held = replace(history.now(), holder="unit:CENTRE")
    wait = {"reason": "third_party", "third": "示例公司", "document": "函1号"}
    waits = apply(history.type, held, Event(3, at("03 10:00"), "wait", FIN, wait), history.worktime)
    assert waits.pause is not None
    assert waits.pause.back == "unit:CENTRE"
