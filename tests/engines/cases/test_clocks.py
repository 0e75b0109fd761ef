"""Clocks: pauses, extensions, priorities and redo, each in the clock's own kind of time.

November 2026: the 2nd is a Monday; every Monday to Friday is worked, 09:00-12:00, 13:30-17:30.
"""

import datetime as dt
from dataclasses import replace

import pytest

from openzone.engines.cases import clocks
from openzone.engines.cases.allowed import may
from openzone.engines.cases.fold import settle
from openzone.engines.cases.verbs.extending import extendable
from openzone.engines.worktime.durations import parse_duration
from tests.engines.cases.helpers import (
    CALLER,
    CENTRE,
    CLOCKS,
    FIN,
    FIN2,
    FIRM,
    LAND,
    LEADER,
    TAX,
    WORKTIME,
    a_type,
    at,
    clock,
    handled,
    opened,
    proposed,
)

MATERIAL = {"what": "合同", "reason": "material", "document": "补正通知书"}


def paused_then_resumed(limit: str, start: str, pause: str, resume: str) -> dt.datetime:
    begun = clocks.start("c", parse_duration(limit), at(start), WORKTIME)
    return clocks.resume(clocks.pause(begun, at(pause)), at(resume), WORKTIME).due


@pytest.mark.parametrize(
    ("limit", "start", "pause", "resume", "due"),
    [
        ("5 workdays", "02 09:00", "03 10:00", "05 10:00", "2026-11-11 17:30"),  # two days lost
        ("5 workdays", "02 09:00", "03 10:00", "03 16:00", "2026-11-09 17:30"),  # same day: none
        ("5 workdays", "02 09:00", "06 10:00", "09 10:00", "2026-11-10 17:30"),  # over a weekend
        ("5 workdays", "02 09:00", "06 18:00", "07 10:00", "2026-11-09 17:30"),  # none worked
        ("4 working hours", "02 09:00", "02 10:00", "02 11:00", "2026-11-02 15:30"),
        ("4 working hours", "02 09:00", "02 10:00", "03 10:00", "2026-11-03 14:30"),
        ("24 hours", "02 09:00", "02 10:00", "02 22:00", "2026-11-03 21:00"),
        ("7 days", "02 09:00", "03 10:00", "05 09:00", "2026-11-11 23:59"),
        ("7 days", "02 09:00", "03 10:00", "08 09:00", "2026-11-16 23:59"),  # 14th is a Saturday
    ],
)
def test_a_pause_moves_the_end_in_the_clocks_own_time(limit, start, pause, resume, due):
    assert f"{paused_then_resumed(limit, start, pause, resume):%Y-%m-%d %H:%M}" == due


def test_each_type_of_share():
    day = clocks.start("c", parse_duration("1 workday"), at("02 09:00"), WORKTIME)
    assert clocks.share(day, at("02 09:00"), WORKTIME) == 0
    assert clocks.share(day, at("02 17:30"), WORKTIME) == 0.5
    assert clocks.share(day, at("03 17:30"), WORKTIME) == 1
    assert clocks.share(day, at("04 17:30"), WORKTIME) == 1.5
    hours = clocks.start("c", parse_duration("4 hours"), at("02 11:00"), WORKTIME)
    assert clocks.share(hours, at("02 12:00"), WORKTIME) == 0.25
    assert clocks.share(hours, at("02 13:00"), WORKTIME) == 0.5


@pytest.mark.parametrize("limit", ["3 workdays", "2 working hours", "24 hours", "7 days"])
@pytest.mark.parametrize("share", [0.25, 0.5, 1.0, 1.5])
def test_the_moment_of_a_share_is_when_it_is_reached(limit, share):
    begun = clocks.start("c", parse_duration(limit), at("02 09:30"), WORKTIME)
    begun = clocks.resume(clocks.pause(begun, at("02 10:00")), at("02 11:00"), WORKTIME)
    moment = clocks.moment_of(begun, share, WORKTIME)
    assert clocks.share(begun, moment, WORKTIME) == pytest.approx(share)


