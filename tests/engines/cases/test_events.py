"""Events in their order, as lines of a file, and what is said of broken ones."""

import json
from typing import Any

import pytest

from openzone.engines.cases.errors import EventError
from openzone.engines.cases.events import Event
from openzone.engines.cases.lines import Replay
from tests.engines.cases.helpers import (
    CENTRE,
    FIN,
    FIRM,
    NUMBER,
    OPENING,
    WORKTIME,
    History,
    at,
    base_mapping,
    handled,
    opened,
    sample,
)

LINE: dict[str, Any] = {
    "case": NUMBER,
    "seq": 1,
    "at": "2026-11-02T09:00:00+08:00",
    "action": "open",
    "by": {"kind": "requester", "id": "e1", "label": "示例企业"},
    "data": {**OPENING, "unit": "FIN", "definition": base_mapping()},
}
ACCEPT = {
    "case": NUMBER,
    "seq": 2,
    "at": "2026-11-02T10:00:00+08:00",
    "action": "accept",
    "by": {"kind": "user", "id": "f1", "label": "甲", "unit": "FIN"},
}


def replay(*lines: Any, until: str = "") -> Replay:
    found = Replay(WORKTIME, lambda name: None, at(until) if until else None)
    found.read(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return found


def said(*lines: Any) -> list[str]:
    return [problem.text.en for problem in replay(*lines).problems]


def test_a_file_replays_alone():
    found = replay(LINE, "", ACCEPT)
    assert found.problems == []
    assert found.cases[NUMBER].state == handled(definition=base_mapping()).now()


def test_cases_may_lie_side_by_side():
    other = {**LINE, "case": "B", "data": {**LINE["data"], "number": "B"}}
    found = replay(LINE, other, ACCEPT, {**ACCEPT, "case": "B"})
    assert [one.state.last_seq for one in found.cases.values()] == [2, 2]


def test_later_events_are_left_out_and_counted():
    found = replay(LINE, ACCEPT, until="02 09:30")
    assert (found.cases[NUMBER].state.last_seq, found.cases[NUMBER].left_out) == (1, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"seq": 3}, "line 2, seq: {n} event 3: the number should be 2, not 3"),
        ({"seq": 1}, "line 2, seq: {n} event 1: the number should be 2, not 1"),
        ({"at": "2026-11-02T08:59:59+08:00"}, "is before the last event's"),
        ({"action": "fly"}, "there is no action “fly”"),
        ({"action": "finish"}, "is not possible at the stage “Assigned”"),
        ({"action": "open"}, "has been opened already"),
        ({"by": {"kind": "user", "id": "x", "unit": "TAX"}}, "is not for x to do"),
        ({"by": {"kind": "ghost"}}, "line 2, by.kind: “ghost” should be one of"),
        ({"by": {"kind": "user", "unit": 3}}, "line 2, by.unit"),
        ({"by": "甲"}, "line 2, by"),
        ({"at": "2026-11-02"}, "line 2, at"),
        ({"at": None}, "line 2, at"),
        ({"seq": 0}, "line 2, seq"),
        ({"seq": True}, "line 2, seq"),
        ({"data": []}, "line 2, data"),
        ({"case": ""}, "line 2, case"),
        ({"action": ""}, "line 2, action"),
    ],
)
def test_a_line_that_cannot_be(change, reason):
    (problem,) = said(LINE, {**ACCEPT, **change})
    assert reason.format(n=NUMBER) in problem


@pytest.mark.parametrize("line", ["{", "[]", "3", '"x"', "[" * 100_000])
def test_a_line_that_is_no_event(line):
    assert len(said(line)) == 1


def test_a_history_begins_with_its_opening():
    assert "has not been opened" in said(ACCEPT)[0]
    assert "the opening event has the number 1" in said({**LINE, "seq": 2})[0]


def test_a_definition_that_is_wrong_is_named_place_by_place():
    broken = {**base_mapping(), "bounces": "x", "closing": {"satisfied": 9}}
    found = said({**LINE, "data": {**LINE["data"], "definition": broken}})
    assert [line.split(":")[0] for line in found] == [
        "line 1, data.definition.bounces",
        "line 1, data.definition.closing.satisfied",
    ]


def test_another_version_of_a_type_is_another_type():
    definition = {"id": "sample", "version": 2}
    reason = History().refused("02 09:00", "open", FIRM, **OPENING, definition=definition)
    assert "version 2" in reason


def test_without_a_definition_the_type_has_to_be_known():
    data = {key: value for key, value in LINE["data"].items() if key != "definition"}
    assert "neither a definition" in said({**LINE, "data": data})[0]
    found = Replay(WORKTIME, {"sample": sample()}.get)
    found.read([json.dumps({**LINE, "data": {**data, "type": "sample"}})])
    assert found.problems == []


def test_a_fault_is_told_once_and_other_cases_go_on():
    other = {**LINE, "case": "B", "data": {**LINE["data"], "number": "B"}}
    found = replay(LINE, {**ACCEPT, "seq": 9}, ACCEPT, other)
    assert (len(found.problems), "B" in found.cases) == (1, True)


def test_the_number_inside_has_to_be_the_cases():
    assert "is not the number" in said({**LINE, "case": "Z"})[0]


def test_time_may_stand_still_but_not_go_back():
    history = opened(unit="FIN")
    history.do("02 09:00", "accept", FIN)
    assert "before" in history.refused("02 08:59", "note", CENTRE)


def test_an_event_in_another_time_zone_is_read_as_the_zones_own():
    event = Event.from_json({**ACCEPT, "at": "2026-11-02T02:00:00+00:00"})
    assert event.at == at("02 10:00")


def test_an_event_says_which_field_is_wrong():
    with pytest.raises(EventError) as error:
        Event.from_json({**ACCEPT, "at": "昨天"})
    assert (error.value.field, "昨天" in error.value.reason.zh) == ("at", True)
