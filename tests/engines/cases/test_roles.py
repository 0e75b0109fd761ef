"""Which roles nothing in a case's history speaks against."""

from dataclasses import replace

import pytest

from openzone.engines.cases.allowed import possible
from openzone.engines.cases.events import Party
from openzone.engines.cases.model import UNIT_ROLE, Verb
from openzone.engines.cases.roles import CENTRE as UNKNOWN
from openzone.engines.cases.roles import fits
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
    at,
    handled,
    opened,
    proposed,
)

HEAD = Party("user", "h1", "局长", "FIN", "head")
RISEN = Party("user", "l2", "副主任", "FIN", "leader")
NOWHERE = Party("user", "n1", "无部门")


@pytest.mark.parametrize(
    ("role", "by", "expected"),
    [
        ("requester", FIRM, True), ("requester", FIN, False), ("requester", SYSTEM, False),
        ("system", SYSTEM, True), ("system", LEADER, False),
        ("recorder", FIN, True), ("recorder", FIRM, True), ("recorder", SYSTEM, True),
        ("lead", FIN, True), ("lead", LAND, False), ("lead", NOWHERE, False),
        ("head", HEAD, True), ("head", LAND, False), ("head", LEADER, False),
        ("leader", LEADER, True), ("leader", FIN, False), ("leader", RISEN, True),
        ("centre", CENTRE, True), ("centre", LAND, False), ("centre", FIN, False),
        ("caller", CALLER, True), ("caller", FIN2, False),
        (f"{UNIT_ROLE}LAND", LAND, True), (f"{UNIT_ROLE}LAND", FIN, False),
        ("no such role", FIN, False),
    ],
)  # fmt: skip
def test_a_role_is_open_to_those_it_names(role, by, expected):
    assert fits(role, handled().now(), by) is expected


@pytest.mark.parametrize("role", ["lead", "head", "leader", "centre", "caller", f"{UNIT_ROLE}FIN"])
def test_only_people_have_the_roles_of_people(role):
    robot = Party("system", "clock", "系统", "FIN")
    firm = Party("requester", "e1", "示例企业", "FIN")
    assert [fits(role, handled().now(), by) for by in (robot, firm)] == [False, False]


def test_where_the_centre_is_unknown_anybody_but_the_lead_may_speak_for_it():
    history = handled(**{**OPENING, "centre": UNKNOWN})
    assert [fits("centre", history.now(), by) for by in (LAND, FIN, FIN2)] == [True, False, False]
    kept = Party("user", "c9", "中心", "FIN", "centre")
    assert fits("centre", history.now(), kept)


def test_nobody_without_a_unit_is_of_a_case_without_a_lead():
    assert not fits("lead", replace(opened().now(), lead=None), NOWHERE)


def test_a_unit_assists_until_it_has_answered():
    history = handled()
    history.do("02 11:00", "involve", FIN, unit="TAX", asks="税收意见")
    assert [fits("assist", history.now(), by) for by in (TAX, LAND)] == [True, False]
    history.do("02 14:00", "contribute", TAX, text="无欠税")
    assert not fits("assist", history.now(), TAX)


@pytest.mark.parametrize(("owner", "allowed"), [("LAND", [True, False]), ("t1", [False, True])])
def test_a_task_is_owned_by_a_unit_or_by_a_person(owner, allowed):
    history = handled()
    history.do("02 11:00", "call_meeting", CENTRE, at="2026-11-03T09:00", units=["FIN", "LAND"])
    history.do("03 10:00", "hold_meeting", CENTRE, attended=["FIN", "LAND"], minutes="议定")
    history.do("03 10:30", "decide", CENTRE, task="补测", owner=owner, due="2026-11-10")
    assert [fits("owner", history.now(), by) for by in (LAND, TAX)] == allowed


class TestTheLastWord:
    """Who handles a case or says it is solved has no last word on it, wherever they sit."""

    def test_who_handles_it_from_another_unit_is_no_caller(self):
        history = opened(unit="FIN")
        history.do("02 10:00", "accept", FIN, handler=CALLER.id)
        assert not fits("caller", history.now(), CALLER)
        assert fits("caller", history.now(), CENTRE)

    def test_who_said_it_is_solved_is_no_caller_even_in_another_unit(self):
        moved = Party("user", FIN.id, "甲", "CENTRE")
        history = proposed()
        history.do("03 11:00", "hand_over", FIN2, to=FIN2.id, reason="轮岗")
        assert not fits("caller", history.now(), moved)


def test_the_role_that_was_kept_is_the_only_one_that_counts():
    """Who acts as a leader does not act as one of the lead unit at the same time."""
    history = handled()
    said = {"text": "已解决", "evidence": ["a"]}
    assert history.refused("03 10:00", "finish", RISEN, **said)
    assert history.do("03 10:00", "finish", FIN, **said).proposal is not None


def test_a_case_is_never_offered_to_be_opened_again():
    history = handled()
    everybody = {role for action in history.type.actions.values() for role in action.who}
    offers = possible(history.type, history.now(), everybody, at("02 11:00"))
    opening = [one for one in history.type.actions.values() if one.verb is Verb.OPEN]
    assert opening
    assert all(one.who for one in opening), "somebody may open one"
    assert {offer.action.id for offer in offers}.isdisjoint(one.id for one in opening)
    assert len(offers) == len(history.type.actions) - len(opening)