def test_the_share_of_a_clock_at_rest_stands_still():
    history = handled()
    history.do("03 10:00", "ask_requester", FIN, **MATERIAL)
    paused = history.now().clocks["resolve"]
    first = clocks.share(paused, at("03 10:00"), WORKTIME)
    assert clocks.share(paused, at("06 10:00"), WORKTIME) == first > 0


class TestPauses:
    def test_only_pausable_clocks_stand_still(self):
        history = opened(unit="FIN")
        history.do("02 09:10", "accept", FIN)
        state = history.do("03 10:00", "ask_requester", FIN, **MATERIAL)
        assert state.holder == "requester"
        assert (state.clocks["respond"].outcome, state.clocks["resolve"].outcome) == (
            "met",
            "paused",
        )

    def test_reason_and_document_are_needed(self):
        history = handled()
        ask = {"what": "合同", "reason": "whim", "document": "x"}
        assert "one of: material" in history.refused("03 10:00", "ask_requester", FIN, **ask)
        ask = {"what": "合同", "reason": "material"}
        assert "needs a document" in history.refused("03 10:00", "ask_requester", FIN, **ask)

    def test_a_third_party_holds_the_case_meanwhile(self):
        history = handled()
        wait = {"third": "省厅", "reason": "third_party", "document": "函"}
        assert history.do("03 10:00", "wait", FIN, **wait).holder == "third:省厅"
        assert history.do("04 10:00", "resume", FIN).holder == "unit:FIN"

    def test_at_its_limit_the_case_comes_back_by_itself(self):
        history = handled()
        state = history.do("03 10:00", "ask_requester", FIN, **MATERIAL)
        cap = at("2026-11-17T17:30")
        assert state.pause is not None
        assert state.pause.until == cap
        settled = settle(state, at("2026-11-20T09:00"), WORKTIME)
        assert (settled.holder, settled.held_since) == ("unit:FIN", cap)
        assert settled.clocks["resolve"].outcome == "running"
        assert settled.pauses[0].capped
        assert settle(state, cap - dt.timedelta(seconds=1), WORKTIME) is state

    def test_the_next_event_sees_it_come_back(self):
        history = handled()
        history.do("03 10:00", "ask_requester", FIN, **MATERIAL)
        state = history.do("2026-11-20T09:00", "supply", FIRM)
        assert [(s.holder, s.end) for s in state.stretches[-2:]] == [
            ("requester", at("2026-11-17T17:30")),
            ("unit:FIN", None),
        ]

    def test_sooner_if_sooner_was_said(self):
        history = handled()
        wait = {"third": "省厅", "reason": "third_party", "document": "函"}
        history.do("03 10:00", "wait", FIN, **wait, until="2026-11-04T10:00")
        assert settle(history.now(), at("04 10:00"), WORKTIME).holder == "unit:FIN"
        assert "is past" in handled().refused(
            "03 10:00", "wait", FIN, **wait, until="2026-11-02T10:00"
        )

    def test_beyond_the_number_allowed_clocks_run_on_but_the_holder_is_the_truth(self):
        history = handled()
        for day in ("03", "04"):
            history.do(f"{day} 10:00", "ask_requester", FIN, **MATERIAL)
            history.do(f"{day} 11:00", "supply", FIRM)
        state = history.do("05 10:00", "ask_requester", FIN, **MATERIAL)
        assert (state.holder, state.clocks["resolve"].outcome) == ("requester", "running")
        assert [pause.stops_clocks for pause in state.pauses] == [True, True, False]

    def test_one_at_a_time(self):
        type_ = a_type(
            actions={
                **a_type().mapping["actions"],
                "wait": {
                    "verb": "wait",
                    "label": {"zh": "等", "en": "Wait"},
                    "from": ["handling", "awaiting_requester"],
                    "who": ["lead"],
                },
            }
        )
        history = handled(type_)
        history.do("03 10:00", "ask_requester", FIN, **MATERIAL)
        wait = {"third": "x", "reason": "third_party", "document": "y"}
        assert "waiting already" in history.refused("03 11:00", "wait", FIN, **wait)

    def test_after_closing_a_pause_begins_with_the_next_working_day(self):
        history = handled()
        history.do("03 18:00", "ask_requester", FIN, **MATERIAL)
        state = history.do("05 10:00", "supply", FIRM)
        assert state.clocks["resolve"].due == at("10 17:30")

    def test_nobody_waits_longer_than_the_limit_whatever_was_said(self):
        history = handled()
        state = history.do("03 10:00", "ask_requester", FIN, **MATERIAL, until="2026-12-31T10:00")
        assert state.pause.until == at("17 17:30")


class TestExtensions:
    ASK = {"clock": "resolve", "limit": "5 workdays", "reason": "情况复杂"}

    def test_granted_by_somebody_else(self):
        history = handled()
        history.do("04 10:00", "ask_extension", FIN, **self.ASK)
        assert history.now().clocks["resolve"].due == at("09 17:30")
        assert "not for" in history.refused("04 11:00", "grant_extension", FIN)
        risen = replace(FIN, role="leader")
        assert "their own" in history.refused("04 11:00", "grant_extension", risen)
        offer = may(history.type, history.now(), "grant_extension", ["leader"], at("04 11:00"), FIN)
        assert not offer.allowed
        state = history.do("04 11:00", "grant_extension", LEADER)
        assert (state.clocks["resolve"].due, state.extensions) == (at("2026-11-16T17:30"), ())

    @pytest.mark.parametrize("ruling", ["grant_extension", "refuse_extension"])
    def test_a_colleague_of_who_asked_decides_only_as_a_leader(self, ruling):
        history = handled()
        history.do("04 10:00", "ask_extension", FIN, **self.ASK)
        said = {"reason": "x"}
        assert "not for" in history.refused("04 11:00", ruling, FIN2, **said)
        forged = replace(FIN2, role="centre")
        assert "one's own unit" in history.refused("04 11:00", ruling, forged, **said)
        risen = replace(FIN2, role="leader")
        assert history.do("04 11:00", ruling, risen, **said).extensions == ()

    def test_a_colleague_at_the_centre_does_not_decide_for_the_centre_either(self):
        history = opened()
        history.do("02 10:00", "accept", CENTRE)
        history.do("04 10:00", "ask_extension", CENTRE, **self.ASK)
        assert "one's own unit" in history.refused("04 11:00", "grant_extension", CALLER)
        assert history.do("04 11:00", "grant_extension", LEADER).extensions == ()

    def test_refused_with_a_reason(self):
        history = handled()
        history.do("04 10:00", "ask_extension", FIN, **self.ASK)
        assert "reason" in history.refused("04 11:00", "refuse_extension", CENTRE)
        state = history.do("04 11:00", "refuse_extension", CENTRE, reason="理由不足")
        assert state.clocks["resolve"].due == at("09 17:30")

    def test_asked_at_least_a_workday_before_the_end(self):
        history = handled()
        reason = history.refused("06 17:31", "ask_extension", FIN, **self.ASK)
        assert reason == "an extension has to be asked for by 2026-11-06 17:30"
        history.do("06 17:30", "ask_extension", FIN, **self.ASK)

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ({"limit": "6 workdays"}, "at most 5 working days more"),
            ({"limit": "5 days"}, "kind of time"),
            ({"limit": "很久"}, "cannot read"),
            ({"clock": "respond"}, "not running"),
            ({"clock": "none"}, "not running"),
            ({"until": "2026-11-09T10:00"}, "later than the present"),
            ({"until": "2026-11-17T17:30"}, "at most 5 working days more"),
        ],
    )
    def test_what_cannot_be_asked_for(self, more, reason):
        ask = {**self.ASK, **more}
        assert reason in handled().refused("04 10:00", "ask_extension", FIN, **ask)

    def test_only_a_clock_that_still_takes_an_extension_is_offered(self):
        history = handled()

        def offered(when: str) -> list[str]:
            return extendable(history.type, history.state, at(when), WORKTIME)

        assert offered("04 10:00") == ["resolve"]
        assert offered("06 17:31") == []  # a workday before the end has begun
        history.do("04 10:00", "ask_extension", FIN, **self.ASK)
        assert offered("04 10:30") == []  # one waits
        history.do("04 11:00", "grant_extension", LEADER)
        assert offered("04 11:30") == []  # once is all
        offer = may(history.type, history.now(), "ask_extension", ["lead"], at("04 11:30"), FIN)
        assert "extended 1 times" in offer.reason.en
        assert not offer.allowed

    def test_a_new_date_may_be_stated(self):
        history = handled()
        ask = {"clock": "resolve", "until": "2026-11-12T12:00", "reason": "x"}
        history.do("04 10:00", "ask_extension", FIN, **ask)
        state = history.do("04 11:00", "grant_extension", CENTRE)
        assert state.clocks["resolve"].due == at("12 17:30")

    def test_as_often_as_the_rule_says(self):
        history = handled()
        history.do("04 10:00", "ask_extension", FIN, **self.ASK)
        assert "waiting to be decided" in history.refused(
            "04 10:30", "ask_extension", FIN, **self.ASK
        )
        history.do("04 11:00", "grant_extension", CENTRE)
        assert "1 times already" in history.refused("05 10:00", "ask_extension", FIN, **self.ASK)

    def test_nobody_decides_their_own_while_another_waits_too(self):
        type_ = a_type(clocks={**CLOCKS, "second": CLOCKS["resolve"]})
        history = handled(type_)
        history.do("04 10:00", "ask_extension", FIN, **self.ASK)
        history.do("04 10:10", "ask_extension", FIN2, **{**self.ASK, "clock": "second"})
        own = {"clock": "resolve"}
        risen = replace(FIN, unit="CENTRE")
        assert "their own" in history.refused("04 11:00", "grant_extension", risen, **own)
        state = history.do("04 11:00", "grant_extension", LEADER, **own)
        assert [asked.by for asked in state.extensions] == [FIN2.id]

    def test_a_second_one_adds_to_the_first(self):
        rule = {"limit": "5 workdays", "times": 2, "ask_before": "1 workday"}
        resolve = {**CLOCKS["resolve"], "extension": rule}
        history = handled(a_type(clocks={**CLOCKS, "resolve": resolve}))
        for day, more in (("04", "2 workdays"), ("05", "3 workdays")):
            history.do(f"{day} 10:00", "ask_extension", FIN, **{**self.ASK, "limit": more})
            history.do(f"{day} 11:00", "grant_extension", CENTRE)
        assert history.now().clocks["resolve"].due == at("2026-11-16T17:30")

    def test_granted_while_the_clock_stands_still_it_counts_when_it_runs_again(self):
        history = handled()
        history.do("03 10:00", "ask_extension", FIN, **self.ASK)
        history.do("03 11:00", "ask_requester", FIN, what="x", reason="material", document="通知")
        history.do("03 14:00", "grant_extension", CENTRE)
        state = history.do("04 10:00", "supply", FIRM)
        assert state.clocks["resolve"].due == at("2026-11-17T17:30")

    def test_nothing_to_decide(self):
        assert "no extension" in handled().refused("04 10:00", "grant_extension", CENTRE)


class TestPriority:
    def test_a_key_enterprises_limits_are_shorter_from_the_start(self):
        state = opened(priority="key").now()
        assert state.clocks["respond"].due == at("02 09:30")
        assert state.clocks["resolve"].due == at("05 17:30")

    def test_raised_later_the_short_limit_runs_from_then(self):
        history = handled()
        state = history.do("03 10:00", "prioritise", CENTRE, level="key", reason="重点企业")
        assert state.clocks["resolve"].due == at("06 17:30")

    def test_it_never_makes_a_limit_longer(self):
        history = handled()
        state = history.do("06 10:00", "prioritise", CENTRE, level="key", reason="重点企业")
        assert state.clocks["resolve"].due == at("09 17:30")


class TestRedo:
    def test_the_first_deadline_stays_and_the_requesters_time_is_not_counted(self):
        history = proposed()
        state = history.do("05 10:00", "dissatisfied", FIRM, reason="未解决")
        clock_ = state.clocks["resolve"]
        assert (clock_.outcome, clock_.round) == ("running", 2)
        assert clock_.rounds[0] == clocks.Round(at("09 17:30"), at("03 10:00"), "met")
        assert clock_.due == at("11 17:30")

    def test_what_was_missed_stays_missed(self):
        history = handled()
        history.do("10 10:00", "finish", FIN, text="ok", evidence=["a"])
        history.do("10 11:00", "dissatisfied", FIRM, reason="x")
        history.do("10 14:00", "finish", FIN, text="ok", evidence=["a"])
        clock_ = history.now().clocks["resolve"]
        assert clock_.ever_missed
        assert clock_.rounds[0].outcome == "missed"

    def test_a_clock_may_start_again_instead(self):
        restart = clock("2 workdays", "open", "propose", redo="restart")
        history = proposed(a_type(clocks={"resolve": restart}, escalation=[]))
        state = history.do("05 10:00", "dissatisfied", FIRM, reason="x")
        assert state.clocks["resolve"].due == at("09 17:30")

    def test_a_clock_without_a_rule_for_it_stays_stopped(self):
        history = proposed()
        state = history.do("05 10:00", "dissatisfied", FIRM, reason="x")
        assert state.clocks["respond"].outcome == "met"


def test_stopped_late_is_missed():
    history = opened(unit="FIN")
    assert history.do("02 10:01", "accept", FIN).clocks["respond"].outcome == "missed"


def test_an_overdue_clock_is_missed_even_if_only_the_case_ends():
    state = opened().do("02 11:00", "withdraw", FIRM)
    assert state.clocks["respond"].outcome == "missed"
    assert state.clocks["resolve"].outcome == "stopped"


def test_a_clock_of_all_assisting_units_waits_for_the_last():
    type_ = a_type(
        clocks={"assist": clock("3 workdays", "involve", "contribute", repeat=True)}, escalation=[]
    )
    history = handled(type_)
    history.do("02 11:00", "involve", FIN, unit="LAND", asks="x")
    history.do("02 11:00", "involve", FIN, unit="TAX", asks="x")
    assert history.do("03 10:00", "contribute", LAND, text="x").clocks["assist"].active
    assert not history.do("03 11:00", "contribute", TAX, text="x").clocks["assist"].active
    again = history.do("04 11:00", "involve", FIN2, unit="TAX", asks="y").clocks["assist"]
    assert (again.round, again.due) == (2, at("09 17:30"))


def test_a_clock_for_some_cases_only():
    urgent = clock("2 hours", "open", "accept", when={"urgency": ["stopped"]})
    other = clock("4 workdays", "open", "propose", unless={"urgency": ["stopped"]})
    type_ = a_type(clocks={"urgent": urgent, "resolve": other}, escalation=[])
    assert set(opened(type_, fields={"urgency": "stopped"}).now().clocks) == {"urgent"}
    assert set(opened(type_).now().clocks) == {"resolve"}


def test_a_year_without_a_calendar_makes_the_answer_provisional():
    clock_ = opened(when="2026-12-30T10:00").now().clocks["resolve"]
    assert (clock_.provisional, clock_.years) == (True, (2027,))
    assert clock_.due == at("2027-01-06T17:30")
